import TestSupport

/// A TCP socket of this host. It does not own its descriptor: who made it closes it.
struct Socket: Sendable {
  let descriptor: Int32

  /// A socket bound to a port of 127.0.0.1; 0 lets the system choose one.
  static func bound(to port: UInt16) throws(SystemFailure) -> Socket {
    let descriptor = openTCPSocket()
    guard descriptor >= 0 else { throw SystemFailure("socket") }
    let made = Socket(descriptor: descriptor)
    // A port that the system is to choose must be free; one that we had before may have connections that linger.
    if port != 0 { made.set(SO_REUSEADDR, 1) }
    var address = loopback(port)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      let error = SystemFailure("bind to port \(port)")
      made.close()
      throw error
    }
    if port == 0 { made.set(SO_REUSEADDR, 1) }
    return made
  }

  static func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  var port: UInt16 {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
    }
    return UInt16(bigEndian: address.sin_port)
  }

  func startListening() throws(SystemFailure) {
    guard listen(descriptor, 4096) == 0 else { throw SystemFailure("listen") }
  }

  /// The next connection; nil once the socket has been shut down.
  func nextConnection() -> Socket? {
    while true {
      let connection = acceptPrivately(descriptor)
      if connection >= 0 {
        let accepted = Socket(descriptor: connection)
        accepted.set(Int32(TCP_NODELAY), 1, level: Int32(IPPROTO_TCP))
        return accepted
      }
      // A connection that was gone before it was taken is no end, and neither are too many of them.
      switch errno {
      case EINTR, ECONNABORTED: continue
      case EMFILE, ENFILE, ENOBUFS, ENOMEM:
        var entry = pollfd(fd: descriptor, events: 0, revents: 0)
        if poll(&entry, 1, 10) > 0 { return nil }
      default: return nil
      }
    }
  }

  /// What there is to read, at most `count` bytes; nil at the end or when the connection is broken.
  func read(upTo count: Int) -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      var result = recv(descriptor, buffer.baseAddress, count, 0)
      while result < 0 && errno == EINTR { result = recv(descriptor, buffer.baseAddress, count, 0) }
      initialized = max(result, 0)
    }
    return bytes.isEmpty ? nil : bytes
  }

  /// - Returns: whether all of it was taken.
  func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes
    while rest.count > 0 {
      let count = send(descriptor, rest.baseAddress, rest.count, noSignal)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    return true
  }

  /// Wakes whoever waits for this socket, and tells the other side that nothing more comes.
  func shutDown() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

  func close() { closeDescriptor(descriptor) }

  /// From now on, closing drops the connection at once, with a reset.
  func resetOnClose() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
  }

  /// Whether the other side has closed the connection, or we have shut it down.
  var isGone: Bool {
    var entry = [pollfd(fd: descriptor, events: hangUp, revents: 0)]
    return poll(&entry, 1, 0) > 0
  }

  /// Lets time pass for as long as the connection stands.
  /// - Parameters:
  ///   - duration: at most this long; nil: for ever.
  ///   - gate: ends the wait when it opens.
  /// - Returns: whether the connection still stands.
  func stands(for duration: Duration?, orUntil gate: Gate? = nil) -> Bool {
    let deadline = duration.map { ContinuousClock.now + $0 }
    var entries = [pollfd(fd: descriptor, events: hangUp, revents: 0)]
    if let gate { entries.append(pollfd(fd: gate.descriptor, events: Int16(POLLIN), revents: 0)) }
    while true {
      var milliseconds: Int32 = -1
      if let deadline {
        let left = ContinuousClock.now.duration(to: deadline)
        if left <= .zero { return !isGone }
        milliseconds = Int32(clamping: left.components.seconds * 1000 + left.components.attoseconds / Int64(1e15) + 1)
      }
      guard poll(&entries, nfds_t(entries.count), milliseconds) > 0 else { continue }
      if entries[0].revents != 0 { return false }
      return true
    }
  }

  private func set(_ option: Int32, _ value: Int32, level: Int32 = SOL_SOCKET) {
    var value = value
    setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }
}

/// A connection that no child inherits, not even one that another thread starts at this moment: an open end there would
/// keep the connection from ending.
private func acceptPrivately(_ descriptor: Int32) -> Int32 {
  #if canImport(Glibc)
    if let acceptWithFlags { return acceptWithFlags(descriptor, nil, nil, Int32(SOCK_CLOEXEC.rawValue)) }
  #endif
  let connection = accept(descriptor, nil, nil)
  if connection >= 0 { _ = fcntl(connection, F_SETFD, FD_CLOEXEC) }
  return connection
}

/// `accept4`, which the headers hide.
private let acceptWithFlags = dlsym(dlopen(nil, RTLD_NOW), "accept4").map { unsafeBitCast($0, to: Accept.self) }
private typealias Accept =
  @convention(c) (Int32, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, Int32) -> Int32

func closeDescriptor(_ descriptor: Int32) { _ = close(descriptor) }

#if canImport(Darwin)
  private let hangUp: Int16 = 0
  private let noSignal: Int32 = 0
#else
  // The end of what the other side sends, told also while bytes wait to be read: a client that gave up.
  private let hangUp = Int16(0x2000)
  private let noSignal = Int32(MSG_NOSIGNAL)
#endif
