import BoundedConcurrency
import SystemIO
import TestSupport
import Testing

@testable import HTTPClient

/// What a connection is good for after its first answer.
@Suite("kept connections", .needsLibcurl, .timeLimit(.minutes(20))) struct KeptConnectionTests {
  /// What a server may write on a connection that waits: an answer that nobody asked for.
  static let unsolicited = [
    "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nnobody",
    "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "HTTP/1.1 408 Request Time-out\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "\r\n",
  ]

  @Test(.enabled(if: libcurl?.tellsOfRequests == true, "libcurl is older than 7.80"), arguments: unsolicited)
  func anAnswerThatWaitsBeforeTheRequestIsNotItsAnswer(bytes: String) async throws {
    let transport = makeTransport()
    let sent = Lock(0)
    let gates = (1...5).map { _ in Gate() }
    let server = try LocalServer { connection, request in
      connection.answer(request.body)
      gates[Int(request.body[0] - UInt8(ascii: "1"))].block()
      connection.send(bytes)
      sent.withLock { $0 += 1 }
      return true
    }
    for number in 1...5 {
      #expect(try await transport.send(request(server.url, body: "\(number)")).text == "\(number)")
      gates[number - 1].open()
      // What is sent to this host has arrived when the call returns.
      try await eventually("the unsolicited answer") { sent.withLock { $0 } == number }
    }
    #expect(server.accepted == 5)
    #expect(server.requests == 5)
  }

  /// Bytes behind an answer that come with it.
  @Test(
    .enabled(if: libcurl?.tellsOfRequests == true, "libcurl is older than 7.80"),
    arguments: [
      "Transfer-Encoding: chunked\r\n\r\n3\r\nown\r\n0\r\n\r\n", "Content-Length: 3\r\n\r\nown",
      "Content-Length: 0\r\n\r\n",
    ], unsolicited)
  func aConnectionIsNotUsedAgainAfterBytesBeyondItsAnswer(answer: String, more: String) async throws {
    let transport = makeTransport()
    let server = try LocalServer { connection, _ in connection.send("HTTP/1.1 200 OK\r\n\(answer)\(more)") }
    for _ in 1...3 {
      #expect(try await transport.send(request(server.url)).text == (answer.contains("own") ? "own" : ""))
    }
    #expect(server.accepted == 3)
    #expect(server.requests == 3)
  }

  @Test(arguments: ["500 Oops", "502 Bad Gateway", "503 Loading", "529 Overloaded", "408 Request Time-out"])
  func aConnectionIsNotUsedAgainAfterAnAnswerOfAServerInTrouble(status: String) async throws {
    let transport = makeTransport()
    let server = try LocalServer { connection, request in connection.answer(request.body, status: status) }
    for number in 1...3 {
      #expect(try await transport.send(request(server.url, body: "\(number)")).text == "\(number)")
    }
    #expect(server.accepted == 3)
    try await eventually("the connections closed") { server.openConnections == 0 }
  }

  @Test(arguments: ["200 OK", "429 Too Many Requests", "404 Not Found", "400 Bad Request"])
  func itIsAfterAnyOther(status: String) async throws {
    let transport = makeTransport()
    let isInTrouble = Lock(true)
    let server = try LocalServer { connection, request in
      let first = isInTrouble.withLock { isInTrouble in
        defer { isInTrouble = false }
        return isInTrouble
      }
      return connection.answer(request.body, status: first ? "503 Loading" : status)
    }
    for number in 1...5 {
      #expect(try await transport.send(request(server.url, body: "\(number)")).text == "\(number)")
    }
    // The handle of the first request carries the others as well.
    #expect(server.accepted == 2)
  }

  @Test func requestsThatShareAConnectionTableAreToldApartByPort() {
    var table = ConnectionTable()
    let ports: [Int32: Int] = [5: 1000, 6: 1001, 7: 1000]
    table.opened(5)
    #expect(table.connections(onPort: 1000, portOf: { _ in 0 }).isEmpty)
    #expect(table.connections(onPort: 1000, portOf: { ports[$0]! }).map(\.descriptor) == [5])
    table.opened(6)
    table.opened(7)
    #expect(table.connections(onPort: 1001, portOf: { ports[$0]! }).map(\.descriptor) == [6])
    let both = table.connections(onPort: 1000, portOf: { ports[$0]! })
    #expect(both.map(\.descriptor) == [5, 7])
    #expect(both[0].id != both[1].id)
    table.note(.http1, on: both[0])
    #expect(table.connections(onPort: 1000).map(\.version) == [.http1, nil])
    #expect(table.closed(5)?.id == both[0].id)
    #expect(!table.isOpen(both[0]) && table.isOpen(both[1]))
    // Another connection with the number of the first.
    table.opened(5)
    #expect(!table.isOpen(both[0]))
    table.note(.http2, on: both[0])
    #expect(table.connections(onPort: 1000, portOf: { ports[$0]! }).map(\.version) == [nil, nil])
  }
}
