import CallControl

/// The value of a typed option. Each method reads it as one kind of value, or throws a usage error that says what is
/// wanted.
struct OptionValue {
  private let option: TypedArguments.TypedOption

  init(_ option: TypedArguments.TypedOption) {
    self.option = option
  }

  /// The value as it was typed; empty if there is none.
  var text: String { option.value ?? "" }

  func bad(_ wanted: String) -> UsageError {
    .badValue(option: option.spelling, value: text, wanted: wanted)
  }

  func count(in range: ClosedRange<Int>) throws(UsageError) -> Int {
    let number = QuantityParser.count(text)
    if let number, number < range.lowerBound, range.upperBound == .max {
      throw .tooSmall(option: option.spelling, least: range.lowerBound)
    }
    guard let count = number, range.contains(count) else {
      throw bad(
        range.upperBound == .max
          ? "a number of at least \(range.lowerBound)" : "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return count
  }

  func size() throws(UsageError) -> Int {
    guard let size = QuantityParser.size(text), size > 0 else { throw bad("a size such as 64K or 16M") }
    return size
  }

  func duration() throws(UsageError) -> Duration {
    guard let time = QuantityParser.duration(text) else { throw bad("a time such as 500ms, 30s or 5m") }
    return time
  }

  /// Returns a duration of more than zero.
  func positiveDuration() throws(UsageError) -> Duration {
    let time = try duration()
    guard time > .zero else { throw bad("a time of more than nothing, such as 500ms, 30s or 5m") }
    return time
  }

  func rate() throws(UsageError) -> CallRate {
    guard let rate = QuantityParser.rate(text) else { throw bad("a rate such as 10/s, 500/m or 1000/h") }
    return rate
  }

  func number(in range: ClosedRange<Double>) throws(UsageError) -> Double {
    guard let number = QuantityParser.number(text), range.contains(number) else {
      throw bad("a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
    }
    return number
  }

  /// Returns a text that is not empty.
  func name(_ what: String) throws(UsageError) -> String {
    if text.isEmpty { throw bad(what) }
    return text
  }

  /// Returns a text, or the file that is named after `@`.
  func textOrFile(_ what: String) throws(UsageError) -> TextSource {
    guard text.hasPrefix("@") else { return .text(try name(what)) }
    guard text.count > 1 else { throw bad("@ and the name of a file") }
    return .file(String(text.dropFirst()))
  }
}

/// The source of a text: the command line, or a file that is not read yet.
enum TextSource: Equatable {
  case text(String)
  case file(String)
}

/// Parsers of the quantities that options take. Each returns nil for a text that is none.
enum QuantityParser {
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
