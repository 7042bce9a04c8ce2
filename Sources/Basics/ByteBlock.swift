// Operations on sixteen bytes at once. Only forms that compile to plain SSE2 or NEON instructions are used here: the
// standard library's comparison of a vector with a scalar, and its wider vectors, compile to loops over single lanes.
// Public and inlinable for the reason that `DeadlineHeap` is.

public typealias Bytes16 = SIMD16<UInt8>
public typealias Lanes16 = SIMDMask<SIMD16<Int8>>

extension SIMD16<UInt8> {
  /// The number of bytes in a block.
  @inlinable
  public static var width: Int { 16 }

  @inlinable
  @inline(__always)
  public init(loading pointer: UnsafePointer<UInt8>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD16<UInt8>.self)
  }

  @inlinable
  @inline(__always)
  public static func all(_ byte: UInt8) -> SIMD16<UInt8> { SIMD16<UInt8>(repeating: byte) }

  /// Loads a block at `index`, of `limit` readable bytes; lanes beyond these are zero. `limit` is at least sixteen.
  @inlinable
  @inline(__always)
  public init(_ base: UnsafePointer<UInt8>, at index: Int, limit: Int) {
    if index &+ 16 <= limit {
      self.init(loading: base + index)
    } else {
      let last = SIMD16<UInt8>(loading: base + limit - 16)
      let word = UInt128(littleEndian: unsafeBitCast(last, to: UInt128.self))
      let shifted = word &>> UInt128(truncatingIfNeeded: (index &+ 16 &- limit) &* 8)
      self = unsafeBitCast(shifted.littleEndian, to: SIMD16<UInt8>.self)
    }
  }
}

extension SIMD16<UInt8> {
  /// Loads `count` bytes, 1 to 15, with spaces in the lanes beyond these. Loads of whole words overlap, which takes fewer
  /// instructions than a loop over lanes.
  @inlinable
  @inline(__always)
  public init(paddingWithSpaces pointer: UnsafePointer<UInt8>, count: Int) {
    let raw = UnsafeRawPointer(pointer)
    var word: UInt128
    if count >= 8 {
      let first = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
      let last = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
      word = UInt128(first) | UInt128(last) &<< UInt128(truncatingIfNeeded: (count &- 8) &* 8)
    } else if count >= 4 {
      let first = UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self))
      let last = UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
      word = UInt128(UInt64(first) | UInt64(last) &<< UInt64(truncatingIfNeeded: (count &- 4) &* 8))
    } else {
      let middle = count &>> 1
      word = UInt128(
        UInt64(pointer[0]) | UInt64(pointer[middle]) &<< UInt64(truncatingIfNeeded: middle &* 8)
          | UInt64(pointer[count &- 1]) &<< UInt64(truncatingIfNeeded: (count &- 1) &* 8))
    }
    word |= UInt128(0x2020_2020_2020_2020_2020_2020_2020_2020) &<< UInt128(truncatingIfNeeded: count &* 8)
    self = unsafeBitCast(word.littleEndian, to: SIMD16<UInt8>.self)
  }
}

/// A set of lanes in one machine word, four bits for a lane: the form that SSE2 and NEON can both produce without a
/// table.
public struct LaneSet {
  public var bits: UInt64

  @inlinable
  @inline(__always)
  public init(_ lanes: Lanes16) {
    let halves = unsafeBitCast(lanes, to: SIMD8<UInt16>.self) &>> 4
    bits = UInt64(littleEndian: unsafeBitCast(SIMD8<UInt8>(truncatingIfNeeded: halves), to: UInt64.self))
  }

  @inlinable
  @inline(__always)
  public var isEmpty: Bool { bits == 0 }

  /// The first lane of the set; the width of a block if the set is empty.
  @inlinable
  @inline(__always)
  public var first: Int { bits.trailingZeroBitCount &>> 2 }
}

public enum BlockSearch {
  /// Returns the first index at or after `start` whose byte `stops` selects. `stops` must not select spaces.
  @inlinable
  @inline(__always)
  public static func first(
    _ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ stops: (Bytes16) -> Lanes16
  ) -> Int? {
    var index = start
    while index &+ 16 <= count {
      let found = LaneSet(stops(Bytes16(loading: base + index)))
      if !found.isEmpty { return index &+ found.first }
      index &+= 16
    }
    guard index < count else { return nil }
    let found = LaneSet(stops(Bytes16(paddingWithSpaces: base + index, count: count &- index)))
    return found.isEmpty ? nil : index &+ found.first
  }
}

extension [UInt8] {
  /// Returns the first index of `byte` at or after `start`. Linear, sixteen bytes at a time.
  package func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      let wanted = Bytes16.all(byte)
      var index = start
      while index &+ 64 <= buffer.count {
        let a = Bytes16(loading: base + index) .== wanted
        let b = Bytes16(loading: base + index + 16) .== wanted
        let c = Bytes16(loading: base + index + 32) .== wanted
        let d = Bytes16(loading: base + index + 48) .== wanted
        if !LaneSet((a .| b) .| (c .| d)).isEmpty { break }
        index &+= 64
      }
      while index &+ 16 <= buffer.count {
        let found = LaneSet(Bytes16(loading: base + index) .== wanted)
        if !found.isEmpty { return index &+ found.first }
        index &+= 16
      }
      while index < buffer.count {
        if base[index] == byte { return index }
        index &+= 1
      }
      return nil
    }
  }
}
