import Basics
import BoundedConcurrency

extension Poller {
  /// Names a scheduled action, so that it can be cancelled.
  public struct TimerKey: Sendable {
    let key: DeadlineHeap<Timer>.Key
  }

  /// Suspends until the deadline.
  /// - Throws: `CancellationError`, at once, when the task is cancelled.
  public func sleep(until deadline: Instant) async throws(CancellationError) {
    let key = Lock<DeadlineHeap<Timer>.Key?>(nil)
    let isDue = await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        let inserted = insert(.sleeper(continuation), at: deadline)
        key.withLock { $0 = inserted }
        // The handler below may have run before there was a key to find.
        if Task.isCancelled { wake(inserted) }
      }
    } onCancel: {
      if let key = key.withLock({ $0 }) { wake(key) }
    }
    if !isDue { throw CancellationError() }
  }

  /// Runs an action on the poller's thread at the deadline; it must not block.
  @discardableResult
  public func schedule(at deadline: Instant, _ action: @escaping @Sendable () -> Void) -> TimerKey {
    TimerKey(key: insert(.action(action), at: deadline))
  }

  /// Runs an action on the poller's thread when so much time has passed, not counting the time in which the process was
  /// stopped (SIGTSTP, SIGSTOP, a machine asleep), to within a good second for each stop. For as long as there is such
  /// a deadline the thread wakes once a second.
  @discardableResult
  public func scheduleCallDeadline(after time: Duration, _ action: @escaping @Sendable () -> Void) -> TimerKey {
    TimerKey(key: insert(.callDeadline(action), at: .now + time))
  }

  /// Takes a scheduled action back. One that is due at this moment may run all the same.
  public func cancel(_ timer: TimerKey) {
    _ = remove(timer.key)
  }

  private func wake(_ key: DeadlineHeap<Timer>.Key) {
    if case .sleeper(let continuation)? = remove(key) { continuation.resume(returning: false) }
  }

  private func remove(_ key: DeadlineHeap<Timer>.Key) -> Timer? {
    state.withLock { state in
      let timer = state.timers.remove(key)
      if case .callDeadline? = timer { state.callDeadlines -= 1 }
      return timer
    }
  }

  private func insert(_ timer: Timer, at deadline: Instant) -> DeadlineHeap<Timer>.Key {
    let (key, mustWake) = state.withLock { state in
      let key = state.timers.insert(timer, at: deadline)
      var wakesBy = deadline
      if case .callDeadline = timer {
        if state.callDeadlines == 0 { state.stops.begin(at: .now) }
        state.callDeadlines += 1
        wakesBy = min(wakesBy, state.stops.nextLook)
      }
      guard state.isAsleep, state.wakesAt.map({ wakesBy < $0 }) ?? true else { return (key, false) }
      // Once is enough: the thread is on its way.
      state.isAsleep = false
      return (key, true)
    }
    if mustWake { wakeup.signal() }
    return key
  }
}

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
