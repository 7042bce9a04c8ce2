/// A header of the requests, as `--header` gives it.
public struct Header: Sendable, Equatable {
  public struct ParseError: Error, Equatable {
    /// As the end of a sentence; it does not hold the header, which may be a secret.
    public let message: String
  }

  public let name: String
  /// Empty: no header of this name is sent.
  public let value: String
  /// Not shown by `--dry-run`: it came from a file, or its name says that it holds a key.
  public let isSecret: Bool

  /// Reads `Name: value`.
  public init(parsing line: String, isSecret: Bool = false) throws(ParseError) {
    guard let colon = line.firstIndex(of: ":") else { throw ParseError(message: "is not of the form 'Name: value'") }
    let name = line[..<colon].trimmed()
    guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenCharacter) else {
      throw ParseError(message: "has a name that is none")
    }
    guard !["content-length", "transfer-encoding"].contains(name.lowercased()) else {
      throw ParseError(message: "cannot be set: \(name.lowercased()) follows from the request")
    }
    let value = line[line.index(after: colon)...].trimmed()
    guard Self.isValue(value) else { throw ParseError(message: "has a control character in its value") }
    self.init(String(name), String(value), isSecret: isSecret)
  }

  /// Reads a file of them, one a line; blank lines are skipped.
  public static func parse(file: String) throws(ParseError) -> [Header] {
    var headers: [Header] = []
    for line in file.split(whereSeparator: \.isNewline) where !line.trimmed().isEmpty {
      headers.append(try Header(parsing: String(line), isSecret: true))
    }
    return headers
  }

  init(_ name: String, _ value: String, isSecret: Bool = false) {
    self.name = name
    self.value = value
    self.isSecret = isSecret || Self.secretNames.contains(name.lowercased())
  }

  /// The value, of a secret one no more than the scheme before it.
  var shownValue: String {
    guard isSecret else { return value }
    let scheme = ["Bearer ", "Basic "].first { value.hasPrefix($0) } ?? ""
    return scheme + "***"
  }

  private static let secretNames: Set = ["authorization", "proxy-authorization", "x-api-key", "api-key", "cookie"]

  /// Whether a text can go into a header as it is: nothing that ends the line or the header.
  static func isValue(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { ($0 >= 0x20 || $0 == 0x09) && $0 != 0x7F }
  }

  /// The characters of a token (RFC 9110, section 5.6.2).
  private static func isTokenCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}

extension [Header] {
  /// These, with `others` in place of those of the same name; an empty one only takes away.
  func replaced(by others: [Header]) -> [Header] {
    let names = Set(others.map { $0.name.lowercased() })
    return filter { !names.contains($0.name.lowercased()) } + others.filter { !$0.value.isEmpty }
  }
}
