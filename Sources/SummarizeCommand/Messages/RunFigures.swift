import Summarization

/// Counts and times of a run, made of its events. Pure.
struct RunFigures {
  private(set) var inFlight = 0
  private(set) var peak = 0
  private(set) var succeeded = 0
  private(set) var failed = 0
  private(set) var written = 0
  private(set) var attemptTime = Duration.zero
  private(set) var trouble = Trouble()
  private(set) var latencies = Histogram()

  /// Articles that have their record.
  var answered: Int { succeeded + failed }

  mutating func observe(_ event: RunEvent) {
    switch event {
    case .admitted:
      inFlight += 1
      peak = max(peak, inFlight)
    case .read, .attemptStarted:
      break
    case .retried, .waited, .used, .held, .circuitOpened, .circuitClosed:
      trouble.observe(event)
    case .attemptEnded(_, let started, let now, _):
      attemptTime += now - started
    case .answered(_, let admitted, let now, let attempts, let failure):
      inFlight -= 1
      if failure == nil { succeeded += 1 } else { failed += 1 }
      // A bad line was answered by nobody: it would only make the model look quick.
      if attempts > 0 { latencies.record(now - admitted) }
    case .written(let records):
      written += records
    }
  }

  /// Articles a second.
  func rate(wall: Duration) -> Double { Double(answered) / max(wall.inSeconds, 1e-9) }

  /// How much longer the attempts would have taken one after another.
  func speedup(wall: Duration) -> Double { attemptTime.inSeconds / max(wall.inSeconds, 1e-9) }

  /// The figures of the latency line; nil where no article was asked about.
  var latencyFigures: [(name: String, duration: Duration?)] {
    [
      ("min", latencies.minimum), ("median", latencies.percentile(0.5)), ("p90", latencies.percentile(0.9)),
      ("p99", latencies.percentile(0.99)), ("max", latencies.maximum),
    ]
  }
}
