import BoundedConcurrency

/// The rate limit of a simulated server: so many attempts a second, of which one second's worth may come at once.
final class SimulatedLimit: Sendable {
  typealias Instant = ContinuousClock.Instant

  private let interval: Duration
  private let burst: Duration
  /// When all attempts that were let through are worked off.
  private let workedOff: Lock<Instant?>

  /// - Precondition: the rate is more than 0.
  init(perSecond rate: Double) {
    interval = .seconds(1) / rate
    burst = max(.seconds(1) - interval, .zero)
    workedOff = Lock(nil)
  }

  /// Lets an attempt through.
  /// - Returns: how long to wait instead, where it is one too many.
  func refusal(at now: Instant) -> Duration? {
    workedOff.withLock { workedOff in
      let busy = max(workedOff ?? now, now)
      guard busy - now <= burst else { return busy - now - burst }
      workedOff = busy + interval
      return nil
    }
  }
}
