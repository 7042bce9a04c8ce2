import CLibrary
import Synchronization

/// The version of HTTP that a connection speaks.
enum HTTPVersion: Sendable { case http1, http2 }

/// A connection, from the opening of its socket to its close.
struct HTTPConnection: Sendable, Equatable {
  /// The number of the connection; no other connection of the process has it.
  let id: UInt64
  let descriptor: Int32
  /// The HTTP version; nil until the first response.
  var version: HTTPVersion?

  private static let count = Atomic<UInt64>(0)

  init(descriptor: Int32) {
    id = Self.count.add(1, ordering: .relaxed).newValue
    self.descriptor = descriptor
  }

  /// What has arrived on a connection since the last read.
  enum ConnectionStatus: Sendable { case quiet, readable, closed }

  func look() -> ConnectionStatus {
    switch Int(csocket_look(descriptor)) {
    case CSOCKET_QUIET: .quiet
    case CSOCKET_READABLE: .readable
    default: .closed
    }
  }

  /// Whether the peer has not closed the connection.
  var stands: Bool { look() != .closed }

  /// Whether a request may be sent on the connection. On HTTP/1, a response that arrives before its request belongs to
  /// no request: it is the time-out of a proxy, or a late response of the server. On HTTP/2, libcurl reads what has
  /// arrived, and each response names its request.
  var takesRequest: Bool { version != .http1 || look() == .quiet }
}

/// The open connections of an engine. libcurl identifies the connection that it is about to use by its local port.
struct ConnectionTable {
  private var connections: [Int32: HTTPConnection] = [:]
  /// The sockets on each local port; sockets with different local addresses may share a port.
  private var descriptors: [Int: [Int32]] = [:]
  /// The sockets that were opened and whose local port is not known yet.
  private var unnamed: [Int32] = []

  mutating func opened(_ descriptor: Int32) {
    connections[descriptor] = HTTPConnection(descriptor: descriptor)
    unnamed.append(descriptor)
  }

  /// - Returns: the connection, which is about to be closed.
  mutating func closed(_ descriptor: Int32) -> HTTPConnection? {
    unnamed.removeAll { $0 == descriptor }
    for (port, others) in descriptors where others.contains(descriptor) {
      descriptors[port] = others.count == 1 ? nil : others.filter { $0 != descriptor }
    }
    return connections.removeValue(forKey: descriptor)
  }

  /// Returns the connections with a local port: one, unless several local addresses are in use.
  /// - Parameter portOf: returns the local port of a socket; 0 while it has none.
  mutating func connections(
    onPort port: Int, portOf: (Int32) -> Int = { Int(csocket_local_port($0)) }
  ) -> [HTTPConnection] {
    if !unnamed.isEmpty {
      unnamed.removeAll { descriptor in
        let port = portOf(descriptor)
        if port != 0 { descriptors[port, default: []].append(descriptor) }
        return port != 0
      }
    }
    return descriptors[port, default: []].compactMap { connections[$0] }
  }

  /// Records the HTTP version of a connection.
  mutating func note(_ version: HTTPVersion, on connection: HTTPConnection) {
    guard connections[connection.descriptor]?.id == connection.id else { return }
    connections[connection.descriptor]?.version = version
  }

  func isOpen(_ connection: HTTPConnection) -> Bool { connections[connection.descriptor]?.id == connection.id }
}
