import BoundedConcurrency
import Summarization

/// Listens to the events of a run, from whichever thread they come, and tells how it stands or went.
final class Report: RunObserver {
  private let figures = Lock(RunFigures())

  func observe(_ event: RunEvent) {
    switch event {
    // Nothing is counted of these.
    case .read, .attemptStarted: return
    default: figures.withLock { $0.observe(event) }
    }
  }

  var failed: Int { figures.withLock { $0.failed } }

  /// Articles that have their record, which is not written yet.
  var answeredUnwritten: Int { figures.withLock { $0.answered - $0.written } }

  /// How things are at this moment.
  var current: RunFigures { figures.withLock { $0 } }

  /// The timing summary, in whole lines.
  /// - Parameter alreadyDone: how many articles were passed over because their results were there.
  func summary(wall: Duration, alreadyDone: Int = 0) -> String {
    current.summary(wall: wall, alreadyDone: alreadyDone)
  }
}
