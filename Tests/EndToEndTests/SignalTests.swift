import Testing
import TestSupport

@Suite("Signals", .blocking)
struct SignalTests {
  /// Three in flight: two as long as the test wants, one answered; more lines wait in the pipe.
  private func busy(_ options: [String] = [], ignoring ignored: [Int32] = []) throws -> Child {
    var launch = Launch(.instant + ["-j2"] + options)
    launch.ignoredSignals = ignored
    let child = try launch.start()
    try child.write(article(1) + articles(2...9, ms: stuck))
    #expect(try child.record().id == 1)
    try child.hasReadAll()
    try child.hasInFlight(2)
    // In flight is not yet on the wire.
    try child.fallsAsleep()
    return child
  }

  @Test(
    "a drain with its time up gives records, the summary and death by that signal",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func drainWithGrace(_ signal: Int32) throws {
    let child = try busy(["--grace", "300ms"])
    try child.isHeldBack(for: .milliseconds(100))
    child.kill(signal)
    let outcome = try child.outcome(within: Child.promptly)
    outcome.expect(.died(signal))
    let records = try outcome.records()
    #expect(records.compactMap(\.id).sorted() == [1, 2, 3], "only what was in flight")
    #expect(records.dropFirst().allSatisfy { $0.errorCode == "interrupted" })
    #expect(records.dropFirst().allSatisfy { $0.line == $0.id })
    #expect(outcome.messages.contains { $0.hasPrefix("summarize: stopping: 2 calls on the wire") }, "\(outcome)")
    #expect(outcome.messages.contains { $0.hasSuffix("again to drop them") }, "\(outcome)")
    outcome.expectTimingSummary(articles: 3, ok: 1, failed: 2)
  }

  @Test("calls that answer within the grace are results", arguments: [SIGINT, SIGTERM])
  func drainToTheEnd(_ signal: Int32) throws {
    let folder = try TemporaryFolder()
    let go = folder.path + "/go"
    // A starved host takes longer than the 8 s that SIGTERM leaves by itself.
    let child = try Launch(.waiting + ["-j3", "--grace", "4m"]).start()
    try child.write(
      article(1) + (2...3).map { article($0, until: "go", in: go) }.joined()
        + article(4, until: "never", in: go))
    _ = try child.record()
    try child.hasInFlight(3)
    try child.fallsAsleep()
    child.kill(signal)
    try child.message("summarize: stopping: ")
    _ = try folder.file("go", "go\n")
    let rest = try child.records(2)
    #expect(rest.compactMap(\.id).sorted() == [2, 3])
    #expect(rest.allSatisfy { $0.errorCode == nil })
    // The fourth is under way as well: the second signal drops it. One that comes within a moment is the first.
    usleep(100_000)
    child.kill(signal)
    try child.outcome(within: Child.promptly).expect(.died(signal))
  }

  @Test("idle, it ends at once", arguments: [SIGINT, SIGTERM, SIGHUP])
  func whileIdle(_ signal: Int32) throws {
    let child = try Launch(.instant).start()
    try child.write(article(1))
    _ = try child.record()
    child.kill(signal)
    let outcome = try child.outcome(within: Child.promptly)
    outcome.expect(.died(signal))
    outcome.expectTimingSummary(articles: 1, ok: 1, failed: 0)
  }

  @Test(
    "the second signal ends it at once", arguments: [(SIGINT, SIGINT), (SIGTERM, SIGTERM), (SIGINT, SIGTERM)])
  func twice(first: Int32, second: Int32) throws {
    // It must not end by itself between the two, however slow the machine is.
    let child = try busy(["--grace", "5m"])
    child.kill(first)
    try child.message("stopping")
    try child.isHeldBack(for: .milliseconds(100))
    child.kill(second)
    let outcome = try child.outcome(within: Child.promptly)
    #expect(outcome.ending == .died(first) || outcome.ending == .died(second), "\(outcome)")
    #expect(try outcome.records().count == 1)
  }

  @Test("also while standard output is stuck and its reader stands still")
  func twiceWithFullPipe() throws {
    let child = try Launch(.instant).start()
    child.output.isPaused = true
    child.feed([], endless(from: 1))
    try child.isHeldBack(for: .milliseconds(200))
    child.kill(SIGINT)
    // Two signals that come within a moment are one.
    try child.message("stopping")
    try child.isHeldBack(for: .milliseconds(200))
    child.kill(SIGINT)
    try child.wait("death", within: Child.promptly) { $0.ending != nil }
    #expect(child.ending == .died(SIGINT))
  }

  @Test("a drain waits for a slow reader to take what was answered")
  func drainIntoSlowReader() throws {
    let child = try Launch(.instant + ["-k"]).start()
    child.feed([], endless(from: 1))
    try child.wait("the first record") { !$0.output.bytes.isEmpty }
    child.output.isPaused = true
    try child.isHeldBack(for: .milliseconds(200))
    child.kill(SIGINT)
    try child.message("stopping")
    child.output.isPaused = false
    let outcome = try child.outcome()
    outcome.expect(.died(SIGINT))
    let ids = try outcome.records().compactMap(\.id)
    #expect(ids == Array(1..<ids.count + 1), "every admitted line once, in order")
  }

  @Test("a signal that was ignored at the start stays ignored", arguments: [SIGINT, SIGTERM, SIGHUP])
  func ignoredAtStart(_ signal: Int32) throws {
    let child = try busy(["--grace", "0s"], ignoring: [signal])
    for _ in 0..<3 { child.kill(signal) }
    // Still there: another kind of signal finds it at work.
    try child.isHeldBack(for: .milliseconds(300))
    #expect(child.ending == nil)
    #expect(!child.errors.text.contains("stopping"))
    let other = signal == SIGTERM ? SIGINT : SIGTERM
    child.kill(other)
    try child.outcome().expect(.died(other))
  }

  @Test("a signal right after the start is not lost", arguments: [SIGINT, SIGTERM, SIGHUP])
  func rightAfterStart(_ signal: Int32) throws {
    for _ in 0..<5 {
      let child = try Launch(.instant + ["--grace", "0s"]).start()
      child.kill(signal)
      try child.outcome(within: Child.promptly).expect(.died(signal))
    }
  }

  @Test("-k: results parked behind a slow head still come out, in order, the head as interrupted")
  func parkedResults() throws {
    let child = try Launch(.instant + ["-k", "-j4", "--grace", "300ms"]).start()
    try child.write(article(1) + article(2, ms: stuck) + articles(3...12))
    _ = try child.record()
    try child.hasReadAll()
    try child.hasInFlight(1)
    try child.isHeldBack(for: .milliseconds(300))
    child.kill(SIGINT)
    let outcome = try child.outcome(within: Child.promptly)
    outcome.expect(.died(SIGINT))
    let records = try outcome.records()
    #expect(records.compactMap(\.id) == Array(1...12))
    #expect(records.map(\.errorCode) == [nil, "interrupted"] + Array(repeating: nil, count: 10))
    #expect(
      outcome.messages.contains(
        "summarize: stopping: 1 call on the wire, 10 results behind line 2; again to drop them"),
      "\(outcome)")
    outcome.expectTimingSummary(articles: 12, ok: 11, failed: 1)
  }

