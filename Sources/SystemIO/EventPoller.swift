import Basics
import BoundedConcurrency

/// The thread that waits for the whole process: for the earliest of all deadlines, for descriptors to become ready, and
/// for signals.
///
/// One heap and one thread serve every wait. A cancelled `Task.sleep` keeps its memory until its deadline; a wait that
/// is cancelled here is freed at once. Code that runs on the thread must not block.
public final class EventPoller: Sendable {
  enum PollerTimer {
    case sleeper(UnsafeContinuation<Bool, Never>)
    case action(@Sendable () -> Void)
    /// An action with a deadline that does not count time in which the process was stopped.
    case callDeadline(@Sendable () -> Void)
  }

  struct PollerState {
    var timers = DeadlineHeap<PollerTimer>()
    /// The number of timers that are call deadlines.
    var callDeadlines = 0
    var stops = StopDetector()
    var jobs: [@Sendable () -> Void] = []
    var watches = WatchTable()
    /// When the sleeping thread wakes up by itself; nil for never. The value does not matter while the thread is awake.
    var wakesAt: Instant?
    var isAsleep = false
  }

  let state = Lock(PollerState())
  let wakeup: WakeupPipe
  let queue: EventQueue
  private let spacesWakes: Bool

  /// Starts the thread.
  /// - Parameter spacesWakes: whether what happens within half a millisecond is handled together where much happens. What
  ///   is answered in less time than that should not wait for it.
  /// - Throws: where the system has no descriptor or thread left.
  public init(spacesWakes: Bool = true) throws(SystemError) {
    self.spacesWakes = spacesWakes
    wakeup = try WakeupPipe()
    queue = try EventQueue()
    try queue.change(wakeup.readEnd, from: [], to: .readable, tag: WatchTable.wakeupTag)
    // The thread retains the poller: both live as long as the process.
    try SystemThread.start { self.run() }
  }

  /// Runs a closure on the poller's thread, soon, and in the order of the calls.
  public func perform(_ job: @escaping @Sendable () -> Void) {
    let mustWake = state.withLock { state in
      state.jobs.append(job)
      // One wake-up is enough: the thread is on its way.
      defer { state.isAsleep = false }
      return state.isAsleep
    }
    if mustWake { wakeup.signal() }
  }

  // MARK: The thread

  private func run() {
    var jobs: [@Sendable () -> Void] = []
    var due: [PollerTimer] = []
    var events: [EventQueue.DescriptorEvent] = []
    var spacing = WakeSpacing()
    while true {
      takeWork(&jobs, &due)
      for job in jobs { job() }
      for timer in due {
        switch timer {
        case .sleeper(let continuation): continuation.resume(returning: true)
        case .action(let action), .callDeadline(let action): action()
        }
      }
      // What has run is released before the next wait.
      jobs.removeAll(keepingCapacity: true)
      due.removeAll(keepingCapacity: true)
      if spacesWakes, let rest = spacing.rest(at: .now) { SystemThread.sleep(for: rest) }
      queue.wait(milliseconds: fallAsleep(), into: &events)
      state.withLock { $0.isAsleep = false }
      if events.contains(where: { $0.tag != WatchTable.wakeupTag }) { spacing.wake(at: .now) }
      for event in events {
        if event.tag == WatchTable.wakeupTag {
          wakeup.drain()
        } else {
          // The handler is looked up for each event, because an earlier handler may have ended the watch.
          state.withLock { $0.watches.handler(for: event.tag) }?(event.readiness)
        }
      }
    }
  }

  private func takeWork(_ jobs: inout [@Sendable () -> Void], _ due: inout [PollerTimer]) {
    state.withLock { state in
      swap(&jobs, &state.jobs)
      guard state.timers.earliest != nil else { return }
      let now = Instant.now
      if state.callDeadlines > 0, let stopped = state.stops.look(at: now) {
        state.timers.postpone(by: stopped) { if case .callDeadline = $0 { true } else { false } }
      }
      while let timer = state.timers.popDue(at: now) {
        if case .callDeadline = timer { state.callDeadlines -= 1 }
        due.append(timer)
      }
    }
  }

