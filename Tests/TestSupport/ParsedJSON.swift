/// A JSON value, read strictly after RFC 8259 by the shortest code that will do. It shares nothing with the program
/// under test, so that it can judge its output. Numbers keep their text, objects their order.
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
    /// The bytes of the value, by their offsets in the document.
    public let source: Range<Int>

    /// Members are equal wherever they stand.
    public static func == (one: Member, other: Member) -> Bool { one.name == other.name && one.value == other.value }
  }

  public struct ParseError: Error, CustomStringConvertible {
    public let offset: Int
    public let reason: String
    public var description: String { "not JSON at byte \(offset): \(reason)" }
  }

  public init(parsing bytes: [UInt8]) throws(ParseError) {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw ParseError(offset: 0, reason: "not UTF-8") }
    var parser = Parser(bytes: bytes)
    self = try parser.document()
  }

  public init(parsing text: String) throws(ParseError) { try self.init(parsing: Array(text.utf8)) }

  public subscript(name: String) -> ParsedJSON? { members.last { $0.name == name }?.value }
  public subscript(index: Int) -> ParsedJSON? { items.indices.contains(index) ? items[index] : nil }

  /// The members of an object.
  public var members: [Member] { if case .object(let members) = self { members } else { [] } }
  /// The names of an object's members in their order.
  public var names: [String] { members.map(\.name) }
  /// The values of an array.
  public var items: [ParsedJSON] { if case .array(let values) = self { values } else { [] } }
  public var string: String? { if case .string(let text) = self { text } else { nil } }
  public var number: Double? { if case .number(let text) = self { Double(text) } else { nil } }
  public var integer: Int? { if case .number(let text) = self { Int(text) } else { nil } }
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
}

private struct Parser {
  let bytes: [UInt8]
  var position = 0
  /// How many values are open, each within the one before.
  private var depth = 0

  /// 512 arrays and objects, and a value in the innermost: the parser calls itself, and the stack has an end.
  private static let maximumDepth = 513

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(ParsedJSON.ParseError) -> ParsedJSON {
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw error("something after the value") }
    return value
  }

  private func error(_ reason: String) -> ParsedJSON.ParseError {
    ParsedJSON.ParseError(offset: position, reason: reason)
  }
  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func take(word: String) -> Bool {
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private mutating func value() throws(ParsedJSON.ParseError) -> ParsedJSON {
    skipSpace()
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw error("nested too deeply") }
    if take("{") { return .object(try members()) }
    if take("[") { return .array(try items()) }
    if take("\"") { return .string(try string()) }
    if take(word: "null") { return .null }
    if take(word: "true") { return .bool(true) }
    if take(word: "false") { return .bool(false) }
    return .number(try number())
  }

  private mutating func members() throws(ParsedJSON.ParseError) -> [ParsedJSON.Member] {
    var members: [ParsedJSON.Member] = []
    skipSpace()
    if take("}") { return [] }
    repeat {
      skipSpace()
      guard take("\"") else { throw error("a name expected") }
      let name = try string()
      skipSpace()
      guard take(":") else { throw error("a colon expected") }
      skipSpace()
      let start = position
      let value = try value()
      members.append(ParsedJSON.Member(name: name, value: value, source: start..<position))
      skipSpace()
    } while take(",")
    guard take("}") else { throw error("the end of an object expected") }
    return members
  }

  private mutating func items() throws(ParsedJSON.ParseError) -> [ParsedJSON] {
    var items: [ParsedJSON] = []
    skipSpace()
    if take("]") { return [] }
    repeat {
      items.append(try value())
      skipSpace()
    } while take(",")
    guard take("]") else { throw error("the end of an array expected") }
    return items
  }

  private mutating func number() throws(ParsedJSON.ParseError) -> String {
    let start = position
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws(ParsedJSON.ParseError) {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    guard position > start else { throw error("a value expected") }
  }

  private mutating func string() throws(ParsedJSON.ParseError) -> String {
    var utf16: [UInt16] = []
    var text = ""
    func flushed() -> String { String(decoding: utf16, as: UTF16.self) }
    while let byte = next {
      let start = position
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return text + flushed()
      case UInt8(ascii: "\\"):
        position += 1
        utf16.append(try escape())
      case 0..<0x20:
        throw error("a raw control character")
      default:
        while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { position += 1 }
        text += flushed() + String(decoding: bytes[start..<position], as: UTF8.self)
        utf16 = []
      }
    }
    throw error("a string without end")
  }

  private mutating func escape() throws(ParsedJSON.ParseError) -> UInt16 {
    let simple: [(Unicode.Scalar, UInt16)] = [
      ("\"", 0x22), ("\\", 0x5C), ("/", 0x2F), ("b", 8), ("f", 12), ("n", 10), ("r", 13), ("t", 9),
    ]
    for (character, unit) in simple where take(character) { return unit }
    guard take("u"), position + 4 <= bytes.count else { throw error("an unknown escape") }
    let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
    guard digits.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }), let unit = UInt16(digits, radix: 16) else {
      throw error("four hexadecimal digits expected")
    }
    position += 4
    return unit
  }
}
