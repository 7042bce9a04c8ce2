import BoundedConcurrency
import TestServer
import TestSupport
import Testing

/// A client that does what a good one does, and one that does not, against the script of the acceptance test.
@Suite struct WholeRunTests {
  /// With resets in place of silence, so that no client has to decide when to give up.
  private static let script: @Sendable (Request, Int) -> Reply = { request, attempt in
    let reply = Script.oneInFive(request, attempt)
    return reply.name == "never" || reply.name.hasSuffix("stalled in half") ? .reset : reply
  }

  @Test func aGoodClientGetsEverySummaryAndIsNeverTooEarly() async throws {
    let server = try TestServer(script: Self.script)
    try await Client(server, articles: 120, obeys: true).run()
    let log = server.log
    #expect(log.replies["summary"] == 120 && log.calls.count == 150)
    // A worker may be held up for long between its look at the clock and its call.
    #expect(log.callsBeforeRetryAfter(grace: .seconds(10_000)).isEmpty)
    #expect(Set(log.calls.compactMap(\.marker)).count == 120)
    #expect(log.calls.map(\.attempt).max() == 4)
  }

  @Test func aClientThatDoesNotWaitIsFound() async throws {
    let server = try TestServer { request, attempt in
      let reply = Self.script(request, attempt)
      return reply.name.hasPrefix("429") ? .rateLimited(.seconds(100_000)) : reply
    }
    try await Client(server, articles: 120, obeys: false).run()
    let log = server.log
    // Of every article, what comes after its first 429.
    let early = log.calls.filter { call in
      log.calls.contains { $0.marker == call.marker && $0.status == 429 && $0.attempt < call.attempt }
    }
    #expect(early.count > 3)
    #expect(log.callsBeforeRetryAfter(grace: .seconds(10_000)).map(\.call.number) == early.map(\.number))
  }
}

/// Four workers that ask for every article until it has its summary.
private final class Client: Sendable {
  private let server: TestServer
  private let articles: Int
  private let obeys: Bool
  private let next = Lock(0)
  /// Nobody calls before this.
  private let hold = Lock(ContinuousClock.now)

  init(_ server: TestServer, articles: Int, obeys: Bool) {
    self.server = server
    self.articles = articles
    self.obeys = obeys
  }

  func run() async throws {
    try await withThrowingTaskGroup { group in
      for _ in 0..<4 {
        group.addTask { while let article = self.take() { try await self.summarize(article) } }
      }
      try await group.waitForAll()
    }
  }

  private func take() -> Int? {
    let article = next.withLock { next in
      defer { next += 1 }
      return next
    }
    return article < articles ? article : nil
  }

  private func summarize(_ article: Int) async throws {
    for _ in 0..<4 {
      while let end = holdEnd { try await Task.sleep(until: end) }
      if try await call(article) { return }
    }
    Issue.record("article \(article) failed four times")
  }

  private var holdEnd: ContinuousClock.Instant? {
    let end = hold.withLock { $0 }
    return obeys && end > .now ? end : nil
  }

  /// - Returns: whether it got the summary.
  private func call(_ article: Int) async throws -> Bool {
    let server = server
    let (isSummary, wait) = try await blocking {
      guard let client = RawClient(server.port) else { return (false, Duration?.none) }
      let answer = client.answer(openAIPath, "article-\(article)")
      let wait = answer?["retry-after"].flatMap { Double($0) }.map { Duration.seconds($0) }
      return (answer?.text.contains("Summary of article-\(article).") == true, wait)
    }
    if let wait { hold.withLock { $0 = max($0, .now + wait) } }
    return isSummary
  }
}
