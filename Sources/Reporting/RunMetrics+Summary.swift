import Basics
import JSONLines
import Summarization

/// The facts about the end of a run that its events do not contain.
package struct RunEnding: Sendable {
  /// The time from the start of the process to the end of its output.
  package var wall: Duration
  /// The number of articles skipped because the output already had their results.
  package var alreadyDone: Int
  /// Whether the whole input was read.
  package var readWholeInput: Bool
  /// The best number of articles in flight; nil if the number was given.
  package var level: LevelFinding?

  package init(
    wall: Duration, alreadyDone: Int = 0, readWholeInput: Bool = true, level: LevelFinding? = nil
  ) {
    self.wall = wall
    self.alreadyDone = alreadyDone
    self.readWholeInput = readWholeInput
    self.level = level
  }
}

extension RunMetrics {
  /// Returns the timing summary in whole lines.
  package func summary(_ ending: RunEnding) -> String {
    let wall = ending.wall
    var text = "summarize: \(count(answered, sawNoArticle && answered > 0 ? "line" : "article"))"
    text += " in \(shown(wall))"
    if answered > 0 {
      text += ": \(succeeded) ok, \(failed) failed "
      text += "(\(NumberFormat.significant(rate(wall: wall)))/s, at most \(peak) in flight"
      // For a short run the factor says nothing, and below one it is no gain.
      let gain = speedup(wall: wall)
      if wall >= .seconds(1), gain >= 1 { text += ", \(NumberFormat.fixed(gain, decimals: 1))x one at a time" }
      text += ")\n"
      if latencies.percentile(0.5) != nil {
        // Each in its own unit: of calls that failed at once and calls that waited for a server, one may take a million
        // times as long as another.
        let figures = latencyFigures.filter { $0.name != "p95" }
        let words = figures.map { name, duration in "\(shown(duration ?? .zero)) \(name)" }
        text += "summarize: latency \(words.joined(separator: ", "))\n"
      }
      let failures = failuresByCode.map { "\($0.count) \($0.code.rawValue)" }
      if !failures.isEmpty { text += "summarize: failed: \(failures.joined(separator: ", "))\n" }
      if let level = ending.level { text += "summarize: \(level.words)\n" }
      text += calls.summary(at: .now)
    } else {
      text += "\n"
    }
    if ending.alreadyDone > 0 { text += "summarize: \(count(ending.alreadyDone, "article")) already done\n" }
    if !ending.readWholeInput { text += "summarize: stopped before the end of the input\n" }
    return text
  }

  /// Returns the progress in one line without its newline.
  package func progress(wall: Duration) -> String {
    "summarize: \(count(answered, "article")) in \(shown(wall)): \(succeeded) ok, \(failed) "
      + "failed (\(NumberFormat.significant(rate(wall: wall)))/s, \(inFlight) "
      + (levels.current.map { "of \($0) " } ?? "") + "in flight)"
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(number == 1 ? noun : noun + "s")" }
}

extension RunMetrics {
  /// Returns the timing summary as one line of JSON, with times in seconds and null for missing values.
  package func json(_ ending: RunEnding) -> String {
    let wall = ending.wall
    var writer = JSONWriter(capacity: 512)
    writer.beginRecord()
    for (name, count) in [
      ("articles", answered), ("ok", succeeded), ("failed", failed), ("already_done", ending.alreadyDone),
    ] {
      writer.key(of: name)
      writer.value(count)
    }
    writer.key("seconds")
    writer.seconds(wall)
    writer.key("per_second")
    if answered > 0 { writer.value(rate(wall: wall), decimals: 3) } else { writer.null() }
    writer.key("peak_in_flight")
    writer.value(peak)
    writer.key("speedup")
    if answered > 0 { writer.value(speedup(wall: wall), decimals: 3) } else { writer.null() }
    writer.key("latency")
    writer.beginObject()
    for (name, duration) in latencyFigures {
      writer.key(of: name)
      writer.seconds(duration)
    }
    writer.endObject()
    writer.key("failures")
    writer.beginObject()
    for (code, count) in failuresByCode {
      writer.key(of: code.rawValue)
      writer.value(count)
    }
    writer.endObject()
    writer.key("read_whole_input")
    writer.value(ending.readWholeInput)
    calls.write(to: &writer, at: .now)
    writer.key("auto")
    if let level = ending.level { level.write(to: &writer, levels) } else { writer.null() }
    writer.endRecord()
    return String(decoding: writer.take(), as: UTF8.self)
  }
}

extension JSONWriter {
  /// Writes a time in seconds; null for nil.
  mutating func seconds(_ duration: Duration?) {
    if let duration { value(duration.inSeconds, decimals: 6) } else { null() }
  }
}

extension CallMetrics {
  /// Returns the retries, waits, outages and tokens in whole lines; empty if there are none.
  func summary(at now: Instant) -> String {
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

  /// Writes the same values as fields of a JSON object.
  func write(to writer: inout JSONWriter, at now: Instant) {
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
      writer.key(of: name)
      if let count { writer.value(count) } else { writer.null() }
    }
  }
}

private func shown(_ time: Duration) -> String { DurationUnit(for: time).format(time) }
