import Basics

/// Reads JSON by RFC 8259 from bytes that are known to be UTF-8. It never goes back and never calls itself.
///
/// What is short is read in place; what may be long is read by functions that take a copy of the scanner and return where
/// the value ends, so that the place of reading stays in a register.
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
    let padded = line.count < Bytes16.width ? line + Array(repeating: 0, count: Bytes16.width - line.count) : line
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
  var byte: UInt8 { byte(at: index) }

  @inline(__always)
  func byte(at place: Int) -> UInt8 { place < end ? base[place] : 0 }

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
    if byte == .quote {
      index &+= 1
      return (.string, try string())
    }
    let (end, kind) = try endOfOther(depth: depth)
    index = end
    return (kind, false)
  }

  /// Where a value that is no string ends.
  @inline(never)
  private func endOfOther(depth: Int) throws(JSONFault) -> (index: Int, kind: JSONKind) {
    let first = byte
    if first == 0x7B { return (try endOfContainer(depth: depth), .object) }
    if first == 0x5B { return (try endOfContainer(depth: depth), .array) }
    var scanner = self
    let kind = try scanner.plain()
    return (scanner.index, kind)
  }

  /// Passes over a value that is neither string nor container.
  @inline(__always)
  mutating func plain() throws(JSONFault) -> JSONKind {
    guard byte &- 0x30 < 10 || byte == 0x2D else { return try literal() }
    try number()
    return .number
  }

  @inline(__always)
  private mutating func literal() throws(JSONFault) -> JSONKind {
    if index &+ 4 <= end {
      let word = UInt32(bigEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt32.self))
      switch word {
      case 0x7472_7565:
        index &+= 4
        return .true
      case 0x6E75_6C6C:
        index &+= 4
        return .null
      case 0x6661_6C73 where byte(at: index &+ 4) == 0x65:
        index &+= 5
        return .false
      default: break
      }
    }
    throw fault("expected a value")
  }
}
