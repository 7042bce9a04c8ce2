import BoundedConcurrency
import SystemIO
import TestServer
import TestSupport
import Testing

@testable import HTTPClient

/// Many requests on one connection.
@Suite(
  "HTTP/2", .needsLibcurl, .enabled(if: TestServer.tlsIsAvailable, "libssl is not installed"),
  .enabled(if: libcurl?.tellsOfRequests == true, "libcurl is older than 7.80"), .timeLimit(.minutes(20)))
struct HTTP2Tests {
  private func transport() throws -> HTTPClient {
    try HTTPClient(
      poller: poller, maximumConnections: 10, library: CurlLibrary.shared.get(),
      authorities: CertificateAuthorities { ["SSL_CERT_FILE": TestServer.caFile][$0] })
  }

  /// Sends so many requests at once, each with its number.
  private func answers(
    to count: Int, at url: String, through transport: HTTPClient
  ) async -> [Int: Result<String, HTTPClientError>] {
    await withTaskGroup(of: (Int, Result<String, HTTPClientError>).self) { group in
      for number in 1...count {
        group.addTask {
          do throws(HTTPClientError) {
            return (number, .success(try await transport.send(request(url, body: "\(number)")).text))
          } catch {
            return (number, .failure(error))
          }
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
  }

  private func expectOwnAnswers(_ answers: [Int: Result<String, HTTPClientError>]) {
    for (number, answer) in answers { #expect(answer == .success("\(number)")) }
  }

  @Test func requestsShareAConnection() async throws {
    let accepted = Lock(0)
    let server = try HTTP2Server { connection, number in
      accepted.withLock { $0 = number }
      while let request = connection.receive() { connection.answer(request.stream, request.body) }
    }
    let transport = try transport()
    for _ in 1...3 { expectOwnAnswers(await answers(to: 20, at: server.url, through: transport)) }
    #expect(accepted.withLock { $0 } == 1)
  }

  /// A connection that is lost with twenty requests on it.
  @Test(arguments: [false, true]) func aLostConnectionIsTheSameInEveryFailure(isReset: Bool) async throws {
    let server = try HTTP2Server { connection, number in
      var streams: [UInt32] = []
      while streams.count < 20, let request = connection.receive() { streams.append(request.stream) }
      // Late enough for none of them to be taken for one that crossed the close.
      pause(for: CurlTransfer.staleConnectionShows + .milliseconds(100))
      if isReset { connection.resetOnClose() }
    }
    let transport = try transport()
    let failures = await answers(to: 20, at: server.url, through: transport).values.map { answer in
      if case .failure(let error) = answer { error } else { HTTPClientError(.other, "answered") }
    }
    #expect(failures.allSatisfy { $0.kind == .connectionLost }, "\(failures)")
    #expect(Set(failures.map(\.connection)).count == 1)
    #expect(failures[0].connection != nil)
  }

  /// The server takes three requests a connection, says so, and has looked at no more.
  @Test func whatIsBeyondTheLastStreamIsSentAgain() async throws {
    let asked = Lock<[String]>([])
    let server = try HTTP2Server { connection, _ in
      var count = 0
      var last = UInt32.max
      while let request = connection.receive() {
        // Of streams that began earlier the bodies may come later.
        guard request.stream <= last else { continue }
        count += 1
        asked.withLock { $0.append(String(decoding: request.body, as: UTF8.self)) }
        if count == 3 {
          last = request.stream
          connection.goAway(last: last)
        }
        connection.answer(request.stream, request.body)
      }
    }
    let transport = try transport()
    expectOwnAnswers(await answers(to: 60, at: server.url, through: transport))
    #expect(asked.withLock { $0.sorted() } == (1...60).map(String.init).sorted(), "nothing is asked twice")
  }

  /// Also where the server says it late, because it works on what came before.
  @Test func aStreamThatIsRefusedLateIsSentAgain() async throws {
    let asked = Lock(0)
    let answeredElsewhere = Gate()
    let server = try HTTP2Server { connection, number in
      var streams: [HTTP2Connection.Request] = []
      while let request = connection.receive() {
        asked.withLock { $0 += 1 }
        streams.append(request)
        if number > 1 {
          connection.answer(request.stream, request.body)
          answeredElsewhere.open()
        } else if streams.count == 2 {
          pause(for: CurlTransfer.staleConnectionShows + .milliseconds(100))
          connection.refuse(request.stream)
          // The other is in work until the refused one has been answered elsewhere.
          answeredElsewhere.block()
          connection.answer(streams[0].stream, streams[0].body)
        }
      }
    }
    let transport = try transport()
    expectOwnAnswers(await answers(to: 2, at: server.url, through: transport))
    #expect(asked.withLock { $0 } == 3)
  }

  @Test func aServerThatRefusesEveryStreamHasFailed() async throws {
    let server = try HTTP2Server { connection, _ in
      while let request = connection.receive() { connection.refuse(request.stream) }
    }
    let failure = try await transport().failure(of: request(server.url))
    #expect(failure?.kind == .connectionLost)
    #expect(failure?.message.contains("refused") == true)
  }

  @Test func aStreamThatFailsIsNotSentAgain() async throws {
    let requests = Lock(0)
    let server = try HTTP2Server { connection, _ in
      while let request = connection.receive() {
        requests.withLock { $0 += 1 }
        connection.reset(request.stream)
      }
    }
    #expect(try await transport().failure(of: request(server.url))?.kind == .connectionLost)
    #expect(requests.withLock { $0 } == 1)
  }
}
