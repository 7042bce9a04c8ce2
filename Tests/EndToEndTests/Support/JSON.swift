/// A JSON value, read strictly after RFC 8259 by the shortest code that will do. It shares nothing with the program
/// under test, so that it can judge its output. Numbers keep their text, objects their order.
enum JSON: Equatable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSON])
  case object([Member])

  struct Member: Equatable {
    let name: String
    let value: JSON
  }

  struct ParseError: Error, CustomStringConvertible {
    let offset: Int
    let reason: String
    var description: String { "not JSON at byte \(offset): \(reason)" }
  }

  init(parsing bytes: [UInt8]) throws(ParseError) {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw ParseError(offset: 0, reason: "not UTF-8") }
    var parser = Parser(bytes: bytes)
    self = try parser.document()
  }

  init(parsing text: String) throws(ParseError) { try self.init(parsing: Array(text.utf8)) }

  subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  var names: [String] {
    guard case .object(let members) = self else { return [] }
    return members.map(\.name)
  }

  var string: String? { if case .string(let text) = self { text } else { nil } }
  var integer: Int? { if case .number(let text) = self { Int(text) } else { nil } }
  /// Of an error record.
  var errorCode: String? { self["error"]?["code"]?.string }
  var id: Int? { self["id"]?.integer }
  var line: Int? { self["line"]?.integer }
}

private struct Parser {
  let bytes: [UInt8]
  var position = 0

  mutating func document() throws(JSON.ParseError) -> JSON {
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw error("something after the value") }
    return value
  }

  private func error(_ reason: String) -> JSON.ParseError { JSON.ParseError(offset: position, reason: reason) }
  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
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

  private mutating func value() throws(JSON.ParseError) -> JSON {
    skipSpace()
    if take("{") { return try object() }
    if take("[") { return try array() }
    if take("\"") { return .string(try string()) }
    if take(word: "null") { return .null }
    if take(word: "true") { return .bool(true) }
    if take(word: "false") { return .bool(false) }
    return .number(try number())
  }

  private mutating func object() throws(JSON.ParseError) -> JSON {
    var members: [JSON.Member] = []
    skipSpace()
    if take("}") { return .object([]) }
    repeat {
      skipSpace()
      guard take("\"") else { throw error("a name expected") }
      let name = try string()
      skipSpace()
      guard take(":") else { throw error("a colon expected") }
      members.append(JSON.Member(name: name, value: try value()))
      skipSpace()
    } while take(",")
    guard take("}") else { throw error("the end of an object expected") }
    return .object(members)
  }

  private mutating func array() throws(JSON.ParseError) -> JSON {
    var elements: [JSON] = []
    skipSpace()
    if take("]") { return .array([]) }
    repeat {
      elements.append(try value())
      skipSpace()
    } while take(",")
    guard take("]") else { throw error("the end of an array expected") }
    return .array(elements)
  }

  private mutating func number() throws(JSON.ParseError) -> String {
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

  private mutating func digits() throws(JSON.ParseError) {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    guard position > start else { throw error("a value expected") }
  }

  private mutating func string() throws(JSON.ParseError) -> String {
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

  private mutating func escape() throws(JSON.ParseError) -> UInt16 {
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
