/// Reads JSON by RFC 8259 from bytes that are known to be UTF-8. It never goes back and never calls itself.
///
/// `limit` bytes can be read at `base`: at least sixteen, so that a block can always be loaded, and at least `end`.
/// Those after `end` are zero.
struct JSONScanner {
  let base: UnsafePointer<UInt8>
  let end: Int
  let limit: Int
  /// The next byte to look at.
  var index = 0

  /// Checks that `line` is UTF-8, then has `body` read it.
  @inline(__always)
  static func scan<Result>(
    _ line: [UInt8], _ body: (inout JSONScanner) throws(JSONFault) -> Result
  ) throws(RecordError) -> Result {
    let padded = line.count < blockWidth ? line + Array(repeating: 0, count: blockWidth - line.count) : line
    return try padded.withUnsafeBufferPointer { buffer throws(RecordError) in
      let base = buffer.baseAddress!
      if let offset = UTF8Validation.firstInvalid(base, count: line.count, limit: buffer.count) {
        throw RecordError(kind: .invalidUTF8, offset: offset + 1, reason: "invalid UTF-8")
      }
      var scanner = JSONScanner(base: base, end: line.count, limit: buffer.count)
      do throws(JSONFault) {
        return try body(&scanner)
      } catch {
        throw RecordError(kind: .invalidJSON, offset: error.index + 1, reason: "\(error.reason)")
      }
    }
  }

  /// The next byte, or 0, which is never right, where there is none.
  @inline(__always)
  var byte: UInt8 { index < end ? base[index] : 0 }

  @inline(__always)
  mutating func skipSpace() {
    while index < end && base[index].isJSONSpace { index &+= 1 }
  }

  func fault(_ reason: StaticString) -> JSONFault { JSONFault(index: index, reason: reason) }

  /// One value with nothing but white space around it.
  mutating func document() throws(JSONFault) -> JSONKind {
    skipSpace()
    let kind = try value(depth: 0).kind
    try endOfLine()
    return kind
  }

  mutating func endOfLine() throws(JSONFault) {
    skipSpace()
    if index < end { throw fault("unexpected bytes after the value") }
  }

  /// Passes over the value that begins here, inside `depth` open objects and arrays.
  @inline(__always)
  mutating func value(depth: Int) throws(JSONFault) -> (kind: JSONKind, hasEscapes: Bool) {
    switch byte {
    case .quote:
      index &+= 1
      return (.string, try string())
    case 0x2D, 0x30...0x39:
      try number()
      return (.number, false)
    case 0x7B:
      try container(depth: depth)
      return (.object, false)
    case 0x5B:
      try container(depth: depth)
      return (.array, false)
    default:
      return (try literal(), false)
    }
  }

  private mutating func literal() throws(JSONFault) -> JSONKind {
    if matches("true") { return .true }
    if matches("false") { return .false }
    if matches("null") { return .null }
    throw fault("expected a value")
  }

  private mutating func matches(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard index + length <= end else { return false }
    for place in 0..<length where base[index + place] != word.utf8Start[place] { return false }
    index += length
    return true
  }

  /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
  @inline(__always)
  private mutating func number() throws(JSONFault) {
    if byte == 0x2D { index &+= 1 }
    if byte == 0x30 {
      index &+= 1
      if isDigit { throw fault("a number cannot begin with 0") }
    } else {
      try digits()
    }
    if byte == 0x2E {
      index &+= 1
      try digits()
    }
    if byte | 0x20 == 0x65 {
      index &+= 1
      if byte == 0x2B || byte == 0x2D { index &+= 1 }
      try digits()
    }
  }

  @inline(__always)
  private var isDigit: Bool { byte &- 0x30 < 10 }

  @inline(__always)
  private mutating func digits() throws(JSONFault) {
    guard isDigit else { throw fault("expected a digit") }
    repeat { index &+= 1 } while isDigit
  }
}
