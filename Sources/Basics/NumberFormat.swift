/// Numbers as the timing summary shows them: three digits that mean something, never an exponent, no locale.
package enum NumberFormat {
  /// Three significant digits; whole numbers keep all of theirs.
  package static func significant(_ value: Double) -> String {
    guard value.isFinite, value > 0 else { return "0" }
    var decimals = 0
    // Where rounding carries (9.996), the digit that it makes counts too.
    while decimals < 9, (value * power(decimals)).rounded() < 100 { decimals += 1 }
    return fixed(value, decimals: decimals)
  }

  package static func fixed(_ value: Double, decimals: Int) -> String {
    let scaled = Int((value * power(decimals)).rounded())
    guard decimals > 0 else { return String(scaled) }
    let digits = String(scaled)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return "\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }

  private static func power(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { result, _ in result * 10 }
  }
}

/// The unit in which durations are shown.
package enum DurationUnit: String {
  case microseconds = "µs"
  case milliseconds = "ms"
  case seconds = "s"

  package init(for duration: Duration) {
    self = duration >= .seconds(1) ? .seconds : duration >= .milliseconds(1) ? .milliseconds : .microseconds
  }

  private var inSeconds: Double {
    switch self {
    case .microseconds: 1e-6
    case .milliseconds: 1e-3
    case .seconds: 1
    }
  }

  package func format(_ duration: Duration) -> String {
    "\(NumberFormat.significant(duration.inSeconds / inSeconds)) \(rawValue)"
  }
}

extension Duration {
  /// The same as a floating-point number.
  package var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
