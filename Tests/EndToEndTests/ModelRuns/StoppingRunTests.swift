import TestServer
import Testing

/// Signals while calls wait, and while they are on the wire.
@Suite("acceptance: stopping", .blocking, .needsCurl)
struct StoppingRunTests {
  private func expectPromptEnd(_ child: Child, _ signal: Int32, _ what: String) throws -> Outcome {
    let start = ContinuousClock.now
    child.kill(signal)
    let outcome = try child.outcome(within: Child.promptly)
    note("\(what): ended \(ContinuousClock.now - start) after signal \(signal)")
    outcome.expect(.died(signal))
    return outcome
  }

  @Test("during a hold of 60 s, within a second", arguments: [SIGINT, SIGTERM, SIGHUP], [Dialect.openAI, .anthropic])
  func hold(_ signal: Int32, _ dialect: Dialect) throws {
    let server = try TestServer { request, _ in
      request.articleNumber! < 3 ? .summary() : .rateLimited(.seconds(60))
    }
    let child = try server.launch(dialect, ["-j4"], articles: 0..<100).start()
    try child.message("calls are held back for at most 6")
    _ = try child.records(3)
    try child.sees(server, "0 openCalls") { $0.openCalls == 0 }
    let outcome = try expectPromptEnd(child, signal, "hold")
    let codes = try outcome.records().compactMap(\.errorCode)
    // Article 3 was refused. Whether others were taken before the hold began is a matter of the schedule.
    #expect((1...4).contains(codes.count) && codes.allSatisfy { $0 == "interrupted" }, "\(outcome)")
    #expect(server.log.calls.count <= 7)
  }

  @Test("during a back-off and while the provider is down", arguments: [SIGINT, SIGTERM])
  func backOff(_ signal: Int32) throws {
    let server = try TestServer { _, _ in .error(503) }
    let child = try server.launch(.openAI, ["-j4", "-v"], articles: 0..<100).start()
    try child.message("the provider is down")
    let outcome = try expectPromptEnd(child, signal, "outage")
    #expect(try outcome.records().count <= 5)
  }

  @Test("calls on the wire get their grace, and are taken when they answer")
  func grace() throws {
    let gate = Gate()
    let server = try TestServer { _, _ in .summary().held(by: gate) }
    let child = try server.launch(.openAI, ["-j3"], articles: 0..<100).start()
    try child.sees(server, "3 openCalls") { $0.openCalls == 3 }
    child.kill(SIGINT)
    try child.message("stopping: 3 calls on the wire; again to drop them")
    gate.open()
    let outcome = try child.outcome()
    outcome.expect(.died(SIGINT))
    #expect(try outcome.records().compactMap(\.id).sorted() == [0, 1, 2])
    #expect(try outcome.records().allSatisfy { $0["summary"] != nil })
    #expect(server.log.calls.count == 3)
  }

  @Test("after the grace they are given up: the connections are closed, and the records say interrupted")
  func graceIsOver() throws {
    let server = try TestServer { _, _ in .never }
    let child = try server.launch(.openAI, ["-j3", "--grace", "200ms"], articles: 0..<100).start()
    try child.sees(server, "3 openCalls") { $0.openCalls == 3 }
    let outcome = try expectPromptEnd(child, SIGTERM, "grace of 200 ms")
    #expect(try outcome.records().map(\.errorCode) == ["interrupted", "interrupted", "interrupted"])
    #expect(try outcome.records().allSatisfy { $0.attempts == 1 && $0["error"]?["status"] == nil })
    #expect(server.wait { $0.openCalls == 0 })
  }

  @Test("-k: results that are parked behind the one that is given up come out, in order")
  func parked() throws {
    let server = try TestServer { request, _ in request.articleNumber == 0 ? .never : .summary() }
    let child = try server.launch(.openAI, ["-k", "-j4", "--grace", "200ms"], articles: 0..<100).start()
    // The window is eight times the jobs.
    try child.sees(server, "31 summaries") { $0.summaries == 31 }
    // As the child itself sees it: the server's log is ahead of what it has sent.
    try child.hasInFlight(1)
    try child.fallsAsleep()
    let outcome = try expectPromptEnd(child, SIGINT, "parked")
    #expect(outcome.errors.contains("1 call on the wire, 31 results behind line 1"), "\(outcome)")
    let records = try outcome.records()
    #expect(records.map(\.id) == Array(0..<32), "\(outcome)")
    #expect(records[0].errorCode == "interrupted" && records[1...].allSatisfy { $0["summary"] != nil })
  }

  @Test("twice: at once")
  func twice() throws {
    let server = try TestServer { _, _ in .never }
    let child = try server.launch(.openAI, ["-j3"], articles: 0..<100).start()
    try child.sees(server, "3 openCalls") { $0.openCalls == 3 }
    child.kill(SIGINT)
    try child.message("again to drop them")
    // What comes in the same moment is the same request.
    usleep(100_000)
    let outcome = try expectPromptEnd(child, SIGINT, "twice")
    #expect(server.log.calls.count == 3)
    #expect(try outcome.records().count <= 3)
  }

  @Test("time in which the process stood still is not held against calls, waits or the server")
  func stopped() throws {
    let gate = Gate()
    let server = try TestServer { request, _ in
      request.articleNumber! < 4 ? .summary().held(by: gate) : .summary()
    }
    let child = try server.launch(.openAI, ["-j4", "--timeout", "5s", "--retries", "0"], articles: 0..<40).start()
    try child.sees(server, "4 openCalls") { $0.openCalls == 4 }
    let start = server.log.calls.map(\.arrived).min()!
    child.kill(SIGSTOP)
    let stop = ContinuousClock.now
    usleep(isHeavy ? 12_000_000 : 5_500_000)
    let end = ContinuousClock.now
    child.kill(SIGCONT)
    usleep(150_000)
    gate.open()
    let outcome = try child.finish()
    #expect(try outcome.records().count == 40)
    // On a host so slow that it took as long as a call may without being stopped, it shows nothing.
    guard (stop - start) + (.now - end) < .seconds(4) else { return }
    try outcome.expectSummaries(of: 0..<40)
    #expect(server.log.calls.count == 40)
  }
}
