/// A JSON value. Read by the shortest code that will do, which shares nothing with the program under test.
public enum ParsedJSON: Sendable, Equatable {
  case null
  case bool(Bool)
  /// As it was written.
  case number(String)
  case string(String)
  case array([ParsedJSON])
  case object([Member])

  public struct Member: Sendable, Equatable {
    public let name: String
    public let value: ParsedJSON
  }

  /// - Returns: nil for what is no JSON.
  public init?(parsing bytes: [UInt8]) {
    var parser = Parser(bytes: bytes)
    guard let value = parser.value(), parser.isAtEnd else { return nil }
    self = value
  }

  public init?(parsing text: String) { self.init(parsing: Array(text.utf8)) }

  public subscript(name: String) -> ParsedJSON? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  public subscript(index: Int) -> ParsedJSON? {
    items.indices.contains(index) ? items[index] : nil
  }

  /// The names of an object's members in their order.
  public var names: [String] { if case .object(let members) = self { members.map(\.name) } else { [] } }
  /// The values of an array.
  public var items: [ParsedJSON] { if case .array(let values) = self { values } else { [] } }
  public var string: String? { if case .string(let text) = self { text } else { nil } }
  public var number: Double? { if case .number(let text) = self { Double(text) } else { nil } }
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
}

private struct Parser {
  let bytes: [UInt8]
  var position = 0

  var isAtEnd: Bool {
    mutating get {
      skipBlanks()
      return position == bytes.count
    }
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private mutating func skip(_ text: String) -> Bool {
    guard bytes[position...].starts(with: text.utf8) else { return false }
    position += text.utf8.count
    return true
  }

  mutating func value() -> ParsedJSON? {
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return object()
    case UInt8(ascii: "["): return array()
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return skip("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return skip("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return skip("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func number() -> ParsedJSON? {
    let digits = bytes[position...].prefix { "+-.eE0123456789".utf8.contains($0) }
    position += digits.count
    let text = String(decoding: digits, as: UTF8.self)
    return Double(text) == nil ? nil : .number(text)
  }

  private mutating func object() -> ParsedJSON? {
    var members: [ParsedJSON.Member] = []
    guard
      list(
        until: "}",
        { parser in
          guard let name = parser.string(), parser.skipMark(":"), let value = parser.value() else { return false }
          members.append(ParsedJSON.Member(name: name, value: value))
          return true
        })
    else { return nil }
    return .object(members)
  }

  private mutating func array() -> ParsedJSON? {
    var values: [ParsedJSON] = []
    guard
      list(
        until: "]",
        { parser in
          guard let value = parser.value() else { return false }
          values.append(value)
          return true
        })
    else { return nil }
    return .array(values)
  }

  /// What stands between brackets, with commas between.
  private mutating func list(until end: String, _ element: (inout Parser) -> Bool) -> Bool {
    position += 1
    if skipMark(end) { return true }
    repeat {
      skipBlanks()
      guard element(&self) else { return false }
    } while skipMark(",")
    return skipMark(end)
  }

  private mutating func skipMark(_ mark: String) -> Bool {
    skipBlanks()
    return skip(mark)
  }

  private mutating func string() -> String? {
    guard skip("\"") else { return nil }
    var text: [UInt8] = []
    while let byte = next, byte >= 0x20 {
      position += 1
      if byte == UInt8(ascii: "\"") { return String(validating: text, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard let escaped = escape() else { return nil }
      text += Array(String(escaped).utf8)
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard let letter = next else { return nil }
    position += 1
    switch letter {
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "u"):
      guard let unit = fourDigits() else { return nil }
      guard unit & 0xFC00 == 0xD800 else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
      guard skip("\\u"), let low = fourDigits(), low & 0xFC00 == 0xDC00 else { return "\u{FFFD}" }
      return Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF)
    default: return nil
    }
  }

  private mutating func fourDigits() -> UInt32? {
    let digits = bytes[position...].prefix(4)
    position += digits.count
    return digits.count == 4 ? UInt32(String(decoding: digits, as: UTF8.self), radix: 16) : nil
  }
}
