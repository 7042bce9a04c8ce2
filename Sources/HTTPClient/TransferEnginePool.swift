import SystemIO

/// Engines, made as they are needed. For each request libcurl looks through all connections that one of them has; so they
/// are kept small, each as large as one connection of HTTP/2 serves. Touched on the poller's thread only.
final class TransferEnginePool: @unchecked Sendable {
  /// What libcurl puts on one connection of HTTP/2 at most.
  static let connectionsOfOne = 100

  typealias Make = (_ connections: Int) throws(HTTPClientUnavailable) -> TransferEngine

  private var engines: [TransferEngine]
  /// Connections that the engines there are do not have.
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

  func start(_ exchange: Exchange) {
    // An exchange that has not begun belongs to any engine.
    let engine = engineWithRoom() ?? engines.min { $0.inFlight < $1.inFlight }!
    exchange.engine = engine
    engine.start(exchange)
  }

  func cancel(_ exchange: Exchange) {
    exchange.isCancelled = true
    exchange.engine?.giveUp(exchange, .cancelled)
  }

  func shutDown() {
    hasShutDown = true
    for engine in engines { engine.shutDown() }
  }

  /// The first that has room, so that few connections are kept.
  private func engineWithRoom() -> TransferEngine? {
    if let engine = engines.first(where: { $0.inFlight < $0.maximumConnections }) { return engine }
    let connections = min(spareConnections, Self.connectionsOfOne)
    guard connections > 0, !hasShutDown, let engine = try? make(connections) else { return nil }
    spareConnections -= connections
    engines.append(engine)
    return engine
  }
}

/// A request on its way to its answer. Touched on the poller's thread only, once it has been handed over.
final class Exchange: @unchecked Sendable {
  let request: HTTPRequest
  var continuation: UnsafeContinuation<Result<HTTPResponse, HTTPClientError>, Never>?
  var engine: TransferEngine?
  var transfer: Transfer?
  var isCancelled = false
  /// How often the server has refused it unseen.
  var refusals = 0
  /// So often it is sent again at no cost to the caller; a server that accepts nothing has failed. A server that takes
  /// three requests a connection refuses the last of a hundred that often.
  static let mostRefusals = 40

  init(_ request: HTTPRequest) {
    self.request = request
  }
}
