@testable import SystemIO
import Testing

@testable import HTTPTransport

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Against `openssl s_server` with a certificate made for the test, for 127.0.0.1 only.
@Suite("TLS", .needsLibcurl, .enabled(if: Certificate.shared != nil, "openssl is missing"), .timeLimit(.minutes(1)))
struct TLSTests {
  private let server: TLSServer

  init() async throws {
    server = try await TLSServer(Certificate.shared!)
  }

  private func transport(_ variables: [String: String]) throws -> HTTPTransport {
    try HTTPTransport(
      poller: poller, maximumConnections: 10, library: CurlLibrary.shared.get(),
      authorities: CertificateAuthorities { variables[$0] })
  }

  @Test func aCertificateThatNobodyVouchesForIsNotTrusted() async throws {
    let failure = try await transport([:]).failure(of: request(server.url))
    #expect(failure?.kind == .untrusted)
    #expect(failure?.message.contains("127.0.0.1:\(server.port)") == true)
  }

  @Test(arguments: ["CURL_CA_BUNDLE", "SSL_CERT_FILE"])
  func aCertificateThatTheUserVouchesForIs(variable: String) async throws {
    let response = try await transport([variable: Certificate.shared!.path]).send(request(server.url))
    #expect(response.status == 200)
    #expect(response.text == "secret")
  }

  @Test func aCertificateForAnotherNameIsNotTrusted() async throws {
    let transport = try transport(["SSL_CERT_FILE": Certificate.shared!.path])
    #expect(await transport.failure(of: request("https://localhost:\(server.port)/"))?.kind == .untrusted)
  }

  @Test func authoritiesThatCannotBeReadAreToldAsSuch() async throws {
    let failure = try await transport(["SSL_CERT_FILE": "/nowhere/ca.pem"]).failure(of: request(server.url))
    #expect(failure?.kind == .untrusted)
    #expect(failure?.message.contains("/nowhere/ca.pem") == true)
  }

  @Test func aServerThatDoesNotSpeakTLS() async throws {
    let plain = try LocalServer { connection in connection.send("HTTP/1.1 400 Bad Request\r\n\r\n") }
    let failure = await makeTransport().failure(of: request("https://127.0.0.1:\(plain.port)/"))
    #expect(failure?.kind == .connectionFailed)
  }
}

struct Certificate {
  let path: String
  let keyPath: String

  static let shared = Certificate()

  private init?() {
    let name = "/tmp/summarize-tests-\(getpid())"
    (path, keyPath) = ("\(name).pem", "\(name).key")
    let words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
    let tool = try? Tool(
      ["openssl"] + words.split(separator: " ").map(String.init) + ["-out", path, "-keyout", keyPath])
    guard let tool, tool.waitForEnd() == 0 else { return nil }
    atexit {
      unlink(Certificate.shared!.path)
      unlink(Certificate.shared!.keyPath)
    }
  }
}

/// Answers one request of each connection, one connection at a time.
final class TLSServer: Sendable {
  let port: UInt16
  private let tool: Tool

  var url: String { "https://127.0.0.1:\(port)/" }

  init(_ certificate: Certificate) async throws {
    port = try LocalServer.unusedPort()
    tool = try Tool([
      "openssl", "s_server", "-quiet", "-accept", "127.0.0.1:\(port)", "-cert", certificate.path, "-key",
      certificate.keyPath,
    ])
    try SystemThread.start { [tool] in
      // What is decrypted comes out of the tool, what goes in is encrypted.
      var received = ""
      while let bytes = try? tool.output.read(upTo: 65_536), !bytes.isEmpty {
        received += String(decoding: bytes, as: UTF8.self)
        guard received.contains("\r\n\r\n{}") else { continue }
        received = ""
        try? tool.input.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret")
      }
    }
    let plain = makeTransport()
    // Until it listens.
    while await plain.failure(of: request(url))?.kind == .connectionRefused {
      try await poller.sleep(until: .now + .milliseconds(10))
    }
  }
}
