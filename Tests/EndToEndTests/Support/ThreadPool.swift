import BoundedConcurrency
import Testing
import TestSupport

/// Runs tests that block (on children, pipes, files) on threads of their own, so that they hold up neither each other
/// nor the tests of other rooms, which share the cooperative pool.
final class ThreadPool: TaskExecutor {
  static let shared = ThreadPool(threads: max(8, 2 * sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  private let jobs = Lock<[UnownedJob]>([])
  nonisolated(unsafe) private let available: UnsafeMutablePointer<sem_t> = .allocate(capacity: 1)

  init(threads: Int) {
    sem_init(available, 0, 0)
    for _ in 0..<threads { try! startThread { [self] in work() } }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    sem_post(available)
  }

  private func work() -> Never {
    while true {
      while sem_wait(available) != 0 {}
      jobs.withLock { $0.removeFirst() }.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}

/// The trait that puts each test of a suite on the thread pool.
struct Blocking: SuiteTrait, TestTrait, TestScoping {
  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(ThreadPool.shared) { try await function() }
  }
}

extension Trait where Self == Blocking {
  static var blocking: Self { Blocking() }
}
