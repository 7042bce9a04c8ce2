public import SystemIO

/// Sends requests and awaits their answers, over connections that are kept and reused: libcurl, driven by the poller's
/// thread. However many requests are in flight, they take no thread, and waiting takes no time of the processor.
///
/// HTTP/2 is used where a TLS handshake offers it. Certificates are verified, with `CURL_CA_BUNDLE`, `SSL_CERT_FILE` and
/// `SSL_CERT_DIR` as for the curl tool; proxies are taken from the environment as libcurl does (`https_proxy`,
/// `no_proxy` and the like). Redirects are answers like any other. The process has to ignore SIGPIPE.
public final class HTTPTransport: Sendable {
  private let poller: Poller
  private let engines: TransferEngines

  /// - Parameter maximumConnections: how many connections there are at most, idle ones included; further requests wait
  ///   for one of them.
  /// - Throws: where libcurl cannot be loaded; it is looked for at the first call.
  public convenience init(poller: Poller, maximumConnections: Int) throws(HTTPTransportUnavailable) {
    try self.init(
      poller: poller, maximumConnections: maximumConnections, library: CurlLibrary.shared.get(),
      authorities: CertificateAuthorities())
  }

  init(
    poller: Poller, maximumConnections: Int, library: CurlLibrary, authorities: CertificateAuthorities
  ) throws(HTTPTransportUnavailable) {
    self.poller = poller
    engines = try TransferEngines(maximumConnections: maximumConnections) {
      connections throws(HTTPTransportUnavailable) in
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
  public func send(_ request: HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse {
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
