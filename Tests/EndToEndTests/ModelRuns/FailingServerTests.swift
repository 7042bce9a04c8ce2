import TestServer
import Testing

/// A server whose calls fail by a fixed script: the articles come out all the same, each once, and the server's own log
/// shows how the calls were made.
@Suite("acceptance: a server that fails", .blocking, .needsCurl)
struct FailingServerTests {
  @Test(
    "one call in five fails, in all the ways there are, and every article has its result",
    arguments: zip(Dialect.all, isHeavy ? [1000, 200, 200] : [160, 40, 40]))
  func oneInFive(_ dialect: Dialect, _ count: Int) throws {
    // Nobody is answered before five calls have been under way at once; that is soon.
    let (gate, calls) = (Gate(), Counter())
    let server = try TestServer(keepsBodies: false) { request, attempt in
      if calls.next() == 5 { gate.open() }
      return Script.oneInFive(request, attempt).after(.milliseconds(50)).held(by: gate)
    }
    let start = ContinuousClock.now
    let outcome = try server.run(
      dialect, ["-j20", "--timeout", "20s", "--meta"], articles: 0..<count, within: .seconds(600))
    // Its threads end when they have seen everything that was sent to them.
    _ = server.stop()
    let log = server.log
    try outcome.expectSummaries(of: 0..<count)
    let early = log.tooEarly
    #expect(early.isEmpty, "\(early)")
    #expect((5...20).contains(log.peakConcurrency), "\(log.peakConcurrency)")
    // An answer is paid for twice only where the machine was so slow that it came after the time-out.
    #expect(log.summaries <= count + log.calls.count { $0.ending == .abandoned }, "\(log.replies)")
    let records = try outcome.records()
    // Every call is an attempt that was counted, and every attempt was a call; but where a kept connection ended at once,
    // it may have been closed before, and is replaced.
    for record in records {
      let calls = log.calls(about: marker(record.id!)).map(\.reply)
      let replaced = calls.count { $0 == "close" || $0 == "reset" }
      #expect((calls.count - replaced...calls.count).contains(record.attempts ?? 0), "\(record): \(calls)")
      #expect(calls.count <= 6)
    }
    note(
      "\(dialect): \(count) articles, \(log.calls.count) calls, \(log.summaries) summaries, at most "
        + "\(log.calls.map(\.attempt).max() ?? 0) attempts, peak \(log.peakConcurrency), "
        + "\(log.connectionsAccepted) connections, \(early.count) early, in \(ContinuousClock.now - start), "
        + "\(outcome.messages)")
  }

  @Test(
    "one refusal holds back all workers until the server said, and then they come back by and by", arguments: [1, 64])
  func hold(_ jobs: Int) throws {
    // The others of its round are held up by the server until the client has said that it heeds the refusal.
    let gate = Gate()
    // When they are to be back, nobody is answered until 11 calls are there at once: a slow host would answer each before
    // the next arrives.
    let fullStrength = Gate()
    // Nor is anybody before the one that was refused is back, which is the first to be let go.
    let refusedIsBack = Gate()
    let afterRound = Counter()
    let server = try TestServer { request, attempt in
      if request.articleNumber == 30 && attempt == 1 { return .rateLimited(.seconds(3)) }
      let reply = Reply.summary().after(.milliseconds(20))
      if jobs == 1 { return reply }
      if request.articleNumber == 30 { refusedIsBack.open() }
      guard attempt > 1 || request.articleNumber! > jobs else { return reply.held(by: gate) }
      let number = afterRound.next()
      if number == 80 + 11 { fullStrength.open() }
      return reply.held(by: number > 80 ? fullStrength : refusedIsBack)
    }
    let child = try server.launch(.openAI, ["-j\(jobs)", "-v"], articles: 1...200).start()
    try child.message("calls are held back")
    gate.open()
    let outcome = try child.outcome()
    try outcome.expectSummaries(of: 1...200)
    let log = server.log
    let refused = try #require(log.calls.first { $0.status == 429 })
    // What was on its way before there was anything to heed arrives whenever it does.
    let first = Set((1...max(jobs, 30)).map { marker($0) })
    let later = log.calls.filter { $0.attempt > 1 || !first.contains($0.marker ?? "") }
    #expect(later.allSatisfy { $0.arrived >= refused.retryAfter! }, "\(later.prefix(3).map(\.marker))")
    // Of a round that goes out together any may arrive first; alone, it is the one that was refused.
    #expect(later.prefix(jobs).contains { $0.marker == refused.marker }, "\(later.prefix(jobs).map(\.marker))")
    #expect(log.peakConcurrency <= jobs)
    if jobs == 64 { #expect(later.count { $0.concurrent > 10 } > 0, "they come back to full strength") }
  }

  @Test("a server that only refuses stops the run after --max-outage")
  func onlyRefuses() throws {
    // The outage begins with an answer, and nobody is answered before five articles are in flight.
    let (gate, calls) = (Gate(), Counter())
    let server = try TestServer { _, _ in
      if calls.next() == 5 { gate.open() }
      return .rateLimited(.milliseconds(200)).held(by: gate)
    }
    let outcome = try server.run(.openAI, ["-j5", "--max-outage", "1500ms", "--retries", "100"], articles: 1...1000)
    outcome.expect(.exited(2))
    #expect(outcome.errors.contains("stopping: no call has succeeded for "), "\(outcome)")
    #expect(outcome.errors.contains("lower --jobs or set --rate"), "\(outcome)")
    #expect(try outcome.records().map(\.errorCode) == Array(repeating: "interrupted", count: 5))
    #expect(server.log.tooEarly.isEmpty, "\(server.log.tooEarly)")
    #expect(Set(server.log.calls.map(\.marker)).count <= 5)
  }

  @Test("a wait that is longer than --max-outage stops it at once and is named", arguments: Dialect.all)
  func asksForTooLong(_ dialect: Dialect) throws {
    // A call that is still under way when the run stops has no result.
    let gate = Gate()
    let server = try TestServer { request, _ in
      request.articleNumber! < 10 ? .summary() : .rateLimited(.seconds(7200)).held(by: gate)
    }
    let child = try server.launch(dialect, ["-j3"], articles: 1...1000).start()
    try child.wait("nine records") { $0.output.bytes.count { $0 == 0x0A } == 9 }
    gate.open()
    let outcome = try child.outcome()
    outcome.expect(.exited(2))
    #expect(outcome.errors.contains("stopping: the server asks to wait for 2 h"), "\(outcome)")
    #expect(outcome.errors.contains("--max-outage allows 5 m"), "\(outcome)")
    let records = try outcome.records()
    #expect(records.count { $0["summary"] != nil } == 9 && records.count <= 12, "\(outcome)")
    #expect(server.log.calls.count <= 12)
  }

  @Test("one article after another through a server that fails")
  func oneAtATime() throws {
    let server = try TestServer { request, attempt in
      let reply = Script.oneInFive(request, attempt)
      return reply.name == "never" || reply.name.hasSuffix("stalled in half") ? .error(500) : reply
    }
    let outcome = try server.run(.openAI, ["-j1", "-k"], articles: 0..<20)
    try outcome.expectSummaries(of: 0..<20)
    #expect(try outcome.records().compactMap(\.id) == Array(0..<20))
    #expect(server.peakConcurrency == 1)
    #expect(server.log.callsBeforeRetryAfter(grace: .zero).isEmpty)
  }
}
