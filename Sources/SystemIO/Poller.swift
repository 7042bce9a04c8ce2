import Locking

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The thread that waits for the whole process: for the earliest of all deadlines, and for signals.
///
/// One heap and one thread serve every wait. A cancelled `Task.sleep` keeps its memory until its deadline; a wait that
/// is cancelled here is gone at once.
public final class Poller: Sendable {
  public typealias Instant = ContinuousClock.Instant

  private enum Timer {
    case sleeper(UnsafeContinuation<Bool, Never>)
    case action(@Sendable () -> Void)
  }

  private struct State {
    var timers = DeadlineHeap<Timer>()
    /// When the thread will look at the heap by itself; nil while it is awake, and will look anyway.
    var wakesAt: Instant?
    var isAsleep = false
    var trap: Trap?
  }

  private struct Trap {
    let pipe: Wakeup
    let handler: @Sendable (Signal) -> Void
  }

  private let state = Lock(State())
  private let wakeup: Wakeup

  /// Starts the thread.
  /// - Throws: where the system has no descriptor or thread left.
  public init() throws(SystemError) {
    wakeup = try Wakeup()
    // The thread keeps the poller alive: both live as long as the process.
    try SystemThread.start { self.run() }
  }

  /// Has the first of these signals handled instead of ending the process; a second one, of any kind, ends it at once.
  /// Signals that were ignored at start stay ignored. To be called once.
  /// - Parameter handler: called on the poller's thread; it must not block.
  /// - Throws: where the system has no descriptor left.
  public func trap(_ signals: [Signal], handler: @escaping @Sendable (Signal) -> Void) throws(SystemError) {
    let pipe = try StopSignals.trap(signals)
    state.withLock { $0.trap = Trap(pipe: pipe, handler: handler) }
    wakeup.signal()
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
  public func schedule(at deadline: Instant, _ action: @escaping @Sendable () -> Void) {
    _ = insert(.action(action), at: deadline)
  }

  private func wake(_ key: DeadlineHeap<Timer>.Key) {
    if case .sleeper(let continuation)? = state.withLock({ $0.timers.remove(key) }) {
      continuation.resume(returning: false)
    }
  }

  private func insert(_ timer: Timer, at deadline: Instant) -> DeadlineHeap<Timer>.Key {
    let (key, mustWake) = state.withLock { state in
      let key = state.timers.insert(timer, at: deadline)
      guard state.isAsleep, state.wakesAt.map({ deadline < $0 }) ?? true else { return (key, false) }
      // Once is enough: the thread is on its way.
      state.isAsleep = false
      return (key, true)
    }
    if mustWake { wakeup.signal() }
    return key
  }

  private func run() {
    while true {
      for timer in takeDue() {
        switch timer {
        case .sleeper(let continuation): continuation.resume(returning: true)
        case .action(let action): action()
        }
      }
      let trap = state.withLock { $0.trap }
      var entries = [wakeup.pollEntry]
      if let trap { entries.append(trap.pipe.pollEntry) }
      // A failed poll (out of memory) is tried again: there is nobody to tell.
      try? wait(for: &entries, milliseconds: fallAsleep())
      if entries[0].revents != 0 { wakeup.drain() }
      if let trap, entries[1].revents != 0 {
        for number in trap.pipe.drain() { trap.handler(Signal(rawValue: Int32(number))) }
      }
    }
  }

  private func takeDue() -> [Timer] {
    state.withLock { state in
      state.isAsleep = false
      var due: [Timer] = []
      guard state.timers.earliest != nil else { return due }
      let now = ContinuousClock.now
      while let timer = state.timers.popDue(at: now) { due.append(timer) }
      return due
    }
  }

  /// - Returns: for how many milliseconds the thread may sleep, rounded up; -1 for as long as nobody wakes it.
  private func fallAsleep() -> Int32 {
    state.withLock { state in
      state.isAsleep = true
      state.wakesAt = state.timers.earliest
      guard let deadline = state.wakesAt else { return -1 }
      let (seconds, attoseconds) = (deadline - ContinuousClock.now).components
      guard seconds < 1_000_000 else { return 1_000_000_000 }
      return Int32(clamping: max(0, seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
  }
}
