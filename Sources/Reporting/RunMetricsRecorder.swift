import BoundedConcurrency
package import Summarization

/// An observer that computes the metrics of a run from its events, which may come from any thread.
package final class RunMetricsRecorder: RunObserver {
  private let metrics = Lock(RunMetrics())

  package init() {}

  package func observe(_ event: RunEvent) {
    switch event {
    // The metrics do not count these events.
    case .read, .attemptStarted: return
    default: metrics.withLock { $0.observe(event) }
    }
  }

  package var failed: Int { metrics.withLock { $0.failed } }

  /// The number of articles with a record that is not yet written.
  package var answeredUnwritten: Int { metrics.withLock { $0.answered - $0.written } }

  /// The metrics at this moment.
  package var current: RunMetrics { metrics.withLock { $0 } }
}

/// A group of observers that acts as one.
package struct RunObserverGroup: RunObserver {
  let observers: [any RunObserver]

  package init(_ observers: [any RunObserver]) { self.observers = observers }

  package func observe(_ event: RunEvent) {
    for observer in observers { observer.observe(event) }
  }
}
