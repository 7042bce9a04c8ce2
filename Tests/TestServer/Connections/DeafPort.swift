import TestSupport

/// A port of 127.0.0.1 that neither takes a connection nor refuses it: who connects waits, until he gives up. Its queue
/// is full of connections that nobody takes, and what comes then is dropped.
public final class DeafPort: Sendable {
  public let port: UInt16
  private let sockets: [Socket]

  public init() throws {
    let listener = try Socket.bound(to: 0)
    port = listener.port
    guard listen(listener.descriptor, 0) == 0 else { throw SystemFailure("listen") }
    var sockets = [listener]
    // A queue of length 0 holds one; the rest goes into what the system keeps beyond it.
    for _ in 0..<4 {
      let filler = try Socket.bound(to: 0)
      sockets.append(filler)
      _ = fcntl(filler.descriptor, F_SETFL, O_NONBLOCK)
      var address = Socket.loopback(port)
      _ = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(filler.descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }
    self.sockets = sockets
  }

  public var url: String { "http://127.0.0.1:\(port)" }

  deinit { for socket in sockets { socket.close() } }
}
