import Locking
import Summarization

/// The calls that are under way: each runs in a task of its own, so that all can be given up while the pipeline that
/// waits for them goes on and writes their records.
final class Calls: Sendable {
  typealias Answer = Result<Summary, ArticleError>

  private struct State {
    var tasks: [Int: Task<Answer, Never>] = [:]
    var nextKey = 0
    var isInterrupted = false
  }

  private let state = Lock(State())

  /// How many calls are under way.
  var count: Int { state.withLock { $0.tasks.count } }

  /// Makes a call; after `interrupt` it is cancelled as it begins.
  func run(_ call: @escaping @Sendable () async -> Answer) async -> Answer {
    let task = Task { await call() }
    let (key, isInterrupted) = state.withLock { state in
      defer { state.nextKey += 1 }
      state.tasks[state.nextKey] = task
      return (state.nextKey, state.isInterrupted)
    }
    if isInterrupted { task.cancel() }
    let answer = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    state.withLock { _ = $0.tasks.removeValue(forKey: key) }
    return answer
  }

  /// Cancels every call, now and from now on.
  func interrupt() {
    let tasks = state.withLock { state in
      state.isInterrupted = true
      return Array(state.tasks.values)
    }
    for task in tasks { task.cancel() }
  }
}
