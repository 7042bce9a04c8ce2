import Basics
import HTTPClient
import Summarization

/// Reads how long a server asks to be left alone.
enum RetryAfter {
  /// What asks for more than this is no answer to "when".
  static let longest = Duration.seconds(366 * 86_400)

  /// - Parameters:
  ///   - now: seconds since 1970, for a date from a server that does not say what time it has.
  ///   - body: what the server says beside its headers; these come first.
  /// - Returns: nil where the server asks for nothing, or for something that cannot be meant.
  static func delay(_ headers: HTTPHeaders, _ body: ServerErrorBody? = nil, now: Double) -> Duration? {
    delay(ofHeaders: headers, now: now) ?? body?.retryDelay.flatMap(usable) ?? body?.spokenDelay.flatMap(usable)
  }

  private static func delay(ofHeaders headers: HTTPHeaders, now: Double) -> Duration? {
    if let text = headers["retry-after-ms"], let milliseconds = number(text) {
      return usable(milliseconds / 1000)
    }
    guard let text = headers["retry-after"] else { return nil }
    if let seconds = number(text) { return usable(seconds) }
    guard let date = HTTPDate.seconds(text) else { return nil }
    // The server's clock is cut to seconds: by it the wait is too long rather than too short. A time that has passed
    // asks for no wait.
    let reference = headers["date"].flatMap { HTTPDate.seconds($0) }.map(Double.init) ?? now
    return usable(max(0, Double(date) - reference))
  }

  /// Decimal digits with a point or without, and a value in range: a `Double` would also read signs, hexadecimal, "nan".
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

/// Reads the rate limits in the headers of an answer: those of OpenAI and whoever follows it
/// (`x-ratelimit-remaining-requests`), also with a period (`-requests-minute`, `-req-minute`), and Anthropic's
/// (`anthropic-ratelimit-requests-remaining`).
enum RateLimitHeaders {
  /// - Parameter now: seconds since 1970, for times from a server that does not say what time it has.
  /// - Returns: nil where there are none that can be meant.
  static func status(_ headers: HTTPHeaders, now: Double) -> RateLimitStatus? {
    var found: [Bucket: [Field: String]] = [:]
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

  private enum Field { case limit, remaining, reset }

  private struct Bucket: Hashable {
    var name: String
    var countsTokens: Bool
    /// In seconds, where the name tells.
    var period: Double?
  }

  private static func parse(_ name: String) -> (Bucket, Field)? {
    let prefixes = ["anthropic-ratelimit-", "x-ratelimit-"]
    guard let prefix = prefixes.first(where: name.hasPrefix) else { return nil }
    var words = name.dropFirst(prefix.count).split(separator: "-").map(String.init)
    let fields: [String: Field] = ["limit": .limit, "remaining": .remaining, "reset": .reset]
    guard let place = words.firstIndex(where: { fields[$0] != nil }) else { return nil }
    let field = fields[words.remove(at: place)]!
    let periods = ["second": 1.0, "minute": 60, "hour": 3600, "day": 86_400, "1m": 60, "1s": 1]
    let period = words.last.flatMap { periods[$0] }
    if period != nil { words.removeLast() }
    // A limit of nothing that is named is one of requests.
    let unit = words.joined(separator: "-")
    let countsTokens = unit.hasSuffix("tokens")
    guard countsTokens || ["", "requests", "req", "request"].contains(unit) else { return nil }
    return (Bucket(name: "\(unit) \(period ?? 0)", countsTokens: countsTokens, period: period), field)
  }

  /// Limits of 0 and -1 stand for none.
  private static func allowance(_ fields: [Field: String], period: Double?, now: Double) -> RateLimitStatus.Allowance? {
    guard let limit = fields[.limit].flatMap(RetryAfter.number), limit > 0,
      let remaining = fields[.remaining].flatMap(RetryAfter.number),
      let reset = fields[.reset].flatMap({ seconds(until: $0, now: now) }) ?? period, reset <= 366 * 86_400
    else { return nil }
    return RateLimitStatus.Allowance(limit: limit, remaining: min(remaining, limit), reset: .seconds(reset))
  }

  /// A duration such as `6m0s`, seconds, seconds or milliseconds since 1970, or a date.
  private static func seconds(until text: String, now: Double) -> Double? {
    let text = text.trimmed()
    if let number = RetryAfter.number(text) {
      if number < 1e9 { return number }
      return max(0, (number >= 1e12 ? number / 1000 : number) - now)
    }
    return UnitDuration.seconds(text) ?? InternetDate.seconds(text).map { max(0, $0 - now) }
  }
}
