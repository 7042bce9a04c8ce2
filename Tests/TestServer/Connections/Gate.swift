#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Holds replies back until a test opens it.
public final class Gate: Sendable {
  /// Can be read, to its end, once the gate is open.
  let descriptor: Int32
  private let writeEnd: Monitor<Int32?>

  public init() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { fatalError("\(SocketError("pipe"))") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    descriptor = ends[0]
    writeEnd = Monitor(ends[1])
  }

  /// Lets everybody pass, now and later.
  public func open() {
    writeEnd.withLock { end in
      if let open = end { closeDescriptor(open) }
      end = nil
    }
  }

  deinit {
    open()
    closeDescriptor(descriptor)
  }
}
