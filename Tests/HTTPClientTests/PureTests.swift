import Testing

import SystemIO
@testable import HTTPClient
import TestSupport

@Suite("parts that need no libcurl") struct PureTests {
  @Test func aLibraryThatIsNotThereIsToldWithWhatToInstall() {
    do throws(HTTPClientUnavailable) {
      _ = try CurlLibrary(names: ["libcurl-of-no-system.so.4", "nor-this.so"])
      Issue.record("loaded a library that does not exist")
    } catch {
      #expect(error.message.contains("apt install libcurl4"))
    }
  }

  @Test func aLibraryThatIsNotLibcurlIsNotTakenForIt() {
    #if canImport(Darwin)
      let other = "libSystem.B.dylib"
    #else
      let other = "libc.so.6"
    #endif
    #expect(throws: HTTPClientUnavailable.self) { try CurlLibrary(names: [other]) }
  }

  @Test func headersAreFoundWhateverTheirCase() {
    let headers = HTTPHeaders([("Retry-After", "1"), ("X-Retry-After", "2"), ("retry-AFTER", " 3 "), ("Empty", "")])
    #expect(headers["retry-after"] == "3")
    #expect(headers["RETRY-AFTER"] == "3")
    #expect(headers["empty"] == "")
    #expect(headers["retry"] == nil)
    #expect(headers["after"] == nil)
    #expect(HTTPHeaders()["a"] == nil)
    #expect(HTTPHeaders(block: Array("HTTP/1.1 200 OK\r\nA: b\n\r\n".utf8))["a"] == "b")
  }

  @Test(
    arguments: [
      ("http://a.example/v1", "a.example"), ("https://user:pa@ss@a.example:8443?q=@b", "a.example:8443"),
      ("http://[::1]:80/", "[::1]:80"), ("http://a\\@b/", "a"), ("nonsense", ""), ("", ""),
    ])
  func whatIsToldOfAURL(url: String, authority: String) {
    #expect(request(url).authority == authority)
  }

