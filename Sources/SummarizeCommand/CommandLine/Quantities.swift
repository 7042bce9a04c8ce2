/// Readers of the quantities that options take; each returns nil for what is none.
enum Quantity {
  /// Decimal digits only: no sign, no space, no separators.
  static func count(_ text: some StringProtocol) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    return Int(text)
  }

  /// A number of bytes, or of units of 1024 (`K`), 1024² (`M`) or 1024³ (`G`) bytes.
  static func size(_ text: String) -> Int? {
    let units: [Character: Int] = ["k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
    guard let last = text.last, let unit = units[Character(last.lowercased())] else { return count(text) }
    guard let number = count(text.dropLast()) else { return nil }
    let (bytes, isTooLarge) = number.multipliedReportingOverflow(by: unit)
    return isTooLarge ? nil : bytes
  }

  /// A time such as `500ms`, `30s`, `1.5m` or `2h`; seconds where no unit is given.
  static func duration(_ text: String) -> Duration? {
    let units: [(suffix: String, seconds: Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]
    let unit = units.first { text.hasSuffix($0.suffix) }
    let number = text.dropLast(unit?.suffix.count ?? 0)
    // Double reads much more than this: signs, exponents, "inf", hexadecimal.
    guard number.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }),
      let value = Double(number)
    else { return nil }
    let seconds = value * (unit?.seconds ?? 1)
    return seconds <= 1e9 ? .seconds(seconds) : nil
  }
}
