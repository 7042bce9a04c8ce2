import Basics

/// Scans JSON (RFC 8259) in bytes that are known to be UTF-8. It does not recurse, and goes back only to locate the
/// fault in a bad string.
///
/// Short values are scanned in place. Values that may be long are scanned by functions that take a copy of the scanner
/// and return where the value ends, so that the index stays in a register.
///
/// `limit` bytes can be read at `base`: at least sixteen, so that a block can always be loaded, and at least `end`. The
/// bytes from `end` on are zero.
struct JSONScanner {
  let base: UnsafePointer<UInt8>
  let end: Int
  let limit: Int
  /// The index of the next byte.
  var index = 0

  /// Checks that `line` is UTF-8, then calls `body` with a scanner for it.
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

  /// The next byte; at the end 0, which the grammar accepts nowhere.
  @inline(__always)
  var byte: UInt8 { byte(at: index) }

  @inline(__always)
  func byte(at place: Int) -> UInt8 { place < end ? base[place] : 0 }

  @inline(__always)
  mutating func skipSpace() {
    while index < end && base[index].isJSONSpace { index &+= 1 }
  }

  func fault(_ reason: StaticString) -> JSONFault { JSONFault(index: index, reason: reason) }

  /// Scans one value with nothing but white space around it.
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

  /// Skips the value that begins here, inside `depth` open objects and arrays.
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

  /// Returns where a value that is not a string ends.
  @inline(never)
  private func endOfOther(depth: Int) throws(JSONFault) -> (index: Int, kind: JSONKind) {
    let first = byte
    if first == 0x7B { return (try endOfContainer(depth: depth), .object) }
    if first == 0x5B { return (try endOfContainer(depth: depth), .array) }
    var scanner = self
    let kind = try scanner.plain()
    return (scanner.index, kind)
  }

  /// Skips a value that is neither a string nor a container.
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

extension JSONScanner {
  /// Returns where the object or array that begins here ends, inside `depth` open ones. One bit for each open container
  /// tells its kind. There is no recursion, so no input can overflow the stack.
  func endOfContainer(depth: Int) throws(JSONFault) -> Int {
    var scanner = self
    try scanner.container(depth: depth)
    return scanner.index
  }

  @inline(__always)
  private mutating func container(depth: Int) throws(JSONFault) {
    var open = OpenContainers(depth: depth)
    repeat {
      // At an opening bracket.
      try open.push(isObject: byte == 0x7B, self)
      index &+= 1
      skipSpace()
      if byte == (open.isObject ? 0x7D : 0x5D) {
        index &+= 1
        open.pop()
        if try !separator(&open, depth) { return }
      }
      // At an element; in an object at its key.
      while try !element(in: open) {
        if try !separator(&open, depth) { return }
      }
    } while true
  }

  /// Skips an element that is not a container and returns false; at the bracket of a container returns true.
  @inline(__always)
  private mutating func element(in open: OpenContainers) throws(JSONFault) -> Bool {
    if open.isObject { try key() }
    let next = byte
    if next == 0x7B || next == 0x5B { return true }
    if next == .quote {
      index &+= 1
      _ = try string()
    } else {
      _ = try plain()
    }
    return false
  }

  /// Skips a key, its colon and the white space before the value.
  @inline(__always)
  private mutating func key() throws(JSONFault) {
    guard byte == .quote else { throw fault("expected a key") }
    index &+= 1
    _ = try string()
    try colon()
  }

  @inline(__always)
  mutating func colon() throws(JSONFault) {
    skipSpace()
    guard byte == 0x3A else { throw fault("expected ':' after the key") }
    index &+= 1
    skipSpace()
  }

  /// Skips what follows an element: closing brackets, then a comma. Returns false when all containers opened here are
  /// closed.
  @inline(__always)
  private mutating func separator(_ open: inout OpenContainers, _ depth: Int) throws(JSONFault) -> Bool {
    while open.depth > depth {
      skipSpace()
      if byte == 0x2C {
        index &+= 1
        skipSpace()
        return true
      }
      guard byte == (open.isObject ? 0x7D : 0x5D) else {
        throw open.isObject ? fault("expected ',' or '}'") : fault("expected ',' or ']'")
      }
      index &+= 1
      open.pop()
    }
    return false
  }
}

/// The kinds of the open containers, the innermost in the lowest bit.
struct OpenContainers {
  private(set) var depth: Int
  private var innermost: UInt64 = 0
  /// Full words moved out of `innermost`, and the number of levels stored in all.
  private var outer = SIMD8<UInt64>()
  private var levels = 0

  init(depth: Int) { self.depth = depth }

  var isObject: Bool { innermost & 1 == 1 }

  @inline(__always)
  mutating func push(isObject: Bool, _ scanner: JSONScanner) throws(JSONFault) {
    guard depth < JSON.maximumDepth else { throw scanner.fault("nested deeper than 512") }
    if levels & 63 == 0 && levels > 0 { outer[levels &>> 6 &- 1] = innermost }
    innermost = innermost &<< 1 | (isObject ? 1 : 0)
    levels &+= 1
    depth &+= 1
  }

  @inline(__always)
  mutating func pop() {
    innermost = innermost &>> 1
    levels &-= 1
    depth &-= 1
    if levels & 63 == 0 && levels > 0 { innermost = outer[levels &>> 6 &- 1] }
  }
}