  @Test("a signal outranks failed articles and missing files")
  func signalOutranksFailures() throws {
    let child = try Launch(.instant + ["/no/such/file", "-"]).start()
    try child.write("{bad\n")
    _ = try child.record()
    child.kill(SIGTERM)
    try child.outcome().expect(.died(SIGTERM))
  }

  @Test("no signal tears a record", arguments: [[], ["-k"]])
  func noTornRecords(_ options: [String]) throws {
    var random = SplitMix64(seed: 3)
    let text = String(repeating: "Many words. ", count: 50)
    for round in 0..<30 {
      let child = try Launch(.instant + ["-j4", "--grace", "50ms"] + options).start()
      var id = 0
      child.feed([]) {
        id += 1
        return Array(article(id, ms: id % 3, content: text).utf8)
      }
      let records = Int.random(in: 0..<40, using: &random)
      try child.wait("\(records) records") { $0.output.bytes.count >= records * 100 }
      child.kill(round % 2 == 0 ? SIGINT : SIGTERM)
      let outcome = try child.outcome()
      outcome.expect(.died(round % 2 == 0 ? SIGINT : SIGTERM))
      let ids = try outcome.records().compactMap(\.id)
      #expect(
        Set(ids).count == ids.count && ids.sorted() == Array(1...max(1, ids.count)).prefix(ids.count)[...].map { $0 })
    }
  }

  @Test("-q: not a word about the drain but what stops the run", arguments: [SIGINT])
  func quietDrain(_ signal: Int32) throws {
    let child = try busy(["-q", "--grace", "100ms"])
    child.kill(signal)
    let outcome = try child.outcome()
    outcome.expect(.died(signal))
    #expect(!outcome.errors.contains("articles in"), "\(outcome)")
  }
}
