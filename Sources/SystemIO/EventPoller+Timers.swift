public import Basics
import BoundedConcurrency

extension EventPoller {
  /// The key of a scheduled action, by which it can be cancelled.
  public struct TimerKey: Sendable {
    let key: DeadlineHeap<PollerTimer>.EntryKey
  }

  /// Suspends until the deadline.
  /// - Throws: `CancellationError`, at once, when the task is cancelled.
  public func sleep(until deadline: Instant) async throws(CancellationError) {
    let key = Lock<DeadlineHeap<PollerTimer>.EntryKey?>(nil)
    let isDue = await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        let inserted = insert(.sleeper(continuation), at: deadline)
        key.withLock { $0 = inserted }
        // The cancellation handler below may have run before the key was set.
        if Task.isCancelled { wake(inserted) }
      }
    } onCancel: {
      if let key = key.withLock({ $0 }) { wake(key) }
    }
    if !isDue { throw CancellationError() }
  }

  /// Runs an action on the poller's thread at the deadline. The action must not block.
  @discardableResult
  public func schedule(at deadline: Instant, _ action: @escaping @Sendable () -> Void) -> TimerKey {
    TimerKey(key: insert(.action(action), at: deadline))
  }

  /// Runs an action on the poller's thread when this time has passed, not counting time in which the process was
  /// stopped (SIGTSTP, SIGSTOP, a sleeping machine), to within little more than a second for each stop. While there is
  /// such a deadline, the thread wakes up once a second.
  @discardableResult
  public func scheduleCallDeadline(after time: Duration, _ action: @escaping @Sendable () -> Void) -> TimerKey {
    TimerKey(key: insert(.callDeadline(action), at: .now + time))
  }

  /// Cancels a scheduled action. An action that is due at this moment may still run.
  public func cancel(_ timer: TimerKey) {
    _ = remove(timer.key)
  }

  private func wake(_ key: DeadlineHeap<PollerTimer>.EntryKey) {
    if case .sleeper(let continuation)? = remove(key) { continuation.resume(returning: false) }
  }

  private func remove(_ key: DeadlineHeap<PollerTimer>.EntryKey) -> PollerTimer? {
    state.withLock { state in
      let timer = state.timers.remove(key)
      if case .callDeadline? = timer { state.callDeadlines -= 1 }
      return timer
    }
  }

  private func insert(_ timer: PollerTimer, at deadline: Instant) -> DeadlineHeap<PollerTimer>.EntryKey {
    let (key, mustWake) = state.withLock { state in
      let key = state.timers.insert(timer, at: deadline)
      var wakesBy = deadline
      if case .callDeadline = timer {
        if state.callDeadlines == 0 { state.stops.begin(at: .now) }
        state.callDeadlines += 1
        wakesBy = min(wakesBy, state.stops.nextLook)
      }
      guard state.isAsleep, state.wakesAt.map({ wakesBy < $0 }) ?? true else { return (key, false) }
      // One wake-up is enough: the thread is on its way.
      state.isAsleep = false
      return (key, true)
    }
    if mustWake { wakeup.signal() }
    return key
  }
}

// The decisions of the poller that depend on the clock. They are pure: the time is passed in.

/// Detects that the process did not run for a while, because SIGTSTP or SIGSTOP stopped it, or the machine slept.
/// Clocks go on meanwhile, so a clock that is read once a second shows a stop as a gap. No signal has to be caught for
/// that, and a thread that runs before the handler of SIGCONT is not misled. Pure: the time is passed in.
struct StopDetector {
  /// How often the clock has to be read.
  static let interval = Duration.seconds(1)
  /// How late a thread may be that ran all the time.
  static let tolerance = Duration.milliseconds(250)

  private var lastLook = Instant.now

  /// The latest time at which the clock has to be read again.
  var nextLook: Instant { lastLook + Self.interval }

  /// Starts again after a time in which the clock was not read.
  mutating func begin(at now: Instant) {
    lastLook = now
  }

  /// - Returns: how long the process was stopped since the last reading, at most an interval too long; nil when it was
  ///   not stopped, or too briefly to tell.
  mutating func look(at now: Instant) -> Duration? {
    defer { lastLook = now }
    let gap = now - lastLook
    return gap > Self.interval + Self.tolerance ? gap : nil
  }
}

/// Spaces the wake-ups of a thread with continual events, so that events within half a millisecond are handled
/// together: each wake-up costs switches of this thread and of those that it resumes. Occasional events are handled at
/// once. Pure: the time is passed in.
struct WakeSpacing {
  static let interval = Duration.microseconds(500)

  private var last: Instant?
  private var isBusy = false

  /// Records an event.
  mutating func wake(at now: Instant) {
    isBusy = last.map { now - $0 < Self.interval * 2 } ?? false
    last = now
  }

  /// - Returns: how long to rest before the next wait; nil for no rest.
  func rest(at now: Instant) -> Duration? {
    guard isBusy, let last else { return nil }
    let rest = last + Self.interval - now
    return rest > .zero ? rest : nil
  }
}
