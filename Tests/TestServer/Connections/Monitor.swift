import TestSupport

/// State that many threads share: a lock, and a way to wait until something has become true of the state.
///
/// It is made of pthread's mutex and condition, which ThreadSanitizer knows.
final class Monitor<State>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var state: State

  init(_ state: State) {
    self.state = state
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    #if !canImport(Darwin)
      pthread_condattr_setclock(&attributes, clock)
    #endif
    pthread_cond_init(changed, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(changed)
    changed.deallocate()
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Reads or changes the state; those who wait look at it again afterwards.
  func withLock<Value>(_ body: (inout State) throws -> Value) rethrows -> Value {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(mutex)
    }
    return try body(&state)
  }

  /// Waits until the condition holds.
  /// - Returns: whether it did within the bound.
  func wait(within bound: Duration, until condition: (State) -> Bool) -> Bool {
    var deadline = timespec()
    clock_gettime(clock, &deadline)
    let nanoseconds = deadline.tv_nsec + Int(bound.components.attoseconds / 1_000_000_000)
    deadline.tv_sec += Int(bound.components.seconds) + nanoseconds / 1_000_000_000
    deadline.tv_nsec = nanoseconds % 1_000_000_000

    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while !condition(state) {
      if pthread_cond_timedwait(changed, mutex, &deadline) == ETIMEDOUT { return condition(state) }
    }
    return true
  }
}

#if canImport(Darwin)
  private let clock = CLOCK_REALTIME
#else
  private let clock = CLOCK_MONOTONIC
#endif
