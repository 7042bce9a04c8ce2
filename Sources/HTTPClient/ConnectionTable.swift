import CLibrary
import Synchronization

/// A connection, from the opening of its socket to its close.
struct Connection: Sendable, Equatable {
  enum Version: Sendable { case http1, http2 }

  /// Its number; no other connection of the process has it.
  let id: UInt64
  let descriptor: Int32
  /// What it speaks; nil until its first answer.
  var version: Version?

  private static let count = Atomic<UInt64>(0)

  init(descriptor: Int32) {
    id = Self.count.add(1, ordering: .relaxed).newValue
    self.descriptor = descriptor
  }

  /// What has come on a connection since it was last read.
  enum Look: Sendable { case quiet, readable, closed }

  func look() -> Look {
    switch Int(csocket_look(descriptor)) {
    case CSOCKET_QUIET: .quiet
    case CSOCKET_READABLE: .readable
    default: .closed
    }
  }

  /// Whether the other side has not closed it.
  var stands: Bool { look() != .closed }

  /// Whether a request may go out on it. An answer that is there before its request belongs to nobody, whatever sent it:
  /// a time-out of a proxy, a late answer of a server. On HTTP/2 libcurl reads what has come, and each answer names its
  /// request.
  var takesRequest: Bool { version != .http1 || look() == .quiet }
}

/// The open connections of an engine. libcurl names the connection that it is about to use by its port at our end.
struct ConnectionTable {
  private var connections: [Int32: Connection] = [:]
  /// Several addresses of ours may have the same port.
  private var descriptors: [Int: [Int32]] = [:]
  /// Opened, and perhaps not connected yet.
  private var unnamed: [Int32] = []

  mutating func opened(_ descriptor: Int32) {
    connections[descriptor] = Connection(descriptor: descriptor)
    unnamed.append(descriptor)
  }

  /// - Returns: the connection that is about to end.
  mutating func closed(_ descriptor: Int32) -> Connection? {
    unnamed.removeAll { $0 == descriptor }
    for (port, others) in descriptors where others.contains(descriptor) {
      descriptors[port] = others.count == 1 ? nil : others.filter { $0 != descriptor }
    }
    return connections.removeValue(forKey: descriptor)
  }

  /// Those that may be meant by a port: one, unless several addresses of ours are in use.
  /// - Parameter portOf: the port of a socket; 0 while it has none.
  mutating func connections(
    onPort port: Int, portOf: (Int32) -> Int = { Int(csocket_local_port($0)) }
  ) -> [Connection] {
    if !unnamed.isEmpty {
      unnamed.removeAll { descriptor in
        let port = portOf(descriptor)
        if port != 0 { descriptors[port, default: []].append(descriptor) }
        return port != 0
      }
    }
    return descriptors[port, default: []].compactMap { connections[$0] }
  }

  /// Notes what a connection speaks.
  mutating func note(_ version: Connection.Version, on connection: Connection) {
    guard connections[connection.descriptor]?.id == connection.id else { return }
    connections[connection.descriptor]?.version = version
  }

  func isOpen(_ connection: Connection) -> Bool { connections[connection.descriptor]?.id == connection.id }
}
