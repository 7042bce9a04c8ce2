import TestServer
import Testing

/// What would fail every call stops the run within the calls in flight.
@Suite("what stops a run", .blocking)
struct StopTests {
  @Test(
    "a refused key, a spent quota and an unknown model stop it at once",
    arguments: [(401, "unauthorized"), (402, "quota"), (404, "not_found"), (302, "not_found")])
  func atOnce(status: Int, code: String) throws {
    let outcome = try run(
      .instant + ["-j3"], input: .text(articles(1...1000, simulated: "\"status\":\(status)")))
    outcome.expect(.exited(2))
    let records = try outcome.records()
    #expect(records.count { $0["error"]?["attempts"] != nil } <= 3, "no more calls than were in flight: \(outcome)")
    #expect(records.contains { $0.errorCode == code })
    #expect(records.allSatisfy { [code, "interrupted"].contains($0.errorCode) })
    #expect(
      outcome.errors.contains("summarize: stopping: no call can succeed: simulated status \(status)"), "\(outcome)")
  }

  @Test(
    "what is about one article, or all, stops it after five in a row",
    arguments: [(400, "bad_request"), (403, "forbidden")])
  func fiveInARow(status: Int, code: String) throws {
    let outcome = try run(
      .instant + ["-j1"], input: .text(articles(1...3) + articles(4...1000, simulated: "\"status\":\(status)")))
    outcome.expect(.exited(2))
    #expect(try outcome.records().filter { $0.errorCode == code }.count == 5)
    #expect(outcome.errors.contains("summarize: stopping: 5 articles in a row failed alike (\(code))"), "\(outcome)")
  }

  @Test("a success between them ends the row")
  func rowWithSuccess() throws {
    let input = (1...30).map { $0 % 5 == 0 ? article($0) : article($0, simulated: #""status":400"#) }.joined()
    let outcome = try run(.instant + ["-j1"], input: .text(input))
    outcome.expect(.exited(1))
    #expect(try outcome.records().count == 30)
  }

  @Test("an unknown address after a success is one of five")
  func notFoundAfterSuccess() throws {
    let outcome = try run(
      .instant + ["-j1"], input: .text(article(1) + articles(2...5, simulated: #""status":404"#) + article(6)))
    outcome.expect(.exited(1))
    #expect(try outcome.records().count == 6)
  }

  @Test("articles that are too long never stop it")
  func tooLong() throws {
    let outcome = try run(.instant + ["-j1"], input: .text(articles(1...30, simulated: #""status":413"#)))
    outcome.expect(.exited(1))
    #expect(try outcome.records().count == 30)
  }

  @Test("--max-failures counts bad lines and failed articles", arguments: [1, 3])
  func maxFailures(most: Int) throws {
    let failing = ["{bad\n", article(1, simulated: #""status":413"#), "[]\n"]
    let outcome = try run(
      .instant + ["-j1", "--max-failures", "\(most)"], input: .text(failing.joined() + articles(2...5000)))
    outcome.expect(.exited(2))
    #expect(try outcome.records().compactMap(\.errorCode).filter { $0 != "interrupted" }.count == most)
    #expect(outcome.errors.contains("failed, as many as --max-failures allows"), "\(outcome)")
  }

  @Test("--max-failures holds for the built-in engine too")
  func maxFailuresOfImmediate() throws {
    let outcome = try run(
      ["-j1", "--max-failures", "2"], input: .text("{bad\n" + articles(1...3) + "{bad\n" + articles(4...5000)))
    outcome.expect(.exited(2))
    #expect(try outcome.records().count <= 6, "the one after the second bad line may have begun")
  }

  @Test("fewer failures than --max-failures do not stop it")
  func fewerFailures() throws {
    let outcome = try answers(to: "{bad\n" + articles(1...20), ["--max-failures", "2"])
    outcome.expect(.exited(1))
    #expect(try outcome.records().count == 21)
  }

  @Test("calls on the wire are given their time, and those that wait are not", .needsCurl)
  func drain() throws {
    let gate = Gate()
    let server = try TestServer { request, _ in
      switch request.articleNumber {
      case 1: .summary().held(by: gate)
      case 2: .error(500)
      case 3: .error(401)
      default: .summary()
      }
    }
    let child = try Launch(server.options() + ["-j3", "-v", "--retries", "100", "--grace", "4m"]).start()
    try child.write(markedArticles(1...1))
    try child.sees(server, "one call") { $0.openCalls == 1 }
    try child.write(markedArticles(2...2))
    try child.message("again in")
    try child.write(markedArticles(3...100))
    try child.message("stopping: ")
    gate.open()
    let outcome = try child.outcome()
    outcome.expect(.exited(2))
    let records = try outcome.records()
    #expect(records.first { $0.id == 1 }?.errorCode == nil)
    #expect(records.first { $0.id == 2 }?.errorCode == "interrupted")
    #expect(records.first { $0.id == 3 }?.errorCode == "unauthorized")
    // The second may be tried again at that moment.
    #expect(outcome.errors.contains(/[12] calls? on the wire/), "\(outcome)")
    #expect(outcome.messages.count { $0.contains("stopping: ") } == 1, "\(outcome)")
  }

  @Test("what is given up after the grace is interrupted")
  func grace() throws {
    let outcome = try run(
      .instant + ["-k", "-j2", "--grace", "100ms"],
      input: .text(article(1, ms: stuck) + article(2, simulated: #""status":402"#)))
    outcome.expect(.exited(2))
    #expect(try outcome.records().map(\.errorCode) == ["interrupted", "quota"])
  }

  @Test("a signal outranks it")
  func signalOutranks() throws {
    let child = try Launch(.instant + ["-j2", "--grace", "5m"]).start()
    try child.write(article(1, ms: stuck))
    // On the wire before the other one ends the run.
    try child.isHeldBack()
    try child.write(article(2, simulated: #""status":401"#))
    try child.message("stopping: no call")
    child.kill(SIGINT)
    try child.message("again to drop them")
    try child.isHeldBack(for: .milliseconds(100))
    child.kill(SIGINT)
    try child.outcome(within: Child.promptly).expect(.died(SIGINT))
  }

  @Test("-q prints the reason alone")
  func quiet() throws {
    let outcome = try run(.instant + ["-q"], input: .text(article(1, simulated: #""status":401"#)))
    outcome.expect(.exited(2))
    #expect(outcome.messages == ["summarize: stopping: no call can succeed: simulated status 401"])
  }
}