  /// A control character could be read as the end of a header, and a colon as the end of its name.
  @Test func requestsWithCharactersThatNoHeaderHasAreNotSent() {
    func defect(_ url: String = "http://a/", _ name: String = "a", _ value: String = "b") -> HTTPClientErrorKind? {
      HTTPRequest(url: url, headers: [(name, value)], body: []).defect?.kind
    }
    #expect(defect("http://a/~", "!~", "\t ~é") == nil)
    for bad in ["\u{0}", "\u{1F}", "\u{7F}"] {
      #expect(defect("http://a/\(bad)") == .invalidURL)
      #expect(defect("http://a/", "a\(bad)") == .other)
      #expect(defect("http://a/", "a", "b\(bad)") == .other)
    }
    #expect(defect("http://a/ ") == .invalidURL)
    for name in ["", " ", "a:", "é"] { #expect(defect("http://a/", name) == .other) }
  }

  @Test(
    arguments: [
      (["CURL_CA_BUNDLE": "a", "SSL_CERT_FILE": "b", "SSL_CERT_DIR": "c"], "a", nil),
      (["CURL_CA_BUNDLE": "", "SSL_CERT_FILE": "b", "SSL_CERT_DIR": "c"], "b", "c"),
      (["SSL_CERT_DIR": "c"], nil, "c"), ([:], nil, nil),
    ] as [([String: String], String?, String?)])
  func authoritiesComeFromTheEnvironment(variables: [String: String], file: String?, directory: String?) {
    let authorities = CertificateAuthorities { variables[$0] }
    #expect(authorities.file == file)
    #expect(authorities.directory == directory)
    let named = variables["CURL_CA_BUNDLE"] == "a" ? "CURL_CA_BUNDLE" : file != nil ? "SSL_CERT_FILE" : "SSL_CERT_DIR"
    #expect(authorities.variable == (variables.isEmpty ? nil : named))
    #expect(authorities.advice.contains(variables.isEmpty ? "SSL_CERT_FILE names a file" : "those in \(named)"))
  }

  @Test(
    arguments: [
      (3, 0, .invalidURL), (5, 0, .proxyUnreachable), (6, 0, .nameNotResolved), (7, ECONNREFUSED, .connectionRefused),
      (7, ENETUNREACH, .connectionFailed), (7, 0, .connectionFailed), (28, 0, .connectionFailed),
      (35, 0, .connectionFailed), (97, 0, .connectionFailed), (51, 0, .untrusted), (60, 0, .untrusted),
      (77, 0, .untrusted), (82, 0, .untrusted), (83, 0, .untrusted), (90, 0, .untrusted), (91, 0, .untrusted),
      (8, 0, .connectionLost), (16, 0, .connectionLost), (18, 0, .connectionLost), (42, 0, .connectionLost),
      (52, 0, .connectionLost), (55, 0, .connectionLost), (56, ECONNRESET, .connectionLost),
      (61, 0, .connectionLost), (65, 0, .connectionLost), (92, 0, .connectionLost), (63, 0, .tooLarge),
      (27, 0, .other), (2, 0, .other),
    ] as [(Int32, Int32, HTTPClientErrorKind)])
  func resultsOfLibcurlInOurTerms(result: Int32, systemError: Int32, kind: HTTPClientErrorKind) {
    let failure = TransferFailure(result: result, authority: "a:1", detail: "why", systemError: systemError)
    #expect(failure.error.kind == kind)
    #expect(!failure.error.message.contains("\n"))
  }

  @Test(
    arguments: [
      "localhost", "LocalHost.", "a.localhost", "127.0.0.1", "127.1", "0x7f000001", "127.255.0.3", "::1", "[::1]",
      "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "0.0.0.0", "box", "box.lan",
    ])
  func namesAndAddressesOfThisHost(host: String) {
    let hosts = LoopbackHosts(
      hostsFile: Array("127.0.0.1 localhost # own\n10.0.0.1 far\n127.0.1.1\tBox.lan box\n".utf8))
    #expect(hosts.contains(host))
    for other in ["far", "own", "128.0.0.1", "127.0.0.1.evil.com", "localhost.evil.com", "::2", "::ffff:1.2.3.4", ""] {
      #expect(!hosts.contains(other), "\(other)")
    }
  }

  @Test func theProxyOfTheEnvironmentIsReadAsLibcurlDoes() {
    func proxy(to host: String, _ variables: [String: String]) -> EnvironmentProxy? {
      EnvironmentProxy(toHost: host, loopback: LoopbackHosts(hostsFile: [])) { variables[$0] }
    }
    #expect(proxy(to: "a.example", [:]) == nil)
    #expect(proxy(to: "a.example", ["HTTP_PROXY": "p", "https_proxy": "q"]) == nil)
    let named = proxy(to: "a.example", ["http_proxy": "http://u:p@x@proxy:3128/", "all_proxy": "q"])
    #expect(named?.authority == "proxy:3128" && named?.variable == "http_proxy")
    #expect(proxy(to: "a.example", ["http_proxy": "", "ALL_PROXY": "q:1"])?.variable == "ALL_PROXY")
    for exceptions in ["*", "a.example", ".example", "b, example", "B A.EXAMPLE"] {
      #expect(proxy(to: "a.example", ["http_proxy": "p", "no_proxy": exceptions]) == nil, "\(exceptions)")
    }
    #expect(proxy(to: "a.example", ["http_proxy": "p", "no_proxy": "ample,a.example.org"]) != nil)
    #expect(proxy(to: "127.0.0.1", ["http_proxy": "p"]) == nil)
  }

  @Test func aProxyThatRefusesIsNamed() {
    let failure = TransferFailure(result: 56, authority: "a:1", proxyStatus: 407)
    #expect(failure.error.kind == .connectionFailed)
    #expect(failure.error.message.contains("407"))
    #expect(TransferFailure(result: 56, authority: "a:1", proxyStatus: 200).error.kind == .connectionLost)
    #expect(TransferFailure(result: 7, authority: "a:1").error.kind == .connectionFailed)
    #expect(TransferFailure(result: 28, authority: "a:1").error.message.hasSuffix("no connection within 10 s"))
    // "Out of memory" is that of headers only with these words.
    #expect(TransferFailure(result: 27, authority: "a:1", detail: "Rejected 1 byte").error.kind == .tooLarge)
    #expect(TransferFailure(result: 27, authority: "a:1", detail: "no memory").error.kind == .other)
    #expect(TransferFailure(result: 56, authority: "a:1", detail: "Rejected").error.kind == .connectionLost)
  }

  @Test(
    arguments: [
      // As libcurl puts it up to 7.88 or so, and later.
      ("https://a:9/", "Failed to connect to 10.0.0.1 port 9 after 0 ms: Couldn't connect to server", "10.0.0.1:9"),
      ("https://a/", "Failed to connect to a port 8080 after 0 ms: Couldn't connect to server", "a:8080"),
      ("https://a/", "Failed to connect to a port 443 via p after 0 ms: Could not connect to server", "p"),
      ("https://a/", "Failed to connect to a port 443 after 0 ms: Couldn't connect to server", nil),
      ("http://a/", "Failed to connect to a port 80 after 0 ms: Couldn't connect to server", nil),
      ("http://[::1]:7/", "Failed to connect to ::1 port 7 after 0 ms: Couldn't connect to server", nil),
      ("http://u:p@A:7/", "Failed to connect to a port 7 after 0 ms: Couldn't connect to server", nil),
      ("http://a/", "Couldn't connect to server", nil), ("http://a/", "port", nil),
    ] as [(String, String, String?)])
  func whoRefusesMayBeTheProxy(url: String, detail: String, proxy: String?) {
    let failure = TransferFailure(
      result: 7, authority: "a", server: request(url).server, detail: detail, systemError: ECONNREFUSED)
    #expect(failure.error.kind == (proxy == nil ? .connectionRefused : .proxyUnreachable))
    #expect(failure.error.message.contains(proxy.map { "the proxy \($0) refuses" } ?? "a refuses"))
  }

  @Test(arguments: [5, 7] as [Int32]) func thePasswordOfAProxyIsNotTold(result: Int32) {
    let detail = "Unsupported proxy scheme for 'ftp://user:pass@wo@rd@p:1'"
    let message = TransferFailure(result: result, authority: "a:1", detail: detail).error.message
    #expect(message.contains("'ftp://***@p:1'") && !message.contains("user") && !message.contains("wo@rd"))
  }

  @Test(
    arguments: [
      (.milliseconds(50), "0.05 s"), (.milliseconds(1500), "1.5 s"), (.seconds(10), "10 s"), (.seconds(119), "119 s"),
      (.seconds(300), "5 min"), (.seconds(150), "2.5 min"),
    ] as [(Duration, String)])
  func timesInTheWordsOfOtherMessages(time: Duration, words: String) {
    #expect(time.inWords == words)
    let failure = TransferFailure(result: 28, authority: "a:1", connectTimeout: time)
    #expect(failure.error.message == "cannot connect to a:1: no connection within \(words)")
  }

  @Test func aWatchStaysBetweenTwoRequestsOnAConnection() {
    var sockets = WatchedSockets()
    sockets.opened(5)
    #expect(sockets.want([.readable, .writable], of: 5) == [.readable, .writable])
    #expect(sockets.want(.readable, of: 5) == .readable)
    #expect(sockets.want([], of: 5) == nil)
    #expect(sockets.want(.readable, of: 5) == nil)
    #expect(sockets.isWanted(5) == true)
    #expect(sockets.want([], of: 5) == nil)
    // The server closes it: told once, and not again.
    #expect(sockets.isWanted(5) == false)
    #expect(sockets.want(.readable, of: 5) == .readable)
    #expect(sockets.closing(5) == true)
    #expect(sockets.closing(5) == false)
  }

  @Test func aWatchThatWouldWakeForEverEnds() {
    var sockets = WatchedSockets()
    sockets.opened(5)
    #expect(sockets.want(.writable, of: 5) == .writable)
    #expect(sockets.want([], of: 5) == [])
    #expect(sockets.closing(5) == false)
  }

  @Test func aSocketThatLibcurlOpenedItselfIsLetGoAtOnce() {
    var sockets = WatchedSockets()
    #expect(sockets.want(.readable, of: 7) == .readable)
    #expect(sockets.want([], of: 7) == [])
    #expect(sockets.isWanted(7) == false)
    // Another one, with the number of the first.
    #expect(sockets.want(.readable, of: 7) == .readable)
  }
}

@Suite struct ContentEncodingTests {
  @Test(arguments: [
    ("Content-Encoding: utf-8", true), ("content-encoding:none-such", true), ("CONTENT-ENCODING: UTF-8, x", true),
    ("Content-Encoding: gzip", false), ("Content-Encoding: utf-8, GZIP", false), ("Content-Encoding:", false),
    ("Content-Encoding: ", false), ("Content-Type: utf-8", false), ("XContent-Encoding: utf-8", false), ("C", false),
  ]) func anUnknownEncodingIsOneThatNobodyKnows(_ line: String, _ isUnknown: Bool) {
    #expect(HTTPHeaders.isUnknownEncoding(line.utf8) == isUnknown)
  }
}
