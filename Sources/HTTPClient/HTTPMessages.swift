/// A POST request with a body.
public struct HTTPRequest: Sendable {
  /// The URL, with the scheme http or https. A user and a password in it are sent, but never appear in an error.
  public var url: String
  /// The headers to send unchanged, in addition to those that HTTP requires. Without a Content-Type here, none is sent.
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]
  /// The time-out for name lookup, connecting and the TLS handshake together.
  public var connectTimeout: Duration
  /// The most bytes of the body of the response, decompressed.
  public var maximumResponseSize: Int

  public init(
    url: String, headers: [(name: String, value: String)] = [], body: [UInt8],
    connectTimeout: Duration = .seconds(10), maximumResponseSize: Int = 8 << 20
  ) {
    self.url = url
    self.headers = headers
    self.body = body
    self.connectTimeout = connectTimeout
    self.maximumResponseSize = maximumResponseSize
  }

  /// Host and port as written in the URL; no other part of it may appear in messages.
  var authority: String {
    let rest = url.utf8.drop { $0 != UInt8(ascii: "/") }.drop { $0 == UInt8(ascii: "/") }
    let end = rest.firstIndex { "/?#\\".utf8.contains($0) } ?? rest.endIndex
    let start = rest[..<end].lastIndex(of: UInt8(ascii: "@")).map(rest.index(after:)) ?? rest.startIndex
    return String(decoding: rest[start..<end], as: UTF8.self)
  }

  /// The host as written in the URL, in lower case; an IPv6 address without its brackets.
  var host: String { String(server[..<server.lastIndex(of: ":")!]) }

  /// Host and port as libcurl writes them: in lower case, without brackets, and with the default port of the scheme
  /// where the URL has none.
  var server: String {
    let place = authority.lowercased()
    let colon = place.lastIndex(of: ":")
    let hasPort = colon.map { !place[$0...].contains("]") } ?? false
    let host = hasPort ? place[..<colon!] : place[...]
    let port = hasPort ? place[place.index(after: colon!)...] : isEncrypted ? "443" : "80"
    return "\(host.filter { $0 != "[" && $0 != "]" }):\(port)"
  }

  var isEncrypted: Bool { hasScheme("https") }

  /// What is wrong with the request before it is sent; nil for nothing.
  var defect: HTTPClientError? {
    guard hasScheme("http") || isEncrypted else {
      return HTTPClientError(.invalidURL, "the URL does not begin with http:// or https://")
    }
    guard !url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
      return HTTPClientError(.invalidURL, "the URL contains a space or a control character")
    }
    for (name, value) in headers {
      // An invalid character in a name or a value could be read as its end.
      guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }) else {
        return HTTPClientError(.other, "the name of a header is not valid")
      }
      guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
        return HTTPClientError(.other, "the value of the header \(name) contains a control character")
      }
    }
    return nil
  }

  private func hasScheme(_ scheme: String) -> Bool {
    let expected = Array("\(scheme)://".utf8)
    return url.utf8.count > expected.count
      && zip(url.utf8, expected).allSatisfy { $0 | ($1 >= UInt8(ascii: "a") ? 0x20 : 0) == $1 }
  }
}

/// The response of a server, whatever its status.
public struct HTTPResponse: Sendable {
  public var status: Int
  public var headers: HTTPHeaders
  /// The body, decompressed.
  public var body: [UInt8]

  public init(status: Int, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// The headers of a response. They are kept as they arrived, and parsed only when one is asked for.
public struct HTTPHeaders: Sendable {
  /// Lines of `Name: value`, each with its newline; the status line may be among them.
  private var block: [UInt8]

  public init(_ fields: [(name: String, value: String)] = []) {
    block = Array(fields.map { "\($0.name): \($0.value)\r\n" }.joined().utf8)
  }

  init(block: [UInt8]) {
    self.block = block
  }

  /// The value of the last header with this name, ignoring case, without surrounding white space.
  /// - Complexity: O(*n*), where *n* is the length of the headers.
  public subscript(name: String) -> String? {
    let name = Array(name.utf8)
    let line = block.split(separator: UInt8(ascii: "\n")).last { line in
      line.count > name.count && line[line.startIndex + name.count] == UInt8(ascii: ":")
        && zip(line, name).allSatisfy { lowercase($0) == lowercase($1) }
    }
    guard let value = line?.dropFirst(name.count + 1) else { return nil }
    let end = value.lastIndex { !isWhiteSpace($0) }.map { $0 + 1 } ?? value.startIndex
    return String(decoding: value[..<end].drop(while: isWhiteSpace), as: UTF8.self)
  }

  /// All headers, as they arrived.
  public var fields: [(name: String, value: String)] {
    block.split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      let value = line[(colon + 1)...].drop(while: isWhiteSpace)
      let end = value.lastIndex { !isWhiteSpace($0) }.map { $0 + 1 } ?? value.startIndex
      return (String(decoding: line[..<colon], as: UTF8.self), String(decoding: value[..<end], as: UTF8.self))
    }
  }

  /// Returns whether a line is a Content-Encoding header with unknown encodings only.
  static func isUnknownEncoding(_ line: some Collection<UInt8>) -> Bool {
    let name = "content-encoding:"
    // Most lines end at this check.
    guard line.count > name.utf8.count, line.first.map({ $0 | 0x20 }) == UInt8(ascii: "c"),
      zip(line, name.utf8).allSatisfy({ ($0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") ? $0 : $0 | 0x20) == $1 })
    else { return false }
    let words = String(decoding: line.dropFirst(name.utf8.count), as: UTF8.self).lowercased()
      .split { $0 == "," || $0.isWhitespace }
    let known: Set = ["gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "identity", "none"]
    return !words.isEmpty && words.allSatisfy { !known.contains(String($0)) }
  }

  private func lowercase(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  private func isWhiteSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
