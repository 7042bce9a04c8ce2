import CLibrary
import SystemIO

/// What libcurl wants to be told about its sockets, and what they are watched for. Between two requests on a connection
/// libcurl lets go of its socket; the watch is left as it is until the next request, which spares two system calls, or
/// until something happens on it.
struct WatchedSockets {
  struct Socket {
    var wanted: Readiness = []
    var watched: Readiness = []
    /// Whether we opened it, and hence are told before it is closed.
    var isOurs = false
  }

  private(set) var sockets: [Int32: Socket] = [:]

  /// Notes what libcurl wants.
  /// - Returns: what is to be watched for from now on (nothing: not at all); nil where all stays as it is.
  mutating func want(_ wanted: Readiness, of descriptor: Int32) -> Readiness? {
    var socket = sockets[descriptor] ?? Socket()
    socket.wanted = wanted
    // A socket that is always writable would wake us for ever.
    let keepsWatch = wanted.isEmpty && socket.isOurs && socket.watched == .readable
    let mustChange = !keepsWatch && socket.watched != wanted
    if mustChange { socket.watched = wanted }
    sockets[descriptor] = wanted.isEmpty && !socket.isOurs ? nil : socket
    return mustChange ? wanted : nil
  }

  /// - Returns: whether libcurl waits for that; if not, the watch ends.
  mutating func isWanted(_ descriptor: Int32) -> Bool {
    guard let socket = sockets[descriptor] else { return false }
    if socket.wanted.isEmpty { sockets[descriptor]?.watched = [] }
    return !socket.wanted.isEmpty
  }

  mutating func opened(_ descriptor: Int32) {
    sockets[descriptor] = Socket(isOurs: true)
  }

  /// - Returns: whether a watch has to be ended.
  mutating func closing(_ descriptor: Int32) -> Bool {
    !(sockets.removeValue(forKey: descriptor)?.watched.isEmpty ?? true)
  }
}

/// When libcurl wants to be called, beside what its sockets have to tell.
struct LibraryTimer {
  var wanted: ContinuousClock.Instant?
  /// The one timer that is set on the poller. It may be too early, and is then set anew when it comes: libcurl changes
  /// its mind with every request.
  var armed: (deadline: ContinuousClock.Instant, key: Poller.TimerKey)?
  /// Whether a call at once is on its way.
  var isImmediate = false
}

extension TransferEngine {
  func watch(_ descriptor: Int32, for what: Int32) {
    var wanted: Readiness = []
    if what != CCURL_POLL_REMOVE {
      if what & Int32(CCURL_POLL_IN) != 0 { wanted.insert(.readable) }
      if what & Int32(CCURL_POLL_OUT) != 0 { wanted.insert(.writable) }
    }
    guard let change = sockets.want(wanted, of: descriptor) else { return }
    if change.isEmpty {
      poller.unwatch(Descriptor(rawValue: descriptor))
    } else {
      // Where the system cannot watch, the caller's time-out ends the wait.
      try? poller.watch(Descriptor(rawValue: descriptor), for: change) { self.act(on: descriptor, $0) }
    }
  }

  private func act(on descriptor: Int32, _ readiness: Readiness) {
    guard sockets.isWanted(descriptor) else { return poller.unwatch(Descriptor(rawValue: descriptor)) }
    var ready = 0
    if readiness.contains(.readable) { ready |= CCURL_SELECT_IN }
    if readiness.contains(.writable) { ready |= CCURL_SELECT_OUT }
    if readiness.contains(.failed) { ready |= CCURL_SELECT_ERROR }
    ccurl_multi_socket_action(library.functions, multi, descriptor, Int32(ready))
    takeDone()
  }

  func open(_ kind: UnsafePointer<Int32>) -> Int32 {
    let descriptor = csocket_open(kind)
    if descriptor >= 0 {
      sockets.opened(descriptor)
      connections.opened(descriptor)
    }
    return descriptor
  }

  func close(_ descriptor: Int32) -> Int32 {
    if sockets.closing(descriptor) { poller.unwatch(Descriptor(rawValue: descriptor)) }
    closing(descriptor)
    return csocket_close(descriptor)
  }

  // MARK: The timer

  func setTimer(_ milliseconds: Int) {
    timer.wanted = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
    if milliseconds == 0 {
      guard !timer.isImmediate else { return }
      timer.isImmediate = true
      // Not from here: libcurl may not be called by what it calls. All that are started now are served by one call.
      poller.perform {
        self.timer.isImmediate = false
        self.actOnTimer()
      }
    } else if let wanted = timer.wanted, timer.armed.map({ wanted < $0.deadline }) ?? true {
      if let armed = timer.armed { poller.cancel(armed.key) }
      arm(at: wanted)
    }
  }

  private func arm(at deadline: ContinuousClock.Instant) {
    let key = poller.schedule(at: deadline) { self.timerFired() }
    timer.armed = (deadline, key)
  }

  private func timerFired() {
    timer.armed = nil
    guard let wanted = timer.wanted else { return }
    if wanted > .now { arm(at: wanted) } else { actOnTimer() }
  }

  private func actOnTimer() {
    guard !isDestroyed else { return }
    ccurl_multi_socket_action(library.functions, multi, Int32(CCURL_SOCKET_TIMEOUT), 0)
    takeDone()
  }
}
