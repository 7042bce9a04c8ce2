import CLibrary

/// One of libcurl's handles, with the exchange that it carries at present; used again for the next, because making one
/// and setting what all have in common costs more than a request. Touched on the poller's thread only.
final class Transfer {
  /// Of an error's body. More of it says nothing more, and would cost time and memory where it is read.
  static let longestError = 65_536
  /// Of all headers of an answer together.
  static let longestHeaders = 65_536
  /// A kept connection that was closed meanwhile shows it within this time, a round trip to the other side of the world.
  /// One that is lost later was lost with the request on it, which may have been worked on: sending it again is for the
  /// caller to decide, and to count; calls may have to wait by now.
  static let staleConnectionShows = Duration.milliseconds(250)
  /// How often libcurl itself sends a request again; it counts for as long as a handle lives.
  static let mostRepetitions = 5

  let library: CurlLibrary
  unowned let engine: TransferEngine
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
  var asksForCompression = false

  /// When a connection was there and the request about to be sent, the last time.
  private(set) var requestBegan: ContinuousClock.Instant?
  /// The connection that carries the request, or has carried it last.
  private(set) var connection: Connection?
  /// Whether the connection had not been closed by the other side when it was closed here; nil while it is open.
  var connectionStands: Bool?
  /// Whether the request is to begin anew, as if it had not been sent: it has not been, or the server says so.
  private(set) var mustBeginAnew = false
  /// How often libcurl has sent requests of this handle again: for a kept connection that was closed, or because the
  /// server refused a stream.
  private(set) var repetitions = 0
  private var loss: Loss?
  private var forbidsReuse = false
  /// Whether the body is decompressed.
  private var decodes = true
  private var status = 0
  private(set) var isTooLarge = false
  private var headers: [UInt8] = []
  private(set) var headersAreComplete = false
  private var body: [UInt8] = []

  init?(engine: TransferEngine, authorities: CertificateAuthorities) {
    let library = engine.library
    guard let handle = ccurl_easy_create(library.functions) else { return nil }
    self.library = library
    self.engine = engine
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
    connection = nil
    connectionStands = nil
    loss = nil
    mustBeginAnew = false
    if forbidsReuse { set(CCURLOPT_FORBID_REUSE, 0) }
    forbidsReuse = false
    if !decodes { set(CCURLOPT_HTTP_CONTENT_DECODING, 1) }
    decodes = true
    status = 0
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

  /// Looks at the connection on which the request is about to be sent: for the first time, or again.
  /// - Parameter port: the connection's at our end.
  /// - Returns: whether the request may be sent.
  func requestBegins(onPort port: Int) -> Bool {
    guard let exchange else { return false }
    if requestBegan != nil {
      repetitions += 1
      switch loss ?? lossNow {
      case .refused:
        exchange.refusals += 1
        guard exchange.refusals <= Exchange.mostRefusals else { return false }
      case .crossedClose: break
      case .late: return false
      }
      // Before libcurl gives up.
      if repetitions == Self.mostRepetitions { return beginAnew() }
    }
    let candidates = engine.connections.connections(onPort: port)
    guard candidates.allSatisfy(\.takesRequest) else { return beginAnew() }
    connection = candidates.first
    connectionStands = nil
    loss = nil
    requestBegan = .now
    return true
  }

  private func beginAnew() -> Bool {
    mustBeginAnew = true
    return false
  }

  /// Whether a transfer that libcurl is done with is to begin anew.
  func beginsAnew(_ result: Int32) -> Bool {
    switch Int(result) {
    case CCURLE_ABORTED_BY_CALLBACK: return mustBeginAnew
    case CCURLE_HTTP2:
      // A refused stream, where it was the last of a connection that the server leaves: libcurl has no words for that.
      guard let exchange, errors.pointee == 0, headers.isEmpty, connection?.version != .http1 else { return false }
      exchange.refusals += 1
      return exchange.refusals <= Exchange.mostRefusals
    case CCURLE_BAD_CONTENT_ENCODING:
      // The body is not what its header says. Without the wish for compression it is passed on as it is.
      defer { engine.asksForCompression = false }
      // Its own: transfers that were on their way beside the first one asked for compression as well.
      return asksForCompression
    default: return false
    }
  }

  /// How a request ended that libcurl sends again by itself. It does so where nothing of an answer has come, and either
  /// the stream was refused or the connection was lost that had been kept.
  private enum Loss {
    /// The server has said that it has not looked at this stream, and will not: the connection stands.
    case refused
    /// The server closed the connection while the request was on its way.
    case crossedClose
    case late
  }

  private var lossNow: Loss {
    if let connection, connection.version != .http1, connectionStands ?? connection.stands { return .refused }
    return requestBegan.map { .now - $0 <= Self.staleConnectionShows } ?? true ? .crossedClose : .late
  }

  /// Takes a note of what libcurl does. Three of them say what nothing else does; their words have been the same since
  /// 7.74, and where they change, less is known.
  func receive(note: UnsafeRawBufferPointer) {
    if note.starts(with: "Connection died, retrying".utf8) {
      // Later, when there is a new connection, the lost one may have another state.
      loss = lossNow
    } else if note.starts(with: "Leftovers after chunking".utf8) || note.starts(with: "Excess found".utf8) {
      // Bytes beyond the answer belong to nobody, and neither does what follows them.
      if connection?.version == .http1 { forbidReuse() }
    }
  }

  /// Takes a line of the headers.
  /// - Returns: whether to go on.
  func receive(header line: UnsafeRawBufferPointer) -> Bool {
    if line.starts(with: "HTTP/".utf8) {
      // An interim answer (1xx) came before this one.
      headers.removeAll(keepingCapacity: true)
      headersAreComplete = false
      learn(from: line)
    }
    // What comes after the body may not change what was said before it.
    guard !headersAreComplete else { return true }
    headersAreComplete = line.count <= 2
    if decodes, HTTPHeaders.isUnknownEncoding(line) {
      // Some servers take the header for that of the charset. libcurl would fail; the body is as it is.
      set(CCURLOPT_HTTP_CONTENT_DECODING, 0)
      decodes = false
    }
    if headers.isEmpty { headers.reserveCapacity(512) }
    headers += line
    isTooLarge = headers.count > Self.longestHeaders
    return !isTooLarge
  }

  /// Reads the version and the class of the status off the first line of an answer.
  private func learn(from line: UnsafeRawBufferPointer) {
    let version: Connection.Version = line.starts(with: "HTTP/1".utf8) ? .http1 : .http2
    if let connection, connection.version == nil {
      engine.connections.note(version, on: connection)
      self.connection?.version = version
    }
    guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { return }
    status = Int(String(decoding: line[(space + 1)...].prefix(3), as: UTF8.self)) ?? 0
    // A server in trouble may not have read the request to its end, and takes the rest for the next one.
    if version == .http1, status >= 500 || status == 408 { forbidReuse() }
  }

  private func forbidReuse() {
    guard !forbidsReuse else { return }
    forbidsReuse = true
    set(CCURLOPT_FORBID_REUSE, 1)
  }

  /// Takes a part of the body, decompressed.
  /// - Returns: whether to go on.
  func receive(body part: UnsafeRawBufferPointer) -> Bool {
    guard let exchange else { return false }
    let limit = exchange.request.maximumResponseSize
    isTooLarge = part.count > ((200..<300).contains(status) ? limit : min(limit, Self.longestError)) - body.count
    if !isTooLarge { body += part }
    return !isTooLarge
  }
}
