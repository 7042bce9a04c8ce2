import JSONLines
import Synchronization

/// Why no article could be made from a line that is a JSON object or too long: the facts that a message needs.
package enum ArticleFault: Equatable, Sendable {
  case tooLong(length: Int, limit: Int)
  /// There is no field that could hold the text.
  case noText(lookedFor: [String], has: [FoundField])
  /// The field that should hold the text holds another kind of value.
  case wrongKind(field: String, FoundValue)
  /// The text is only white space, or markup without text.
  case blank
}

/// A field of a line, for messages.
package struct FoundField: Equatable, Sendable {
  package let name: String
  /// The length of a string in bytes of JSON, without its quotes; 0 for any other kind.
  package let textLength: Int

  package init(name: String, textLength: Int) {
    self.name = name
    self.textLength = textLength
  }

  /// Returns at most 20 fields, since a message is one line.
  static func all(of record: JSONRecord) -> [FoundField] {
    record.fields.prefix(20).map { field in
      FoundField(name: record.key(of: field), textLength: field.kind == .string ? field.value.count - 2 : 0)
    }
  }
}

/// The value found in place of the text.
package enum FoundValue: Equatable, Sendable {
  case number, truth
  /// An object, with the name of its field that holds the longest string; nil if none holds a string.
  case object(longestText: String?)
  /// An array with an element that is not a string, with the name of the field of its first object that holds the
  /// longest string.
  case array(longestText: String?)

  init(_ field: JSONRecord.RecordField, of record: JSONRecord) {
    switch field.kind {
    case .number: self = .number
    case .object: self = .object(longestText: Self.longestText(of: record.object(of: field)))
    case .array:
      let elements = (try? JSONValue(scanning: Array(record.bytes(of: field))))?.elements ?? []
      let object = elements.first { $0.kind == .object }
      self = .array(longestText: Self.longestText(of: object.flatMap { try? JSONRecord(scanning: $0.bytes) }))
    default: self = .truth
    }
  }

  private static func longestText(of record: JSONRecord?) -> String? {
    guard let record else { return nil }
    let texts = record.fields.filter { $0.kind == .string }
    return texts.max { $0.value.count < $1.value.count }.map { record.key(of: $0) }
  }
}

/// Counts in which field the articles had their text, and which field the first article used. A mixture deserves a
/// message.
package final class TextFieldCounts: Sendable {
  private let names: [String]
  // By default there are three names.
  private let firstCount = Atomic(0)
  private let secondCount = Atomic(0)
  private let thirdCount = Atomic(0)
  /// The lowest line number so far, shifted by two bits that hold the index of its field.
  private let first = Atomic(Int.max)

  init(names: [String]) {
    precondition(names.count <= 3, "more names than counts")
    self.names = names
  }

  func count(_ index: Int, line: Int) {
    guard names.count > 1 else { return }
    switch index {
    case 0: firstCount.wrappingAdd(1, ordering: .relaxed)
    case 1: secondCount.wrappingAdd(1, ordering: .relaxed)
    default: thirdCount.wrappingAdd(1, ordering: .relaxed)
    }
    // Lines come nearly in order: after the first few, this is only a load.
    if line << 2 < first.load(ordering: .relaxed) { first.min(line << 2 | index, ordering: .relaxed) }
  }

  /// The articles whose text was not in the first article's field; nil if all articles used one field.
  package var mixture: (articles: Int, fields: [String], firstField: String)? {
    let first = first.load(ordering: .relaxed)
    guard first != .max else { return nil }
    let counts = [
      firstCount.load(ordering: .relaxed), secondCount.load(ordering: .relaxed), thirdCount.load(ordering: .relaxed),
    ]
    let others = names.indices.filter { $0 != first & 3 && counts[$0] > 0 }
    guard !others.isEmpty else { return nil }
    return (others.reduce(0) { $0 + counts[$1] }, others.map { names[$0] }, names[first & 3])
  }
}
