/// Sixteen bytes in one vector, for counting and searching.
///
/// Uses only operations that compile to plain SSE2 or NEON instructions: comparisons of two vectors with explicit
/// types.
struct ByteVector {
  typealias Bytes16 = SIMD16<UInt8>
  typealias Lanes = SIMDMask<SIMD16<Int8>>

  static let width = 16

  let bytes: Bytes16

  @inline(__always)
  private init(bytes: Bytes16) { self.bytes = bytes }

  /// Loads the bytes at `pointer`, all of which must be readable.
  @inline(__always)
  init(_ pointer: UnsafePointer<UInt8>) {
    bytes = UnsafeRawPointer(pointer).loadUnaligned(as: Bytes16.self)
  }

  /// Loads the bytes from `index` on. Only `limit` bytes are readable; lanes beyond them are zero.
  @inline(__always)
  init(_ base: UnsafePointer<UInt8>, at index: Int, limit: Int) {
    if index &+ Self.width <= limit { self.init(base + index) } else { self.init(last: base, at: index, limit: limit) }
  }

  @inline(never)
  private init(last base: UnsafePointer<UInt8>, at index: Int, limit: Int) {
    var bytes = Bytes16()
    for position in index..<limit { bytes[position - index] = base[position] }
    self.bytes = bytes
  }

  @inline(__always)
  private static func all(_ byte: UInt8) -> Bytes16 { Bytes16(repeating: byte) }

  @inline(__always)
  func lanes(of byte: UInt8) -> Lanes { bytes .== Self.all(byte) }

  /// The bytes in lower case; valid in lanes that hold ASCII letters.
  @inline(__always)
  var lowercased: ByteVector { ByteVector(bytes: bytes | Self.all(0x20)) }

  /// The lanes that hold an ASCII letter.
  @inline(__always)
  var letters: Lanes { ((bytes | Self.all(0x20)) &- Self.all(0x61)) .<= Self.all(25) }

  /// The lanes that hold a non-ASCII byte.
  @inline(__always)
  var wide: Lanes { unsafeBitCast(bytes, to: SIMD16<Int8>.self) .< SIMD16<Int8>(repeating: 0) }

  /// The lanes that begin a scalar from U+0800 on, except U+2000 to U+2FFF, which are marks and symbols.
  @inline(__always)
  var mayBeUnspaced: Lanes { (bytes .>= Self.all(0xE0)) .& (bytes .!= Self.all(0xE2)) }

  /// The lanes at which a sentence, a line or an item may end: stops, colons, semicolons, line ends and all non-ASCII
  /// bytes.
  @inline(__always)
  var stops: Lanes {
    let ends = lanes(of: 0x2E) .| lanes(of: 0x0A) .| lanes(of: 0x0D)
    let cries = lanes(of: 0x21) .| lanes(of: 0x3F)
    let colons = (bytes | Self.all(1)) .== Self.all(0x3B)
    return (ends .| cries) .| (colons .| wide)
  }

  /// Returns the first lane that is set, or the width of a block if none is.
  @inline(__always)
  static func first(_ lanes: Lanes) -> Int {
    // Four bits per lane, which SSE2 and NEON can both make without a table.
    let halves = unsafeBitCast(lanes, to: SIMD8<UInt16>.self) &>> 4
    let bits = UInt64(littleEndian: unsafeBitCast(SIMD8<UInt8>(truncatingIfNeeded: halves), to: UInt64.self))
    return bits.trailingZeroBitCount &>> 2
  }

  @inline(__always)
  static func isAny(_ lanes: Lanes) -> Bool {
    let words = unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
    return words[0] | words[1] != 0
  }

  /// Whether a lane may be set between `start` and `end`, or in a few bytes beside. This cheap test rules out most
  /// texts.
  @inline(__always)
  static func mayFind(in bytes: Bytes, from start: Int, to end: Int, _ lanes: (ByteVector) -> Lanes) -> Bool {
    guard let base = bytes.baseAddress, bytes.count >= width else { return true }
    let last = bytes.count &- width
    var found = Lanes(repeating: false)
    var index = start
    while index < end {
      found = found .| lanes(ByteVector(base + min(index, last)))
      index &+= width
    }
    return isAny(found)
  }

  /// Returns the first index from `start` on whose lane is set, or `end` if there is none.
  @inline(__always)
  static func find(in bytes: Bytes, from start: Int, to end: Int, _ lanes: (ByteVector) -> Lanes) -> Int {
    guard let base = bytes.baseAddress else { return end }
    var index = start
    while index < end {
      let first = first(lanes(ByteVector(base, at: index, limit: bytes.count)))
      if first < width { return min(index &+ first, end) }
      index &+= width
    }
    return end
  }
}

/// Counts the set lanes of at most 255 blocks.
struct LaneCount {
  private var counts = ByteVector.Bytes16()

  @inline(__always)
  mutating func add(_ lanes: ByteVector.Lanes) { counts = counts &- unsafeBitCast(lanes, to: ByteVector.Bytes16.self) }

  var total: Int {
    let words = unsafeBitCast(counts, to: SIMD2<UInt64>.self)
    let mask: UInt64 = 0x00FF_00FF_00FF_00FF
    let pairs = (words[0] & mask) &+ (words[0] &>> 8 & mask) &+ (words[1] & mask) &+ (words[1] &>> 8 & mask)
    return Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) &>> 48)
  }
}
