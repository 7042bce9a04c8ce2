import TestServer
import TestSupport
import Testing

/// What goes over the wire is what the script said, byte for byte.
@Suite struct DeliveryTests {
  /// Asks once and shows everything up to the end of the connection.
  private static func bytes(_ reply: Reply) async throws -> (text: String, end: RawClient.End, log: CallLog) {
    try await blocking {
      let server = try TestServer { _, _ in reply }
      let client = try #require(RawClient(server.port))
      client.ask()
      let text = client.readAll()
      return (text, client.end, server.log)
    }
  }

  private static let small = Reply.reply(200, headers: ["X-Mark": "1"], body: "hello")
  private static let head = "HTTP/1.1 200 OK\r\nX-Mark: 1\r\nContent-Length: 5\r\n\r\n"

  @Test func aReplyAsItIsGiven() async throws {
    try await blocking {
      let server = try TestServer { _, _ in Self.small }
      let client = try #require(RawClient(server.port))
      for _ in 0..<2 {
        let reply = try #require(client.answer())
        #expect(reply.status == 200 && reply["x-mark"] == "1" && reply.text == "hello")
      }
      #expect(server.connectionsAccepted == 1)
    }
  }

  @Test func theLastOfAConnection() async throws {
    let (text, end, _) = try await Self.bytes(Self.small.closingConnection())
    #expect(text == "HTTP/1.1 200 OK\r\nX-Mark: 1\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello")
    #expect(end == .closed)
  }

  @Test func dropByDrop() async throws {
    let reply = Self.small.dripping(bytes: 7, every: .milliseconds(1)).closingConnection()
    let (text, end, _) = try await Self.bytes(reply)
    #expect(text.hasSuffix("\r\n\r\nhello") && end == .closed)
  }

  @Test func inChunks() async throws {
    let (text, _, _) = try await Self.bytes(Self.small.chunked(bytes: 3).closingConnection())
    #expect(text.hasSuffix("Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"), "\(text)")
  }

  @Test func halfABody() async throws {
    let (text, end, log) = try await Self.bytes(Self.small.cutInHalf())
    #expect(text == Self.head + "he" && end == .closed)
    #expect(log.calls[0].reply == "200 cut in half" && log.calls[0].ending == .answered)
  }

  @Test func noByteAtAll() async throws {
    let (text, end, _) = try await Self.bytes(.close)
    #expect(text.isEmpty && end == .closed)
    let (nothing, reset, _) = try await Self.bytes(.reset)
    #expect(nothing.isEmpty && reset == .reset)
  }

  @Test func whatIsNoHTTP() async throws {
    let (text, end, _) = try await Self.bytes(.garbage)
    #expect(text.utf8.count >= 200 && !text.hasPrefix("HTTP") && end == .closed)
    #expect(try await Self.bytes(.raw("HTTP/1.1 abc\r\n\r\n")).text == "HTTP/1.1 abc\r\n\r\n")
  }

  @Test func aHugeBody() async throws {
    let (text, end, _) = try await Self.bytes(.huge(1_000_000, declared: false))
    #expect(end == .closed)
    let body = try #require(text.firstRange(of: "\r\n\r\n").map { text[$0.upperBound...] })
    #expect(body.utf8.count > 1_000_000 && body.utf8.prefix(1_000_000).allSatisfy { $0 == 0x20 })
    #expect(body.hasSuffix("}") && !text.lowercased().contains("content-length"))

    try await blocking {
      let server = try TestServer { _, _ in .huge(100_000) }
      let client = try #require(RawClient(server.port))
      #expect(try #require(client.answer()).text.utf8.count > 100_000)
    }
  }

  @Test func gzip() async throws {
    try await blocking {
      let server = try TestServer { _, _ in Self.small.gzipped() }
      let client = try #require(RawClient(server.port))
      let reply = try #require(client.answer())
      #expect(reply["content-encoding"] == "gzip")
      // Header, one stored block, CRC-32 of "hello" and its length, all little-endian.
      let expected: [UInt8] =
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1, 5, 0, 0xFA, 0xFF] + Array("hello".utf8)
        + [0x86, 0xA6, 0x10, 0x36, 5, 0, 0, 0]
      #expect(reply.body == expected)
    }
  }

  @Test func silenceUntilTheServerStops() async throws {
    try await blocking {
      let server = try TestServer { request, _ in request.marker == "article-1" ? .never : Self.small.stallingInHalf() }
      let silent = try #require(RawClient(server.port))
      let stalled = try #require(RawClient(server.port))
      silent.ask()
      stalled.ask(content: 2)
      while stalled.received.count < Self.head.utf8.count + 2 { #expect(stalled.readMore()) }
      #expect(stalled.take() == Self.head + "he" && stalled.end == .open)
      #expect(server.wait { $0.openCalls == 2 })
      #expect(server.stop())
      #expect(silent.readAll().isEmpty && silent.end == .closed)
      #expect(server.log.calls.allSatisfy { $0.ending == .cutOff })
    }
  }

  @Test func aDelayAndAGate() async throws {
    try await blocking {
      let gate = Gate()
      let server = try TestServer { request, attempt in
        attempt == 1 ? Self.small.after(.milliseconds(50)) : Self.small.held(by: gate)
      }
      let client = try #require(RawClient(server.port))
      #expect(client.answer() != nil)
      let call = server.log.calls[0]
      #expect(try #require(call.ended) - call.arrived >= .milliseconds(50))
      client.ask()
      #expect(!client.readMore(within: 50))
      gate.open()
      #expect(client.response()?.text == "hello")
      #expect(client.answer()?.text == "hello")
    }
  }

  @Test func connectionsThatEndBeforeAWord() async throws {
    try await blocking {
      let fates: [ConnectionFate] = [.close, .reset, .ignore, .serve]
      let server = try TestServer(connections: { fates[$0 - 1] }) { _, _ in Self.small }
      let clients = try fates.map { _ in try #require(RawClient(server.port)) }
      #expect(clients[0].readAll().isEmpty && clients[0].end == .closed)
      #expect(clients[1].readAll().isEmpty && clients[1].end == .reset)
      clients[2].ask()
      #expect(!clients[2].readMore(within: 50) && clients[2].end == .open)
      #expect(clients[3].answer()?.text == "hello")
      #expect(server.log.calls.count == 1)
    }
  }
}

extension RawClient {
  fileprivate func ask(content number: Int) { ask(openAIPath, "article-\(number)") }
}
