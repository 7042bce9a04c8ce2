import Basics
@testable import HTTPClient
import SystemIO
import TestSupport
import Testing

@Suite("connections", .needsLibcurl, .timeLimit(.minutes(20))) struct ConnectionTests {
  @Test func aConnectionIsUsedAgain() async throws {
    let transport = makeTransport()
    let server = try LocalServer { connection, request in connection.answer(request.body) }
    for number in 1...20 {
      #expect(try await transport.send(request(server.url, body: "\(number)")).text == "\(number)")
    }
    #expect(server.requests == 20)
    #expect(server.accepted == 1)
  }

  @Test func manyAreInFlightAtOnce() async throws {
    let count = 300
    let transport = makeTransport(connections: count)
    let gate = Gate()
    let server = try LocalServer { connection, request in
      gate.block()
      return connection.answer(request.body)
    }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 1...count {
        group.addTask {
          try await transport.send(request(server.url, body: "\(number)")).text == "\(number)"
        }
      }
      try await eventually("all requests at the server") { server.requests == count }
      gate.open()
      for try await isRight in group { #expect(isRight) }
    }
    #expect(server.accepted == count)
  }

  @Test func thereAreNeverMoreThanAllowed() async throws {
    let transport = makeTransport(connections: 5)
    let server = try LocalServer { connection, request in connection.answer(request.body) }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 1...300 {
        group.addTask { try await transport.send(request(server.url, body: "\(number)")).text == "\(number)" }
      }
      for try await isRight in group { #expect(isRight) }
    }
    #expect(server.requests == 300)
    #expect(server.accepted <= 5)
  }

  @Test func aKeptConnectionThatTheServerClosedIsReplaced() async throws {
    let transport = makeTransport()
    let server = try LocalServer { connection, request in
      connection.answer(request.body)
      return false
    }
    for number in 1...5 {
      #expect(try await transport.send(request(server.url, body: "\(number)")).text == "\(number)")
      try await eventually("the connection closed") { server.openConnections == 0 }
    }
    #expect(server.accepted == 5)
    #expect(server.requests == 5)
  }

  /// The server's close crosses the next request: nothing of an answer, on a connection that had been used before. However
  /// often: libcurl by itself gives up the sixth request of a handle that this happens to.
  @Test(.enabled(if: libcurl?.tellsOfRequests == true, "libcurl is older than 7.80"))
  func aRequestThatCrossesTheCloseOfItsConnectionIsNotLost() async throws {
    // On a machine that is too slow to show the close in time the loss is right, and shows nothing.
    for _ in 1...50 {
      let start = ContinuousClock.now
      do throws(HTTPClientError) {
        return try await crossTheCloseOfConnections()
      } catch {
        guard error.kind == .connectionLost, .now - start > CurlTransfer.staleConnectionShows else { throw error }
      }
    }
  }

  private func crossTheCloseOfConnections() async throws(HTTPClientError) {
    let transport = makeTransport()
    let server = try! LocalServer { connection in
      guard let request = connection.receive() else { return }
      connection.answer(request.body)
      _ = connection.receive()
    }
    for number in 1...14 {
      let answer = try await transport.send(request(server.url, body: "\(number)"))
      #expect(answer.text == "\(number)")
    }
    #expect(server.accepted == 14)
  }

  @Test(.enabled(if: libcurl?.tellsOfRequests == true, "libcurl is older than 7.80"))
  func aRequestThatWasWorkedOnIsNotSentAgain() async throws {
    let transport = makeTransport()
    let gate = Gate()
    let server = try LocalServer { connection, request in
      if request.body == Array("2".utf8) {
        gate.block()
        return false
      }
      return connection.answer(request.body)
    }
    _ = try await transport.send(request(server.url, body: "1"))
    async let failure = transport.failure(of: request(server.url, body: "2"))
    try await eventually("the request at the server") { server.requests == 2 }
    // Longer than a connection takes that was closed before the request came.
    try await poller.sleep(until: .now + CurlTransfer.staleConnectionShows + .milliseconds(100))
    gate.open()
    #expect(await failure?.kind == .connectionLost)
    #expect(server.requests == 2)
  }
}
