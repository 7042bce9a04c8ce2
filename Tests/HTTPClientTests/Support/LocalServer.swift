import BoundedConcurrency

import SystemIO
import TestSupport

/// A server on the loopback interface that does what a test says with each connection, on a thread of its own.
final class LocalServer: Sendable {
  private struct State {
    var accepted = 0
    var requests = 0
    /// Connections that are open.
    var connections: Set<Int32> = []
  }

  let port: UInt16
  private let listener: Int32
  private let state = Lock(State())

  /// - Parameter serve: called for each connection; it is closed when this returns.
  init(serving serve: @escaping @Sendable (Connection) -> Void) throws {
    _ = Self.ignoresBrokenPipes
    let listener = try Self.listen()
    self.listener = listener
    port = Self.port(of: listener)
    try startThread { [weak self] in
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0, let server = self else {
          if descriptor >= 0 {
            _ = system_close(descriptor)
          } else if errno == ECONNABORTED || errno == EINTR {
            continue
          }
          break
        }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        server.state.withLock { state in
          state.accepted += 1
          state.connections.insert(descriptor)
        }
        try? startThread {
          serve(Connection(descriptor: descriptor, server: server))
          server.close(descriptor)
        }
      }
      // Here, and not where it is shut down: its number may mean another server's listener by then.
      _ = system_close(listener)
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
  }

  /// A server that gives each request of a connection to the function and goes on while it says so.
  convenience init(_ answer: @escaping @Sendable (Connection, ReceivedRequest) -> Bool) throws {
    try self.init(serving: { connection in
      while let request = connection.receive(), answer(connection, request) {}
    })
  }

  var url: String { "http://127.0.0.1:\(port)/v1/x" }
  var accepted: Int { state.withLock { $0.accepted } }
  var requests: Int { state.withLock { $0.requests } }
  var openConnections: Int { state.withLock { $0.connections.count } }

  func countRequest() { state.withLock { $0.requests += 1 } }

  private func close(_ descriptor: Int32) {
    // At one moment: who sees that it is gone may rely on it that the client has been told.
    state.withLock { state in
      shutdown(descriptor, Int32(SHUT_RDWR))
      _ = system_close(descriptor)
      state.connections.remove(descriptor)
    }
  }

  /// Runs `body` with a port on which nobody listens, and nobody else can.
  static func withUnusedPort<Result>(_ body: (UInt16) async throws -> Result) async throws -> Result {
    let socket = try boundSocket()
    defer { _ = system_close(socket) }
    return try await body(port(of: socket))
  }

  private static func listen() throws -> Int32 {
    let listener = try boundSocket()
    guard system_listen(listener, 1024) == 0 else { throw SystemFailure("listen") }
    return listener
  }

  private static func boundSocket() throws -> Int32 {
    let listener = openTCPSocket()
    var address = loopback
    let isBound = withUnsafePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isBound else { throw SystemFailure("bind") }
    return listener
  }

  private static var loopback: sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  private static func port(of listener: Int32) -> UInt16 {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(listener, $0, &length) }
    }
    return UInt16(bigEndian: address.sin_port)
  }

  private static let ignoresBrokenPipes: Void = { ProcessSignal.brokenPipe.ignore() }()
}

struct ReceivedRequest {
  /// Request line and headers.
  var head: String
  var body: [UInt8]
}

/// One connection, as the server sees it. Every call blocks.
final class Connection: Sendable {
  private let descriptor: Int32
  private let server: LocalServer
  private let unread = Lock<[UInt8]>([])

  init(descriptor: Int32, server: LocalServer) {
    self.descriptor = descriptor
    self.server = server
  }

  /// The next request; nil when the client has closed the connection.
  func receive() -> ReceivedRequest? {
    var bytes = unread.withLock { $0 }
    var headEnd: Int?
    while true {
      if headEnd == nil { headEnd = end(of: bytes) }
      if let headEnd {
        let head = String(decoding: bytes[..<headEnd], as: UTF8.self)
        let length = head.split(separator: "\r\n").compactMap { line -> Int? in
          let line = line.lowercased()
          return line.hasPrefix("content-length: ") ? Int(line.dropFirst(16)) : nil
        }
        let end = headEnd + (length.first ?? 0)
        if bytes.count >= end {
          unread.withLock { $0 = Array(bytes[end...]) }
          server.countRequest()
          return ReceivedRequest(head: head, body: Array(bytes[headEnd..<end]))
        }
      }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return nil }
      bytes += buffer[..<count]
    }
  }

  private func end(of bytes: [UInt8]) -> Int? {
    let mark = Array("\r\n\r\n".utf8)
    guard bytes.count >= 4 else { return nil }
    return (0...bytes.count - 4).first { Array(bytes[$0..<$0 + 4]) == mark }.map { $0 + 4 }
  }

  /// Waits until the client has closed the connection.
  func waitForClose() {
    while receive() != nil {}
  }

  /// - Returns: whether the client is still there.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// A whole answer; true, so that it can stand at the end of a server's function.
  @discardableResult
  func answer(_ body: String, status: String = "200 OK", headers: [String] = []) -> Bool {
    answer(Array(body.utf8), status: status, headers: headers)
  }

  @discardableResult
  func answer(_ body: [UInt8], status: String = "200 OK", headers: [String] = []) -> Bool {
    let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers + ["", ""]
    return send(Array(lines.joined(separator: "\r\n").utf8) + body)
  }
}

private func system_close(_ descriptor: Int32) -> Int32 { close(descriptor) }
private func system_listen(_ descriptor: Int32, _ backlog: Int32) -> Int32 { listen(descriptor, backlog) }
