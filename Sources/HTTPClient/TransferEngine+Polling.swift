import Basics
import CLibrary
import SystemIO

/// The sockets of libcurl: the readiness that libcurl wants to be told of, and the readiness that each socket is
/// watched for. Between two requests on a connection, libcurl wants nothing of its socket. The watch then stays as it
/// is until the next request, or until an event on the socket, which saves two system calls.
struct WatchedSockets {
  struct WatchedSocket {
    var wanted: DescriptorReadiness = []
    var watched: DescriptorReadiness = []
    /// Whether the engine opened the socket, and hence is told before it is closed.
    var isOurs = false
  }

  private(set) var sockets: [Int32: WatchedSocket] = [:]

  /// Records what libcurl wants to be told of a socket.
  /// - Returns: the readiness to watch for from now on, empty to end the watch; nil when the watch stays as it is.
  mutating func want(_ wanted: DescriptorReadiness, of descriptor: Int32) -> DescriptorReadiness? {
    var socket = sockets[descriptor] ?? WatchedSocket()
    socket.wanted = wanted
    // Only a watch for reading is kept: a socket that is always writable would wake the thread again and again.
    let keepsWatch = wanted.isEmpty && socket.isOurs && socket.watched == .readable
    let mustChange = !keepsWatch && socket.watched != wanted
    if mustChange { socket.watched = wanted }
    sockets[descriptor] = wanted.isEmpty && !socket.isOurs ? nil : socket
    return mustChange ? wanted : nil
  }

  /// Checks an event on a socket.
  /// - Returns: whether libcurl waits for it; if not, the caller ends the watch.
  mutating func isWanted(_ descriptor: Int32) -> Bool {
    guard let socket = sockets[descriptor] else { return false }
    if socket.wanted.isEmpty { sockets[descriptor]?.watched = [] }
    return !socket.wanted.isEmpty
  }

  mutating func opened(_ descriptor: Int32) {
    sockets[descriptor] = WatchedSocket(isOurs: true)
  }

  /// - Returns: whether a watch has to be ended.
  mutating func closing(_ descriptor: Int32) -> Bool {
    !(sockets.removeValue(forKey: descriptor)?.watched.isEmpty ?? true)
  }
}

/// When libcurl wants to be called, in addition to the events on its sockets.
struct LibraryTimer {
  var wanted: Instant?
  /// The only timer that is set on the poller. libcurl moves its deadline with every request, so that this timer may
  /// fire too early; it is then set again.
  var armed: (deadline: Instant, key: EventPoller.TimerKey)?
  /// Whether a call without delay is already scheduled.
  var isImmediate = false
}

extension TransferEngine {
  func watch(_ descriptor: Int32, for what: Int32) {
    var wanted: DescriptorReadiness = []
    if what != CCURL_POLL_REMOVE {
      if what & Int32(CCURL_POLL_IN) != 0 { wanted.insert(.readable) }
      if what & Int32(CCURL_POLL_OUT) != 0 { wanted.insert(.writable) }
    }
    guard let change = sockets.want(wanted, of: descriptor) else { return }
    if change.isEmpty {
      poller.unwatch(FileDescriptor(rawValue: descriptor))
    } else {
      // If the system cannot watch the socket, the caller's time-out ends the wait.
      try? poller.watch(FileDescriptor(rawValue: descriptor), for: change) { self.act(on: descriptor, $0) }
    }
  }

  private func act(on descriptor: Int32, _ readiness: DescriptorReadiness) {
    guard sockets.isWanted(descriptor) else { return poller.unwatch(FileDescriptor(rawValue: descriptor)) }
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
    if sockets.closing(descriptor) { poller.unwatch(FileDescriptor(rawValue: descriptor)) }
    closing(descriptor)
    return csocket_close(descriptor)
  }

  // MARK: The timer

  func setTimer(_ milliseconds: Int) {
    timer.wanted = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
    if milliseconds == 0 {
      guard !timer.isImmediate else { return }
      timer.isImmediate = true
      // libcurl must not be called from its own callback. One call serves all transfers that are started now.
      poller.perform {
        self.timer.isImmediate = false
        self.actOnTimer()
      }
    } else if let wanted = timer.wanted, timer.armed.map({ wanted < $0.deadline }) ?? true {
      if let armed = timer.armed { poller.cancel(armed.key) }
      arm(at: wanted)
    }
  }

  private func arm(at deadline: Instant) {
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
