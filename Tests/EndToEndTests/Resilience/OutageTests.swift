import Testing

/// A provider that is down pauses the run, costs no article, and stops it only when it stays away.
@Suite("outages", .blocking)
struct OutageTests {
  private let opened = "summarize: the provider is down (simulated status 503): reading pauses"

  /// Opens the circuit with articles that fail once each, five at a time: where a host is so slow that some have been
  /// tried again before all five have failed, they open nothing. The first probe finds the provider back.
  /// - Returns: how many it took.
  private func open(_ child: Child) throws -> Int {
    var count = 0
    while !child.errors.text.contains(opened) {
      try child.write(articles(count + 1...count + 5, simulated: #""status":503,"times":1"#))
      count += 5
      try child.wait("an outage, or results") {
        $0.errors.text.contains(opened) || $0.output.bytes.count { $0 == 0x0A } >= count
      }
    }
    return count
  }

  @Test("reading pauses, a probe finds it back, and nothing is lost or charged", arguments: [[], ["-q"]])
  func opensAndCloses(options: [String]) throws {
    let child = try Launch(.instant + ["-j5", "--retries", "1"] + options).start()
    let count = try open(child)
    try child.write(articles(count + 1...2000))
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
    child.feed(Array(articles(6...5000, simulated: #""status":503,"times":100"#).utf8))
    try child.isHeldBack()
    child.kill(SIGINT)
    let outcome = try child.outcome()
    outcome.expect(.died(SIGINT))
    // Each probe that fails lets another one in.
    #expect(try outcome.records().count <= 20)
  }

  @Test("two poisoned articles alone in a feed do not keep it from a third that shows that the provider is there")
  func poisonedArticlesAlone() throws {
    let child = try Launch(.instant + ["-j4", "--retries", "100"]).start()
    try child.write(articles(1...2, simulated: #""status":503,"times":7"#))
    try child.message(opened)
    try child.write(article(3))
    #expect(try child.record(within: .seconds(300)).id == 3)
    try child.message("summarize: the provider is back after ")
    child.kill(SIGKILL)
  }

  @Test("poisoned articles among good ones, which are all that is left in the end, fail by their retries")
  func poisonedArticlesAtTheEnd() throws {
    // Where a host is so slow that they fail five times before the first good one is answered, the circuit is right to
    // open.
    for _ in 1...50 {
      let child = try Launch(.instant + ["-j5", "-v", "--retries", "3", "--max-outage", "2s"]).start()
      try child.write(articles(1...2, simulated: #""status":503"#))
      for line in 1...2 { try child.message("summarize: line \(line): attempt 1 failed") }
      try child.write(articles(3...9))
      let outcome = try child.finish()
      if outcome.errors.contains(opened) { continue }
      outcome.expect(.exited(1))
      #expect(try outcome.records().compactMap(\.errorCode) == ["server_error", "server_error"])
      return
    }
    Issue.record("the circuit opened each time")
  }

  @Test("failed attempts of an outage are not charged: one retry outlasts several")
  func notCharged() throws {
    // Of each article the first two attempts fail: what opens the circuit, and a probe.
    for _ in 1...50 {
      let outcome = try run(
        .instant + ["-j5", "--retries", "1", "-v"],
        input: .text(
          articles(1...4, simulated: #""status":503,"times":1"#) + article(5, simulated: #""status":503,"times":2"#)))
      // A host may be so slow that some are tried again before all five have failed.
      guard outcome.errors.contains(opened) else { continue }
      outcome.expect(.exited(0))
      #expect(try outcome.records().count == 5)
      return
    }
    Issue.record("the circuit never opened")
  }

  @Test("after --max-outage it stops, and who was probed keeps the code of the failure")
  func staysDown() throws {
    let child = try Launch(.instant + ["-j5", "--max-outage", "3s", "--retries", "100"]).start()
    try child.write(articles(1...100, simulated: #""status":503"#))
    let outcome = try child.outcome()
    outcome.expect(.exited(2))
    #expect(
      outcome.errors.contains(
        /summarize: stopping: the provider has been down for [0-9.]+ s, as long as --max-outage allows/),
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
    // Retries of the first ones may have opened it before the last was read.
    #expect(try (2...5).contains(outcome.records().count))
  }
}
