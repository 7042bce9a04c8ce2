import TestServer
import TestSupport
import Testing

@Suite struct ServerTests {
  @Test func attemptsAreCountedForEachArticleOverTheServersLife() async throws {
    try await blocking {
      let server = try TestServer { request, attempt in
        .reply(200, body: "\(request.marker ?? "none") \(attempt)")
      }
      func said(_ content: String) -> String? { RawClient(server.port)?.answer(openAIPath, content)?.text }
      #expect(said(#"{\"title\":\"article-7 of many\"}"#) == "article-7 1")
      #expect(said("article-8") == "article-8 1")
      #expect(said("no article-x, but article-7") == "article-7 2")
      #expect(said("nothing") == "none 1")
      server.pause()
      try server.resume()
      #expect(said("article-7") == "article-7 3")
      #expect(server.log.calls(about: "article-7").map(\.attempt) == [1, 2, 3])
      #expect(server.log.calls.map(\.request.articleNumber) == [7, 8, 7, nil, 7])
    }
  }

  @Test func requestsInEveryForm() async throws {
    try await blocking {
      let server = try TestServer { request, _ in .reply(200, body: request.text) }
      let client = try #require(RawClient(server.port))
      client.send("POST /x?y=1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")
      #expect(client.response()?.text == "abcde")
      client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
      while client.received.count < 25 { #expect(client.readMore()) }
      #expect(client.take() == "HTTP/1.1 100 Continue\r\n\r\n")
      client.send("hi")
      #expect(client.response()?.text == "hi")
      // Two at once, and one in pieces.
      client.send("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\nAuthorization: Bearer k-1\r\n\r\nGET /3 HT")
      #expect(client.response() != nil && client.response() != nil)
      client.send("TP/1.1\r\nx-API-key:  k-2 \r\n\r\n")
      #expect(client.response() != nil)
      #expect(server.log.calls.map(\.path) == ["/x", "/", "/1", "/2", "/3"])
      #expect(server.log.calls.map(\.request.key) == [nil, nil, nil, "k-1", "k-2"])
      client.send("no request\r\n\r\n")
      #expect(client.readAll().isEmpty && client.end == .closed)
    }
  }

  @Test func downAndUpAgain() async throws {
    try await blocking {
      let server = try TestServer { _, attempt in attempt == 1 ? .never : .summary() }
      let client = try #require(RawClient(server.port))
      client.ask()
      #expect(server.wait { $0.openCalls == 1 })
      server.pause()
      #expect(client.readAll().isEmpty && client.end == .closed)
      #expect(RawClient(server.port) == nil)
      #expect(server.connections == 0)
      try server.resume()
      #expect(RawClient(server.port)?.answer()?.status == 200)
      #expect(server.log.calls.map(\.ending) == [.cutOff, .answered])
    }
  }

  @Test func nothingIsLeftOfAServer() async throws {
    try await blocking {
      var clients: [RawClient] = []
      do {
        let server = try TestServer { request, _ in request.marker == "article-1" ? .never : .summary() }
        for number in 1...20 {
          clients.append(try #require(RawClient(server.port)))
          clients.last!.ask(openAIPath, "article-\(number % 2)")
        }
        #expect(server.wait { $0.openCalls == 10 && $0.calls.count == 20 })
      }
      for client in clients { _ = client.readAll() }
      #expect(clients.allSatisfy { $0.end != .open })
    }
  }

  @Test func aThousandConnectionsAtOnce() async throws {
    try await blocking {
      let gate = Gate()
      let server = try TestServer { _, _ in .summary().held(by: gate) }
      let clients = (0..<1000).compactMap { _ in RawClient(server.port) }
      try #require(clients.count == 1000, "the system allows too few descriptors")
      for (number, client) in clients.enumerated() { client.ask(openAIPath, "article-\(number)") }
      #expect(server.wait { $0.openCalls == 1000 })
      gate.open()
      #expect(clients.allSatisfy { $0.response()?.status == 200 })
      #expect(server.peakConcurrency == 1000 && server.connectionsAccepted == 1000)
    }
  }

  /// A client that gives up and asks anew is one call, not two, even before the server has noticed.
  @Test func aCallWhoseClientHasLeftIsNotOpen() async throws {
    try await blocking {
      let server = try TestServer { _, attempt in attempt <= 50 ? .never : .summary() }
      for number in 1...50 {
        let client = try #require(RawClient(server.port))
        client.ask()
        #expect(server.wait { $0.calls.count == number })
      }
      #expect(RawClient(server.port)?.answer()?.status == 200)
      #expect(server.peakConcurrency == 1)
      #expect(server.log.calls.dropLast().allSatisfy { $0.ending == .abandoned })
    }
  }

  @Test func aLimitOfItsOwn() async throws {
    try await blocking {
      let limit = RateLimit(callsPerSecond: 0.001, burst: 2, concurrent: 5)
      let server = try TestServer(limit: limit) { _, _ in .summary() }
      let client = try #require(RawClient(server.port))
      #expect(client.answer()?.status == 200 && client.answer()?.status == 200)
      let refused = try #require(client.answer())
      #expect(refused.status == 429)
      let wait = try #require(refused["retry-after"].flatMap { Double($0) })
      #expect(wait > 900 && wait <= 1000)
      #expect(server.violations == 1 && server.log.calls[2].reply == "429 of the limit")
      #expect(server.log.callsBeforeRetryAfter().isEmpty)
      _ = client.answer()
      #expect(server.log.callsBeforeRetryAfter().map(\.call.number) == [3])
    }
  }

  @Test func tooManyAtOnce() async throws {
    try await blocking {
      let server = try TestServer(limit: RateLimit(concurrent: 2)) { _, _ in .never }
      let clients = try (0..<3).map { _ in try #require(RawClient(server.port)) }
      for (number, client) in clients.enumerated() {
        client.ask()
        #expect(server.wait { $0.calls.count > number })
      }
      #expect(clients[2].response()?.status == 429)
      #expect(server.violations == 1 && server.peakConcurrency == 3)
    }
  }

  @Test func arrivalsInAStretchOfTime() async throws {
    try await blocking {
      let server = try TestServer { _, _ in .summary() }
      let client = try #require(RawClient(server.port))
      #expect(server.log.mostArrivals(within: .seconds(1)) == 0)
      for _ in 0..<3 { _ = client.answer() }
      #expect(server.log.mostArrivals(within: .seconds(100)) == 3)
      #expect(server.log.mostArrivals(within: .nanoseconds(1)) == 1)
    }
  }

  @Test func aDeafPortNeitherTakesNorRefuses() async throws {
    try await blocking {
      let deaf = try DeafPort()
      #expect(RawClient.connecting(to: deaf.port, within: 100) == nil)
    }
  }
}
