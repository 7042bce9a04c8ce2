/// Eight bytes in one machine word, the first in the lowest lane on every machine.
struct ByteOctet {
  var bits: UInt64

  static let highs: UInt64 = 0x8080_8080_8080_8080

  @inline(__always)
  init(bits: UInt64) { self.bits = bits }

  /// Loads the bytes at `pointer`, all of which must be readable.
  @inline(__always)
  init(_ pointer: UnsafePointer<UInt8>) {
    bits = UInt64(littleEndian: UnsafeRawPointer(pointer).loadUnaligned(as: UInt64.self))
  }

  /// Loads the bytes from `index` on. Only `limit` bytes are readable; lanes beyond them are zero.
  @inline(__always)
  init(_ base: UnsafePointer<UInt8>, at index: Int, limit: Int) {
    if index &+ 8 <= limit {
      self.init(base + index)
    } else {
      self.init(bits: Self.last(base, at: index, limit: limit))
    }
  }

  @inline(never)
  private static func last(_ base: UnsafePointer<UInt8>, at index: Int, limit: Int) -> UInt64 {
    var bits: UInt64 = 0
    var shift: UInt64 = 0
    for position in index..<limit {
      bits |= UInt64(base[position]) &<< shift
      shift &+= 8
    }
    return bits
  }

  /// A mask with all ones in the first `count` lanes, at most eight.
  @inline(__always)
  static func first(_ count: Int) -> UInt64 { count >= 8 ? ~0 : ~(~0 &<< UInt64(truncatingIfNeeded: count &* 8)) }

  /// The highest bit of each lane that holds an ASCII letter.
  @inline(__always)
  var letters: UInt64 {
    let folded = (bits | 0x2020_2020_2020_2020) & 0x7F7F_7F7F_7F7F_7F7F
    let fromA = folded &+ 0x1F1F_1F1F_1F1F_1F1F
    let beyondZ = folded &+ 0x0505_0505_0505_0505
    return fromA & ~beyondZ & ~bits & Self.highs
  }

  /// The highest bit of each lane that holds printable ASCII, spaces included; the other bits have no meaning.
  @inline(__always)
  var printable: UInt64 {
    let low = bits & 0x7F7F_7F7F_7F7F_7F7F
    return (low &+ 0x6060_6060_6060_6060) & ~(low &+ 0x0101_0101_0101_0101) & ~bits
  }

  /// Returns the highest bit of each lane that holds `byte`.
  @inline(__always)
  func lanes(of byte: UInt8) -> UInt64 {
    let differences = bits ^ UInt64(byte) &* 0x0101_0101_0101_0101
    return ~((differences & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F | differences) & Self.highs
  }

  /// Returns the number of lanes with their highest bit set; no other bit may be set.
  @inline(__always)
  static func count(_ lanes: UInt64) -> Int {
    Int(truncatingIfNeeded: ((lanes &>> 7) &* 0x0101_0101_0101_0101) &>> 56)
  }

  /// The bytes in lower case; valid in lanes that hold letters.
  @inline(__always)
  var lowercased: UInt64 { bits | 0x2020_2020_2020_2020 }

  /// Returns the highest bit of each lane that holds a capital, for lanes in `letters`.
  @inline(__always)
  func capitals(of letters: UInt64) -> UInt64 { letters & ~(bits &<< 2) }
}
