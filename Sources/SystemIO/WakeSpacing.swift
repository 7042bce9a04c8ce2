/// Spaces the wakes of a thread to which something happens all the time, so that what comes within half a millisecond
/// is handled together: each wake by itself costs switches of this thread and of those that it resumes. What happens
/// now and then is handled at once. Pure: the time is passed in.
struct WakeSpacing {
  typealias Instant = ContinuousClock.Instant

  static let interval = Duration.microseconds(500)

  private var last: Instant?
  private var isBusy = false

  /// Notes that something happened.
  mutating func wake(at now: Instant) {
    isBusy = last.map { now - $0 < Self.interval * 2 } ?? false
    last = now
  }

  /// - Returns: how long to rest before waiting again; nil for not at all.
  func rest(at now: Instant) -> Duration? {
    guard isBusy, let last else { return nil }
    let rest = last + Self.interval - now
    return rest > .zero ? rest : nil
  }
}
