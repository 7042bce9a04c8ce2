import CLibrary

// Sixteen bytes looked at together. Only forms that compile to plain SSE2 or NEON instructions are used here: the
// standard library's comparison of a vector with a scalar, and its wider vectors, become loops over single lanes.

package typealias Bytes16 = SIMD16<UInt8>
package typealias Lanes16 = SIMDMask<SIMD16<Int8>>

extension SIMD16<UInt8> {
  /// How many bytes a block has.
  @inlinable
  package static var width: Int { 16 }

  @inlinable
  @inline(__always)
  package init(loading pointer: UnsafePointer<UInt8>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD16<UInt8>.self)
  }

  @inlinable
  @inline(__always)
  package static func all(_ byte: UInt8) -> SIMD16<UInt8> { SIMD16<UInt8>(repeating: byte) }

  /// Reads at `index`, of `limit` bytes that can be read; lanes beyond those are zero. `limit` is at least sixteen.
  @inlinable
  @inline(__always)
  package init(_ base: UnsafePointer<UInt8>, at index: Int, limit: Int) {
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

/// A set of lanes in one machine word, four bits a lane: what SSE2 and NEON can both make without a table.
package struct LaneSet {
  package var bits: UInt64

  @inlinable
  @inline(__always)
  package init(_ lanes: Lanes16) {
    let halves = unsafeBitCast(lanes, to: SIMD8<UInt16>.self) &>> 4
    bits = UInt64(littleEndian: unsafeBitCast(SIMD8<UInt8>(truncatingIfNeeded: halves), to: UInt64.self))
  }

  @inlinable
  @inline(__always)
  package var isEmpty: Bool { bits == 0 }

  /// The first lane of the set; the width of a block if it is empty.
  @inlinable
  @inline(__always)
  package var first: Int { bits.trailingZeroBitCount &>> 2 }
}

package enum BlockSearch {
  /// The first place at or after `start` whose lane is in what `stops` makes of a block. Spaces must not be in it.
  @inlinable
  @inline(__always)
  package static func first(
    _ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ stops: (Bytes16) -> Lanes16
  ) -> Int? {
    var index = start
    while index &+ 16 <= count {
      let found = LaneSet(stops(Bytes16(loading: base + index)))
      if !found.isEmpty { return index &+ found.first }
      index &+= 16
    }
    guard index < count else { return nil }
    // The rest, in a block of its own; a filler that stops nothing stands after it.
    var rest = Bytes16.all(0x20)
    for lane in 0..<(count &- index) { rest[lane] = base[index &+ lane] }
    let found = LaneSet(stops(rest))
    return found.isEmpty ? nil : index &+ found.first
  }
}

extension [UInt8] {
  /// The first place of `byte` at or after `start`; linear, sixteen bytes at a time.
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

/// Zeroed memory straight from the system, for tables that are given back piece by piece while they grow: freed pieces
/// of a heap would stay behind as holes of just the wrong size.
package struct Pages: ~Copyable, @unchecked Sendable {
  package let base: UnsafeMutableRawPointer
  private let size: Int

  /// - Precondition: the system has the memory.
  package init(byteCount: Int) {
    size = byteCount
    guard let mapped = system_map_pages(size) else { fatalError("out of memory") }
    base = mapped
  }

  deinit {
    system_unmap_pages(base, size)
  }
}
