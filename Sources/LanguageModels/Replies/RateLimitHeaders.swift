import Basics
import HTTPClient
import Summarization

/// Reads the delay that a server requests before the next call.
enum RetryAfter {
  /// The longest delay that a server can mean. A longer one is ignored.
  static let longest = Duration.seconds(366 * 86_400)

  /// - Parameters:
  ///   - now: the seconds since 1970, the reference for a date if the server does not send its own time.
  ///   - body: the error in the body. The headers take precedence.
  /// - Returns: the delay; nil if the server requests none, or one that cannot be meant.
  static func delay(_ headers: HTTPHeaders, _ body: ServerErrorBody? = nil, now: Double) -> Duration? {
    delay(ofHeaders: headers, now: now) ?? body?.retryDelay.flatMap(usable) ?? body?.spokenDelay.flatMap(usable)
  }

  private static func delay(ofHeaders headers: HTTPHeaders, now: Double) -> Duration? {
    if let text = headers["retry-after-ms"], let seconds = seconds(text, unit: 0.001) { return usable(seconds) }
    guard let text = headers["retry-after"] else { return nil }
    if let seconds = seconds(text, unit: 1) { return usable(seconds) }
    guard let date = HTTPDate.seconds(text).map(Double.init) ?? InternetDate.seconds(text.trimmed()) else { return nil }
    // The server's time is cut to whole seconds, so the delay is too long rather than too short. A date in the past
    // requests no delay.
    let reference = headers["date"].flatMap { HTTPDate.seconds($0) }.map(Double.init) ?? now
    return usable(max(0, date - reference))
  }

  /// Returns the seconds in a number of `unit`, or in a duration with its own units, such as `1m30.5s`.
  private static func seconds(_ text: String, unit: Double) -> Double? {
    number(text).map { $0 * unit } ?? UnitDuration.seconds(text.trimmed())
  }

  /// Returns a number of decimal digits with or without a point, if it is in range. `Double` would also accept signs,
  /// hexadecimal and "nan".
  static func number(_ text: String) -> Double? {
    let text = text.trimmed()
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }),
      let value = Double(text), value <= 1e15
    else { return nil }
    return value
  }

  private static func usable(_ seconds: Double) -> Duration? {
    guard seconds >= 0, seconds <= 1e12 else { return nil }
    let delay = Duration.seconds(seconds)
    return delay <= longest ? delay : nil
  }
}

/// Reads the rate limits in the headers of a response: OpenAI's, which other servers use as well
/// (`x-ratelimit-remaining-requests`), also with a period (`-requests-minute`, `-req-minute`), and Anthropic's
/// (`anthropic-ratelimit-requests-remaining`).
enum RateLimitHeaders {
  /// - Parameter now: the seconds since 1970, the reference for times if the server does not send its own time.
  /// - Returns: the rate limits; nil if there are none that can be meant.
  static func status(_ headers: HTTPHeaders, now: Double) -> RateLimitStatus? {
    var found: [RateLimitBucket: [RateLimitField: String]] = [:]
    for (name, value) in headers.fields {
      let name = name.lowercased()
      guard let (bucket, field) = parse(name) else { continue }
      found[bucket, default: [:]][field] = value
    }
    if found.isEmpty { return nil }
    let date = headers["date"].flatMap { HTTPDate.seconds($0) }.map(Double.init) ?? now
    var status = RateLimitStatus()
    for (bucket, fields) in found.sorted(by: { $0.key.name < $1.key.name }) {
      guard let allowance = allowance(fields, period: bucket.period, now: date) else { continue }
      if bucket.countsTokens { status.tokens.append(allowance) } else { status.requests.append(allowance) }
    }
    return status == RateLimitStatus() ? nil : status
  }

  private enum RateLimitField { case limit, remaining, reset }

  private struct RateLimitBucket: Hashable {
    var name: String
    var countsTokens: Bool
    /// The period in seconds; nil if the name contains none.
    var period: Double?
  }

  private static func parse(_ name: String) -> (RateLimitBucket, RateLimitField)? {
    let prefixes = ["anthropic-ratelimit-", "x-ratelimit-"]
    guard let prefix = prefixes.first(where: name.hasPrefix) else { return nil }
    var words = name.dropFirst(prefix.count).split(separator: "-").map(String.init)
    let fields: [String: RateLimitField] = ["limit": .limit, "remaining": .remaining, "reset": .reset]
    guard let place = words.firstIndex(where: { fields[$0] != nil }) else { return nil }
    let field = fields[words.remove(at: place)]!
    let periods = ["second": 1.0, "minute": 60, "hour": 3600, "day": 86_400, "1m": 60, "1s": 1]
    let period = words.last.flatMap { periods[$0] }
    if period != nil { words.removeLast() }
    // A limit without a unit is a limit on requests.
    let unit = words.joined(separator: "-")
    let countsTokens = unit.hasSuffix("tokens")
    guard countsTokens || ["", "requests", "req", "request"].contains(unit) else { return nil }
    return (RateLimitBucket(name: "\(unit) \(period ?? 0)", countsTokens: countsTokens, period: period), field)
  }

  /// Returns an allowance; nil if a field is missing or invalid. Limits of 0 and -1 mean no limit.
  private static func allowance(
    _ fields: [RateLimitField: String], period: Double?, now: Double
  ) -> RateLimitStatus.RateAllowance? {
    guard let limit = fields[.limit].flatMap(RetryAfter.number), limit > 0,
      let remaining = fields[.remaining].flatMap(RetryAfter.number),
      let reset = fields[.reset].flatMap({ seconds(until: $0, now: now) }) ?? period, reset <= 366 * 86_400
    else { return nil }
    return RateLimitStatus.RateAllowance(limit: limit, remaining: min(remaining, limit), reset: .seconds(reset))
  }

  /// Returns the seconds until a time: a duration such as `6m0s`, seconds, seconds or milliseconds since 1970, or a
  /// date.
  private static func seconds(until text: String, now: Double) -> Double? {
    let text = text.trimmed()
    if let number = RetryAfter.number(text) {
      if number < 1e9 { return number }
      return max(0, (number >= 1e12 ? number / 1000 : number) - now)
    }
    return UnitDuration.seconds(text) ?? InternetDate.seconds(text).map { max(0, $0 - now) }
  }
}
