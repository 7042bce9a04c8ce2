import Basics
import BoundedConcurrency
package import Summarization
package import SystemIO

/// Runs the attempts in flight, and ends those that take too long; a summarizer that limits its attempts itself
/// (`limitsItsAttempts`) is run without a time-out. Each attempt runs in a task of its own. All
/// attempts can therefore be cancelled while the pipeline that waits for them goes on and writes their records.
package final class AttemptRunner: Sendable {
  package typealias AttemptResult = Result<Summary, ArticleError>

  private struct RunningAttempts {
    /// The attempts that have begun, or are about to, and have no answer yet.
    var count = 0
    /// The tasks of those that can be cancelled already.
    var tasks: [Int: Task<AttemptResult, Never>] = [:]
    var nextKey = 0
    var isInterrupted = false
    /// The keys of the attempts that were cancelled by their time-out.
    var late: Set<Int> = []
  }

  private let state = Lock(RunningAttempts())
  private let poller: EventPoller
  private let timeoutAdvice: String

  /// - Parameter timeoutAdvice: what helps against a time-out, as advice for people.
  package init(poller: EventPoller, timeoutAdvice: String) {
    self.poller = poller
    self.timeoutAdvice = timeoutAdvice
  }

  /// The number of attempts in flight.
  package var count: Int { state.withLock { $0.count } }

  /// Makes an attempt. After `interrupt`, it is given up before it begins.
  /// - Parameter timeout: the time limit, not counting time in which the process was stopped; nil for none.
  package func run(timeout: Duration? = nil, _ call: @escaping @Sendable () async -> AttemptResult) async
    -> AttemptResult
  {
    // Counted first: the call may begin on this thread, and a signal that arrives meanwhile must know of it.
    let begins = state.withLock { state in
      if !state.isInterrupted { state.count += 1 }
      return !state.isInterrupted
    }
    guard begins else { return .failure(.givenUp) }
    let task = Self.start(call)
    let (key, isInterrupted) = state.withLock { state in
      defer { state.nextKey += 1 }
      state.tasks[state.nextKey] = task
      return (state.nextKey, state.isInterrupted)
    }
    if isInterrupted { task.cancel() }
    let timer = timeout.map { poller.scheduleCallDeadline(after: $0) { self.giveUp(key) } }
    let answer = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    if let timer { poller.cancel(timer) }
    let wasLate = state.withLock { state in
      state.tasks[key] = nil
      state.count -= 1
      return state.late.remove(key) != nil && !state.isInterrupted
    }
    // An answer that arrived at the last moment still counts.
    guard wasLate, let timeout, answer.failure?.code == .interrupted else { return answer }
    return .failure(
      ArticleError(.timeout, "no answer within \(ShortTime(timeout)); \(timeoutAdvice)"))
  }

  /// Begins the attempt on the calling thread where the system can: a call that does not suspend then costs no switch
  /// of threads.
  private static func start(_ call: @escaping @Sendable () async -> AttemptResult) -> Task<AttemptResult, Never> {
    if #available(macOS 26, *) { Task.immediate { await call() } } else { Task { await call() } }
  }

  /// Cancels every attempt in flight and every later one.
  package func interrupt() {
    let tasks = state.withLock { state in
      state.isInterrupted = true
      return Array(state.tasks.values)
    }
    for task in tasks { task.cancel() }
  }

  private func giveUp(_ key: Int) {
    let task = state.withLock { state in
      guard let task = state.tasks[key] else { return Task<AttemptResult, Never>?.none }
      state.late.insert(key)
      return task
    }
    task?.cancel()
  }
}
