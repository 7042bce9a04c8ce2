import BoundedConcurrency
import TestServer
import Testing

/// A server that is gone for a while: nothing is lost, nothing more is read, one call at a time looks whether it is back.
@Suite("acceptance: a server that is down", .blocking, .needsCurl)
struct DownServerTests {
  private let opening = "the provider is down ("
  private let closing = "the provider is back after "

  /// How long it is down.
  private var outage: Duration { isHeavy ? .seconds(20) : .seconds(3) }
  private let count = 400

  @Test("it dies in the middle", arguments: [1, 8, 64])
  func dies(_ jobs: Int) throws {
    // The last hundred are for after its death, however late that is.
    let gate = Gate()
    let server = try TestServer { [count] request, _ in
      request.articleNumber! < count - 100 ? .summary().after(.milliseconds(jobs)) : .summary().held(by: gate)
    }
    let child = try server.launch(.openAI, ["-j\(jobs)", "-v"], articles: 0..<count).start()
    try child.wait("some records") { $0.output.bytes.count { $0 == 0x0A } >= 20 }
    server.pause()
    gate.open()
    let before = server.log.calls.count
    try child.message(opening)
    try wait(child, outage)
    // Nothing comes out while it is down, and nothing is taken in: what was lost is still known to each article.
    let written = child.output.bytes.count { $0 == 0x0A }
    #expect(written <= before)
    try server.resume()
    let outcome = try child.finish(within: .seconds(600))
    try outcome.expectSummaries(of: 0..<count)
    // Once; but an answer from before that is read late shows a provider that is there, and then it opens once more.
    let openings = outcome.messages(with: opening).count
    #expect(jobs == 1 ? openings == 1 : openings >= 1, "\(outcome)")
    #expect(outcome.messages(with: closing).count == openings, "\(outcome)")
    let log = server.log
    // The first call after it came back looked alone.
    #expect(log.calls[before].concurrent == 1)
    // What was cut off while the server sent it has to be made again.
    #expect((count...count + jobs).contains(log.summaries) && log.peakConcurrency <= jobs)
    note("-j \(jobs), down for \(outage): \(outcome.messages(with: "provider")) \(outcome.messages.suffix(4))")
  }

  @Test("it answers nothing but 503 for a while", arguments: Dialect.all)
  func overloaded(_ dialect: Dialect) throws {
    try failsForAWhile(dialect, with: .overloaded())
  }

  @Test("it hangs for a while: calls are taken and not answered")
  func hangs() throws {
    try failsForAWhile(.openAI, ["--timeout", "20s"], with: .never)
  }

  /// From its fiftieth article on the server gives nothing but this reply, until it has been found to be down and a while
  /// has passed.
  private func failsForAWhile(_ dialect: Dialect, _ options: [String] = [], with failure: Reply) throws {
    // A success from before that is read after the failures would show a provider that is there.
    let allBefore = Gate()
    let isBack = Lock(false)
    let server = try TestServer { request, _ in
      if request.articleNumber! < 50 || isBack.withLock({ $0 }) { return .summary() }
      return failure.held(by: allBefore)
    }
    let child = try server.launch(dialect, ["-j8", "-v"] + options, articles: 0..<count).start()
    try child.wait("fifty records") { $0.output.bytes.count { $0 == 0x0A } == 50 }
    allBefore.open()
    try child.message(opening)
    try wait(child, outage)
    isBack.withLock { $0 = true }
    let outcome = try child.finish(within: .seconds(600))
    try outcome.expectSummaries(of: 0..<count)
    expectOneOutage(outcome, server.log)
  }

  /// Between opening and closing there was one call at a time, and at most what was in flight was known.
  private func expectOneOutage(_ outcome: Outcome, _ log: CallLog) {
    #expect(outcome.messages(with: opening).count == 1 && outcome.messages(with: closing).count == 1, "\(outcome)")
    let failed = log.calls.filter { $0.status == 503 || $0.status == 529 || $0.reply == "never" }
    // What was on the wire when it began, and what had been admitted by then; later ones are probes.
    #expect(failed.count { $0.concurrent > 1 } <= 16, "\(failed.map(\.concurrent))")
    #expect(Set(failed.map(\.marker)).count <= 9, "nobody was admitted while it was down but the one promised before")
    // On a slow machine it may be over before the first of them, or one of the first still be under way.
    if judgesTimes { #expect(failed.last?.concurrent == 1 || failed.count <= 9, "\(failed.map(\.concurrent))") }
    #expect(log.peakConcurrency <= 8)
    note("\(failed.count) failed calls; \(outcome.messages(with: "provider"))")
  }

  @Test("reading pauses while it is down")
  func readingPauses() throws {
    let server = try TestServer { _, _ in .summary() }
    let child = try Launch(server.options() + ["-j5"]).start()
    try child.write(markedArticles(0..<20))
    try child.wait("20 records") { $0.output.bytes.count { $0 == 0x0A } == 20 }
    server.pause()
    try child.write(markedArticles(20..<25))
    try child.message(opening)
    child.feed(Array(markedArticles(25..<6_000).utf8))
    try child.isHeldBack()
    // A pipe, a buffer and the articles in flight; the articles are 80 bytes each.
    let taken = child.bytesFed - child.bytesInPipe
    #expect(taken < 300_000, "\(taken)")
    try server.resume()
    try child.message(closing)
    let outcome = try child.finish(within: .seconds(600))
    try outcome.expectSummaries(of: 0..<6_000)
  }

  @Test("it does not come back: the run stops after --max-outage, and what it did not try can be done later")
  func staysDown() throws {
    let server = try TestServer { _, _ in .summary() }
    server.pause()
    let outcome = try server.run(.ollama, ["-j4", "--max-outage", "2s"], articles: 0..<100)
    outcome.expect(.exited(2))
    #expect(
      outcome.errors.contains(/stopping: the provider has been down for [0-9.]+ s, as long as --max-outage/),
      "\(outcome)")
    #expect(outcome.errors.contains("start it with 'ollama serve'"), "\(outcome)")
    let codes = try outcome.records().compactMap(\.errorCode)
    #expect(Set(codes).isSubset(of: ["unreachable", "interrupted"]) && codes.count <= 5, "\(codes)")
  }

  @Test("one article for which it always fails neither opens the circuit nor stops the run", arguments: [1, 4])
  func poisoned(_ jobs: Int) throws {
    let server = try TestServer { request, _ in request.articleNumber == 7 ? .error(500, "boom") : .summary() }
    let outcome = try server.run(.openAI, ["-j\(jobs)", "--retries", "2"], articles: 0..<100)
    outcome.expect(.exited(1))
    #expect(outcome.messages(with: opening).isEmpty, "\(outcome)")
    let records = try outcome.records()
    #expect(records.compactMap(\.id).sorted() == Array(0..<100))
    #expect(records.filter { $0.errorCode != nil }.map(\.id) == [7])
    #expect(server.log.calls(about: marker(7)).count == 3)
  }

  /// Serves the child's pipes for a while.
  private func wait(_ child: Child, _ time: Duration) throws {
    let end = ContinuousClock.now + time
    try child.wait("the end of the outage", within: time + .seconds(20)) { _ in ContinuousClock.now >= end }
  }
}
