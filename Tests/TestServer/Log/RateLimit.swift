/// A limit that a server holds its clients to, by itself: what comes too fast, or is too much at once, is refused with
/// 429 and the time to wait.
public struct RateLimit: Sendable {
  /// Calls a second, in the long run; nil: as many as come.
  public var callsPerSecond: Double?
  /// So many may come at once after a pause.
  public var burst: Double
  /// Calls at one time; nil: any number.
  public var concurrent: Int?

  public init(callsPerSecond: Double? = nil, burst: Double = 1, concurrent: Int? = nil) {
    self.callsPerSecond = callsPerSecond
    self.burst = burst
    self.concurrent = concurrent
  }
}

/// The state of a limit: the generic cell rate algorithm, which keeps only the time at which the bucket will be full.
struct RateLimiter: Sendable {
  let limit: RateLimit
  private var full: ContinuousClock.Instant?

  init(_ limit: RateLimit) { self.limit = limit }

  /// Decides about a call.
  /// - Parameter concurrent: calls open, this one included.
  /// - Returns: nil where it may pass, else how long to wait.
  mutating func admit(at time: ContinuousClock.Instant, concurrent: Int) -> Duration? {
    if let most = limit.concurrent, concurrent > most { return .milliseconds(100) }
    guard let rate = limit.callsPerSecond else { return nil }
    let start = max(full ?? time, time)
    let allowed = start - .seconds((limit.burst - 1) / rate)
    if time < allowed { return time.duration(to: allowed) }
    full = start + .seconds(1 / rate)
    return nil
  }
}
