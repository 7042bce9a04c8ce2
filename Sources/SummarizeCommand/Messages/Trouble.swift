import JSONLines
import Summarization

/// What a run had to get around, and what it used: retries, waits, outages and tokens, as the lines below the timing
/// summary. The waits of all articles are added up.
struct Trouble {
  private var retries = 0
  private var backOff = Duration.zero
  private var limits = Duration.zero
  private var outages = 0
  private var outageTime = Duration.zero
  private var outageSince: ContinuousClock.Instant?
  private var tokens: TokenUsage?

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

  /// Whole lines; none where there is nothing to say.
  func summary(at now: ContinuousClock.Instant) -> String {
    var parts: [String] = []
    if retries > 0 { parts.append("\(retries) \(retries == 1 ? "retry" : "retries")") }
    if backOff > .zero { parts.append("\(shown(backOff)) of back-off") }
    if limits > .zero { parts.append("\(shown(limits)) held back") }
    if outages > 0 {
      parts.append("provider down \(outages == 1 ? "once" : "\(outages) times") for \(shown(timeDown(at: now)))")
    }
    var text = ""
    if !parts.isEmpty { text += "summarize: \(parts.joined(separator: ", "))\n" }
    if let tokens { text += "summarize: \(tokens.input) tokens in, \(tokens.output) out\n" }
    return text
  }

  /// The same as fields of a JSON object.
  func write(to writer: inout JSONWriter, at now: ContinuousClock.Instant) {
    writer.key("retries")
    writer.value(retries)
    writer.key("back_off")
    writer.seconds(backOff)
    writer.key("held_back")
    writer.seconds(limits)
    writer.key("outages")
    writer.value(outages)
    writer.key("down")
    writer.seconds(timeDown(at: now))
    for (name, count) in [("input_tokens", tokens?.input), ("output_tokens", tokens?.output)] {
      writer.key(name)
      if let count { writer.value(count) } else { writer.null() }
    }
  }

  private func timeDown(at now: ContinuousClock.Instant) -> Duration {
    outageTime + (outageSince.map { now - $0 } ?? .zero)
  }

  private func shown(_ time: Duration) -> String { DurationUnit(for: time).format(time) }
}
