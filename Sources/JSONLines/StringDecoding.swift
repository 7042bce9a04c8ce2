import Basics

extension String {
  /// Decodes a JSON string from the bytes between its quotes, which a scanner has accepted. An escape is never shorter
  /// than its UTF-8 form, so the text needs no more bytes than the string.
  init(unescaping bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count <= 1 << 16 else {
      // Decoded in place: the second UTF-8 check costs less than holding a long text twice.
      self.init(unsafeUninitializedCapacity: bytes.count) { output in
        StringDecoder.decode(bytes, into: output)
      }
      return
    }
    self = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { output in
      String(validated: UnsafeBufferPointer(rebasing: output[..<StringDecoder.decode(bytes, into: output)]))
    }
  }

  /// Creates a string from bytes that are known to be UTF-8: a line is checked once as a whole, not once for each
  /// string.
  init(validated bytes: UnsafeBufferPointer<UInt8>) {
    guard #available(macOS 26, *) else {
      self.init(decoding: bytes, as: UTF8.self)
      return
    }
    self.init(copying: UTF8Span(unchecked: bytes.span))
  }
}

private struct StringDecoder {
  let source: UnsafePointer<UInt8>
  let count: Int
  let target: UnsafeMutablePointer<UInt8>
  var index = 0
  var written = 0

  /// - Returns: the number of bytes written.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
    guard let source = bytes.baseAddress, let target = output.baseAddress else { return 0 }
    var decoder = StringDecoder(source: source, count: bytes.count, target: target)
    decoder.run()
    return decoder.written
  }

  private mutating func run() {
    while index < count {
      copyPlainBytes()
      if index < count { escape() }
    }
  }

  /// Copies up to the next backslash. Blocks are stored whole: the target index never exceeds the source index, so
  /// there is room.
  private mutating func copyPlainBytes() {
    while index &+ Bytes16.width <= count {
      let bytes = Bytes16(loading: source + index)
      UnsafeMutableRawPointer(target + written).storeBytes(of: bytes, as: Bytes16.self)
      let stops = LaneSet(bytes .== .all(.backslash))
      let length = stops.isEmpty ? Bytes16.width : stops.first
      index &+= length
      written &+= length
      if length < Bytes16.width { return }
    }
    while index < count && source[index] != .backslash {
      put(source[index])
      index &+= 1
    }
  }

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    target[written] = byte
    written &+= 1
  }

  private mutating func escape() {
    let letter = source[index &+ 1]
    index &+= 2
    switch letter {
    case 0x75: unicodeEscape()
    case 0x6E: put(0x0A)
    case 0x74: put(0x09)
    case 0x72: put(0x0D)
    case 0x62: put(0x08)
    case 0x66: put(0x0C)
    default: put(letter)
    }
  }

  /// Decodes the escape from its first digit. A surrogate pair becomes one character, a lone surrogate U+FFFD.
  private mutating func unicodeEscape() {
    let unit = UInt32(HexQuad(source + index).codeUnit)
    index &+= 4
    guard unit & 0xF800 == 0xD800 else { return put(scalar: unit) }
    if unit < 0xDC00, index &+ 6 <= count, source[index] == .backslash, source[index &+ 1] == 0x75 {
      let low = UInt32(HexQuad(source + index + 2).codeUnit)
      if low & 0xFC00 == 0xDC00 {
        index &+= 6
        return put(scalar: 0x10000 &+ (unit & 0x3FF) &<< 10 &+ (low & 0x3FF))
      }
    }
    put(scalar: 0xFFFD)
  }

  private mutating func put(scalar: UInt32) {
    func continuation(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | (scalar &>> shift & 0x3F)) }
    func lead(_ mark: UInt32, _ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: mark | scalar &>> shift) }
    switch scalar {
    case ..<0x80:
      put(UInt8(truncatingIfNeeded: scalar))
    case ..<0x800:
      put(lead(0xC0, 6))
      put(continuation(0))
    case ..<0x10000:
      put(lead(0xE0, 12))
      put(continuation(6))
      put(continuation(0))
    default:
      put(lead(0xF0, 18))
      put(continuation(12))
      put(continuation(6))
      put(continuation(0))
    }
  }
}

