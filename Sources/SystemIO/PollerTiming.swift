// What the poller decides by the clock, without looking at it: the time is passed in.

/// Finds out that the process did not run for a while: stopped by SIGTSTP or SIGSTOP, or on a machine that slept. Clocks
/// go on meanwhile, so that a clock which is looked at once a second shows a stop as a gap. No signal has to be caught
/// for that; and a thread that runs before a handler of SIGCONT does is not misled. Pure: the time is passed in.
struct StopDetector {
  typealias Instant = ContinuousClock.Instant

  /// How often the clock has to be looked at.
  static let interval = Duration.seconds(1)
  /// By how much a thread is late that ran all the time.
  static let tolerance = Duration.milliseconds(250)

  private var lastLook = Instant.now

  /// When the clock has to be looked at again, at the latest.
  var nextLook: Instant { lastLook + Self.interval }

  /// Begins anew after a time in which nobody looked.
  mutating func begin(at now: Instant) {
    lastLook = now
  }

  /// - Returns: for how long the process was stopped since the last look, at most an interval too much; nil where it
  ///   was not, or for no longer than that.
  mutating func look(at now: Instant) -> Duration? {
    defer { lastLook = now }
    let gap = now - lastLook
    return gap > Self.interval + Self.tolerance ? gap : nil
  }
}

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
