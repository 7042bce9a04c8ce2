import CLibrary

/// One of libcurl's handles, with the exchange that it carries at present; used again for the next, because making one
/// and setting what all have in common costs more than a request. Touched on the poller's thread only.
final class Transfer {
  /// Of all headers of an answer together.
  static let longestHeaders = 65_536
  /// A kept connection that was closed meanwhile shows it within this time, a round trip to the other side of the world.
  /// One that is lost later was lost with the request on it, which may have been worked on: sending it again is for the
  /// caller to decide, and to count; calls may have to wait by now.
  static let staleConnectionShows = Duration.milliseconds(250)

  let library: CurlLibrary
  let handle: OpaquePointer
  let authorities: CertificateAuthorities
  let errors = UnsafeMutablePointer<CChar>.allocate(capacity: 256)
  /// Nil while idle, or abandoned.
  var exchange: Exchange?
  /// Whether its exchange was given up at a moment at which libcurl cannot let go.
  var isAbandoned = false
  /// The headers that the handle has now; libcurl does not copy them.
  var headerList: OpaquePointer?
  /// What they were made from, and the URL that the handle has now.
  var fieldsAreSet: [(name: String, value: String)] = []
  var urlIsSet: String?

  /// When a connection was there and the request about to be sent.
  private(set) var requestBegan: ContinuousClock.Instant?
  private(set) var diedLate = false
  /// Whether libcurl has sent a request of this handle again, for a kept connection that was closed. It counts that for as
  /// long as the handle lives, and the sixth time it gives up.
  private(set) var hasSentAgain = false
  private(set) var isTooLarge = false
  private var headers: [UInt8] = []
  private(set) var headersAreComplete = false
  private var body: [UInt8] = []

  init?(library: CurlLibrary, authorities: CertificateAuthorities) {
    guard let handle = ccurl_easy_create(library.functions) else { return nil }
    self.library = library
    self.handle = handle
    self.authorities = authorities
  }

  deinit {
    ccurl_easy_destroy(library.functions, handle)
    ccurl_list_destroy(library.functions, headerList)
    errors.deallocate()
  }

  static func of(_ data: UnsafeMutableRawPointer) -> Transfer {
    Unmanaged<Transfer>.fromOpaque(data).takeUnretainedValue()
  }

  /// Forgets the last answer.
  func clear() {
    requestBegan = nil
    diedLate = false
    isTooLarge = false
    headers = []
    headersAreComplete = false
    body = []
    errors.pointee = 0
  }

  /// Hands over the answer that has come.
  func takeResponse() -> HTTPResponse {
    HTTPResponse(
      status: ccurl_easy_get_long(library.functions, handle, Int32(CCURLINFO_RESPONSE_CODE)),
      headers: HTTPHeaders(block: headers), body: body)
  }

  // MARK: What libcurl tells

  /// - Returns: whether the request may be sent.
  func requestBegins() -> Bool {
    guard exchange != nil else { return false }
    let now = ContinuousClock.now
    if let requestBegan, now - requestBegan > Self.staleConnectionShows {
      diedLate = true
      return false
    }
    hasSentAgain = hasSentAgain || requestBegan != nil
    requestBegan = requestBegan ?? now
    return true
  }

  /// Takes a line of the headers.
  /// - Returns: whether to go on.
  func receive(header line: UnsafeRawBufferPointer) -> Bool {
    if line.starts(with: "HTTP/".utf8) {
      // An interim answer (1xx) came before this one.
      headers.removeAll(keepingCapacity: true)
      headersAreComplete = false
    }
    // What comes after the body may not change what was said before it.
    guard !headersAreComplete else { return true }
    headersAreComplete = line.count <= 2
    if headers.isEmpty { headers.reserveCapacity(512) }
    headers += line
    isTooLarge = headers.count > Self.longestHeaders
    return !isTooLarge
  }

  /// Takes a part of the body, decompressed.
  /// - Returns: whether to go on.
  func receive(body part: UnsafeRawBufferPointer) -> Bool {
    guard let exchange else { return false }
    isTooLarge = part.count > exchange.request.maximumResponseSize - body.count
    if !isTooLarge { body += part }
    return !isTooLarge
  }
}
