/// The forms in which servers say how long to wait.
public enum RetryAfter: Sendable {
  /// No word about it.
  case none
  /// Whole seconds, as RFC 9110 has it.
  case seconds(Int)
  /// A decimal fraction of seconds, as some servers send.
  case fraction(Double)
  /// `retry-after-ms`, beside a rounded-up `retry-after`.
  case milliseconds(Int)
  /// A date, this long from now. Dates have whole seconds: the time that is said is at most this, and up to a second less.
  case date(Duration)
  /// A date, this long from now, and what time it is, both by a clock that goes wrong by so much.
  case dateOfWrongClock(Duration, off: Duration)
  /// What is no time at all.
  case garbage(String)

  /// The header fields that say so when they are sent now.
  var headers: Headers {
    switch self {
    case .none: [:]
    case .seconds(let seconds): ["retry-after": "\(seconds)"]
    case .fraction(let seconds): ["retry-after": "\(seconds)"]
    case .milliseconds(let milliseconds):
      ["retry-after-ms": "\(milliseconds)", "retry-after": "\((milliseconds + 999) / 1000)"]
    case .date(let duration): ["retry-after": HTTPDate.format(HTTPDate.now + duration)]
    case .dateOfWrongClock(let duration, let error):
      Self.headers(at: HTTPDate.now + error, duration)
    case .garbage(let text): ["retry-after": text]
    }
  }

  private static func headers(at date: Duration, _ wait: Duration) -> Headers {
    ["date": HTTPDate.format(date), "retry-after": HTTPDate.format(date + wait)]
  }

  /// How long these header fields ask a client to wait, read as the official SDKs do: milliseconds first, then
  /// seconds, then a date, by the server's own clock where it tells the time.
  /// - Parameter now: since 1970.
  /// - Returns: nil where there is no usable value, or none that lies ahead.
  static func wait(asked headers: Headers, now: Duration) -> Duration? {
    if let text = headers["retry-after-ms"], let milliseconds = Double(text), let wait = usable(milliseconds / 1000) {
      return wait
    }
    guard let text = headers["retry-after"] else { return nil }
    if let seconds = Double(text) { return usable(seconds) }
    let reference = headers["date"].flatMap { HTTPDate.parse($0) } ?? now
    guard let date = HTTPDate.parse(text), date > reference else { return nil }
    return date - reference
  }

  private static func usable(_ seconds: Double) -> Duration? {
    seconds > 0 && seconds < 1e9 ? .seconds(seconds) : nil
  }
}
