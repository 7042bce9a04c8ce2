/// A model server on 127.0.0.1 that does with each request what a script says, and remembers what its clients did.
///
///     let server = try TestServer { request, attempt in
///       attempt == 1 ? .rateLimited(.seconds(1)) : .summary()
///     }
///     … run a client against server.url …
///     #expect(server.log.callsBeforeRetryAfter().isEmpty)
///
/// It speaks HTTP/1.1, with one thread for each connection. All of its threads and descriptors end with it.
public final class TestServer: Sendable {
  public let port: UInt16
  public let isEncrypted: Bool
  private let core: Core
  /// Bound, but never listening: it keeps the port from others while the server is paused.
  private let reservation: Socket

  /// Starts a server on a port that the system chooses.
  /// - Parameters:
  ///   - tls: the certificate to show; nil: no encryption.
  ///   - limit: refuses what comes too fast, before the script is asked.
  ///   - marker: how to find in a request which article it is about.
  ///   - keepsBodies: whether the log keeps the bodies of requests.
  ///   - connections: what becomes of a connection, by its number, from 1.
  ///   - script: what to do about a request; `attempt` counts the calls about the same article, this one included, over
  ///     the server's whole life. Called on the connection's thread.
  public init(
    tls: Certificate? = nil, limit: RateLimit? = nil, marker: Marker = .numbered("article-"),
    keepsBodies: Bool = true, connections: @escaping @Sendable (_ number: Int) -> ConnectionFate = { _ in .serve },
    script: @escaping @Sendable (_ request: Request, _ attempt: Int) -> Reply
  ) throws {
    let context = try tls.map { try TLSContext($0) }
    isEncrypted = tls != nil
    core = Core(
      limit: limit, marker: marker, keepsBodies: keepsBodies, context: context, fate: connections, script: script)
    reservation = try Socket.bound(to: 0)
    port = reservation.port
    do {
      try core.listen(on: port)
    } catch {
      reservation.close()
      throw error
    }
  }

  deinit {
    stop()
    reservation.close()
  }

  /// `http://127.0.0.1:PORT`, without a slash at the end.
  public var url: String { "\(isEncrypted ? "https" : "http")://127.0.0.1:\(port)" }

  // MARK: Going away

  /// Closes the listener and all connections and waits for the threads to end. Further stops do nothing.
  /// - Returns: whether all threads have ended; they do unless the script itself does not return.
  @discardableResult
  public func stop() -> Bool { core.closeAll() }

  /// Is down: all connections are closed and new ones refused.
  public func pause() { _ = core.closeAll() }

  /// Is up again, on the same port, with its log and its counts.
  public func resume() throws { try core.listen(on: port) }

  // MARK: What has happened

  /// The log as it is now.
  public var log: CallLog { core.state.withLock { $0.log } }
  /// Connections open now.
  public var connections: Int { core.state.withLock { $0.connections.count } }
  public var peakConcurrency: Int { log.peakConcurrency }
  public var connectionsAccepted: Int { log.connectionsAccepted }
  public var violations: Int { log.violations }

  /// Waits until the log is as wanted.
  /// - Returns: whether it was within the bound.
  public func wait(within bound: Duration = .seconds(240), until condition: (CallLog) -> Bool) -> Bool {
    core.state.wait(within: bound) { condition($0.log) }
  }
}
