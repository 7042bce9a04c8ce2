import BoundedConcurrency
import TestServer
import Testing

/// `-j auto`, with the built program.
@Suite("acceptance: -j auto", .blocking, .needsCurl)
struct FoundJobsTests {
  /// A server that takes so many calls at once, each for some time, and refuses those beyond with 429 and no time.
  private func server(
    atOnce most: @escaping @Sendable () -> Int = { .max }, taking time: Duration = .milliseconds(30)
  ) throws -> TestServer {
    try TestServer { request, _ in
      request.concurrent <= most() ? .summary().after(time) : .rateLimited()
    }
  }

  @Test("the first call goes alone, and a wrong key costs one call")
  func firstCall() throws {
    let gate = Gate()
    let server = try TestServer { _, _ in .summary().held(by: gate) }
    let child = try server.launch(.openAI, ["-j", "auto"], articles: 0..<8).start()
    try child.sees(server, "the first call") { $0.calls.count == 1 }
    try child.isHeldBack()
    #expect(server.log.calls.count == 1)
    child.kill(SIGUSR1)
    try child.message("1 of 1 in flight")
    gate.open()
    try child.outcome().expectSummaries(of: 0..<8)

    let refusing = try TestServer { _, _ in .error(401) }
    try refusing.run(.openAI, ["-j", "auto"], articles: 0..<8).expect(.exited(2))
    #expect(refusing.log.calls.count == 1)
  }

  @Test("it settles below what is refused, and says so")
  func refusals() throws {
    let server = try server(atOnce: { 12 })
    let outcome = try server.run(.openAI, ["-j", "auto", "-v", "--stats", "json"], articles: 0..<400)
    try outcome.expectSummaries(of: 0..<400)
    #expect(!outcome.messages(with: "in flight from now on: trying more").isEmpty, "\(outcome)")
    let stats = try JSON(parsing: Array((outcome.messages.last ?? "").utf8))
    let auto = try #require(stats["auto"])
    let level = try #require(auto["level"]?.integer)
    // What is on its way to the server and back is in flight as well.
    #expect((1...24).contains(level), "\(outcome)")
    #expect(auto["bound"]?.string == "refusals" || auto["bound"]?.string == "no_more_work", "\(outcome)")
    guard case .array(let levels)? = auto["levels"], case .array(let first)? = levels.first else {
      Issue.record("\(outcome)")
      return
    }
    #expect(first.last == .number("1") && levels.count > 2)
    let refused = server.log.calls.count { $0.status == 429 }
    note("12 at once: \(refused) of \(server.log.calls.count) calls refused, settled at \(level)")
  }

  @Test("without a limit it reaches the maximum and no more, in input order as well", arguments: [[], ["-k"]])
  func maximum(options: [String]) throws {
    // A call takes long beside what it costs a slow machine.
    let server = try server(taking: .milliseconds(150))
    let outcome = try server.run(.openAI, ["-j", "auto", "--max-jobs", "6"] + options, articles: 0..<150)
    try outcome.expectSummaries(of: 0..<150)
    let peak = server.peakConcurrency
    if outcome.messages(with: "more did no more work").isEmpty {
      #expect(peak == 6, "\(outcome)")
      #expect(outcome.messages.contains("summarize: settled at 6 in flight: the maximum"), "\(outcome)")
    } else {
      // A host that is busy with other things can have no more to give.
      #expect((4...6).contains(peak), "\(outcome)")
    }
  }

  @Test("a limit that falls and rises again loses nothing")
  func moving() throws {
    let calls = Lock(0)
    let server = try server(atOnce: {
      let number = calls.withLock { calls in
        calls += 1
        return calls
      }
      return (250...500).contains(number) ? 3 : 24
    })
    let outcome = try server.run(.openAI, ["-j", "auto"], articles: 0..<600)
    try outcome.expectSummaries(of: 0..<600)
  }

  @Test("a server that fails at first costs no article, since two tell that it is not theirs")
  func failingAtFirst() throws {
    let calls = Lock(0)
    let server = try TestServer { _, _ in
      let number = calls.withLock { calls in
        calls += 1
        return calls
      }
      return number <= 7 ? .error(500) : .summary()
    }
    let outcome = try server.run(.openAI, ["-j", "auto", "--retries", "3"], articles: 0..<20)
    try outcome.expectSummaries(of: 0..<20)
  }

  @Test("the timeline counts how many may be in flight") func trace() throws {
    let folder = try TemporaryFolder()
    let trace = folder.path + "/trace"
    let outcome = try Launch(.instant + ["-j", "auto", "--trace", trace], input: .text(articles(1...200))).run()
    outcome.expect(.exited(0))
    let lines = String(decoding: try #require(contents(of: trace)), as: UTF8.self).split(separator: "\n")
    let counters = lines.filter { $0.contains(#""ph":"C""#) }
    #expect(counters.count >= 2 && counters.first?.contains(#""args":{"value":1}"#) == true, "\(counters)")
  }

  @Test("the built-in engine takes the cores that there are") func cores() throws {
    let outcome = try run(["-j", "auto", "-v"], input: .text(articles(1...50)))
    outcome.expect(.exited(0))
    #expect(!outcome.messages(with: "in flight: as many as there are cores").isEmpty, "\(outcome)")
  }
}
