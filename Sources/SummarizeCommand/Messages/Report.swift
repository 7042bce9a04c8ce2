import Locking
import Summarization

/// Counts and times of a run: listens to its events and makes the timing summary of them.
final class Report: RunObserver {
  private struct State {
    var inFlight = 0
    var peak = 0
    var succeeded = 0
    var failed = 0
    var written = 0
    var attemptTime = Duration.zero
    var trouble = Trouble()
    var latencies = Histogram()
  }

  private let state = Lock(State())

  func observe(_ event: RunEvent) {
    state.withLock { state in
      switch event {
      case .admitted:
        state.inFlight += 1
        state.peak = max(state.peak, state.inFlight)
      case .attemptStarted:
        break
      case .retried, .waited, .used, .held, .circuitOpened, .circuitClosed:
        state.trouble.observe(event)
      case .attemptEnded(_, let started, let now, _):
        state.attemptTime += now - started
      case .answered(_, let admitted, let now, let attempts, let failure):
        state.inFlight -= 1
        if failure == nil { state.succeeded += 1 } else { state.failed += 1 }
        // A bad line was answered by nobody: it would only make the model look quick.
        if attempts > 0 { state.latencies.record(now - admitted) }
      case .written(let records):
        state.written += records
      }
    }
  }

  var failed: Int { state.withLock { $0.failed } }

  /// Articles that have their record, which is not written yet.
  var answeredUnwritten: Int { state.withLock { $0.succeeded + $0.failed - $0.written } }

  /// The timing summary, in whole lines.
  /// - Parameter alreadyDone: how many articles were passed over because their results were there.
  func summary(wall: Duration, alreadyDone: Int = 0) -> String {
    timing(wall: wall)
      + (alreadyDone == 0
        ? "" : "summarize: \(alreadyDone) \(alreadyDone == 1 ? "article" : "articles") already done\n")
  }

  private func timing(wall: Duration) -> String {
    state.withLock { state in
      let count = state.succeeded + state.failed
      var text = "summarize: \(count) \(count == 1 ? "article" : "articles") in \(DurationUnit(for: wall).format(wall))"
      guard count > 0 else { return text + "\n" }

      let seconds = max(wall.inSeconds, 1e-9)
      let rate = NumberFormat.significant(Double(count) / seconds)
      let gain = NumberFormat.fixed(state.attemptTime.inSeconds / seconds, decimals: 1)
      text += ": \(state.succeeded) ok, \(state.failed) failed "
      text += "(\(rate)/s, at most \(state.peak) in flight, \(gain)x one at a time)\n"

      if let median = state.latencies.percentile(0.5) {
        let unit = DurationUnit(for: median)
        let figures: [(String, Duration?)] = [
          ("min", state.latencies.minimum), ("median", median), ("p90", state.latencies.percentile(0.9)),
          ("p99", state.latencies.percentile(0.99)), ("max", state.latencies.maximum),
        ]
        let shown = figures.map { name, duration in "\(unit.format(duration ?? .zero)) \(name)" }
        text += "summarize: latency \(shown.joined(separator: ", "))\n"
      }
      return text + state.trouble.summary(at: .now)
    }
  }
}
