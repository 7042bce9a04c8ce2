import CallControl

/// Parsers of the quantities that options take. Each returns nil for a text that is none.
enum Quantity {
  /// Parses a count of decimal digits only: no sign, no space, no separators.
  static func count(_ text: some StringProtocol) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    return Int(text)
  }

  /// Parses a number of bytes, or of units of 1024 (`K`), 1024² (`M`) or 1024³ (`G`) bytes, also written `KB` or `KiB`.
  static func size(_ text: String) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = count(digits) else { return nil }
    let units = ["": 1, "b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
    var suffix = text.dropFirst(digits.count).lowercased()
    for ending in ["ib", "b"] where suffix.count == ending.count + 1 && suffix.hasSuffix(ending) {
      suffix.removeLast(ending.count)
    }
    guard let unit = units[suffix] else { return nil }
    let (bytes, isTooLarge) = number.multipliedReportingOverflow(by: unit)
    return isTooLarge ? nil : bytes
  }

  /// The units of time, in seconds. No unit means seconds.
  private static let secondsInUnit: [String: Double] = [
    "": 1, "ms": 0.001, "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "m": 60, "min": 60, "mins": 60,
    "minute": 60, "minutes": 60, "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600,
  ]

  /// Parses a time such as `500ms`, `30s`, `1.5m` or `2h`, in seconds if there is no unit.
  static func duration(_ text: String) -> Duration? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let value = number(digits), let unit = secondsInUnit[String(text.dropFirst(digits.count))] else { return nil }
    let seconds = value * unit
    return seconds <= 1e9 ? .seconds(seconds) : nil
  }

  /// Parses a rate such as `10/s`, `0.5/m` or `1000/h`. It must be more than one in thirty years, so that times can be
  /// computed from it.
  static func rate(_ text: String) -> CallRate? {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let count = number(parts[0]), count <= 1e12 else { return nil }
    guard !parts[1].isEmpty, parts[1] != "ms", let unit = secondsInUnit[String(parts[1])] else { return nil }
    let rate = CallRate(count: count, per: .seconds(unit))
    return rate.perSecond > 1e-9 ? rate : nil
  }

  /// Parses a number of decimal digits with at most one point.
  static func number(_ text: some StringProtocol) -> Double? {
    // `Double` accepts much more: signs, exponents, "inf", hexadecimal.
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") })
    else { return nil }
    return Double(text)
  }
}
