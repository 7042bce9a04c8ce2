import BoundedConcurrency
import HTTPClient
import TestSupport
import Testing

@Suite("answers", .needsLibcurl, .timeLimit(.minutes(20))) struct AnswerTests {
  private let transport = makeTransport()

  @Test func statusHeadersAndBodyComeAsTheyWereSent() async throws {
    let server = try LocalServer { connection, request in
      connection.answer(
        request.body.reversed(), status: "429 Too Many",
        headers: ["Retry-After: 7", "x-ratelimit-reset-requests:  1s\t", "retry-after: 8"])
    }
    let response = try await transport.send(request(server.url, body: "abc"))
    #expect(response.status == 429)
    #expect(response.text == "cba")
    #expect(response.headers["retry-after"] == "8", "the last of repeated ones")
    #expect(response.headers["X-RateLimit-Reset-Requests"] == "1s")
    #expect(response.headers["x-request-id"] == nil)
  }

  @Test func theRequestArrivesAsItWasGiven() async throws {
    let server = try LocalServer { connection, request in connection.answer(request.head) }
    var call = request(server.url + "?a=b", body: "{}")
    call.headers = [("Authorization", "Bearer k"), ("X-Empty", "")]
    let lines = try await transport.send(call).text.split(separator: "\r\n").map(String.init)
    #expect(lines.first == "POST /v1/x?a=b HTTP/1.1")
    #expect(lines.contains("Host: 127.0.0.1:\(server.port)"))
    #expect(lines.contains("Authorization: Bearer k"))
    #expect(lines.contains("X-Empty:"))
    #expect(lines.contains("Content-Length: 2"))
    #expect(lines.contains { $0.hasPrefix("Accept-Encoding: ") && $0.contains("gzip") })
    #expect(!lines.contains { $0.lowercased().hasPrefix("expect") || $0.lowercased().hasPrefix("content-type") })
  }

  @Test(arguments: [0, 1, 70_000, 3_000_000]) func aBodyOfAnySizeGoesThereAndBack(size: Int) async throws {
    let server = try LocalServer { connection, request in connection.answer(request.body) }
    let body = String(repeating: "0123456789", count: size / 10 + 1).prefix(size)
    let response = try await transport.send(request(server.url, body: String(body)))
    #expect(response.status == 200)
    #expect(response.body == Array(body.utf8))
  }

  @Test func eachAnswerIsItsOwn() async throws {
    let server = try LocalServer { connection, request in
      connection.answer(request.body, headers: request.body.count > 1 ? ["X-Long: yes"] : [])
    }
    for text in ["12345", "", "1"] {
      let response = try await transport.send(request(server.url, body: text))
      #expect(response.text == text)
      #expect(response.headers["x-long"] == (text.count > 1 ? "yes" : nil))
    }
  }

  @Test func chunksAreJoinedAndTrailersChangeNothing() async throws {
    let server = try LocalServer { connection, _ in
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: 1\r\n\r\n3\r\nabc\r\n2\r\nde\r\n")
      return connection.send("0\r\nX-A: 2\r\n\r\n")
    }
    let response = try await transport.send(request(server.url))
    #expect(response.text == "abcde")
    #expect(response.headers["x-a"] == "1")
  }

  @Test func compressedAnswersAreDecompressed() async throws {
    // "hello, hello, hello" by gzip.
    let compressed: [UInt8] = [
      31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 203, 72, 205, 201, 201, 215, 81, 200, 64, 162, 0, 159, 161, 202, 9, 19, 0, 0,
      0,
    ]
    let server = try LocalServer { connection, _ in
      connection.answer(compressed, headers: ["Content-Encoding: gzip"])
    }
    #expect(try await transport.send(request(server.url)).text == "hello, hello, hello")
  }

  /// Such headers come from servers that mean the charset, and from proxies that have decompressed the body.
  @Test(arguments: ["utf-8", "UTF8", "gzip", "deflate", "charset=utf-8, json"])
  func aBodyThatIsNotWhatItsEncodingSaysIsPassedOn(encoding: String) async throws {
    let transport = makeTransport()
    let server = try LocalServer { connection, request in
      connection.answer(request.body, headers: ["content-Encoding: \(encoding)"])
    }
    for number in 1...3 {
      #expect(try await transport.send(request(server.url, body: "plain \(number)")).text == "plain \(number)")
    }
    #expect(server.requests <= 4)
  }

  @Test func transfersBesideTheFirstWhoseEncodingIsWrongAreBegunAnewAsWell() async throws {
    let transport = makeTransport()
    let gate = Gate()
    let arrived = Lock(0)
    let server = try LocalServer { connection, request in
      let isLast = arrived.withLock { count in
        count += 1
        return count == 3
      }
      if isLast { gate.open() }
      gate.block()
      return connection.answer(request.body, headers: ["Content-Encoding: gzip"])
    }
    let texts = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 1...3 {
        group.addTask { try await transport.send(request(server.url, body: "plain \(number)")).text }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(texts == ["plain 1", "plain 2", "plain 3"])
  }

  @Test func interimAnswersAreNotTheAnswer() async throws {
    let server = try LocalServer { connection, _ in
      connection.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
      return connection.answer("done")
    }
    let response = try await transport.send(request(server.url))
    #expect(response.status == 200)
    #expect(response.text == "done")
    #expect(response.headers["link"] == nil)
  }

  @Test func redirectsAreNotFollowed() async throws {
    let other = try LocalServer { connection, _ in connection.answer("followed") }
    let server = try LocalServer { connection, _ in
      connection.answer("", status: "302 Found", headers: ["Location: \(other.url)"])
    }
    let response = try await transport.send(request(server.url))
    #expect(response.status == 302)
    #expect(response.headers["location"] == other.url)
    #expect(other.accepted == 0)
  }

  @Test func anAnswerWithoutALengthEndsWithItsConnection() async throws {
    let server = try LocalServer { connection, _ in
      connection.send("HTTP/1.1 200 OK\r\n\r\nall of it")
      return false
    }
    #expect(try await transport.send(request(server.url)).text == "all of it")
  }
}
