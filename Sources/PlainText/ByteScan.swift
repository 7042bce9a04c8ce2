import Basics

typealias Bytes = UnsafeBufferPointer<UInt8>

extension SIMD16<UInt8> {
  @inline(__always)
  func lanes(of byte: UInt8) -> Lanes16 { self .== .all(byte) }

  /// The lanes with a non-ASCII byte.
  @inline(__always)
  var wide: Lanes16 { unsafeBitCast(self, to: SIMD16<Int8>.self) .< SIMD16<Int8>(repeating: 0) }
}

extension Bytes {
  /// Returns the index of the first byte at or after `start` that `stops` selects, or `count` if there is none. `stops`
  /// must not select spaces, which pad the last block.
  @inline(__always)
  func first(from start: Int, _ stops: (Bytes16) -> Lanes16) -> Int {
    guard let base = baseAddress, start < count else { return count }
    return BlockSearch.first(base, start, count, stops) ?? count
  }

  /// Returns the index of the first `byte` at or after `start`, or `count` if there is none.
  func first(_ byte: UInt8, from start: Int) -> Int { first(from: start) { $0.lanes(of: byte) } }

  /// Whether `text` is at `index`, ignoring ASCII case. The ASCII letters of `text` must be lowercase.
  func holds(_ text: StaticString, at index: Int) -> Bool {
    guard index >= 0, index &+ text.utf8CodeUnitCount <= count else { return false }
    for offset in 0..<text.utf8CodeUnitCount {
      var byte = self[index &+ offset]
      if byte.isCapital { byte |= 0x20 }
      if byte != text.utf8Start[offset] { return false }
    }
    return true
  }

  /// Returns the index of the first `text`, of at least two bytes, at or after `start`, ignoring ASCII case; nil if
  /// absent.
  func first(_ text: StaticString, from start: Int) -> Int? {
    let small = text.utf8Start[0]
    let capital = small &- 0x61 < 26 ? small ^ 0x20 : small
    var index = start
    while true {
      index = first(from: index) { $0.lanes(of: small) .| $0.lanes(of: capital) }
      guard index < count else { return nil }
      if holds(text, at: index) { return index }
      index &+= 1
    }
  }
}

extension UInt8 {
  static var lessThan: UInt8 { 0x3C }
  static var greaterThan: UInt8 { 0x3E }
  static var ampersand: UInt8 { 0x26 }
  static var semicolon: UInt8 { 0x3B }
  static var slash: UInt8 { 0x2F }
  static var equals: UInt8 { 0x3D }
  static var quote: UInt8 { 0x22 }
  static var apostrophe: UInt8 { 0x27 }
  static var backtick: UInt8 { 0x60 }
  static var newline: UInt8 { 0x0A }
  static var space: UInt8 { 0x20 }
  static var tab: UInt8 { 0x09 }

  @inline(__always)
  var isCapital: Bool { self &- 0x41 < 26 }
  @inline(__always)
  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
  @inline(__always)
  var isDigit: Bool { self &- 0x30 < 10 }
  @inline(__always)
  var isAlphanumeric: Bool { isLetter || isDigit }
  /// Whether the byte is HTML white space or a vertical tab.
  @inline(__always)
  var isSpace: Bool { self == 0x20 || self &- 0x09 < 5 }
}
