import Testing

/// Rate limits of ours and of a server.
@Suite("limits", .blocking)
struct PaceTests {
  @Test("--rate spaces calls, however many could be made")
  func rate() throws {
    let start = ContinuousClock.now
    let outcome = try run(.instant + ["-j20", "--rate", "20/s"], input: .text(articles(1...41)))
    let time = ContinuousClock.now - start
    outcome.expect(.exited(0))
    #expect(try outcome.records().count == 41)
    // Forty steps of 50 ms; the slack is what one timer may be late, and is caught up with.
    #expect(time >= .milliseconds(1960), "\(time)")
    #expect(outcome.messages.contains { $0.contains("held back") }, "\(outcome)")
  }

  @Test("--rate holds for the built-in engine too")
  func rateOfImmediate() throws {
    let start = ContinuousClock.now
    let outcome = try run(["-j4", "--rate", "10/s"], input: .text(articles(1...6)))
    outcome.expect(.exited(0))
    #expect(ContinuousClock.now - start >= .milliseconds(480))
  }

  @Test("who keeps to the rate of a server is never refused")
  func withinLimit() throws {
    let outcome = try run(
      ["-m", "simulated:latency=0,rate-limit=20", "-v", "-j5", "--rate", "20/s"], input: .text(articles(1...40)))
    outcome.expect(.exited(0))
    #expect(!outcome.errors.contains("rate_limited"), "\(outcome)")
  }

  @Test("a server's own limit costs no article")
  func serverLimit() throws {
    let outcome = try run(
      ["-m", "simulated:latency=0,rate-limit=10", "-v", "-j20"], input: .text(articles(1...40)), within: .seconds(300))
    outcome.expect(.exited(0))
    #expect(try outcome.records().compactMap(\.id).sorted() == Array(1...40))
    #expect(outcome.errors.contains("calls are held back for at most"), "\(outcome)")
  }

  @Test("one refusal holds every call, and none comes before the server said")
  func hold() throws {
    let child = try Launch(.instant + ["-v", "-j5"]).start()
    let start = ContinuousClock.now
    try child.write(article(1, simulated: #""status":429,"times":1,"retry-after":2"#))
    try child.message("held back")
    try child.write(articles(2...20))
    _ = try child.record()
    #expect(ContinuousClock.now - start > .seconds(2))
    let outcome = try child.finish()
    outcome.expect(.exited(0))
    #expect(try outcome.records().count == 20)
  }

  @Test("a hold of more than ten seconds is told, with -q too", arguments: [[], ["-q"]])
  func longHoldIsTold(options: [String]) throws {
    let child = try Launch(.instant + options).start()
    try child.write(article(1, simulated: #""status":429,"retry-after":30"#))
    try child.message("summarize: calls are held back for at most 3")
    child.kill(SIGINT)
    try child.outcome(within: Child.promptly).expect(.died(SIGINT))
  }

  @Test("a short one is not")
  func shortHoldIsNotTold() throws {
    let outcome = try answers(to: article(1, simulated: #""status":429,"times":1,"retry-after":0.1"#))
    outcome.expect(.exited(0))
    #expect(!outcome.errors.contains("at most 0"), "\(outcome)")
  }

  @Test("a server that wants more time than --max-outage stops the run, which names the time")
  func askedToWait() throws {
    let outcome = try run(
      .instant + ["-j2"], input: .text(articles(1...3) + article(4, simulated: #""status":429,"retry-after":7200"#)))
    outcome.expect(.exited(2))
    #expect(outcome.errors.contains("summarize: stopping: the server asks to wait for 2 h"), "\(outcome)")
    #expect(try outcome.records().last { $0.id == 4 }?.errorCode == "interrupted")
  }

  @Test("an article that alone is refused for too long ends, and if the next one is refused as well the run stops")
  func throttledForTooLong() throws {
    let outcome = try run(
      .instant + ["-j1", "--retries", "100", "--max-outage", "1s"],
      input: .text(articles(1...3, simulated: #""status":429,"retry-after":0.3"#)))
    outcome.expect(.exited(2))
    #expect(
      outcome.errors.contains(/summarize: stopping: no call has succeeded for [0-9.]+ s, as long as --max-outage/),
      "\(outcome)")
    let codes = try outcome.records().map(\.errorCode)
    #expect(codes.count { $0 == "rate_limited" } == 1 && codes.count { $0 == "interrupted" } == codes.count - 1)
  }

  @Test("-v tells each wait")
  func waitsAreTold() throws {
    // An article waits for what is left of three seconds when it has been read.
    let outcome = try answers(to: articles(1...5), ["-v", "-j1", "--rate", "20/m"])
    #expect((1...4).contains(outcome.messages.count { $0.contains(/: waited [0-9.]+ s for its turn$/) }), "\(outcome)")
  }
}
