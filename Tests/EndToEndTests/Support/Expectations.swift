import Testing
import TestSupport

extension Outcome {
  /// One clear line, exit status 2, nothing on standard output.
  func expectUsageError(sourceLocation: SourceLocation = #_sourceLocation) {
    expectFailureToStart(sourceLocation: sourceLocation)
    #expect(messages.count == 1, "\(self)", sourceLocation: sourceLocation)
  }

  /// A message of ours, exit status 2, nothing on standard output.
  func expectFailureToStart(sourceLocation: SourceLocation = #_sourceLocation) {
    expect(.exited(2), sourceLocation: sourceLocation)
    #expect(output.isEmpty, "\(self)", sourceLocation: sourceLocation)
    #expect(errors.hasPrefix("summarize: "), "\(self)", sourceLocation: sourceLocation)
  }

  /// The timing summary comes last, in two lines, and further ones where there is more to say.
  func expectTimingSummary(articles: Int, ok: Int, failed: Int, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(TimingSummary(messages) != nil, "\(self)", sourceLocation: sourceLocation)
    guard let summary = TimingSummary(messages) else { return }
    #expect(
      (summary.articles, summary.ok, summary.failed) == (articles, ok, failed), "\(self)",
      sourceLocation: sourceLocation)
  }

  /// No summary, no message: nothing at all on standard error.
  func expectQuiet(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(errors.isEmpty, "\(self)", sourceLocation: sourceLocation)
  }
}

/// The numbers of the timing summary.
struct TimingSummary {
  var articles: Int
  var ok: Int
  var failed: Int
  var seconds: Double
  var peak: Int

  /// nil where the last lines have another form than
  ///
  ///     summarize: 20 articles in 13.6 s: 20 ok, 0 failed (1.47/s, at most 5 in flight, 4.7x one at a time)
  ///     summarize: latency 2.41 s min, 3.12 s median, 3.90 s p90, 4.02 s p99, 4.05 s max
  init?(_ messages: [String]) {
    guard let start = messages.lastIndex(where: { $0.contains(" in flight") && $0.contains(" ok, ") }),
      start + 1 < messages.count,
      // A gain is told only of a run of a second or more.
      let first = Self.fields(of: messages[start], "\(Self.counts), #x one at a time)")
        ?? Self.fields(of: messages[start], "\(Self.counts))"),
      let second = Self.fields(
        of: messages[start + 1], "summarize: latency # ~ min, # ~ median, # ~ p90, # ~ p99, # ~ max"),
      second.count == 5, second == second.sorted(),
      messages[(start + 2)...].allSatisfy(Self.isFurtherLine)
    else { return nil }
    (articles, seconds, ok, failed, peak) = (Int(first[0]), first[1], Int(first[2]), Int(first[3]), Int(first[5]))
  }

  private static let counts = "summarize: # article* in # ~: # ok, # failed (#/s, at most # in flight"

  private static func isFurtherLine(_ line: String) -> Bool {
    ["retr", "held back", "back-off", "provider down", "tokens in", "already done", "failed: ", "end of the input"]
      .contains { line.contains($0) }
  }

  /// Reads the numbers of a line: in the pattern `#` is a number, `~` a unit of time and `*` an optional plural. Times
  /// come out in seconds.
  static func fields(of line: String, _ pattern: String) -> [Double]? {
    var rest = line[...]
    var numbers: [Double] = []
    for symbol in pattern {
      switch symbol {
      case "#":
        let digits = rest.prefix { $0.isNumber || $0 == "." }
        guard let number = Double(digits) else { return nil }
        numbers.append(number)
        rest.removeFirst(digits.count)
      case "~":
        let units = [("µs", 1e-6), ("ms", 1e-3), ("s", 1.0)]
        guard let (unit, factor) = units.first(where: { rest.hasPrefix($0.0) }) else { return nil }
        numbers[numbers.count - 1] *= factor
        rest.removeFirst(unit.count)
      case "*":
        if rest.hasPrefix("s") { rest.removeFirst() }
      default:
        guard rest.first == symbol else { return nil }
        rest.removeFirst()
      }
    }
    return rest.isEmpty ? numbers : nil
  }
}

/// As many are in flight as the articles and the options allow, all of them as long as the test wants, and no more.
func expectInFlight(_ count: Int, _ options: [String], articles ids: ClosedRange<Int>) throws {
  let child = try Launch(.instant + options + ["--grace", "0s"]).start()
  child.feed(Array(articles(ids, ms: stuck).utf8))
  try child.hasInFlight(count)
  try child.fallsAsleep()
  child.kill(SIGINT)
  let outcome = try child.outcome()
  outcome.expect(.died(SIGINT))
  #expect(outcome.errors.contains("at most \(count) in flight"), "\(outcome)")
  #expect(try outcome.records().count == count)
}
