/// A hash of 128 bits.
package struct Hash128: Hashable, Sendable {
  package var high: UInt64
  package var low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The hash of the nth thing that has this one, counted from 1: itself for the first.
  ///
  /// The steps are odd, so that each n gives another value; what is hashed is spread evenly already.
  package func occurrence(_ n: Int) -> Hash128 {
    let steps = UInt64(n - 1)
    return Hash128(high: high &+ steps &* 0x9E37_79B9_7F4A_7C15, low: low &+ steps &* 0xC2B2_AE3D_27D4_EB4F)
  }
}

extension Hash128: CustomStringConvertible {
  /// 32 hexadecimal digits, in lower case.
  package var description: String {
    Hexadecimal.digits(of: high, count: 16) + Hexadecimal.digits(of: low, count: 16)
  }

  /// nil for anything but 32 hexadecimal digits.
  package init?(hexadecimal digits: some Collection<UInt8>) {
    guard digits.count == 32 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for digit in digits {
      guard let value = Hexadecimal.value(ofDigit: digit) else { return nil }
      high = high << 4 | low >> 60
      low = low << 4 | UInt64(value)
    }
    self.init(high: high, low: low)
  }
}
