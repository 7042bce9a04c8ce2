import CLibrary
import SystemIO

/// The exchanges in flight and the connections that carry them: libcurl's multi handle, with a pool of easy handles.
/// Everything here runs on the poller's thread, so that no lock is needed.
final class TransferEngine: @unchecked Sendable {
  let library: CurlLibrary
  let multi: OpaquePointer
  let poller: EventPoller
  let maximumConnections: Int
  private(set) var inFlight = 0
  private let authorities: CertificateAuthorities
  private var all: [CurlTransfer] = []
  private var idle: [CurlTransfer] = []
  /// Exchanges that have an outcome, and whose tasks have not been resumed yet.
  private var ended: [(PendingRequest, Result<HTTPResponse, HTTPClientError>)] = []
  private var hasShutDown = false
  private(set) var isDestroyed = false

  /// Whether responses may be compressed; false once the body of one did not match its Content-Encoding.
  var asksForCompression = true
  var sockets = WatchedSockets()
  var connections = ConnectionTable()
  var timer = LibraryTimer()

  init(
    library: CurlLibrary, poller: EventPoller, maximumConnections: Int, authorities: CertificateAuthorities
  ) throws(HTTPClientUnavailable) {
    guard let multi = ccurl_multi_create(library.functions) else {
      throw HTTPClientUnavailable(message: "libcurl could not be started: out of memory")
    }
    self.library = library
    self.multi = multi
    self.poller = poller
    self.maximumConnections = maximumConnections
    self.authorities = authorities
    ccurl_multi_set_long(library.functions, multi, Int32(CCURLMOPT_MAXCONNECTS), maximumConnections)
    ccurl_multi_set_long(library.functions, multi, Int32(CCURLMOPT_MAX_TOTAL_CONNECTIONS), maximumConnections)
    ccurl_multi_set_functions(
      library.functions, multi,
      { _, descriptor, what, engine, _ in
        TransferEngine.of(engine!).watch(descriptor, for: what)
        return 0
      },
      { _, milliseconds, engine in
        TransferEngine.of(engine!).setTimer(milliseconds)
        return 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  static func of(_ data: UnsafeMutableRawPointer) -> TransferEngine {
    Unmanaged<TransferEngine>.fromOpaque(data).takeUnretainedValue()
  }

  // MARK: Starting and shutting down

  func start(_ exchange: PendingRequest) {
    guard !exchange.isCancelled, !hasShutDown else { return end(exchange, .failure(.cancelled)) }
    if let defect = exchange.request.defect { return end(exchange, .failure(defect)) }
    begin(exchange)
  }

  private func begin(_ exchange: PendingRequest) {
    guard let transfer = idle.popLast() ?? makeTransfer(), transfer.take(exchange),
      ccurl_multi_add(library.functions, multi, transfer.handle) == 0
    else {
      return end(exchange, .failure(HTTPClientError(.other, "libcurl is out of memory")))
    }
    exchange.transfer = transfer
    inFlight += 1
  }

  /// Begins an exchange again, as if it had not begun, so that it can use another connection.
  private func beginAnew(_ exchange: PendingRequest) {
    exchange.transfer?.exchange = nil
    exchange.transfer = nil
    inFlight -= 1
    begin(exchange)
  }

  /// Records for the transfers that use or have used a connection whether the peer had closed it.
  func closing(_ descriptor: Int32) {
    guard let connection = connections.closed(descriptor) else { return }
    for transfer in all where transfer.connection?.id == connection.id { transfer.connectionStands = connection.stands }
  }

  func shutDown() {
    hasShutDown = true
    for transfer in all {
      if let exchange = transfer.exchange { giveUp(exchange, .cancelled) }
    }
    destroyIfFree()
  }

  /// Destroys the multi handle after `shutDown`, once there is no abandoned transfer to wait for.
  private func destroyIfFree() {
    guard hasShutDown, !isDestroyed, !all.contains(where: \.isAbandoned) else { return }
    isDestroyed = true
    idle = []
    all = []
    ccurl_multi_destroy(library.functions, multi)
  }

  // MARK: Ending exchanges

  /// Ends an exchange before libcurl has finished its transfer.
  func giveUp(_ exchange: PendingRequest, _ error: HTTPClientError) {
    guard let transfer = exchange.transfer else { return }
    end(exchange, .failure(error))
    if library.canLeaveLookups || transfer.requestBegan != nil || !library.tellsOfRequests {
      ccurl_multi_remove(library.functions, multi, transfer.handle)
      release(transfer)
    } else {
      // libcurl may still be looking up the name, and removing the transfer would block until the lookup ends. The
      // transfer ends later by itself: `requestBegins` refuses its request.
      transfer.isAbandoned = true
    }
  }

  /// Takes the transfers that libcurl has finished.
  func takeDone() {
    var result: Int32 = 0
    while let handle = ccurl_multi_take_done(library.functions, multi, &result) {
      guard let data = ccurl_easy_get_pointer(library.functions, handle, Int32(CCURLINFO_PRIVATE)) else { continue }
      let transfer = CurlTransfer.of(data)
      let exchange = transfer.exchange
      let beginsAnew = transfer.beginsAnew(result)
      let outcome = beginsAnew ? nil : exchange.map { transfer.outcome(of: $0, result) }
      ccurl_multi_remove(library.functions, multi, handle)
      transfer.isAbandoned = false
      if let exchange, let outcome { end(exchange, outcome) }
      release(transfer)
      if let exchange, beginsAnew { beginAnew(exchange) }
    }
    destroyIfFree()
  }

  /// Keeps a handle for the next exchange. A handle with repetitions is dropped, because libcurl limits them for the
  /// lifetime of a handle.
  private func release(_ transfer: CurlTransfer) {
    if transfer.repetitions > 0 { all.removeAll { $0 === transfer } } else { idle.append(transfer) }
  }

  private func end(_ exchange: PendingRequest, _ outcome: Result<HTTPResponse, HTTPClientError>) {
    if let transfer = exchange.transfer.take() {
      transfer.exchange = nil
      inFlight -= 1
    }
    // Exchanges are resumed together: a task that is woken by itself costs a worker thread two context switches.
    if ended.isEmpty { poller.perform { self.resumeEnded() } }
    ended.append((exchange, outcome))
  }

  private func resumeEnded() {
    for (exchange, outcome) in ended { exchange.continuation.take()?.resume(returning: outcome) }
    ended.removeAll(keepingCapacity: true)
  }

  private func makeTransfer() -> CurlTransfer? {
    guard let transfer = CurlTransfer(engine: self, authorities: authorities) else { return nil }
    transfer.setUp()
    all.append(transfer)
    return transfer
  }
}

extension HTTPClientError {
  static let cancelled = HTTPClientError(.cancelled, "cancelled")
}
