import HTTPClient
import Testing
import TestSupport

@Suite("failures", .needsLibcurl, .timeLimit(.minutes(20))) struct FailureTests {
  private let transport = makeTransport()

  private func failure(
    _ serve: @escaping @Sendable (Connection) -> Void, size: Int = 8 << 20
  ) async throws -> HTTPClientError? {
    let server = try LocalServer { connection in
      _ = connection.receive()
      serve(connection)
    }
    var call = request(server.url)
    call.maximumResponseSize = size
    let failure = await transport.failure(of: call)
    // A connection that no longer serves is not kept.
    try await eventually("the connection closed") { server.openConnections == 0 }
    #expect(failure?.message.contains("127.0.0.1:\(server.port)") ?? true, "\(failure!.message)")
    return failure
  }

  @Test func aPortWithoutAServer() async throws {
    let failure = try await LocalServer.withUnusedPort { port in
      await transport.failure(of: request("http://user:pass@127.0.0.1:\(port)/"))
    }
    #expect(failure?.kind == .connectionRefused)
    #expect(failure?.message.contains("127.0.0.1:") == true)
    #expect(failure?.message.contains("pass") == false)
  }

  @Test func aNameThatDoesNotExist() async {
    // Without any answer about names, the time to connect ends the wait.
    var call = request("http://no-such-host.invalid:8080/v1")
    call.connectTimeout = .seconds(2)
    let failure = await transport.failure(of: call)
    #expect(failure?.kind == .nameNotResolved || failure?.kind == .connectionFailed)
    #expect(failure?.message.contains("no-such-host.invalid:8080") == true)
  }

  @Test func halfABody() async throws {
    let failure = try await failure { $0.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf") }
    #expect(failure?.kind == .connectionLost)
  }

  @Test func halfAHead() async throws {
    #expect(try await failure { $0.send("HTTP/1.1 200 OK\r\nContent-Le") }?.kind == .connectionLost)
  }

  @Test func closeAtOnce() async throws {
    #expect(try await failure { _ in }?.kind == .connectionLost)
  }

  @Test func closeBeforeTheRequestIsRead() async throws {
    let server = try LocalServer { (_: Connection) in }
    #expect(await transport.failure(of: request(server.url))?.kind == .connectionLost)
  }

  @Test func garbage() async throws {
    #expect(try await failure { $0.send("\u{1}\u{2} this is not the protocol\r\n\r\n") }?.kind == .connectionLost)
  }

  @Test func aLengthThatIsTooLargeIsRefusedBeforeTheBody() async throws {
    let failure = try await failure(
      { connection in
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n")
        connection.waitForClose()
      }, size: 1000)
    #expect(failure?.kind == .tooLarge)
  }

  @Test func aBodyWithoutLengthThatIsTooLarge() async throws {
    let failure = try await failure(
      { connection in
        connection.send("HTTP/1.1 200 OK\r\n\r\n")
        while connection.send(String(repeating: "x", count: 1000)) {}
      }, size: 1_000_000)
    #expect(failure?.kind == .tooLarge)
  }

  /// What an error says at its end does not matter; that it is one does.
  @Test(arguments: ["Content-Length: 1000000\r\n", ""])
  func anErrorThatIsTooLargeIsOneAllTheSame(length: String)
    async throws
  {
    let server = try LocalServer { connection in
      _ = connection.receive()
      connection.send("HTTP/1.1 401 Unauthorized\r\n\(length)\r\n")
      while connection.send(String(repeating: "x", count: 1000)) {}
    }
    var call = request(server.url)
    call.maximumResponseSize = 10_000
    let response = try await transport.send(call)
    #expect(response.status == 401 && response.body.count <= 10_000)
    #expect(response.body.allSatisfy { $0 == UInt8(ascii: "x") })
  }

  @Test func ofALongErrorTheBeginningIsRead() async throws {
    let server = try LocalServer { connection, _ in
      connection.answer(String(repeating: "x", count: 8 << 20), status: "500 Oops")
    }
    let response = try await transport.send(request(server.url))
    #expect(response.status == 500 && (60_000...65_536).contains(response.body.count))
  }

  @Test func theLargestBodyThatIsAllowed() async throws {
    let server = try LocalServer { connection, request in connection.answer(request.body) }
    var call = request(server.url, body: String(repeating: "x", count: 1000))
    call.maximumResponseSize = 1000
    #expect(try await transport.send(call).body.count == 1000)
  }

  @Test func headersWithoutEnd() async throws {
    let failure = try await failure { connection in
      connection.send("HTTP/1.1 200 OK\r\n")
      while connection.send("X-Long: \(String(repeating: "x", count: 1000))\r\n") {}
    }
    #expect(failure?.kind == .tooLarge)
    #expect(failure?.message.contains("the headers") == true && failure?.message.contains("65536 bytes") == true)
  }

  @Test(arguments: [
    "", "127.0.0.1", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http://a b/", "http://a:x/",
    "http://a/\r\nX: y",
  ])
  func urlsThatAreNone(url: String) async {
    #expect(await transport.failure(of: request(url))?.kind == .invalidURL)
  }

  @Test(arguments: [("X-A", "secret\r\nX-B: 1"), ("X-A\r\nX-B", "secret"), ("", "secret"), ("X:A", "secret")])
  func headersThatWouldBeSeveral(name: String, value: String) async throws {
    let server = try LocalServer { connection, _ in connection.answer("") }
    var call = request(server.url)
    call.headers = [(name, value)]
    let failure = await transport.failure(of: call)
    #expect(failure?.kind == .other)
    #expect(failure?.message.contains("secret") == false)
    #expect(server.accepted == 0)
  }
}
