import SystemIO

/// Engines, created on demand. For each request, libcurl searches all connections of an engine. Engines are therefore
/// kept small: each has as many connections as one HTTP/2 connection carries streams. Used on the poller's thread only.
final class TransferEnginePool: @unchecked Sendable {
  /// The most connections of one engine: the most streams that libcurl puts on one HTTP/2 connection.
  static let connectionsOfOne = 100

  typealias Make = (_ connections: Int) throws(HTTPClientUnavailable) -> TransferEngine

  private var engines: [TransferEngine]
  /// The connections that are left for further engines.
  private var spareConnections: Int
  private let make: Make
  private var hasShutDown = false

  init(maximumConnections: Int, make: @escaping Make) throws(HTTPClientUnavailable) {
    precondition(maximumConnections > 0, "a transport needs a connection")
    let first = min(maximumConnections, Self.connectionsOfOne)
    engines = [try make(first)]
    spareConnections = maximumConnections - first
    self.make = make
  }

  func start(_ exchange: PendingRequest) {
    // An exchange that has not begun can go to any engine.
    let engine = engineWithRoom() ?? engines.min { $0.inFlight < $1.inFlight }!
    exchange.engine = engine
    engine.start(exchange)
  }

  func cancel(_ exchange: PendingRequest) {
    exchange.isCancelled = true
    exchange.engine?.giveUp(exchange, .cancelled)
  }

  func shutDown() {
    hasShutDown = true
    for engine in engines { engine.shutDown() }
  }

  /// Returns the first engine with room, so that few connections are kept open.
  private func engineWithRoom() -> TransferEngine? {
    if let engine = engines.first(where: { $0.inFlight < $0.maximumConnections }) { return engine }
    let connections = min(spareConnections, Self.connectionsOfOne)
    guard connections > 0, !hasShutDown, let engine = try? make(connections) else { return nil }
    spareConnections -= connections
    engines.append(engine)
    return engine
  }
}

/// A request that waits for its response. Used on the poller's thread only, once it has been handed over.
final class PendingRequest: @unchecked Sendable {
  let request: HTTPRequest
  var continuation: UnsafeContinuation<Result<HTTPResponse, HTTPClientError>, Never>?
  var engine: TransferEngine?
  var transfer: CurlTransfer?
  var isCancelled = false
  /// How often the server has refused the request without processing it.
  var refusals = 0
  /// How often a refused request is sent again at no cost to the caller; beyond that, the server accepts nothing and
  /// has failed. A server that takes three requests a connection refuses the last of a hundred that often.
  static let mostRefusals = 40

  init(_ request: HTTPRequest) {
    self.request = request
  }
}