  /// - Returns: for how many milliseconds the thread may sleep, rounded up; -1 for no limit.
  private func fallAsleep() -> Int32 {
    state.withLock { state in
      guard state.jobs.isEmpty else { return 0 }
      state.isAsleep = true
      state.wakesAt = state.timers.earliest
      guard var deadline = state.wakesAt else { return -1 }
      if state.callDeadlines > 0 { deadline = min(deadline, state.stops.nextLook) }
      state.wakesAt = deadline
      let (seconds, attoseconds) = (deadline - Instant.now).components
      guard seconds < 1_000_000 else { return 1_000_000_000 }
      return Int32(clamping: max(0, seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
  }
}

extension EventPoller {
  /// Calls a handler on the poller's thread for as long as the descriptor is ready for one of these events, or has
  /// failed. The watch replaces an earlier one of the descriptor. It must end before the descriptor is closed.
  /// - Throws: when the system cannot watch the descriptor (a regular file), or has no memory left.
  public func watch(
    _ descriptor: FileDescriptor, for readiness: DescriptorReadiness,
    handler: @escaping @Sendable (DescriptorReadiness) -> Void
  ) throws(SystemError) {
    try state.withLock { state throws(SystemError) in
      let change = state.watches.set(descriptor, readiness, handler)
      do throws(SystemError) {
        try queue.change(descriptor.rawValue, from: change.old, to: readiness, tag: change.tag)
      } catch {
        _ = state.watches.remove(descriptor)
        throw error
      }
    }
  }

  /// Ends a watch. If this is called on the poller's thread, the handler is not called again.
  public func unwatch(_ descriptor: FileDescriptor) {
    state.withLock { state in
      guard let old = state.watches.remove(descriptor) else { return }
      // A descriptor that was closed too early has left the queue already.
      try? queue.change(descriptor.rawValue, from: old, to: [], tag: 0)
    }
  }

  /// Calls a handler for the first of these signals instead of ending the process. A second one, of any kind, ends the
  /// process at once. Signals that were ignored at start stay ignored. To be called once.
  /// - Parameter notices: signals that are handled as often as they come, and stop nothing.
  /// - Parameter handler: called on the poller's thread; it must not block.
  /// - Throws: when the system has no descriptor left.
  public func trap(
    _ signals: [ProcessSignal], notices: [ProcessSignal] = [], handler: @escaping @Sendable (ProcessSignal) -> Void
  ) throws(SystemError) {
    let pipe = try StopSignals.trap(signals, notices: notices)
    try watch(FileDescriptor(rawValue: pipe.readEnd), for: .readable) { _ in
      for number in pipe.drain() { handler(ProcessSignal(rawValue: Int32(number))) }
    }
  }
}

/// The handlers of the watched descriptors. The kernel returns a tag with each event. The tag holds a generation beside
/// the descriptor, so that an event of an ended watch is not taken for one of the next watch with the same number.
struct WatchTable {
  private struct DescriptorWatch {
    var readiness: DescriptorReadiness
    var tag: UInt64
    var handler: @Sendable (DescriptorReadiness) -> Void
  }

  /// The tag of the poller's own wake-ups; no descriptor has it.
  static let wakeupTag = UInt64.max

  private var watches: [Int32: DescriptorWatch] = [:]
  private var generation: UInt32 = 0

  /// - Returns: what the descriptor was watched for, and the tag of its events.
  mutating func set(
    _ descriptor: FileDescriptor, _ readiness: DescriptorReadiness,
    _ handler: @escaping @Sendable (DescriptorReadiness) -> Void
  ) -> (old: DescriptorReadiness, tag: UInt64) {
    if let old = watches[descriptor.rawValue] {
      watches[descriptor.rawValue] = DescriptorWatch(readiness: readiness, tag: old.tag, handler: handler)
      return (old.readiness, old.tag)
    }
    generation &+= 1
    let tag = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: descriptor.rawValue))
    watches[descriptor.rawValue] = DescriptorWatch(readiness: readiness, tag: tag, handler: handler)
    return ([], tag)
  }

  /// - Returns: what the descriptor was watched for; nil when it was not watched.
  mutating func remove(_ descriptor: FileDescriptor) -> DescriptorReadiness? {
    watches.removeValue(forKey: descriptor.rawValue)?.readiness
  }

  func handler(for tag: UInt64) -> (@Sendable (DescriptorReadiness) -> Void)? {
    guard let watch = watches[Int32(truncatingIfNeeded: tag)], watch.tag == tag else { return nil }
    return watch.handler
  }
}
