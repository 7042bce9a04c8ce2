import BoundedConcurrency
package import Summarization

/// Listens to the events of a run, from whichever thread they come, and tells how it stands or went.
package final class RunMetricsRecorder: RunObserver {
  private let metrics = Lock(RunMetrics())

  package init() {}

  package func observe(_ event: RunEvent) {
    switch event {
    // Nothing is counted of these.
    case .read, .attemptStarted: return
    default: metrics.withLock { $0.observe(event) }
    }
  }

  package var failed: Int { metrics.withLock { $0.failed } }

  /// Articles that have their record, which is not written yet.
  package var answeredUnwritten: Int { metrics.withLock { $0.answered - $0.written } }

  /// How things are at this moment.
  package var current: RunMetrics { metrics.withLock { $0 } }
}

/// Several listeners in place of one.
package struct RunObserverGroup: RunObserver {
  let observers: [any RunObserver]

  package init(_ observers: [any RunObserver]) { self.observers = observers }

  package func observe(_ event: RunEvent) {
    for observer in observers { observer.observe(event) }
  }
}
