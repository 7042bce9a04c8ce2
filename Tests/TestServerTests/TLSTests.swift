import TestServer
import TestSupport
import Testing

/// Encrypted connections, seen by curl, which is not ours.
@Suite(
  .enabled(if: TestServer.tlsIsAvailable, "libssl is missing"),
  .enabled(if: curl(["--version"]).status == 0, "curl is missing"))
struct TLSTests {
  @Test func aWholeReply() async throws {
    try await blocking {
      let server = try TestServer(tls: .good) { _, _ in .huge(300_000) }
      for host in ["127.0.0.1", "localhost"] {
        let url = "https://\(host):\(server.port)\(openAIPath)"
        let (status, output) = curl(["--cacert", TestServer.caFile, "-d", "article-1", url, url])
        #expect(status == 0 && output.utf8.count > 600_000)
      }
      #expect(server.log.calls.map(\.attempt) == [1, 2, 3, 4])
      #expect(server.connectionsAccepted == 2)
    }
  }

  @Test func whoIsNotTrusted() async throws {
    try await blocking {
      for (certificate, arguments) in [
        (Certificate.expired, ["--cacert", TestServer.caFile]), (.otherHost, ["--cacert", TestServer.caFile]),
        (.good, []),
      ] {
        let server = try TestServer(tls: certificate) { _, _ in .summary() }
        // 60: the certificate cannot be verified.
        #expect(curl(arguments + ["\(server.url)/"]).status == 60, "\(certificate)")
        #expect(server.log.calls.isEmpty)
      }
    }
  }

  @Test func brokenOff() async throws {
    try await blocking {
      let replies: [Reply] = [.summary().cutInHalf(), .close, .reset]
      let server = try TestServer(tls: .good) { _, attempt in replies[attempt - 1] }
      for _ in replies {
        #expect(![0, 60].contains(curl(["--cacert", TestServer.caFile, "-d", "article-1", "\(server.url)/"]).status))
      }
      #expect(server.log.calls.count == 3)
    }
  }

  @Test func aClientThatNeverShakesHandsDoesNotHoldUpTheEnd() async throws {
    try await blocking {
      let server = try TestServer(tls: .good) { _, _ in .summary() }
      let client = try #require(RawClient(server.port))
      client.send("\u{16}\u{3}")
      while server.connections == 0 { #expect(!client.readMore(within: 1)) }
      #expect(server.stop() && server.connections == 0)
    }
  }
}
