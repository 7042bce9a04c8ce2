import Basics
import SystemIO
import Testing

@testable import HTTPClient

@Suite("cancellation", .needsLibcurl, .timeLimit(.minutes(20))) struct CancellationTests {
  /// A server that never answers.
  private func silentServer() throws -> LocalServer {
    try LocalServer { connection in connection.waitForClose() }
  }

  @Test func aCancelledTaskEndsAtOnceAndClosesItsConnection() async throws {
    let transport = makeTransport()
    let server = try silentServer()
    let task = Task { await transport.failure(of: request(server.url)) }
    try await eventually("the request at the server") { server.requests == 1 }
    task.cancel()
    #expect(await task.value?.kind == .cancelled)
    try await eventually("the connection closed") { server.openConnections == 0 }
  }

  @Test func aTaskThatIsCancelledAlreadySendsNothing() async throws {
    let transport = makeTransport()
    let server = try silentServer()
    let failure = await Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await transport.failure(of: request(server.url))
    }.value
    #expect(failure?.kind == .cancelled)
    #expect(server.accepted == 0)
  }

  @Test func theSlotOfACancelledRequestIsFree() async throws {
    let transport = makeTransport(connections: 1)
    let silent = try silentServer()
    let server = try LocalServer { connection, _ in connection.answer("ok") }
    for _ in 1...3 {
      let requests = silent.requests
      let task = Task { await transport.failure(of: request(silent.url)) }
      try await eventually("the request at the server") { silent.requests > requests }
      task.cancel()
      #expect(await task.value?.kind == .cancelled)
      #expect(try await transport.send(request(server.url)).text == "ok")
    }
  }

  /// Some libcurls wait for the name when a request is removed, so that its handle is left to them until it comes.
  @Test(arguments: [true, false]) func cancellingWhileANameIsLookedUpHoldsNothingUp(canLeaveLookups: Bool) async throws
  {
    let library = try CurlLibrary(names: CurlLibrary.systemNames, canLeaveLookups: canLeaveLookups)
    let transport = try HTTPClient(
      poller: poller, maximumConnections: 10, library: library, authorities: CertificateAuthorities())
    let server = try LocalServer { connection, _ in connection.answer("ok") }
    let tasks = (1...5).map { _ in Task { await transport.failure(of: request("http://no-such-host.invalid/")) } }
    // Two rounds of the poller: the requests have begun.
    for _ in 1...2 { await withCheckedContinuation { continuation in poller.perform { continuation.resume() } } }
    for task in tasks { task.cancel() }
    for task in tasks {
      let kind = await task.value?.kind
      #expect(kind == .cancelled || kind == .nameNotResolved)
    }
    #expect(try await transport.send(request(server.url)).text == "ok")
  }

  @Test func aRaceOfAnswersAndCancellationEndsEveryRequest() async throws {
    let transport = makeTransport(connections: 20)
    let server = try LocalServer { connection, _ in connection.answer("ok") }
    await withTaskGroup(of: HTTPClientError?.self) { group in
      for round in 0..<300 {
        let task = Task { await transport.failure(of: request(server.url)) }
        group.addTask {
          try? await poller.sleep(until: .now + .microseconds(round * 37 % 2000))
          task.cancel()
          return await task.value
        }
      }
      for await failure in group { #expect(failure == nil || failure?.kind == .cancelled, "\(failure!)") }
    }
    #expect(try await transport.send(request(server.url)).text == "ok")
  }

  @Test func shuttingDownEndsWhatIsInFlight() async throws {
    let transport = makeTransport()
    let server = try silentServer()
    let tasks = (1...10).map { _ in Task { await transport.failure(of: request(server.url)) } }
    try await eventually("the requests at the server") { server.requests == 10 }
    transport.shutDown()
    for task in tasks { #expect(await task.value?.kind == .cancelled) }
    try await eventually("the connections closed") { server.openConnections == 0 }
    #expect(await transport.failure(of: request(server.url))?.kind == .cancelled, "and what is sent later")
    transport.shutDown()
  }

  @Test func idleConnectionsAreClosedWithTheTransport() async throws {
    let server = try LocalServer { connection, _ in connection.answer("ok") }
    var transport: HTTPClient? = makeTransport()
    #expect(try await transport?.send(request(server.url)).text == "ok")
    #expect(server.openConnections == 1)
    transport = nil
    try await eventually("the connection closed") { server.openConnections == 0 }
  }
}
