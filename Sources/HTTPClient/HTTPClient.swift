import CLibrary
public import SystemIO

/// Sends requests and awaits their answers, over connections that are kept and reused: libcurl, driven by the poller's
/// thread. However many requests are in flight, they take no thread, and waiting takes no time of the processor.
///
/// HTTP/2 is used where a TLS handshake offers it. Certificates are verified, with `CURL_CA_BUNDLE`, `SSL_CERT_FILE` and
/// `SSL_CERT_DIR` as for the curl tool; proxies are taken from the environment as libcurl does (`https_proxy`,
/// `no_proxy` and the like). Redirects are answers like any other. The process has to ignore SIGPIPE.
public final class HTTPClient: Sendable {
  private let poller: Poller
  private let engines: TransferEnginePool

  /// - Parameter maximumConnections: how many connections there are at most, idle ones included; further requests wait
  ///   for one of them.
  /// - Throws: where libcurl cannot be loaded; it is looked for at the first call.
  public convenience init(poller: Poller, maximumConnections: Int) throws(HTTPClientUnavailable) {
    try self.init(
      poller: poller, maximumConnections: maximumConnections, library: CurlLibrary.shared.get(),
      authorities: CertificateAuthorities())
  }

  init(
    poller: Poller, maximumConnections: Int, library: CurlLibrary, authorities: CertificateAuthorities
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

  /// Sends a request once and returns the answer, whatever its status.
  ///
  /// Once only, but for one case: a kept connection that turns out to be closed already, within a quarter of a second and
  /// before a byte of the answer, is replaced by a new one.
  /// - Throws: why there is no answer; `cancelled`, at once, when the task is.
  public func send(_ request: HTTPRequest) async throws(HTTPClientError) -> HTTPResponse {
    let exchange = Exchange(request)
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

  /// Ends what is in flight, with `cancelled`, and closes all connections. Whatever is sent later is cancelled at once.
  public func shutDown() {
    poller.perform { [engines] in engines.shutDown() }
  }
}

/// Why there is no answer.
public struct HTTPClientError: Error, Sendable, Equatable {
  public enum Kind: Sendable {
    case nameNotResolved
    case connectionRefused
    /// The proxy that the environment names refuses connections, or its name is not found.
    case proxyUnreachable
    /// Any other failure to connect, also one that took too long.
    case connectionFailed
    /// Reset, closed before the answer or in the midst of it, or something came that is not HTTP.
    case connectionLost
    /// The server's certificate could not be verified.
    case untrusted
    /// The answer is larger than allowed.
    case tooLarge
    case invalidURL
    /// The task was cancelled, or the transport shut down.
    case cancelled
    case other
  }

  public var kind: Kind
  /// One line for people: no secrets, no header's value. Parts of it may come from a server.
  public var message: String
  /// The connection that carried the request, where there was one. Requests that shared a connection fail together when
  /// it is lost, and then have the same number here; no two connections of a process do.
  public var connection: UInt64?

  public init(_ kind: Kind, _ message: String, connection: UInt64? = nil) {
    self.kind = kind
    self.message = message
    self.connection = connection
  }
}

/// There is no libcurl to work with.
public struct HTTPClientUnavailable: Error, Sendable, Equatable {
  /// One line that says what to do.
  public var message: String
}

/// libcurl, loaded when it is first needed, so that a run that calls nobody pays nothing for it.
final class CurlLibrary: Sendable {
  /// The functions; never changed once found.
  nonisolated(unsafe) let functions: OpaquePointer

  /// Whether it tells when a request is about to be sent (7.80).
  let tellsOfRequests: Bool
  /// Whether it can let go of a name that it is looking up (7.87). An older one waits for the answer, on the spot.
  let canLeaveLookups: Bool

  /// What the system's library is called.
  static let systemNames = (0..<system_curl_name_count).map { String(cString: system_curl_name($0)) }

  /// The process's one library.
  static let shared: Result<CurlLibrary, HTTPClientUnavailable> = {
    do throws(HTTPClientUnavailable) {
      return .success(try CurlLibrary(names: systemNames))
    } catch {
      return .failure(error)
    }
  }()

  /// - Parameter canLeaveLookups: instead of what the version says.
  init(names: [String], canLeaveLookups: Bool? = nil) throws(HTTPClientUnavailable) {
    // Copies that live on: libcurl's names are asked for once in a process.
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

  /// libcurl's own words for a result.
  func message(for result: Int32) -> String {
    String(cString: ccurl_easy_message(functions, result))
  }
}
