import Testing

/// Calls that fail are made again, and what cannot succeed is not.
@Suite("retries", .blocking)
struct RetryTests {
  @Test("articles whose first attempts fail come out as results, each once")
  func retries() throws {
    let input = articles(1...20, simulated: #""status":500,"times":1"#) + articles(21...30)
    let outcome = try run(.instant + ["-j30"], input: .text(input))
    outcome.expect(.exited(0))
    let records = try outcome.records()
    #expect(records.compactMap(\.id).sorted() == Array(1...30))
    #expect(records.allSatisfy { $0.errorCode == nil })
  }

  @Test("one call in five fails by chance, and all 200 articles have a result")
  func errorRate() throws {
    let outcome = try run(
      ["-m", "simulated:latency=0-5,error-rate=0.2", "-j50"], input: .text(articles(1...200)), within: .seconds(300))
    outcome.expect(.exited(0))
    #expect(try outcome.records().compactMap(\.id).sorted() == Array(1...200))
    outcome.expectTimingSummary(articles: 200, ok: 200, failed: 0)
    #expect(outcome.messages.contains { $0.contains(" retries, ") && $0.contains(" of back-off") }, "\(outcome)")
  }

  @Test(
    "what a retry cannot help is tried once, with its status",
    arguments: [(400, "bad_request"), (403, "forbidden"), (413, "too_long"), (422, "bad_request")])
  func hopeless(status: Int, code: String) throws {
    let input = article(1) + article(2, simulated: "\"status\":\(status)") + article(3)
    let outcome = try answers(to: input, ["-j1"])
    outcome.expect(.exited(1))
    let record = try outcome.records()[1]
    #expect(record["error"]?.names == ["code", "message", "status", "attempts"])
    #expect(record.errorCode == code)
    #expect(record["error"]?["status"]?.integer == status)
    #expect(record["error"]?["attempts"]?.integer == 1)
  }

  @Test("the retries are counted", arguments: [0, 1, 2])
  func exhausted(retries: Int) throws {
    let outcome = try answers(
      to: article(1) + article(2, simulated: #""status":503"#), ["-j1", "--retries", "\(retries)"])
    outcome.expect(.exited(1))
    let record = try outcome.records()[1]
    #expect(record.errorCode == "server_error")
    #expect(record["error"]?["attempts"]?.integer == retries + 1)
  }

  @Test("one poisoned article neither opens the circuit nor stops the run")
  func poisoned() throws {
    let outcome = try run(
      .instant + ["-j2", "--retries", "3"], input: .text(article(1, simulated: #""status":500"#) + articles(2...50)))
    outcome.expect(.exited(1))
    #expect(try outcome.records().count == 50)
    #expect(!outcome.errors.contains("provider is down"), "\(outcome)")
  }

  @Test("-v tells each retry and what comes of it; without it nothing is told")
  func verbose() throws {
    let input = article(1) + article(2, simulated: #""status":502,"times":1"#)
    let told = try answers(to: input, ["-v", "-j1"])
    told.expect(.exited(0))
    #expect(
      told.messages.count {
        $0.hasPrefix("summarize: line 2: attempt 1 failed (server_error): ") && $0.contains(/; again in (0\.|1 )/)
      } == 1, "\(told)")
    #expect(!(try answers(to: input)).errors.contains("attempt"))
    try answers(to: input, ["-q"]).expectQuiet()
  }

  @Test("--timeout ends an attempt, and what was too slow is tried again")
  func timeout() throws {
    let outcome = try answers(to: article(1, ms: stuck), ["--timeout", "200ms", "--retries", "1"])
    outcome.expect(.exited(1))
    let record = try outcome.records()[0]
    #expect(record.errorCode == "timeout")
    #expect(record["error"]?["attempts"]?.integer == 2)
    #expect(record["error"]?["status"] == nil)
  }

  @Test("--meta counts the attempts")
  func meta() throws {
    let outcome = try answers(to: article(1, simulated: #""status":429,"times":2,"retry-after":0.01"#), ["--meta"])
    outcome.expect(.exited(0))
    #expect(try outcome.records()[0]["meta"]?["attempts"]?.integer == 3)
  }

  @Test(
    "Ctrl-C during a long wait ends within a second", arguments: [#""status":429,"retry-after":60"#, #""status":500"#])
  func interruptDuringBackOff(settings: String) throws {
    let child = try Launch(.instant + ["-v", "--retries", "1000"]).start()
    try child.write(article(1, simulated: settings))
    try child.message("again")
    child.kill(SIGINT)
    // Far below the grace and the wait, far above what it takes.
    let outcome = try child.outcome(within: Child.promptly)
    outcome.expect(.died(SIGINT))
    let record = try outcome.records()[0]
    #expect(record.errorCode == "interrupted")
    #expect((record["error"]?["attempts"]?.integer ?? 0) >= 1)
    #expect(record["error"]?["status"] == nil)
  }
}
