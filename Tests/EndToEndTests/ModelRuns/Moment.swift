import BoundedConcurrency

/// When something happened first, for scripts of servers.
final class Moment: Sendable {
  private let time = Lock<ContinuousClock.Instant?>(nil)

  /// Now, unless it was before.
  func set() { time.withLock { $0 = $0 ?? .now } }

  /// Whether it happened, no longer ago than this.
  func isWithin(_ duration: Duration) -> Bool {
    time.withLock { time in time.map { ContinuousClock.now < $0 + duration } ?? false }
  }
}
