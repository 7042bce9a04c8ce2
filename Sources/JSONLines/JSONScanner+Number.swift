import Basics

extension JSONScanner {
  /// Passes over `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
  @inline(__always)
  mutating func number() throws(JSONFault) {
    if let length = shortNumber() {
      index &+= length
    } else {
      index = try endOfLongNumber()
    }
  }

  /// The length of a number without an exponent that ends within a block, told without a branch for each digit; nil for
  /// all others, bad ones included.
  @inline(__always)
  private func shortNumber() -> Int? {
    let sign = byte == 0x2D ? 1 : 0
    var others = ~LaneSet(Bytes16(base, at: index, limit: limit).decimalDigits).bits & ~UInt64(15 &* sign)
    var length = others.trailingZeroBitCount &>> 2
    let startsWithZero = byte(at: index &+ sign) == 0x30
    if length == sign || length >= Bytes16.width &- 1 || (startsWithZero && length > sign &+ 1) { return nil }
    if byte(at: index &+ length) == 0x2E {
      others &= ~0 &<< UInt64(truncatingIfNeeded: length &* 4 &+ 4)
      let fraction = others.trailingZeroBitCount &>> 2
      if fraction == Bytes16.width || fraction == length &+ 1 { return nil }
      length = fraction
    }
    return byte(at: index &+ length) | 0x20 == 0x65 ? nil : length
  }

  @inline(never)
  private func endOfLongNumber() throws(JSONFault) -> Int {
    var scanner = self
    try scanner.longNumber()
    return scanner.index
  }

  private mutating func longNumber() throws(JSONFault) {
    if byte == 0x2D { index &+= 1 }
    if byte == 0x30 {
      index &+= 1
      if isDigit { throw fault("a number cannot begin with 0") }
    } else {
      try digits()
    }
    if byte == 0x2E {
      index &+= 1
      try digits()
    }
    if byte | 0x20 == 0x65 {
      index &+= 1
      if byte == 0x2B || byte == 0x2D { index &+= 1 }
      try digits()
    }
  }

  @inline(__always)
  private var isDigit: Bool { byte &- 0x30 < 10 }

  @inline(__always)
  private mutating func digits() throws(JSONFault) {
    guard isDigit else { throw fault("expected a digit") }
    repeat { index &+= 1 } while isDigit
  }
}
