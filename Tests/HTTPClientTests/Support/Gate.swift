import Basics
import SystemIO
import TestSupport
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Holds up the threads of a server until a test lets them go.
final class Gate: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var isOpen = false

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func open() {
    pthread_mutex_lock(mutex)
    isOpen = true
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }

  func wait() {
    pthread_mutex_lock(mutex)
    while !isOpen { pthread_cond_wait(condition, mutex) }
    pthread_mutex_unlock(mutex)
  }
}

/// Holds up the thread of a server.
func pause(for time: Duration) {
  let (seconds, attoseconds) = time.components
  usleep(UInt32(seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
}

struct Impatience: Error {
  let what: String
}

/// Looks until the condition holds; far more patience than anything needs that works.
func eventually(_ what: String, _ condition: () -> Bool) async throws {
  var patience = Patience()
  while !condition() {
    guard !patience.isAtItsEnd() else { throw Impatience(what: what) }
    try await poller.sleep(until: .now + .milliseconds(1))
  }
}
