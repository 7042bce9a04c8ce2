import Testing

/// A provider that is down pauses the run, costs no article, and stops it only when it stays away.
@Suite("outages", .blocking)
struct OutageTests {
  private let opened = "summarize: the provider is down (simulated status 503): reading pauses"

  /// Five articles that fail once each open the circuit; the first probe finds the provider back.
  private func outage() -> String { articles(1...5, simulated: #""status":503,"times":1"#) }

  @Test("reading pauses, a probe finds it back, and nothing is lost or charged", arguments: [[], ["-q"]])
  func opensAndCloses(options: [String]) throws {
    let child = try Launch(.instant + ["-j5", "--retries", "1"] + options).start()
    try child.write(outage())
    try child.message(opened)
    try child.write(articles(6...2000))
    try child.message("summarize: the provider is back after ")
    let outcome = try child.finish()
    outcome.expect(.exited(0))
    #expect(try outcome.records().compactMap(\.id).sorted() == Array(1...2000))
    #expect(outcome.messages.count { $0.hasPrefix(opened) } == 1, "\(outcome)")
    if options.isEmpty {
      #expect(outcome.messages.contains { $0.contains("provider down once for ") }, "\(outcome)")
    }
  }

  @Test("nothing is read while it is down")
  func readingPauses() throws {
    let child = try Launch(.instant + ["-j50", "--grace", "0s"]).start()
    try child.write(articles(1...5, simulated: #""status":503,"times":100"#))
    try child.message(opened)
    // There is room for 45 more by their number, and room for one was promised before.
    child.feed(Array(articles(6...5000).utf8))
    try child.isHeldBack()
    child.kill(SIGINT)
    let outcome = try child.outcome()
    outcome.expect(.died(SIGINT))
    #expect(try outcome.records().count <= 6)
  }

  @Test("two poisoned articles alone in a feed do not keep it from a third that shows that the provider is there")
  func poisonedArticlesAlone() throws {
    let child = try Launch(.instant + ["-j4"]).start()
    try child.write(articles(1...2, simulated: #""status":503,"times":7"#))
    try child.message(opened)
    try child.write(article(3))
    #expect(try child.record(within: .seconds(300)).id == 3)
    try child.message("summarize: the provider is back after ")
    child.kill(SIGKILL)
  }

  @Test("poisoned articles among good ones, which are all that is left in the end, fail by their retries")
  func poisonedArticlesAtTheEnd() throws {
    let child = try Launch(.instant + ["-j5", "-v", "--retries", "3", "--max-outage", "2s"]).start()
    try child.write(articles(1...2, simulated: #""status":503"#))
    for line in 1...2 { try child.message("summarize: line \(line): attempt 1 failed") }
    try child.write(articles(3...9))
    let outcome = try child.finish()
    outcome.expect(.exited(1))
    #expect(try outcome.records().compactMap(\.errorCode) == ["server_error", "server_error"])
    #expect(!outcome.errors.contains(opened), "\(outcome)")
  }

  @Test("failed attempts of an outage are not charged: one retry outlasts several")
  func notCharged() throws {
    // Of each article the first two attempts fail: what opens the circuit, and a probe.
    let outcome = try run(
      .instant + ["-j5", "--retries", "1", "-v"],
      input: .text(
        articles(1...4, simulated: #""status":503,"times":1"#) + article(5, simulated: #""status":503,"times":2"#)))
    outcome.expect(.exited(0))
    #expect(try outcome.records().count == 5)
  }

  @Test("after --max-outage it stops, and who was probed keeps the code of the failure")
  func staysDown() throws {
    let child = try Launch(.instant + ["-j5", "--max-outage", "3s"]).start()
    try child.write(articles(1...5, simulated: #""status":503"#) + articles(6...100))
    let outcome = try child.outcome()
    outcome.expect(.exited(2))
    #expect(
      outcome.errors.contains(
        "summarize: stopping: the provider has been down for 3 s, as long as --max-outage allows"),
      "\(outcome)")
    let codes = try outcome.records().compactMap(\.errorCode)
    #expect(codes.count { $0 == "server_error" } >= 1 && codes.contains("interrupted"), "\(codes)")
    #expect(Set(codes) == ["server_error", "interrupted"])
  }

  @Test("a signal ends it while it is down, at once")
  func signalWhileDown() throws {
    let child = try Launch(.instant + ["-j5"]).start()
    try child.write(articles(1...5, simulated: #""status":503"#))
    try child.message(opened)
    child.kill(SIGTERM)
    let outcome = try child.outcome(within: Child.promptly)
    outcome.expect(.died(SIGTERM))
    #expect(try outcome.records().count == 5)
  }
}
