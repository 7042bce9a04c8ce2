/// Numbers for people: three significant digits, no exponent, no locale.
package enum NumberFormat {
  /// Returns a number with three significant digits, or all digits before the decimal point if there are more.
  package static func significant(_ value: Double) -> String {
    guard value.isFinite, value > 0 else { return "0" }
    var decimals = 0
    // If rounding carries (9.996), the added digit counts, too.
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

/// Decimal digits in a byte buffer.
package enum DecimalDigits {
  /// Calls `body` with the digits of a number.
  /// - Parameter width: the least number of digits, at most 20. The number is padded with zeros.
  @inlinable
  package static func with(_ number: UInt, atLeast width: Int = 1, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var rest = number
      var start = 20
      repeat {
        start -= 1
        digits[start] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0 || 20 - start < width
      body(UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }
}

/// The unit for the durations of one list.
package enum DurationUnit: String, Sendable {
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

/// A duration as messages show it: `0.42 s`, `12 s`, `5 min`, `2.5 h`.
package struct ShortTime: CustomStringConvertible, Sendable {
  private let duration: Duration

  package init(_ duration: Duration) {
    self.duration = duration
  }

  package var description: String {
    let seconds = max(duration.inSeconds, 0)
    if seconds < 10 { return trimmed(seconds, decimals: seconds < 1 ? 2 : 1) + " s" }
    if seconds < 120 { return trimmed(seconds, decimals: 0) + " s" }
    if seconds < 7200 { return trimmed(seconds / 60, decimals: 1) + " min" }
    return trimmed(seconds / 3600, decimals: 1) + " h"
  }

  private func trimmed(_ value: Double, decimals: Int) -> String {
    let text = NumberFormat.fixed(value, decimals: decimals)
    guard text.contains(".") else { return text }
    let digits = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
    return String(digits.reversed())
  }
}

extension Duration {
  package var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
