/// One connection of HTTP/2, as its server sees it. Every call blocks.
public final class HTTP2Connection {
  public struct Request: Sendable {
    public let stream: UInt32
    public let body: [UInt8]
  }

  private enum Frame: UInt8 {
    case data, headers, priority, reset, settings, push, ping, goAway, window, continuation
  }

  private let stream: TLSStream
  private let socket: Socket
  private var unread: [UInt8] = []
  private var bodies: [UInt32: [UInt8]] = [:]

  /// nil where the client does not begin as it should.
  init?(_ stream: TLSStream, _ socket: Socket, _ streams: UInt32) {
    self.stream = stream
    self.socket = socket
    let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    guard take(preface.count) == preface else { return nil }
    let maximumStreams: [UInt8] = [0, 3]
    send(.settings, on: 0, maximumStreams + Self.bytes(streams))
  }

  /// The next request that is complete; nil when the client has closed the connection.
  public func receive() -> Request? {
    while let head = take(9), let payload = take(Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])) {
      let id = head[5...].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      let (isAcknowledgement, isEnd) = (head[4] & 1 != 0, head[4] & 1 != 0)
      switch Frame(rawValue: head[3]) {
      case .settings where !isAcknowledgement: send(.settings, flags: 1, on: 0, [])
      case .ping where !isAcknowledgement: send(.ping, flags: 1, on: 0, payload)
      case .headers:
        bodies[id] = []
        if isEnd { return Request(stream: id, body: []) }
      case .data:
        bodies[id, default: []] += payload
        if !payload.isEmpty {
          send(.window, on: 0, Self.bytes(UInt32(payload.count)))
          send(.window, on: id, Self.bytes(UInt32(payload.count)))
        }
        if isEnd { return Request(stream: id, body: bodies.removeValue(forKey: id) ?? []) }
      default: break
      }
    }
    return nil
  }

  public func answer(_ stream: UInt32, _ body: [UInt8], status: Int = 200) {
    // A literal field with the eighth name of the static table, `:status`.
    let digits = Array("\(status)".utf8)
    send(.headers, flags: 4, on: stream, [8, UInt8(digits.count)] + digits)
    send(.data, flags: 1, on: stream, body)
  }

  /// Says that a request was not looked at, and may be made again.
  public func refuse(_ stream: UInt32) { send(.reset, on: stream, Self.bytes(7)) }

  /// Ends a stream because of a fault.
  public func reset(_ stream: UInt32) { send(.reset, on: stream, Self.bytes(2)) }

  /// Says that no stream beyond this one was looked at, and none will be.
  public func goAway(last: UInt32) { send(.goAway, on: 0, Self.bytes(last) + Self.bytes(0)) }

  /// The connection ends with a reset instead of a farewell.
  public func resetOnClose() { socket.resetOnClose() }

  private func send(_ frame: Frame, flags: UInt8 = 0, on stream: UInt32, _ payload: [UInt8]) {
    var bytes = Array(Self.bytes(UInt32(payload.count)).dropFirst())
    bytes += [frame.rawValue, flags]
    bytes += Self.bytes(stream)
    _ = self.stream.write(bytes + payload)
  }

  private func take(_ count: Int) -> [UInt8]? {
    while unread.count < count {
      guard let more = stream.read() else { return nil }
      unread += more
    }
    defer { unread.removeFirst(count) }
    return Array(unread[..<count])
  }

  private static func bytes(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
