import Basics
import CLibrary

/// A libcurl easy handle, with the exchange that it carries at present. The handle is reused for the next exchange,
/// because creating one and setting the common options costs more than a request. Used on the poller's thread only.
final class CurlTransfer {
  /// The most bytes of the body of an error response. More of it says nothing more, and costs time and memory.
  static let longestError = 65_536
  /// The most bytes of all headers of a response together.
  static let longestHeaders = 65_536
  /// How soon an idle connection shows that it was closed already: a round trip to the other side of the world. A
  /// connection that is lost later was lost with the request on it, which the server may have processed. Sending the
  /// request again is then for the caller to decide and to count; calls may have to wait by now.
  static let staleConnectionShows = Duration.milliseconds(250)
  /// How often libcurl itself sends requests again; it counts for the lifetime of a handle.
  static let mostRepetitions = 5

  let library: CurlLibrary
  unowned let engine: TransferEngine
  let handle: OpaquePointer
  let authorities: CertificateAuthorities
  let errors = UnsafeMutablePointer<CChar>.allocate(capacity: 256)
  /// The exchange in flight; nil while the handle is idle or abandoned.
  var exchange: PendingRequest?
  /// Whether the exchange was given up while libcurl could not release the transfer.
  var isAbandoned = false
  /// The headers that are set on the handle; libcurl does not copy them.
  var headerList: OpaquePointer?
  /// The headers that `headerList` was made from, and the URL that is set on the handle.
  var fieldsAreSet: [(name: String, value: String)] = []
  var urlIsSet: String?
  var asksForCompression = false

  /// When the connection was ready and the request about to be sent, the last time.
  private(set) var requestBegan: Instant?
  /// The connection that carries the request, or carried it last.
  private(set) var connection: HTTPConnection?
  /// Whether the peer had not closed the connection when it was closed here; nil while it is open.
  var connectionStands: Bool?
  /// Whether the exchange must begin again, because the request was not sent or counts as not sent.
  private(set) var mustBeginAnew = false
  /// How often libcurl has sent requests of this handle again, because an idle connection had been closed or the server
  /// refused a stream.
  private(set) var repetitions = 0
  private var loss: RequestLoss?
  private var forbidsReuse = false
  /// Whether libcurl decompresses the body.
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

  static func of(_ data: UnsafeMutableRawPointer) -> CurlTransfer {
    Unmanaged<CurlTransfer>.fromOpaque(data).takeUnretainedValue()
  }

  /// Discards the last response.
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

  /// Returns the response that has arrived.
  func takeResponse() -> HTTPResponse {
    HTTPResponse(
      status: ccurl_easy_get_long(library.functions, handle, Int32(CCURLINFO_RESPONSE_CODE)),
      headers: HTTPHeaders(block: headers), body: body)
  }

  // MARK: Callbacks of libcurl

