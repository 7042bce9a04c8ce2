import Basics
import Summarization
import Testing

@testable import Reporting

@Suite struct RunMetricsTests {
  private let start = Instant.now

  private func at(_ milliseconds: Int) -> Instant { start + .milliseconds(milliseconds) }

  /// Events of an article that was in flight, and in one attempt, from one time to another.
  private func pass(
    _ line: Int, _ from: Int, _ to: Int, failure: ArticleError.Code? = nil, through report: RunMetricsRecorder
  ) {
    report.observe(.attemptStarted(line: line, at: at(from)))
    report.observe(.attemptEnded(line: line, started: at(from), at: at(to), failure: failure))
    report.observe(.answered(line: line, admitted: at(from), at: at(to), attempts: 1, failure: failure))
  }

  @Test func theSummaryHasTheFormOfTheContract() {
    let report = RunMetricsRecorder()
    for line in 1...2 { report.observe(.admitted(line: line, at: start)) }
    pass(1, 0, 2000, through: report)
    report.observe(.admitted(line: 3, at: at(2000)))
    pass(2, 0, 3000, failure: .interrupted, through: report)
    pass(3, 2000, 3000, through: report)
    #expect(
      report.current.summary(RunEnding(wall: .milliseconds(3000))) == """
        summarize: 3 articles in 3.00 s: 2 ok, 1 failed (1.00/s, at most 2 in flight, 2.0x one at a time)
        summarize: latency 1.00 s min, 2.00 s median, 3.00 s p90, 3.00 s p99, 3.00 s max
        summarize: failed: 1 interrupted

        """)
    #expect(report.failed == 1)
  }

  @Test func whatHadToBeGotAroundStandsBelow() {
    let report = RunMetricsRecorder()
    report.observe(.admitted(line: 1, at: start))
    pass(1, 0, 1000, through: report)
    for _ in 1...3 { report.observe(.retried(line: 1)) }
    report.observe(.waited(line: 1, for: .backOff, since: at(0), at: at(1500)))
    report.observe(.waited(line: 1, for: .limits, since: at(0), at: at(250)))
    report.observe(.waited(line: 2, for: .limits, since: at(0), at: at(250)))
    report.observe(.circuitOpened(at: at(0)))
    report.observe(.circuitClosed(after: .seconds(21), at: at(21_000)))
    report.observe(.used(line: 1, tokens: TokenUsage(input: 100, output: 7)))
    report.observe(.used(line: 2, tokens: TokenUsage(input: 20, output: 3)))
    #expect(
      report.current.summary(RunEnding(wall: .seconds(1))).split(separator: "\n").dropFirst(2) == [
        "summarize: 3 retries, 1.50 s of back-off, 500 ms held back, provider down once for 21.0 s",
        "summarize: 120 tokens in, 10 out",
      ])
  }

  @Test func anOutageCountsWhileItLastsAndOnce() {
    var metrics = CallMetrics()
    metrics.observe(.circuitOpened(at: at(0)))
    #expect(metrics.timeDown(at: at(5000)) == .seconds(5))
    metrics.observe(.circuitClosed(after: .seconds(6), at: at(6000)))
    #expect(metrics.timeDown(at: at(9000)) == .seconds(6))
    metrics.observe(.circuitOpened(at: at(10_000)))
    #expect(metrics.timeDown(at: at(11_000)) == .seconds(7))
    #expect(metrics.outages == 2)
  }

  @Test func withoutArticlesThereAreOnlyCountAndTime() {
    #expect(RunMetrics().summary(RunEnding(wall: .milliseconds(12))) == "summarize: 0 articles in 12.0 ms\n")
  }

  @Test func badLinesHaveNoLatency() {
    let report = RunMetricsRecorder()
    report.observe(.admitted(line: 1, at: start))
    report.observe(.answered(line: 1, admitted: start, at: at(1), attempts: 0, failure: .invalidJSON))
    #expect(
      report.current.summary(RunEnding(wall: .seconds(1)))
        == "summarize: 1 line in 1.00 s: 0 ok, 1 failed (1.00/s, at most 1 in flight)\nsummarize: failed: 1 invalid_json\n"
    )
  }

  @Test func knowsWhatIsAnsweredAndNotWritten() {
    let report = RunMetricsRecorder()
    for line in 1...3 { report.observe(.admitted(line: line, at: start)) }
    for line in 1...3 { pass(line, 0, 1, through: report) }
    report.observe(.written(records: 1))
    #expect(report.answeredUnwritten == 2)
  }

  @Test func asJSONThereAreSecondsAndNulls() {
    let report = RunMetricsRecorder()
    #expect(
      report.current.json(RunEnding(wall: .milliseconds(12))) == """
        {"articles":0,"ok":0,"failed":0,"already_done":0,"seconds":0.012000,"per_second":null,"peak_in_flight":0,\
        "speedup":null,"latency":{"min":null,"median":null,"p90":null,"p95":null,"p99":null,"max":null},"failures":{},"read_whole_input":true,\
        "retries":0,\
        "back_off":0.000000,"held_back":0.000000,"outages":0,"down":0.000000,"input_tokens":null,"output_tokens":null,\
        "auto":null}

        """)
    report.observe(.admitted(line: 1, at: start))
    pass(1, 0, 1500, through: report)
    report.observe(.used(line: 1, tokens: TokenUsage(input: 100, output: 7)))
    let json = report.current.json(RunEnding(wall: .seconds(3), alreadyDone: 5))
    for part in [
      #""articles":1,"ok":1,"failed":0,"already_done":5,"seconds":3.000000,"per_second":0.333"#, #""speedup":0.500"#,
      #""latency":{"min":1.500000,"median":1.500000,"#, #""input_tokens":100,"output_tokens":7,"auto":null}"#,
    ] {
      #expect(json.contains(part), "\(json)")
    }
  }

  @Test func failuresAreCountedByCodeInTheOrderOfTheCodeTable() {
    let report = RunMetricsRecorder()
    for line in 1...4 { report.observe(.admitted(line: line, at: start)) }
    pass(1, 0, 1000, failure: .timeout, through: report)
    pass(2, 0, 1000, failure: .rateLimited, through: report)
    pass(3, 0, 1000, failure: .timeout, through: report)
    pass(4, 0, 1000, through: report)
    let ending = RunEnding(wall: .seconds(1), readWholeInput: false)
    #expect(
      report.current.summary(ending).split(separator: "\n").dropFirst(2) == [
        "summarize: failed: 1 rate_limited, 2 timeout", "summarize: stopped before the end of the input",
      ])
    let json = report.current.json(ending)
    #expect(json.contains(#""failures":{"rate_limited":1,"timeout":2},"read_whole_input":false"#), "\(json)")
  }

  @Test(arguments: [
    (LevelBound.refusals(status: 429), "settled at 12 in flight: 429 above that"),
    (.refusals(status: nil), "settled at 12 in flight: no answer in time above that"),
    (.noMoreWork, "settled at 12 in flight: more did no more work"),
    (.input, "settled at 12 in flight: the input is slower"), (.maximum, "settled at 12 in flight: the maximum"),
    (.cores, "settled at 12 in flight: as many as there are cores"),
    (.none, "came to 12 in flight; too few articles to settle"),
  ]) func whatAutoFoundIsOneLine(bound: LevelBound, words: String) {
    let report = RunMetricsRecorder()
    report.observe(.admitted(line: 1, at: start))
    pass(1, 0, 1000, through: report)
    let ending = RunEnding(wall: .seconds(1), level: LevelFinding(level: 12, bound: bound))
    #expect(report.current.summary(ending).split(separator: "\n").dropFirst(2) == ["summarize: \(words)"])
  }

  @Test func levelsAreToldWithTheirTimes() {
    let report = RunMetricsRecorder()
    report.observe(.levelChanged(to: 1, at: start))
    report.observe(.levelChanged(to: 4, at: at(250)))
    report.observe(.admitted(line: 1, at: start))
    #expect(report.current.progress(wall: .seconds(1)).hasSuffix("1 of 4 in flight)"))
    let json = report.current.json(
      RunEnding(wall: .seconds(1), level: LevelFinding(level: 4, bound: .refusals(status: 429))))
    #expect(
      json.contains(
        #""auto":{"level":4,"bound":"refusals","levels":[[0.000000,1],[0.250000,4]]}}"#), "\(json)")
  }

  @Test func aLongHistoryOfLevelsIsThinned() {
    var history = LevelHistory()
    for change in 0..<100_000 { history.changed(to: change, at: at(change)) }
    #expect(history.current == 99_999)
    let levels = history.changes.map(\.level)
    #expect((LevelHistory.most / 2..<LevelHistory.most).contains(levels.count))
    #expect(levels.first == 0 && levels.last! > 99_000)
    #expect(Set(zip(levels, levels.dropFirst()).map { $1 - $0 }).count == 1)
  }

  @Test func aGainIsToldOnlyWhereItSaysSomething() {
    let report = RunMetricsRecorder()
    report.observe(.admitted(line: 1, at: start))
    pass(1, 0, 3000, through: report)
    #expect(report.current.summary(RunEnding(wall: .milliseconds(1000))).contains("3.0x one at a time"))
    #expect(!report.current.summary(RunEnding(wall: .milliseconds(999))).contains("one at a time"))
    #expect(!report.current.summary(RunEnding(wall: .milliseconds(3001))).contains("one at a time"))
  }
}
