import Testing

@Suite("Concurrency and back-pressure", .blocking)
struct ConcurrencyTests {
  @Test("N in flight are reached and not exceeded", arguments: [1, 2, 5, 64])
  func reachesLimit(_ jobs: Int) throws {
    try expectInFlight(jobs, ["-j", "\(jobs)"], articles: 1...(jobs * 2 + 1))
    let outcome = try run(.instant + ["-j", "\(jobs)"], input: .text(articles(1...(jobs * 2 + 1), ms: 40)))
    outcome.expect(.exited(0))
    let most = try #require(outcome.errors.firstMatch(of: /at most ([0-9]+) in flight/))
    #expect((1...jobs).contains(try #require(Int(most.1))), "\(outcome)")
    #expect(try outcome.records().count == jobs * 2 + 1)
  }

  @Test("exactly N are taken from the input", arguments: [1, 3, 50])
  func takesNoMore(_ jobs: Int) throws {
    let child = try Launch(.instant + ["-j\(jobs)", "--grace", "0s"]).start()
    child.feed(Array(articles(1...200, ms: stuck).utf8))
    try child.isHeldBack()
    child.kill(SIGINT)
    let outcome = try child.outcome()
    outcome.expect(.died(SIGINT))
    let records = try outcome.records()
    #expect(records.compactMap(\.id).sorted() == Array(1...jobs))
    #expect(records.allSatisfy { $0.errorCode == "interrupted" })
    #expect(outcome.errors.contains("at most \(jobs) in flight"), "\(outcome)")
  }

  @Test("fewer than N articles run all at once")
  func fewerThanLimit() throws {
    try expectInFlight(30, ["-j", "100000"], articles: 1...30)
  }

  @Test(
    "forms of -j", arguments: [["-j3"], ["-j", "3"], ["--jobs=3"], ["--jobs", "3"], ["-kj3"], ["-kj", "3"]])
  func formsOfJobs(_ options: [String]) throws {
    try expectInFlight(3, options, articles: 1...7)
  }

  @Test(
    "what is no number of jobs",
    arguments: ["0", "-1", "x", "", "1.5", "1e3", "+", "5x", " 5", "100001", "99999999999999999999", "50%"])
  func badJobs(_ value: String) throws {
    for arguments in [["-j", value], ["--jobs=\(value)"]] {
      let outcome = try run(arguments, input: .text(article(1)))
      outcome.expectUsageError()
      #expect(outcome.errors.contains("'\(value)'"), "\(outcome)")
    }
  }

  @Test("a fast producer is held back", arguments: [["-j2"], ["-k", "-j2"]])
  func backPressureOnInput(_ options: [String]) throws {
    let child = try Launch(.instant + options).start()
    child.feed(Array(articles(1...2, ms: stuck).utf8), endless(from: 3))
    try child.isHeldBack()
    #expect(child.bytesFed - child.bytesInPipe < 1 << 20)
  }

  @Test(
    "a reader that stands still stops the whole chain, and memory stays flat",
    arguments: [["-j4"], ["-k", "-j4"]])
  func backPressureOfOutput(_ options: [String]) throws {
    let child = try Launch(.instant + options).start()
    child.output.isPaused = true
    child.feed([], endless(from: 1))
    try child.isHeldBack()
    let taken = child.bytesFed - child.bytesInPipe
    let peak = child.peakMemory
    #expect(taken < 2 << 20)
    try child.isHeldBack(for: .seconds(1))
    #expect(child.bytesFed - child.bytesInPipe == taken)
    if let peak, let later = child.peakMemory { #expect(later <= peak + 1 << 20) }
    // And it goes on where it stopped.
    child.output.isPaused = false
    #expect(try child.records(5_000).compactMap(\.id).sorted().prefix(100) == Array(1...100)[...])
  }

  @Test("a long run takes no more memory than a short one", arguments: [["-j8"], ["-k", "-j8"]])
  func flatMemory(_ options: [String]) throws {
    let child = try Launch(.instant + options).start()
    var lines = 0
    child.output.consumer = { bytes in lines += newlines(in: bytes) }
    func answered(_ ids: Range<Int>) throws -> Int? {
      child.feed([], endless(from: ids.lowerBound, upTo: ids.upperBound))
      try child.wait("\(ids.upperBound) records", within: .seconds(300)) { _ in lines == ids.upperBound - 1 }
      return child.peakMemory
    }
    let short = try answered(1..<5_001)
    let long = try answered(5_001..<30_001)
    try child.finish().expect(.exited(0))
    if let short, let long { #expect(long <= short + 2 << 20) }
  }

  @Test("while it waits it takes no processor time")
  func idleCostsNothing() throws {
    let child = try Launch(.instant + ["-j4"]).start()
    try child.write(articles(1...2, ms: stuck) + article(3))
    _ = try child.record()
    try child.fallsAsleep()
    guard let before = child.turnsOfSleepers else { return }
    let start = ContinuousClock.now
    try child.wait("a second to pass") { _ in ContinuousClock.now - start > .seconds(1) }
    try child.fallsAsleep()
    let turns = try #require(child.turnsOfSleepers).values.reduce(0, +) - before.values.reduce(0, +)
    let seconds = Int((ContinuousClock.now - start) / .seconds(1)) + 1
    #expect(turns <= before.count * 2 * seconds, "\(turns) in \(seconds) seconds that it has nothing to do in")
  }
}