  /// Checks the connection on which the request is about to be sent, for the first time or again.
  /// - Parameter port: the local port of the connection.
  /// - Returns: whether the request may be sent.
  func requestBegins(onPort port: Int) -> Bool {
    guard let exchange else { return false }
    if requestBegan != nil {
      repetitions += 1
      switch loss ?? lossNow {
      case .refused:
        exchange.refusals += 1
        guard exchange.refusals <= PendingRequest.mostRefusals else { return false }
      case .crossedClose: break
      case .late: return false
      }
      // libcurl gives up at the next repetition of this handle; another handle does not.
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

  /// Returns whether an exchange must begin again after libcurl has finished its transfer.
  func beginsAnew(_ result: Int32) -> Bool {
    switch Int(result) {
    case CCURLE_ABORTED_BY_CALLBACK: return mustBeginAnew
    case CCURLE_HTTP2:
      // The server refused the last stream of a connection that it is leaving. libcurl sets no message for that.
      guard let exchange, errors.pointee == 0, headers.isEmpty, connection?.version != .http1 else { return false }
      exchange.refusals += 1
      return exchange.refusals <= PendingRequest.mostRefusals
    case CCURLE_BAD_CONTENT_ENCODING:
      // The body does not match its Content-Encoding. If no compression is requested, it is passed on as it is.
      defer { engine.asksForCompression = false }
      // Its own: transfers that were on their way beside the first one asked for compression as well.
      return asksForCompression
    default: return false
    }
  }

  /// How a request was lost that libcurl sends again by itself. libcurl does so when no part of the response has
  /// arrived, and either the stream was refused or an idle connection was lost.
  private enum RequestLoss {
    /// The server said that it has not processed this stream and will not; the connection is still open.
    case refused
    /// The server closed the connection while the request was on its way.
    case crossedClose
    /// The connection was lost so late that the server may have processed the request.
    case late
  }

  private var lossNow: RequestLoss {
    if let connection, connection.version != .http1, connectionStands ?? connection.stands { return .refused }
    return requestBegan.map { .now - $0 <= Self.staleConnectionShows } ?? true ? .crossedClose : .late
  }

  /// Receives a note from libcurl's verbose output. Three notes say what nothing else does. Their wording has been the
  /// same since 7.74; if it changes, less is known.
  func receive(note: UnsafeRawBufferPointer) {
    if note.starts(with: "Connection died, retrying".utf8) {
      // The state of the lost connection is read now, because it may change before there is a new one.
      loss = lossNow
    } else if note.starts(with: "Leftovers after chunking".utf8) || note.starts(with: "Excess found".utf8) {
      // Bytes beyond the response belong to no request, and neither do the bytes that follow them.
      if connection?.version == .http1 { forbidReuse() }
    }
  }

  /// Receives a line of the headers.
  /// - Returns: whether to go on.
  func receive(header line: UnsafeRawBufferPointer) -> Bool {
    if line.starts(with: "HTTP/".utf8) {
      // The lines before this one belong to an interim response (1xx).
      headers.removeAll(keepingCapacity: true)
      headersAreComplete = false
      learn(from: line)
    }
    // Trailers, which follow the body, must not change the headers.
    guard !headersAreComplete else { return true }
    headersAreComplete = line.count <= 2
    if decodes, HTTPHeaders.isUnknownEncoding(line) {
      // Some servers put the charset into Content-Encoding. libcurl would fail, although the body is not encoded.
      set(CCURLOPT_HTTP_CONTENT_DECODING, 0)
      decodes = false
    }
    if headers.isEmpty { headers.reserveCapacity(512) }
    headers += line
    isTooLarge = headers.count > Self.longestHeaders
    return !isTooLarge
  }

  /// Reads the version and the status from the first line of a response.
  private func learn(from line: UnsafeRawBufferPointer) {
    let version: HTTPVersion = line.starts(with: "HTTP/1".utf8) ? .http1 : .http2
    if let connection, connection.version == nil {
      engine.connections.note(version, on: connection)
      self.connection?.version = version
    }
    guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { return }
    status = Int(String(decoding: line[(space + 1)...].prefix(3), as: UTF8.self)) ?? 0
    // A server in trouble may not have read the whole request, and would take the rest for the next one.
    if version == .http1, status >= 500 || status == 408 { forbidReuse() }
  }

  private func forbidReuse() {
    guard !forbidsReuse else { return }
    forbidsReuse = true
    set(CCURLOPT_FORBID_REUSE, 1)
  }

  /// Receives a part of the body, decompressed.
  /// - Returns: whether to go on.
  func receive(body part: UnsafeRawBufferPointer) -> Bool {
    guard let exchange else { return false }
    let limit = exchange.request.maximumResponseSize
    isTooLarge = part.count > ((200..<300).contains(status) ? limit : min(limit, Self.longestError)) - body.count
    if !isTooLarge { body += part }
    return !isTooLarge
  }
}
