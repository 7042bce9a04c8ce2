/// 128 bits that stand for an article: what is remembered of an id, and in hexadecimal the `key` of a record.
struct Hash128: Hashable, Sendable {
  var high: UInt64
  var low: UInt64

  /// The hash of the nth thing that has this one, counted from 1: itself for the first.
  ///
  /// The steps are odd, so that each n gives another value; what is hashed is spread evenly already.
  func occurrence(_ n: Int) -> Hash128 {
    let steps = UInt64(n - 1)
    return Hash128(high: high &+ steps &* 0x9E37_79B9_7F4A_7C15, low: low &+ steps &* 0xC2B2_AE3D_27D4_EB4F)
  }
}

extension Hash128: CustomStringConvertible {
  /// 32 hexadecimal digits, in lower case.
  var description: String {
    String(unsafeUninitializedCapacity: 32) { digits in
      for place in 0..<32 {
        let word = place < 16 ? high : low
        let value = UInt8(truncatingIfNeeded: word >> UInt64(60 - place % 16 * 4)) & 15
        digits[place] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
      }
      return 32
    }
  }

  /// nil for anything but 32 hexadecimal digits.
  init?(hexadecimal digits: some Collection<UInt8>) {
    guard digits.count == 32 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    for (place, digit) in digits.enumerated() {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = digit - UInt8(ascii: "A") + 10
      default: return nil
      }
      if place < 16 { words.0 = words.0 << 4 | UInt64(value) } else { words.1 = words.1 << 4 | UInt64(value) }
    }
    self.init(high: words.0, low: words.1)
  }
}
