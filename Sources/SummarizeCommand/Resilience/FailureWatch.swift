import BoundedConcurrency
import CallControl
import Summarization

/// Sees how every article ends, and stops the run when it has no hope, or as many articles have failed as are allowed.
final class FailureWatch: Sendable {
  private let rules: Lock<StopRules<ArticleError.Code>>
  private let stop: @Sendable (String) -> Void

  /// - Parameter stop: called with the reason, in words for people.
  init(mostFailures: Int?, stop: @escaping @Sendable (String) -> Void) {
    rules = Lock(StopRules(mostFailures: mostFailures))
    self.stop = stop
  }

  /// Whether the failure means at once that every call would fail.
  func isHopeless(_ error: ArticleError) -> Bool {
    let suspicion = error.suspicion
    return suspicion != .none && rules.withLock { $0.isHopeless(suspicion) }
  }

  func succeeded() {
    rules.withLock { $0.succeeded() }
  }

  /// An article has failed for good.
  /// - Parameter known: how it failed in an earlier run; the same again is no news, unless no call can succeed.
  func failed(_ error: ArticleError, known: ArticleError.Code? = nil) {
    // The run is stopping already.
    if error.code == .interrupted { return }
    guard let verdict = rules.withLock({ $0.failed(error.code, error.suspicion, isKnown: error.code == known) }) else {
      return
    }
    switch verdict {
    case .hopeless:
      stop("no call can succeed: \(error.message)")
    case .row(let count):
      stop("\(count) articles in a row failed alike (\(error.code.rawValue)), the last one: \(error.message)")
    case .tooManyFailures(let count):
      stop("\(count) \(count == 1 ? "article has" : "articles have") failed, as many as --max-failures allows")
    }
  }
}
