import Synchronization
import TestServer
import Testing

/// A client that does what a good one does, and one that does not, against the script of the acceptance test.
@Suite struct WholeRunTests {
  @Test func aGoodClientGetsEverySummaryAndIsNeverTooEarly() async throws {
    let server = try TestServer(script: Script.oneInFive)
    try await Client(server, articles: 120, obeys: true).run()
    let log = server.log
    #expect(log.replies["summary"] == 120 && log.calls.count == 150)
    #expect(log.callsBeforeRetryAfter().isEmpty)
    #expect(Set(log.calls.compactMap(\.marker)).count == 120)
    #expect(log.calls.map(\.attempt).max() == 4)
  }

  @Test func aClientThatDoesNotWaitIsFound() async throws {
    let server = try TestServer(script: Script.oneInFive)
    try await Client(server, articles: 120, obeys: false).run()
    #expect(server.log.callsBeforeRetryAfter().count >= 3)
  }
}

/// Four workers that ask for every article until it has its summary.
private final class Client: Sendable {
  private let server: TestServer
  private let articles: Int
  private let obeys: Bool
  private let next = Mutex(0)
  /// Nobody calls before this.
  private let hold = Mutex(ContinuousClock.now)

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
      client.patience = 150
      let answer = client.answer(openAIPath, "article-\(article)")
      let wait = answer?["retry-after"].flatMap { Double($0) }.map { Duration.seconds($0) }
      return (answer?.text.contains("Summary of article-\(article).") == true, wait)
    }
    if let wait { hold.withLock { $0 = max($0, .now + wait) } }
    return isSummary
  }
}
