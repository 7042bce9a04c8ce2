import TestSupport

/// A client that trusts nobody: it sends bytes and shows what comes back, byte for byte. All waits are bounded.
final class RawClient {
  enum End: Equatable { case open, closed, reset }

  /// In milliseconds.
  static let patience: Int32 = 240_000
  private let descriptor: Int32
  private(set) var received: [UInt8] = []
  private(set) var end = End.open

  /// - Returns: nil where the connection is refused.
  init?(_ port: UInt16) {
    descriptor = openTCPSocket()
    guard connectDescriptor(descriptor, port) else {
      closeDescriptor(descriptor)
      return nil
    }
  }

  deinit {
    // Closing alone would not end the connection while a child that another test starts has a copy of the descriptor.
    _ = shutdown(descriptor, Int32(SHUT_RDWR))
    closeDescriptor(descriptor)
  }

  /// Whether a connection is made or refused within the bound; nil where neither happens.
  static func connecting(to port: UInt16, within milliseconds: Int32) -> Bool? {
    let descriptor = openTCPSocket()
    defer { closeDescriptor(descriptor) }
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    if connectDescriptor(descriptor, port) { return true }
    guard errno == EINPROGRESS else { return false }
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&entry, 1, milliseconds) > 0 else { return nil }
    return entry.revents == Int16(POLLOUT)
  }

  func send(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      bytes.removeFirst(count)
    }
  }

  /// A call about an article, in one of the protocols.
  func ask(_ path: String = openAIPath, _ content: String = "article-1", headers: String = "") {
    let body = #"{"model":"test","messages":[{"role":"user","content":"\#(content)"}]}"#
    send("POST \(path) HTTP/1.1\r\nHost: x\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
  }

  /// Reads more; false at the end, or where nothing came within the bound.
  @discardableResult
  func readMore(within milliseconds: Int32 = patience) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard end == .open, poll(&entry, 1, milliseconds) > 0 else { return false }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(descriptor, &chunk, chunk.count)
    if count > 0 {
      received += chunk[..<count]
      return true
    }
    end = count == 0 ? .closed : .reset
    return false
  }

  /// Everything up to the end of the connection.
  func readAll() -> String {
    while readMore() {}
    return take()
  }

  /// One response with a length.
  func response() -> Received? {
    while true {
      if let received = Received(received), received.body.count >= received.length {
        self.received.removeFirst(received.headCount + received.length)
        return received
      }
      guard readMore() else { return nil }
    }
  }

  func take() -> String {
    defer { received = [] }
    return String(decoding: received, as: UTF8.self)
  }

  func answer(_ path: String = openAIPath, _ content: String = "article-1", headers: String = "") -> Received? {
    ask(path, content, headers: headers)
    return response()
  }
}

/// A response as a client sees it.
struct Received {
  let status: Int
  let head: String
  let body: [UInt8]
  let headCount: Int

  init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: Unicode.ASCII.self)
    guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
    head = String(text[..<end.lowerBound])
    headCount = head.utf8.count + 4
    let words = head.split(separator: " ", maxSplits: 2)
    guard words.count == 3, words[0] == "HTTP/1.1", let status = Int(words[1]) else { return nil }
    self.status = status
    body = Array(bytes[headCount...])
  }

  var text: String { String(decoding: body.prefix(length), as: UTF8.self) }
  var length: Int { self["content-length"].flatMap { Int($0) } ?? 0 }

  subscript(name: String) -> String? {
    head.split(separator: "\r\n").dropFirst().map { $0.split(separator: ":", maxSplits: 1) }
      .first { $0[0].lowercased() == name }.map { String($0[1].drop { $0 == " " }) }
  }
}

let openAIPath = "/v1/chat/completions"
let anthropicPath = "/v1/messages"
let ollamaPath = "/api/chat"

private func connectDescriptor(_ descriptor: Int32, _ port: UInt16) -> Bool {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  return withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
    }
  }
}

private func closeDescriptor(_ descriptor: Int32) { close(descriptor) }
