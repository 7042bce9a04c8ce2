import Summarization

extension RunFigures {
  /// The timing summary, in whole lines.
  /// - Parameter alreadyDone: how many articles were passed over because their results were there.
  func summary(wall: Duration, alreadyDone: Int = 0) -> String {
    var text = "summarize: \(count(answered, "article")) in \(DurationUnit(for: wall).format(wall))"
    if answered > 0 {
      let gain = NumberFormat.fixed(speedup(wall: wall), decimals: 1)
      text += ": \(succeeded) ok, \(failed) failed "
      text += "(\(NumberFormat.significant(rate(wall: wall)))/s, at most \(peak) in flight, \(gain)x one at a time)\n"
      if let median = latencies.percentile(0.5) {
        let unit = DurationUnit(for: median)
        let shown = latencyFigures.map { name, duration in "\(unit.format(duration ?? .zero)) \(name)" }
        text += "summarize: latency \(shown.joined(separator: ", "))\n"
      }
      text += trouble.summary(at: .now)
    } else {
      text += "\n"
    }
    if alreadyDone > 0 { text += "summarize: \(count(alreadyDone, "article")) already done\n" }
    return text
  }

  /// How things stand, in one line without its newline.
  func progress(wall: Duration) -> String {
    "summarize: \(count(answered, "article")) in \(DurationUnit(for: wall).format(wall)): \(succeeded) ok, \(failed) "
      + "failed (\(NumberFormat.significant(rate(wall: wall)))/s, \(inFlight) in flight)"
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(number == 1 ? noun : noun + "s")" }
}
