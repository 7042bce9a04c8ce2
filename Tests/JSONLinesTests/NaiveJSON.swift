/// RFC 8259 the slow and plain way, by recursive descent over an array: what the scanner is compared with.
struct NaiveJSON {
  private let bytes: [UInt8]
  private var index = 0
  /// The decoded keys of the outermost object in their order, and the text of their values.
  private(set) var fields: [(key: String, value: [UInt8])] = []

  private struct Invalid: Error {}

  /// Whether `bytes` are a JSON value in strict UTF-8, and its fields if it is an object.
  static func parse(_ bytes: [UInt8]) -> NaiveJSON? {
    guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
    var parser = NaiveJSON(bytes: bytes)
    do {
      try parser.value(depth: 0)
      parser.space()
      return parser.index == bytes.count ? parser : nil
    } catch { return nil }
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func space() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { index += 1 }
  }

  private mutating func take(_ text: String) -> Bool {
    guard bytes[index...].starts(with: text.utf8) else { return false }
    index += text.utf8.count
    return true
  }

  private mutating func expect(_ text: String) throws {
    if !take(text) { throw Invalid() }
  }

  private mutating func value(depth: Int) throws {
    space()
    if take("{") {
      try object(depth: depth + 1)
    } else if take("[") {
      try array(depth: depth + 1)
    } else if take("\"") {
      _ = try string()
    } else if !take("true") && !take("false") && !take("null") {
      try number()
    }
  }

  private mutating func object(depth: Int) throws {
    if depth > 512 { throw Invalid() }
    space()
    if take("}") { return }
    repeat {
      space()
      try expect("\"")
      let key = try string()
      space()
      try expect(":")
      space()
      let start = index
      try value(depth: depth)
      if depth == 1 { fields.append((key, Array(bytes[start..<index]))) }
      space()
    } while take(",")
    try expect("}")
  }

  private mutating func array(depth: Int) throws {
    if depth > 512 { throw Invalid() }
    space()
    if take("]") { return }
    repeat {
      try value(depth: depth)
      space()
    } while take(",")
    try expect("]")
  }

  private mutating func digits() throws {
    guard let first = next, 0x30...0x39 ~= first else { throw Invalid() }
    while let byte = next, 0x30...0x39 ~= byte { index += 1 }
  }

  private mutating func number() throws {
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
  }

  /// After the opening quote; the decoded text, with U+FFFD for halves of pairs.
  private mutating func string() throws -> String {
    var units: [UInt16] = []
    var plain: [UInt8] = []
    func flushed(_ units: [UInt16], _ plain: [UInt8]) -> [UInt16] {
      units + String(decoding: plain, as: UTF8.self).utf16
    }
    while let byte = next {
      index += 1
      if byte == 0x22 { return String(decoding: flushed(units, plain), as: UTF16.self) }
      if byte < 0x20 { throw Invalid() }
      guard byte == 0x5C else {
        plain.append(byte)
        continue
      }
      units = flushed(units, plain)
      plain = []
      units.append(try escape())
    }
    throw Invalid()
  }

  private mutating func escape() throws -> UInt16 {
    guard let letter = next else { throw Invalid() }
    index += 1
    let simple: [UInt8: UInt16] = [
      0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9,
    ]
    if let unit = simple[letter] { return unit }
    let digits = bytes[index...].prefix(4)
    guard letter == 0x75, digits.count == 4, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw Invalid() }
    index += 4
    return unit
  }
}
