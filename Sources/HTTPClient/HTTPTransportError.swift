/// Why there is no answer.
public struct HTTPTransportError: Error, Sendable, Equatable {
  public enum Kind: Sendable {
    case nameNotResolved
    case connectionRefused
    /// The proxy that the environment names refuses connections, or its name is not found.
    case proxyUnreachable
    /// Any other failure to connect, also one that took too long.
    case connectionFailed
    /// Reset, closed before the answer or in the midst of it, or something came that is not HTTP.
    case connectionLost
    /// The time for the whole attempt is up.
    case timedOut
    /// The server's certificate could not be verified.
    case untrusted
    /// The answer is larger than allowed.
    case tooLarge
    case invalidURL
    /// The task was cancelled, or the transport shut down.
    case cancelled
    case other
  }

  public var kind: Kind
  /// One line for people: no secrets, no header's value. Parts of it may come from a server.
  public var message: String
  /// The connection that carried the request, where there was one. Requests that shared a connection fail together when
  /// it is lost, and then have the same number here; no two connections of a process do.
  public var connection: UInt64?

  public init(_ kind: Kind, _ message: String, connection: UInt64? = nil) {
    self.kind = kind
    self.message = message
    self.connection = connection
  }
}

/// There is no libcurl to work with.
public struct HTTPTransportUnavailable: Error, Sendable, Equatable {
  /// One line that says what to do.
  public var message: String
}
