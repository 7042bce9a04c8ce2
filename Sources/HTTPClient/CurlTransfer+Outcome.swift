import CLibrary

extension CurlTransfer {
  /// Returns the outcome of the exchange for libcurl's result.
  func outcome(of exchange: PendingRequest, _ result: Int32) -> Result<HTTPResponse, HTTPClientError> {
    // libcurl reports success when the connection was closed before the headers were complete.
    let result = result == 0 && !headersAreComplete ? Int32(CCURLE_GOT_NOTHING) : result
    if result == 0 { return .success(takeResponse()) }
    if exchange.refusals > PendingRequest.mostRefusals {
      let message = "\(exchange.request.authority) refused the request unseen, \(exchange.refusals) times"
      return .failure(HTTPClientError(.connectionLost, message, connection: connection?.id))
    }
    // The beginning of an error response is enough. A length beyond the limit ends the transfer at that header.
    if isTooLarge && headersAreComplete || result == Int32(CCURLE_FILESIZE_EXCEEDED) {
      let response = takeResponse()
      if !(200..<300).contains(response.status) { return .success(response) }
    }
    let failure = TransferFailure(
      result: result, authority: exchange.request.authority, server: exchange.request.server,
      maximumResponseSize: exchange.request.maximumResponseSize, connectTimeout: exchange.request.connectTimeout,
      authorities: authorities, detail: errors.pointee == 0 ? library.message(for: result) : String(cString: errors),
      systemError: Int32(ccurl_easy_get_long(library.functions, handle, Int32(CCURLINFO_OS_ERRNO))),
      proxyStatus: ccurl_easy_get_long(library.functions, handle, Int32(CCURLINFO_HTTP_CONNECTCODE)),
      requestBegan: requestBegan != nil
        || ccurl_easy_get_long(library.functions, handle, Int32(CCURLINFO_NUM_CONNECTS)) > 0,
      isTooLarge: isTooLarge, headersAreComplete: headersAreComplete)
    var error = failure.error
    error.connection = connection?.id
    return .failure(error)
  }
}

/// A failed transfer, as libcurl reports it.
struct TransferFailure {
  var result: Int32
  var authority: String
  /// Host and port as libcurl writes them.
  var server = ""
  var maximumResponseSize = 8 << 20
  var connectTimeout = Duration.seconds(10)
  /// The certificate authorities that the server was checked against.
  var authorities: CertificateAuthorities?
  /// libcurl's message.
  var detail = ""
  /// The `errno` of the connection; 0 for none.
  var systemError: Int32 = 0
  /// The status of the proxy's response to CONNECT; 0 for none.
  var proxyStatus = 0
  /// Whether there was a connection.
  var requestBegan = false
  /// Whether the transfer was ended here because the response was too large.
  var isTooLarge = false
  var headersAreComplete = true

