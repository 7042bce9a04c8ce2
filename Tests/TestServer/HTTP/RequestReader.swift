/// Reads one HTTP/1.1 request after another from a connection.
struct RequestReader {
  let stream: any ByteStream
  let connection: Int
  private var buffer: [UInt8] = []

  init(_ stream: any ByteStream, connection: Int) {
    self.stream = stream
    self.connection = connection
  }

  /// The next request, whole; nil when the connection ends or does not speak HTTP.
  mutating func next() -> Request? {
    if buffer.isEmpty { guard fill() else { return nil } }
    let arrived = ContinuousClock.now
    guard let head = takeHead() else { return nil }
    let lines = head.split(separator: "\r\n", omittingEmptySubsequences: true)
    let words = (lines.first ?? "").split(separator: " ")
    guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return nil }
    var headers = Headers()
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      headers.add(String(line[..<colon]), trimmed(line[line.index(after: colon)...]))
    }
    if headers["expect"]?.lowercased() == "100-continue" {
      guard stream.write("HTTP/1.1 100 Continue\r\n\r\n") else { return nil }
    }
    let body: [UInt8]?
    if headers["transfer-encoding"]?.lowercased() == "chunked" {
      body = takeChunks()
    } else {
      body = take(Int(headers["content-length"] ?? "0") ?? 0)
    }
    guard let body else { return nil }
    return Request(
      method: String(words[0]), target: String(words[1]), headers: headers, body: body, arrived: arrived,
      connection: connection)
  }

  private mutating func fill() -> Bool {
    guard let bytes = stream.read() else { return false }
    buffer += bytes
    return true
  }

  /// Everything before the empty line.
  private mutating func takeHead() -> String? {
    while true {
      if let end = position(of: Array("\r\n\r\n".utf8)) {
        let head = buffer[..<end]
        defer { buffer.removeFirst(end + 4) }
        return String(decoding: head, as: UTF8.self)
      }
      guard buffer.count < 1 << 20, fill() else { return nil }
    }
  }

  private mutating func take(_ count: Int) -> [UInt8]? {
    while buffer.count < count { guard fill() else { return nil } }
    defer { buffer.removeFirst(count) }
    return Array(buffer.prefix(count))
  }

  private mutating func takeChunks() -> [UInt8]? {
    var body: [UInt8] = []
    while true {
      while position(of: [0x0D, 0x0A]) == nil { guard fill() else { return nil } }
      guard let line = take(position(of: [0x0D, 0x0A])!), take(2) != nil else { return nil }
      let digits = String(decoding: line, as: UTF8.self).prefix { $0 != ";" }
      guard let size = Int(digits, radix: 16), let chunk = take(size), take(2) != nil else { return nil }
      if size == 0 { return body }
      body += chunk
    }
  }

  private func position(of pattern: [UInt8]) -> Int? {
    guard buffer.count >= pattern.count else { return nil }
    return (0...buffer.count - pattern.count).first { start in
      buffer[start] == pattern[0] && buffer[start..<start + pattern.count].elementsEqual(pattern)
    }
  }

  private func trimmed(_ text: Substring) -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    let leading = text.drop(while: isBlank)
    return String(leading.reversed().drop(while: isBlank).reversed())
  }
}
