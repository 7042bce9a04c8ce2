import Basics

extension JSONWriter {
  mutating func append(decimal number: Int) {
    if number < 0 { append(raw: 0x2D) }
    DecimalDigits.with(number.magnitude) { append(raw: $0) }
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
    DecimalDigits.with(whole) { append(raw: $0) }
    if decimals > 0 {
      append(raw: 0x2E)
      DecimalDigits.with(fraction, atLeast: decimals) { append(raw: $0) }
    }
  }
}
