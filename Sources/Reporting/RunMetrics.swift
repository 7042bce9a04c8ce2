import Basics
import BoundedConcurrency
package import Summarization

/// The counts and times of a run, computed from its events. Pure.
package struct RunMetrics: Sendable {
  package private(set) var inFlight = 0
  package private(set) var peak = 0
  package private(set) var succeeded = 0
  package private(set) var failed = 0
  package private(set) var written = 0
  /// The number of failed articles by error code.
  private(set) var failures: [ArticleError.Code: Int] = [:]
  private(set) var attemptTime = Duration.zero
  private(set) var calls = CallMetrics()
  private(set) var latencies = LatencyHistogram()
  private(set) var levels = LevelHistory()

  package init() {}

  /// The number of articles with a record.
  package var answered: Int { succeeded + failed }

  package mutating func observe(_ event: RunEvent) {
    switch event {
    case .admitted:
      inFlight += 1
      peak = max(peak, inFlight)
    case .read, .attemptStarted:
      break
    case .retried, .waited, .used, .held, .circuitOpened, .circuitClosed:
      calls.observe(event)
    case .attemptEnded(_, let started, let now, _):
      attemptTime += now - started
    case .answered(_, let admitted, let now, let attempts, let failure):
      inFlight -= 1
      if let failure {
        failed += 1
        failures[failure, default: 0] += 1
      } else {
        succeeded += 1
      }
      // No attempt is made for a bad line. Its latency would only make the model look fast.
      if attempts > 0 { latencies.record(now - admitted) }
    case .levelChanged(let level, let now):
      levels.changed(to: level, at: now)
    case .written(let records):
      written += records
    }
  }

  /// Returns the number of articles per second.
  package func rate(wall: Duration) -> Double { Double(answered) / max(wall.inSeconds, 1e-9) }

  /// Returns the time of all attempts, one after another, as a multiple of the wall time.
  package func speedup(wall: Duration) -> Double { attemptTime.inSeconds / max(wall.inSeconds, 1e-9) }

  /// The number of failures by code, in the order of the code table.
  var failuresByCode: [(code: ArticleError.Code, count: Int)] {
    ArticleError.Code.allCases.compactMap { code in failures[code].map { (code, $0) } }
  }

  /// Whether none of the lines read was an article.
  var sawNoArticle: Bool { succeeded == 0 && latencies.count == 0 }

  /// The latency figures; the durations are nil if no attempt was made.
  var latencyFigures: [(name: String, duration: Duration?)] {
    [
      ("min", latencies.minimum), ("median", latencies.percentile(0.5)), ("p90", latencies.percentile(0.9)),
      ("p95", latencies.percentile(0.95)), ("p99", latencies.percentile(0.99)), ("max", latencies.maximum),
    ]
  }
}

/// The retries, waits, outages and tokens of a run. The waits of all articles are added up.
struct CallMetrics: Sendable {
  private(set) var retries = 0
  private(set) var backOff = Duration.zero
  private(set) var limits = Duration.zero
  private(set) var outages = 0
  private(set) var outageTime = Duration.zero
  private(set) var outageSince: Instant?
  private(set) var tokens: TokenUsage?

  mutating func observe(_ event: RunEvent) {
    switch event {
    case .retried: retries += 1
    case .waited(_, .backOff, let since, let now): backOff += now - since
    case .waited(_, .limits, let since, let now): limits += now - since
    case .used(_, let usage): tokens = tokens.map { $0 + usage } ?? usage
    case .circuitOpened(let now):
      outages += 1
      outageSince = now
    case .circuitClosed(let time, _):
      outageTime += time
      outageSince = nil
    default: break
    }
  }

  /// Returns the total time that the provider has been down, including the current outage.
  func timeDown(at now: Instant) -> Duration {
    outageTime + (outageSince.map { now - $0 } ?? .zero)
  }
}

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