/// Checks the escapes of a string block by block. State that extends beyond a block is kept for the next one. Sets of
/// lanes use one bit for a lane, the lowest of its four, unless they are called full.
struct EscapeState {
  /// Whether the first lane of the next block is escaped: 1 or 0.
  private var isEscaped: UInt64 = 0
  /// The first lanes of the next block that must be hexadecimal digits.
  private var digits: UInt64 = 0

  /// Whether the next block has to be checked even if it has no backslash.
  @inline(__always)
  var isOpen: Bool { isEscaped | digits != 0 }

  /// Returns the lanes that are escaped by a run of backslashes of odd length.
  /// - Parameter backslashes: the full set of lanes with a backslash.
  @inline(__always)
  mutating func escapedLanes(_ backslashes: UInt64) -> UInt64 {
    let even: UInt64 = 0x0101_0101_0101_0101
    // In a run of backslashes every second one is itself escaped. Only the lane after a run of odd length matters. An
    // addition carries from the start of each run to that lane.
    let runs = backslashes & ~(isEscaped &* 15)
    let starts = runs & ~(runs &<< 4)
    let afterEven = runs &+ (starts & even)
    let (afterOdd, reachesEnd) = runs.addingReportingOverflow(starts & (even &<< 4))
    let escaped = (afterEven & (even &<< 4) | afterOdd & even) & ~runs | isEscaped & ~backslashes
    isEscaped = reachesEnd ? 1 : 0
    return escaped
  }

  /// Returns whether each escaped lane has a letter allowed there, and each `u` is followed by four digits.
  /// - Parameter inside: the lanes up to and including the end of the string. Other lanes are not checked.
  @inline(__always)
  mutating func areValid(_ escaped: UInt64, in block: Bytes16, _ inside: UInt64) -> Bool {
    let wrong = escaped & ~LaneSet(block.escapeLetters).bits
    let unicode = escaped & LaneSet(block .== .all(0x75)).bits
    var missing: UInt64 = 0
    if unicode | digits != 0 {
      let following = unicode &<< 4 | unicode &<< 8 | unicode &<< 12 | unicode &<< 16 | digits
      digits = unicode &>> 60 | unicode &>> 56 | unicode &>> 52 | unicode &>> 48
      missing = following & ~LaneSet(block.hexDigits).bits
    }
    return (wrong | missing) & inside == 0
  }
}

/// The four digits of a `\u` escape, in one word.
struct HexQuad {
  private let word: UInt32

  /// Loads four bytes from `pointer`.
  @inline(__always)
  init(_ pointer: UnsafePointer<UInt8>) {
    word = UInt32(bigEndian: UnsafeRawPointer(pointer).loadUnaligned(as: UInt32.self))
  }

  /// Returns a word whose top bit in each byte tells whether that byte is at least `bound`. For bytes below 0x80.
  @inline(__always)
  private static func atLeast(_ bytes: UInt32, _ bound: UInt32) -> UInt32 {
    bytes &+ 0x0101_0101 &* (0x80 - bound)
  }

  @inline(__always)
  var isValid: Bool {
    let isDigit = HexQuad.atLeast(word, 0x30) & ~HexQuad.atLeast(word, 0x3A)
    let lower = word | 0x2020_2020
    let isLetter = HexQuad.atLeast(lower, 0x61) & ~HexQuad.atLeast(lower, 0x67)
    return (isDigit | isLetter) & ~word & 0x8080_8080 == 0x8080_8080
  }

  /// The code unit that four valid digits represent.
  @inline(__always)
  var codeUnit: UInt16 {
    // The low four bits of the letters A to F are 1 to 6, and their values are 9 more.
    let nibbles = (word & 0x0F0F_0F0F) &+ (word &>> 6 & 0x0101_0101) &* 9
    let pairs = nibbles | nibbles &>> 4
    return UInt16(truncatingIfNeeded: (pairs & 0xFF) | (pairs &>> 8 & 0xFF00))
  }
}
