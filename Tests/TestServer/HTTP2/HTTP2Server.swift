import TestSupport

/// A server on 127.0.0.1 that speaks HTTP/2 over TLS and does with each connection what a test says, frame by frame, on a
/// thread of its own.
public final class HTTP2Server: Sendable {
  public let port: UInt16
  private let listener: Socket

  /// - Parameters:
  ///   - streams: as many at once are allowed on a connection.
  ///   - serve: called for each connection, with its number from 1; the connection is closed when this returns.
  public init(
    streams: UInt32 = 100, serve: @escaping @Sendable (_ connection: HTTP2Connection, _ number: Int) -> Void
  ) throws {
    let context = try TLSContext(.good, isHTTP2: true)
    let listener = try Socket.bound(to: 0)
    self.listener = listener
    port = listener.port
    try listener.startListening()
    try startThread(stackSize: Core.stackSize) {
      var number = 0
      while let socket = listener.nextConnection() {
        number += 1
        try? startThread(stackSize: Core.stackSize) { [number] in
          if let stream = TLSStream(context, socket), let connection = HTTP2Connection(stream, socket, streams) {
            serve(connection, number)
          }
          socket.close()
        }
      }
      listener.close()
    }
  }

  deinit { listener.shutDown() }

  public var url: String { "https://127.0.0.1:\(port)/v1/x" }
}
