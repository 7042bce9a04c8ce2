import Basics

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
    guard let value = number(text.dropLast(unit?.suffix.count ?? 0)) else { return nil }
    let seconds = value * (unit?.seconds ?? 1)
    return seconds <= 1e9 ? .seconds(seconds) : nil
  }

  /// A rate such as `10/s`, `0.5/m` or `1000/h`; more than one in thirty years, so that times can be reckoned with it.
  static func rate(_ text: String) -> Rate? {
    let units: [String: Duration] = ["/s": .seconds(1), "/m": .seconds(60), "/h": .seconds(3600)]
    guard let unit = units[String(text.suffix(2))], let count = number(text.dropLast(2)), count <= 1e12
    else { return nil }
    let rate = Rate(count: count, per: unit)
    return rate.perSecond > 1e-9 ? rate : nil
  }

  /// Decimal digits with at most one point.
  static func number(_ text: some StringProtocol) -> Double? {
    // Double reads much more than this: signs, exponents, "inf", hexadecimal.
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") })
    else { return nil }
    return Double(text)
  }
}

/// So many in such a time.
struct Rate: Equatable {
  var count: Double
  var per: Duration

  var perSecond: Double { count / per.inSeconds }
}
