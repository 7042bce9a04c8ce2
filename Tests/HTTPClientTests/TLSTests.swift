import SystemIO
import TestServer
import Testing

@testable import HTTPClient

/// Against a server whose certificate an authority of the tests has signed, for localhost and 127.0.0.1.
@Suite(
  "TLS", .needsLibcurl, .enabled(if: TestServer.tlsIsAvailable, "libssl is not installed"), .timeLimit(.minutes(20)))
struct TLSTests {
  private func server(_ certificate: Certificate = .good) throws -> TestServer {
    try TestServer(tls: certificate) { _, _ in .reply(200, body: "secret") }
  }

  private func transport(_ variables: [String: String]) throws -> HTTPClient {
    try HTTPClient(
      poller: poller, maximumConnections: 10, library: CurlLibrary.shared.get(),
      authorities: CertificateAuthorities { variables[$0] })
  }

  @Test func aCertificateThatNobodyVouchesForIsNotTrusted() async throws {
    let server = try server()
    let failure = try await transport([:]).failure(of: request(server.url))
    #expect(failure?.kind == .untrusted)
    #expect(failure?.message.contains("127.0.0.1:\(server.port)") == true)
    #expect(server.log.calls.isEmpty)
  }

  @Test(arguments: ["CURL_CA_BUNDLE", "SSL_CERT_FILE"])
  func aCertificateThatTheUserVouchesForIs(variable: String) async throws {
    let server = try server()
    let response = try await transport([variable: TestServer.caFile]).send(request(server.url))
    #expect(response.status == 200)
    #expect(response.text == "secret")
  }

  @Test(arguments: [Certificate.expired, .otherHost])
  func aCertificateThatIsOldOrForAnotherHostIsNotTrusted(certificate: Certificate) async throws {
    let server = try server(certificate)
    let transport = try transport(["SSL_CERT_FILE": TestServer.caFile])
    #expect(await transport.failure(of: request(server.url))?.kind == .untrusted)
  }

  @Test func authoritiesThatCannotBeReadAreToldAsSuch() async throws {
    let server = try server()
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
