/// The header fields of a message, in their order; names are compared without regard to case.
public struct Headers: Sendable, ExpressibleByDictionaryLiteral {
  public private(set) var fields: [(name: String, value: String)] = []

  public init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { add(name, value) }
  }

  public init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }

  /// The first value of a field.
  public subscript(name: String) -> String? {
    let name = name.lowercased()
    return fields.first { $0.name.lowercased() == name }?.value
  }

  public mutating func add(_ name: String, _ value: String) { fields.append((name, value)) }

  public mutating func set(_ name: String, _ value: String) {
    let lowercased = name.lowercased()
    fields.removeAll { $0.name.lowercased() == lowercased }
    add(name, value)
  }

  public mutating func add(_ others: Headers) { fields += others.fields }
}
