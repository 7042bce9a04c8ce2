import Basics

/// Why a text is not an API key.
public struct APIKeyError: Error, Equatable {
  /// The end of a sentence that begins with the source of the key. It does not contain the key.
  public let message: String
}

/// The API key of an account, from a file or the environment.
public struct APIKey: Sendable, Equatable {
  let text: String

  /// Creates a key from the first line of a text, without white space around it.
  public init(parsing contents: String) throws(APIKeyError) {
    let line = contents.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).first?.trimmed() ?? ""
    if line.isEmpty { throw APIKeyError(message: "holds no key in its first line") }
    guard line.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw APIKeyError(message: "holds a key with characters that no header takes; was it copied whole?")
    }
    text = String(line)
  }
}

/// Why a line is not a request header.
public struct RequestHeaderError: Error, Equatable {
  /// The end of a sentence. It does not contain the value, which may be a secret.
  public let message: String
}

/// A request header.
public struct RequestHeader: Sendable, Equatable {
  public let name: String
  /// The value; if empty, no header of this name is sent.
  public let value: String
  /// Whether the value is never shown. Every user-supplied header is hidden, whatever its name: only the user knows
  /// which of them contain a key.
  let isHidden: Bool

  /// Creates a header from a line `Name: value`.
  public init(parsing line: String) throws(RequestHeaderError) {
    guard let colon = line.firstIndex(of: ":") else {
      throw RequestHeaderError(message: "is not of the form 'Name: value'")
    }
    let name = line[..<colon].trimmed()
    guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenCharacter) else {
      throw RequestHeaderError(message: "has a name that is none")
    }
    guard !["content-length", "transfer-encoding"].contains(name.lowercased()) else {
      throw RequestHeaderError(message: "cannot be set: \(name.lowercased()) follows from the request")
    }
    let value = line[line.index(after: colon)...].trimmed()
    guard Self.isValue(value) else { throw RequestHeaderError(message: "has a control character in its value") }
    self.init(String(name), String(value), isHidden: true)
  }

  /// Returns the headers in a file with one header per line. Blank lines are skipped.
  public static func parse(file: String) throws(RequestHeaderError) -> [RequestHeader] {
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

  /// The value for display. A hidden value is replaced by asterisks, except for its authentication scheme.
  var shownValue: String {
    guard isHidden else { return value }
    let scheme = Self.schemes.first { value.lowercased().hasPrefix($0.lowercased() + " ") }
    return (scheme.map { $0 + " " } ?? "") + "***"
  }

  private static let schemes = ["Bearer", "Basic"]

  /// Whether the name marks the value as a credential, which is masked in results as well.
  var isCredential: Bool {
    let name = name.lowercased()
    return ["authorization", "proxy-authorization", "cookie"].contains(name)
      || ["-key", "-token", "-auth"].contains { name.hasSuffix($0) }
  }

  /// The strings to mask: the whole value, and the parts that could be repeated without the rest, such as the key after
  /// "Bearer", the value of a cookie, and the name and password of basic authentication.
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

  /// Returns the strings to mask in `name:password`: the whole and the password. If the password is missing or empty,
  /// the name is the key, and is masked instead of the password.
  static func secretParts(ofUser pair: String) -> [String] {
    let parts = pair.split(separator: ":", maxSplits: 1).map(String.init)
    return [pair, parts.last ?? ""]
  }

  /// Returns whether a text is valid as the value of a header: a control character other than a tab could end the line
  /// or the header.
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
  /// Returns these headers, with `others` in place of those of the same name. A header with an empty value only
  /// removes.
  func replaced(by others: [RequestHeader]) -> [RequestHeader] {
    let names = Set(others.map { $0.name.lowercased() })
    return filter { !names.contains($0.name.lowercased()) } + others.filter { !$0.value.isEmpty }
  }
}