  /// The failure as an error of the client.
  var error: HTTPClientError {
    let result = Int(result)
    // libcurl has limits of its own for one header line and for all of them. Older versions report "out of memory" when
    // one is exceeded.
    if isTooLarge && !headersAreComplete || result == CCURLE_TOO_LARGE
      || result == CCURLE_OUT_OF_MEMORY && detail.hasPrefix("Rejected")
    {
      return HTTPClientError(
        .tooLarge, "the headers of the answer of \(authority) are longer than \(CurlTransfer.longestHeaders) bytes")
    }
    if isTooLarge || result == CCURLE_FILESIZE_EXCEEDED {
      return HTTPClientError(.tooLarge, "the answer of \(authority) is larger than \(maximumResponseSize) bytes")
    }
    if proxyStatus != 0, !(200..<300).contains(proxyStatus) {
      return HTTPClientError(
        .connectionFailed, "cannot connect to \(authority): the proxy answered with status \(proxyStatus)")
    }
    switch result {
    case CCURLE_URL_MALFORMAT: return HTTPClientError(.invalidURL, "the URL is not valid: \(words)")
    case CCURLE_COULDNT_RESOLVE_PROXY:
      return HTTPClientError(.proxyUnreachable, "cannot find the address of the proxy: \(words)")
    case CCURLE_COULDNT_RESOLVE_HOST:
      return HTTPClientError(.nameNotResolved, "cannot find the address of \(authority)")
    case CCURLE_COULDNT_CONNECT where csocket_is_refusal(systemError):
      if let proxy {
        return HTTPClientError(
          .proxyUnreachable, "cannot connect to \(authority): the proxy \(proxy) refuses connections")
      }
      return HTTPClientError(.connectionRefused, "\(authority) refuses connections")
    case CCURLE_COULDNT_CONNECT, CCURLE_SSL_CONNECT_ERROR, CCURLE_PROXY:
      return HTTPClientError(.connectionFailed, "cannot connect to \(authority): \(words)")
    case CCURLE_OPERATION_TIMEDOUT:
      return HTTPClientError(
        .connectionFailed, "cannot connect to \(authority): no connection within \(connectTimeout.inWords)")
    case CCURLE_SSL_CACERT_BADFILE:
      let place = authorities?.file ?? authorities?.directory ?? "the system's place"
      return HTTPClientError(
        .untrusted,
        "cannot trust \(authority): cannot read the certificates of authorities in \(place); \(certificateAdvice)")
    case CCURLE_SSL_PEER_CERTIFICATE, CCURLE_PEER_FAILED_VERIFICATION, CCURLE_SSL_CRL_BADFILE, CCURLE_SSL_ISSUER_ERROR,
      CCURLE_SSL_PINNEDPUBKEYNOTMATCH, CCURLE_SSL_INVALIDCERTSTATUS:
      return HTTPClientError(.untrusted, "cannot trust \(authority): \(words); \(certificateAdvice)")
    case CCURLE_UNSUPPORTED_PROTOCOL where !requestBegan:
      return HTTPClientError(.invalidURL, "this libcurl cannot talk to \(authority): \(words)")
    case CCURLE_UNSUPPORTED_PROTOCOL, CCURLE_WEIRD_SERVER_REPLY, CCURLE_HTTP2, CCURLE_BAD_CONTENT_ENCODING,
      CCURLE_HTTP2_STREAM:
      return HTTPClientError(.connectionLost, "\(authority) does not speak HTTP as expected: \(words)")
    case CCURLE_PARTIAL_FILE:
      return HTTPClientError(.connectionLost, "\(authority) closed the connection in the midst of its answer")
    case CCURLE_GOT_NOTHING:
      return HTTPClientError(.connectionLost, "\(authority) closed the connection before it answered")
    case CCURLE_ABORTED_BY_CALLBACK, CCURLE_SEND_ERROR, CCURLE_RECV_ERROR, CCURLE_SEND_FAIL_REWIND:
      return HTTPClientError(.connectionLost, "the connection to \(authority) was lost")
    default: return HTTPClientError(.other, "the call to \(authority) failed: \(words)")
    }
  }

  /// Advice on the variable that decides which authorities are trusted.
  private var certificateAdvice: String {
    authorities?.advice ?? "SSL_CERT_FILE names a file of authorities to trust"
  }

  /// libcurl's message. Some messages repeat the URL of a proxy, whose user and password are replaced.
  private var words: String {
    guard let scheme = detail.firstRange(of: "://"),
      let at = detail[scheme.upperBound...].lastIndex(of: "@")
    else { return detail }
    return detail[..<scheme.upperBound] + "***" + detail[at...]
  }

  /// The proxy that refused the connection; nil when it was the server. The message of libcurl is "Failed to connect to
  /// HOST port PORT", in newer versions with "via" and the proxy.
  private var proxy: String? {
    let words = detail.split(separator: " ")
    func word(after name: Substring, _ distance: Int) -> Substring? {
      guard let place = words.firstIndex(of: name), words.indices.contains(place + distance) else { return nil }
      return words[place + distance]
    }
    if let proxy = word(after: "via", 1) { return String(proxy) }
    guard let host = word(after: "port", -1), let port = word(after: "port", 1) else { return nil }
    let refused = "\(host):\(port)"
    return refused == server ? nil : refused
  }
}

extension Duration {
  /// The duration in words: `0.5 s`, `10 s`, `5 min`.
  var inWords: String {
    let (seconds, attoseconds) = components
    let isLong = seconds >= 120
    let value = (Double(seconds) + Double(attoseconds) * 1e-18) / (isLong ? 60 : 1)
    let hundredths = Int((value * 100).rounded())
    var digits = "\(hundredths / 100)"
    if hundredths % 100 != 0 { digits += ".\(hundredths / 10 % 10)" }
    if hundredths % 10 != 0 { digits += "\(hundredths % 10)" }
    return digits + (isLong ? " min" : " s")
  }
}
