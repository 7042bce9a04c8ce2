import Basics
import BoundedConcurrency
import Summarization
import SystemIO

/// The calls that are under way: each runs in a task of its own, so that all can be given up while the pipeline that
/// waits for them goes on and writes their records.
final class Calls: Sendable {
  typealias Answer = Result<Summary, ArticleError>

  private struct State {
    var tasks: [Int: Task<Answer, Never>] = [:]
    var nextKey = 0
    var isInterrupted = false
    /// Those that were given up because their time was over.
    var late: Set<Int> = []
  }

  private let state = Lock(State())
  private let poller: Poller

  init(poller: Poller) {
    self.poller = poller
  }

  /// How many calls are under way.
  var count: Int { state.withLock { $0.tasks.count } }

  /// Makes a call; after `interrupt` it is cancelled as it begins.
  /// - Parameter timeout: how long it may take, not counting time in which the process was stopped; nil: for ever.
  func run(timeout: Duration? = nil, _ call: @escaping @Sendable () async -> Answer) async -> Answer {
    let task = Task { await call() }
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
      return state.late.remove(key) != nil && !state.isInterrupted
    }
    // An answer that came in the last moment is taken all the same.
    guard wasLate, let timeout, answer.failure?.code == .interrupted else { return answer }
    return .failure(
      ArticleError(.timeout, "no answer within \(ShortTime(timeout)); --timeout gives it longer"))
  }

  /// Cancels every call, now and from now on.
  func interrupt() {
    let tasks = state.withLock { state in
      state.isInterrupted = true
      return Array(state.tasks.values)
    }
    for task in tasks { task.cancel() }
  }

  private func giveUp(_ key: Int) {
    let task = state.withLock { state in
      guard let task = state.tasks[key] else { return Task<Answer, Never>?.none }
      state.late.insert(key)
      return task
    }
    task?.cancel()
  }
}
