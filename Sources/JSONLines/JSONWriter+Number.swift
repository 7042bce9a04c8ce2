extension JSONWriter {
  mutating func append(decimal number: Int) {
    if number < 0 { append(raw: 0x2D) }
    append(digits: number.magnitude, atLeast: 1)
  }

  /// `magnitude` in decimal, with zeros before it up to a number of digits.
  private mutating func append(digits magnitude: UInt, atLeast width: Int) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var rest = magnitude
      var start = 20
      repeat {
        start -= 1
        digits[start] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0 || 20 - start < width
      append(raw: UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }

  /// Rounds as `printf` does, without asking a locale: the exact product with a power of ten, ties to even. There is no
  /// minus before a number that rounds to zero. Beyond 2^53 units of the last decimal it is written in its shortest form.
  mutating func append(_ number: Double, decimals: Int) {
    precondition(0...9 ~= decimals, "0 to 9 decimals can be written")
    guard number.isFinite else { return append(raw: "null") }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let product = number.magnitude * scale
    guard product < 0x1p53 else {
      var text = "\(number)"
      return text.withUTF8 { append(raw: $0) }
    }
    // The product is rounded already; what was lost decides where it looks like a tie.
    let lost = (-product).addingProduct(number.magnitude, scale)
    var rounded = product.rounded(.toNearestOrEven)
    if product - rounded == 0.5 && lost > 0 { rounded += 1 }
    if product - rounded == -0.5 && lost < 0 { rounded -= 1 }
    if number < 0 && rounded > 0 { append(raw: 0x2D) }
    let (whole, fraction) = UInt(rounded).quotientAndRemainder(dividingBy: UInt(scale))
    append(digits: whole, atLeast: 1)
    if decimals > 0 {
      append(raw: 0x2E)
      append(digits: fraction, atLeast: decimals)
    }
  }
}
