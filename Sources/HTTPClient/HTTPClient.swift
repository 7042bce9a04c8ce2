import CLibrary
public import SystemIO

/// Sends requests and awaits their responses over connections that are kept and reused, with libcurl driven by the
/// poller's thread. However many requests are in flight, they take no further thread, and waiting takes no processor
/// time.
///
/// HTTP/2 is used where the TLS handshake offers it. Certificates are verified, with `CURL_CA_BUNDLE`, `SSL_CERT_FILE`
/// and `SSL_CERT_DIR` as for the curl tool. Proxies are taken from the environment as libcurl does (`https_proxy`,
/// `no_proxy` and the like), but never for this host. Redirects are responses like any other. The process must ignore
/// SIGPIPE.
public final class HTTPClient: Sendable {
  private let poller: EventPoller
  private let engines: TransferEnginePool

  /// - Parameter maximumConnections: the most connections, idle ones included; further requests wait for one of them.
  /// - Throws: when libcurl cannot be loaded; the first call looks for it.
  public convenience init(poller: EventPoller, maximumConnections: Int) throws(HTTPClientUnavailable) {
    try self.init(
      poller: poller, maximumConnections: maximumConnections, library: CurlLibrary.shared.get(),
      authorities: CertificateAuthorities())
  }

  init(
    poller: EventPoller, maximumConnections: Int, library: CurlLibrary, authorities: CertificateAuthorities
  ) throws(HTTPClientUnavailable) {
    self.poller = poller
    engines = try TransferEnginePool(maximumConnections: maximumConnections) {
      connections throws(HTTPClientUnavailable) in
      try TransferEngine(library: library, poller: poller, maximumConnections: connections, authorities: authorities)
    }
  }

  deinit {
    shutDown()
  }

  /// Sends a request and returns the response, whatever its status.
  ///
  /// The request is sent again in three cases only. An idle connection turned out to be closed already, within a
  /// quarter of a second and before a byte of the response; a new connection replaces it. The server refused the
  /// request without processing it. The body of the response did not match its Content-Encoding; the request is
  /// repeated without compression.
  /// - Throws: the reason why there is no response; `cancelled`, at once, when the task is cancelled.
  public func send(_ request: HTTPRequest) async throws(HTTPClientError) -> HTTPResponse {
    let exchange = PendingRequest(request)
    let result = await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        exchange.continuation = continuation
        poller.perform { [engines] in engines.start(exchange) }
      }
    } onCancel: {
      poller.perform { [engines] in engines.cancel(exchange) }
    }
    return try result.get()
  }

  /// Ends all exchanges in flight with `cancelled` and closes all connections. Later requests are cancelled at once.
  public func shutDown() {
    poller.perform { [engines] in engines.shutDown() }
  }
}

/// The kinds of failures of an exchange.
public enum HTTPClientErrorKind: Sendable {
  case nameNotResolved
  case connectionRefused
  /// The proxy that the environment names refuses connections, or its name is not found.
  case proxyUnreachable
  /// Any other failure to connect, including a time-out.
  case connectionFailed
  /// The connection was reset, or closed before or during the response, or what arrived is not valid HTTP.
  case connectionLost
  /// The server's certificate could not be verified.
  case untrusted
  /// The response is larger than allowed.
  case tooLarge
  case invalidURL
  /// The task was cancelled, or the client was shut down.
  case cancelled
  case other
}

/// The reason why there is no response.
public struct HTTPClientError: Error, Sendable, Equatable {
  public var kind: HTTPClientErrorKind
  /// One line for people, without secrets or header values. Parts of it may come from a server.
  public var message: String
  /// The number of the connection that carried the request, if there was one. Requests that shared a connection fail
  /// together when it is lost, and then have the same number. No two connections of a process have the same number.
  public var connection: UInt64?

  public init(_ kind: HTTPClientErrorKind, _ message: String, connection: UInt64? = nil) {
    self.kind = kind
    self.message = message
    self.connection = connection
  }
}

/// libcurl is missing or cannot be used.
public struct HTTPClientUnavailable: Error, Sendable, Equatable {
  /// One line that says what to do.
  public var message: String
}

/// libcurl, loaded on first use, so that a run without calls pays nothing for it.
final class CurlLibrary: Sendable {
  /// The table of functions; it never changes after loading.
  nonisolated(unsafe) let functions: OpaquePointer

  /// Whether libcurl calls back when a request is about to be sent (since 7.80).
  let tellsOfRequests: Bool
  /// Whether libcurl can abandon a name lookup (since 7.87). Older versions block until the lookup ends.
  let canLeaveLookups: Bool

  /// The names of the system's library.
  static let systemNames = (0..<system_curl_name_count).map { String(cString: system_curl_name($0)) }

  /// The only instance of the process.
  static let shared: Result<CurlLibrary, HTTPClientUnavailable> = {
    do throws(HTTPClientUnavailable) {
      return .success(try CurlLibrary(names: systemNames))
    } catch {
      return .failure(error)
    }
  }()

  /// - Parameter canLeaveLookups: overrides what the version says.
  init(names: [String], canLeaveLookups: Bool? = nil) throws(HTTPClientUnavailable) {
    // `ccurl_load` takes an array of C strings; the copies are freed when it has returned.
    let copies = names.map { name in
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: name.utf8.count + 1)
      for (index, byte) in name.utf8.enumerated() { copy[index] = CChar(bitPattern: byte) }
      copy[name.utf8.count] = 0
      return UnsafePointer<CChar>?(copy)
    }
    defer { for copy in copies { copy?.deallocate() } }
    guard let functions = ccurl_load(copies, copies.count) else {
      throw HTTPClientUnavailable(
        message: "libcurl was not found; install it (apt install libcurl4, dnf install libcurl, apk add libcurl)")
    }
    guard ccurl_resolves_asynchronously(functions) else {
      throw HTTPClientUnavailable(
        message: "this libcurl holds everything up while it looks up a name; install one with a threaded resolver")
    }
    self.functions = functions
    let version = ccurl_version_number(functions)
    tellsOfRequests = version >= 0x07_50_00
    self.canLeaveLookups = canLeaveLookups ?? (version >= 0x07_57_00)
  }

  /// Returns libcurl's message for a result.
  func message(for result: Int32) -> String {
    String(cString: ccurl_easy_message(functions, result))
  }
}
