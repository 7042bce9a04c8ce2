import TestSupport

/// What all threads of a server share. The threads keep it, not the server: when the test drops that, they end.
final class Core: Sendable {
  struct State: Sendable {
    var log = CallLog()
    var limiter: RateLimiter?
    /// nil while the server is paused or stopped.
    var listener: Socket?
    /// Connections by number, each until its thread closes it.
    var connections: [Int: Socket] = [:]
    /// Threads that run, the listener's included.
    var threads = 0
  }

  /// Of a connection's thread, in bytes: there may be thousands of them.
  static let stackSize = 256 * 1024

  let state: Monitor<State>
  let script: @Sendable (Request, Int) -> Reply
  let fate: @Sendable (Int) -> ConnectionFate
  let marker: Marker
  let keepsBodies: Bool
  let context: TLSContext?

  init(
    limit: RateLimit?, marker: Marker, keepsBodies: Bool, context: TLSContext?,
    fate: @escaping @Sendable (Int) -> ConnectionFate, script: @escaping @Sendable (Request, Int) -> Reply
  ) {
    state = Monitor(State(limiter: limit.map { RateLimiter($0) }))
    self.marker = marker
    self.keepsBodies = keepsBodies
    self.context = context
    self.fate = fate
    self.script = script
  }

  // MARK: Listening

  func listen(on port: UInt16) throws(SystemFailure) {
    let listener = try Socket.bound(to: port)
    do {
      try listener.startListening()
      state.withLock {
        $0.listener = listener
        $0.threads += 1
      }
      try startThread(stackSize: Core.stackSize) { [self] in takeConnections(from: listener) }
    } catch {
      state.withLock { state in
        if state.listener != nil { state.threads -= 1 }
        state.listener = nil
      }
      listener.close()
      throw error
    }
  }

  /// Closes the listener and all connections.
  /// - Returns: whether all threads have ended within the bound.
  func closeAll(within bound: Duration = .seconds(240)) -> Bool {
    state.withLock { state in
      state.listener?.shutDown()
      state.listener = nil
      for socket in state.connections.values { socket.shutDown() }
    }
    return state.wait(within: bound) { $0.threads == 0 }
  }

  private func takeConnections(from listener: Socket) {
    while let socket = listener.nextConnection() {
      let number: Int? = state.withLock { state in
        guard state.listener != nil else { return nil }
        state.log.connectionsAccepted += 1
        state.connections[state.log.connectionsAccepted] = socket
        state.threads += 1
        return state.log.connectionsAccepted
      }
      guard let number else {
        socket.close()
        continue
      }
      do {
        try startThread(stackSize: Core.stackSize) { [self] in
          Connection(core: self, socket: socket, number: number).serve()
          close(number, socket)
        }
      } catch {
        close(number, socket)
      }
    }
    state.withLock { state in
      listener.close()
      state.threads -= 1
    }
  }

  /// Under the lock: another thread must not shut down a descriptor that has a new meaning already.
  private func close(_ number: Int, _ socket: Socket) {
    state.withLock { state in
      state.connections[number] = nil
      socket.close()
      state.threads -= 1
    }
  }

  // MARK: Calls

  /// Takes a request into the log.
  /// - Returns: its call, and how long to wait where the limit refuses it.
  func begin(_ request: Request, on socket: Socket) -> (call: Call, refusal: Duration?) {
    var request = request
    request.marker = marker.find(request.body)
    if !keepsBodies { request.body = [] }
    return state.withLock { state in
      let call = state.log.begin(request, isGone: { socket.isGone })
      let refusal = state.limiter?.admit(at: .now, concurrent: call.concurrent)
      if refusal != nil { state.log.violations += 1 }
      return (call, refusal)
    }
  }

  func name(_ call: Call, _ reply: Reply) {
    state.withLock { $0.log.name(call.number, reply.name) }
  }

  /// Ends a call; the moment of it is now.
  /// - Parameter response: what goes out next, if anything does.
  func end(_ call: Call, _ ending: Call.Ending, _ response: Response? = nil) {
    state.withLock { state in
      let now = ContinuousClock.now
      let wait = response.flatMap { RetryAfter.wait(asked: $0.headers, now: HTTPDate.now) }
      state.log.end(call.number, ending, at: now, status: response?.status, retryAfter: wait.map { now + $0 })
    }
  }

  /// How a call ends whose connection does not stand any more.
  var endingOfLostCall: Call.Ending {
    state.withLock { $0.listener == nil ? .cutOff : .abandoned }
  }
}
