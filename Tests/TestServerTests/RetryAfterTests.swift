import TestServer
import TestSupport
import Testing

@Suite struct RetryAfterTests {
  /// What the header says, and how long nobody is to call.
  private static func ask(_ retryAfter: RetryAfter) async throws -> (reply: Received, wait: Duration?) {
    try await blocking {
      let server = try TestServer { _, _ in .rateLimited(retryAfter) }
      let reply = try #require(RawClient(server.port)?.answer())
      let call = server.log.calls[0]
      #expect(reply.status == 429 && call.status == 429)
      return (reply, call.retryAfter.map { call.ended!.duration(to: $0) })
    }
  }

  @Test func secondsAndFractions() async throws {
    let (seconds, wait) = try await Self.ask(.seconds(3))
    #expect(seconds["retry-after"] == "3" && wait == .seconds(3))
    let (fraction, half) = try await Self.ask(.fraction(0.5))
    #expect(fraction["retry-after"] == "0.5" && half == .milliseconds(500))
  }

  @Test func milliseconds() async throws {
    let (reply, wait) = try await Self.ask(.milliseconds(1_250))
    #expect(reply["retry-after-ms"] == "1250" && reply["retry-after"] == "2" && wait == .milliseconds(1_250))
  }

  @Test func dates() async throws {
    let (reply, wait) = try await Self.ask(.date(.seconds(1000)))
    let date = try #require(reply["retry-after"])
    #expect(date.hasSuffix(" GMT") && date.utf8.count == 29, "\(date)")
    #expect(try #require(wait) > .seconds(700) && wait! <= .seconds(1000))
  }

  @Test func datesOfAWrongClock() async throws {
    let (reply, wait) = try await Self.ask(.dateOfWrongClock(.seconds(100), off: .seconds(-7200)))
    #expect(reply["date"] != nil)
    #expect(try #require(wait) >= .seconds(99) && wait! <= .seconds(101))
  }

  @Test(arguments: [
    RetryAfter.none, .garbage("soon"), .garbage("-1"), .garbage("nan"), .seconds(0), .date(.seconds(-9)),
  ])
  func noWaitAtAll(_ retryAfter: RetryAfter) async throws {
    let (reply, wait) = try await Self.ask(retryAfter)
    #expect(wait == nil)
    if case .none = retryAfter { #expect(reply["retry-after"] == nil) } else { #expect(reply["retry-after"] != nil) }
  }

  /// One article comes too early, another does not, and a third comes too early on another connection.
  @Test func callsThatComeTooEarlyAreFound() async throws {
    try await blocking {
      let server = try TestServer { request, attempt in
        request.articleNumber == 1 && attempt == 1 ? .rateLimited(.seconds(1000)) : .summary()
      }
      func ask(_ article: Int) throws {
        _ = try #require(RawClient(server.port)?.answer(openAIPath, "article-\(article)"))
      }
      try ask(2)
      try ask(1)
      #expect(server.log.callsBeforeRetryAfter(grace: .zero).isEmpty)
      try ask(1)
      let early = server.log.callsBeforeRetryAfter(grace: .seconds(100))
      #expect(early.map(\.call.number) == [2] && early[0].told.number == 1)
      #expect(early[0].early > .seconds(900) && early[0].early <= .seconds(1000))
      try ask(3)
      #expect(server.log.callsBeforeRetryAfter(grace: .seconds(100)).map(\.call.number) == [2])
      #expect(server.log.callsBeforeRetryAfter(grace: .zero).map(\.call.number) == [2, 3])
    }
  }

  /// On the connection of the reply, the client has certainly read it.
  @Test func theSameConnectionIsNotExcused() async throws {
    try await blocking {
      let server = try TestServer { _, attempt in attempt == 1 ? .rateLimited(.seconds(1000)) : .summary() }
      let client = try #require(RawClient(server.port))
      #expect(client.answer()?.status == 429)
      #expect(client.answer(openAIPath, "article-2") != nil)
      #expect(server.log.callsBeforeRetryAfter(grace: .seconds(100)).map(\.call.number) == [1])
    }
  }

  @Test func whoWaitsIsNotTooEarly() async throws {
    try await blocking {
      let server = try TestServer { _, attempt in attempt == 1 ? .rateLimited(.milliseconds(30)) : .summary() }
      let client = try #require(RawClient(server.port))
      #expect(client.answer()?.status == 429)
      let end = try #require(server.log.calls[0].retryAfter)
      while ContinuousClock.now < end { #expect(!client.readMore(within: 5)) }
      #expect(client.answer()?.status == 200)
      #expect(server.log.callsBeforeRetryAfter(grace: .zero).isEmpty)
    }
  }
}
