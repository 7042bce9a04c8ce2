// Sixteen bytes looked at together. Only forms that compile to plain SSE2 or NEON instructions are used here: the
// standard library's comparison of a vector with a scalar, and its wider vectors, become loops over single lanes.

typealias Bytes16 = SIMD16<UInt8>
typealias Lanes16 = SIMDMask<SIMD16<Int8>>

let blockWidth = 16

extension Bytes16 {
  @inline(__always)
  init(loading pointer: UnsafePointer<UInt8>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: Bytes16.self)
  }

  @inline(__always)
  static func all(_ byte: UInt8) -> Bytes16 { Bytes16(repeating: byte) }

  /// Reads at `index`, of `limit` bytes that can be read; lanes beyond those are zero. `limit` is at least sixteen.
  @inline(__always)
  init(_ base: UnsafePointer<UInt8>, at index: Int, limit: Int) {
    if index &+ blockWidth <= limit {
      self.init(loading: base + index)
    } else {
      let last = Bytes16(loading: base + limit - blockWidth)
      let word = UInt128(littleEndian: unsafeBitCast(last, to: UInt128.self))
      let shifted = word &>> UInt128(truncatingIfNeeded: (index &+ blockWidth &- limit) &* 8)
      self = unsafeBitCast(shifted.littleEndian, to: Bytes16.self)
    }
  }

  /// The lanes that end a run of plain bytes in a JSON string: quote, backslash, control characters.
  @inline(__always)
  var stringStops: Lanes16 {
    (self .== .all(.quote)) .| (self .== .all(.backslash)) .| (self .< .all(0x20))
  }

  /// The lanes that may stand after a backslash: `"` `/` `\` `b` `f` `n` `r` `t` `u`.
  @inline(__always)
  var escapeLetters: Lanes16 {
    let signs = (self .== .all(.quote)) .| (self .== .all(0x2F)) .| (self .== .all(.backslash))
    let bf = (self .== .all(0x62)) .| (self .== .all(0x66))
    let nr = (self .== .all(0x6E)) .| (self .== .all(0x72))
    let tu = (self .== .all(0x74)) .| (self .== .all(0x75))
    return (signs .| bf) .| (nr .| tu)
  }

  @inline(__always)
  var hexDigits: Lanes16 {
    let letters = (self | .all(0x20)) &- .all(0x61)
    return decimalDigits .| (letters .< .all(6))
  }

  @inline(__always)
  var decimalDigits: Lanes16 { (self &- .all(0x30)) .< .all(10) }

  /// The lanes at which a writer has to stop: as above, and DEL and the lead byte of U+0080 to U+00BF.
  @inline(__always)
  var writerStops: Lanes16 {
    stringStops .| (self .== .all(0x7F)) .| (self .== .all(0xC2))
  }

  /// The lanes of a verbatim JSON value at which something may have to be changed.
  @inline(__always)
  var verbatimStops: Lanes16 {
    (self .== .all(.backslash)) .| (self .== .all(0x7F)) .| (self .== .all(0xC2))
  }
}

/// A set of lanes in one machine word, four bits a lane: what SSE2 and NEON can both make without a table.
struct LaneSet {
  var bits: UInt64

  @inline(__always)
  init(_ lanes: Lanes16) {
    let halves = unsafeBitCast(lanes, to: SIMD8<UInt16>.self) &>> 4
    bits = UInt64(littleEndian: unsafeBitCast(SIMD8<UInt8>(truncatingIfNeeded: halves), to: UInt64.self))
  }

  @inline(__always)
  var isEmpty: Bool { bits == 0 }

  /// The first lane of the set; the width of a block if it is empty.
  @inline(__always)
  var first: Int { bits.trailingZeroBitCount &>> 2 }
}

extension UInt8 {
  static var quote: UInt8 { 0x22 }
  static var backslash: UInt8 { 0x5C }
  static var newline: UInt8 { 0x0A }
  static var carriageReturn: UInt8 { 0x0D }

  /// Space, tab, line feed, carriage return: the white space of JSON.
  @inline(__always)
  var isJSONSpace: Bool {
    self <= 0x20 && (self == 0x20 || self == .newline || self == .carriageReturn || self == 0x09)
  }
}
