import Basics

/// The key of an account, as it came from a file or the environment.
public struct APIKey: Sendable, Equatable {
  public struct ParseError: Error, Equatable {
    /// As the end of a sentence; it does not hold the key.
    public let message: String
  }

  let text: String

  /// Takes the first line without white space around it.
  public init(parsing contents: String) throws(ParseError) {
    let line = contents.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).first?.trimmed() ?? ""
    if line.isEmpty { throw ParseError(message: "holds no key in its first line") }
    guard line.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw ParseError(message: "holds a key with characters that no header takes; was it copied whole?")
    }
    text = String(line)
  }
}

/// A header of the requests.
public struct RequestHeader: Sendable, Equatable {
  public struct ParseError: Error, Equatable {
    /// As the end of a sentence; it does not hold the header, which may be a secret.
    public let message: String
  }

  public let name: String
  /// Empty: no header of this name is sent.
  public let value: String
  /// Shown nowhere. All headers that a user gives are hidden, whatever their names: nobody but the user knows which of
  /// them hold a key.
  let isHidden: Bool

  /// Reads `Name: value`.
  public init(parsing line: String) throws(ParseError) {
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
    self.init(String(name), String(value), isHidden: true)
  }

  /// Reads a file of them, one a line; blank lines are skipped.
  public static func parse(file: String) throws(ParseError) -> [RequestHeader] {
    var headers: [RequestHeader] = []
    for line in file.split(whereSeparator: \.isNewline) where !line.trimmed().isEmpty {
      headers.append(try RequestHeader(parsing: String(line)))
    }
    return headers
  }

  init(_ name: String, _ value: String, isHidden: Bool = false) {
    self.name = name
    self.value = value
    self.isHidden = isHidden
  }

  /// The value, of a hidden one no more than the scheme before it.
  var shownValue: String {
    guard isHidden else { return value }
    let scheme = Self.schemes.first { value.lowercased().hasPrefix($0.lowercased() + " ") }
    return (scheme.map { $0 + " " } ?? "") + "***"
  }

  private static let schemes = ["Bearer", "Basic"]

  /// Whether the name says that the value is a credential: then it is one in results, too.
  var isCredential: Bool {
    let name = name.lowercased()
    return ["authorization", "proxy-authorization", "cookie"].contains(name)
      || ["-key", "-token", "-auth"].contains { name.hasSuffix($0) }
  }

  /// What of the value must not be seen: all of it, and the parts that may be told without the rest of it, such as the key
  /// behind "Bearer", a cookie's value, and the name and password of basic authentication.
  var secretParts: [String] {
    let words = value.split(whereSeparator: { $0.isWhitespace || $0 == ";" || $0 == "," })
    var parts = [value]
    for word in words {
      let assigned = word.split(separator: "=", maxSplits: 1)
      for part in [word] + assigned.dropFirst() where part.utf8.count >= SecretMask.shortestInResults {
        parts.append(String(part))
      }
    }
    if let scheme = words.first, scheme.lowercased() == "basic", words.count == 2, let pair = Base64.decode(words[1]) {
      parts += Self.secretParts(ofUser: String(decoding: pair, as: UTF8.self))
    }
    return parts
  }

  /// Of `name:password` the whole and the password; of a name alone, or one with an empty password, the name: then that is
  /// the key.
  static func secretParts(ofUser pair: String) -> [String] {
    let parts = pair.split(separator: ":", maxSplits: 1).map(String.init)
    return [pair, parts.last ?? ""]
  }

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

extension [RequestHeader] {
  /// These, with `others` in place of those of the same name; an empty one only takes away.
  func replaced(by others: [RequestHeader]) -> [RequestHeader] {
    let names = Set(others.map { $0.name.lowercased() })
    return filter { !names.contains($0.name.lowercased()) } + others.filter { !$0.value.isEmpty }
  }
}
