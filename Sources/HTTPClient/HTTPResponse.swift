/// What a server answered, whatever its status.
public struct HTTPResponse: Sendable {
  public var status: Int
  public var headers: HTTPHeaders
  /// Decompressed.
  public var body: [UInt8]

  public init(status: Int, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// The headers of an answer. They are kept as they came, and only read when one is asked for.
public struct HTTPHeaders: Sendable {
  /// Lines of `Name: value`, each with its newline; the status line may be among them.
  private var block: [UInt8]

  public init(_ fields: [(name: String, value: String)] = []) {
    block = Array(fields.map { "\($0.name): \($0.value)\r\n" }.joined().utf8)
  }

  init(block: [UInt8]) {
    self.block = block
  }

  /// The value of a header, whatever the case of its name, without surrounding white space; of repeated ones the last.
  /// O(length of the headers).
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

  /// All of them, as they came.
  public var fields: [(name: String, value: String)] {
    block.split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      let value = line[(colon + 1)...].drop(while: isWhiteSpace)
      let end = value.lastIndex { !isWhiteSpace($0) }.map { $0 + 1 } ?? value.startIndex
      return (String(decoding: line[..<colon], as: UTF8.self), String(decoding: value[..<end], as: UTF8.self))
    }
  }

  /// Whether a line says that the body is encoded in a way that is none.
  static func isUnknownEncoding(_ line: some Collection<UInt8>) -> Bool {
    let name = "content-encoding:"
    // Most lines end here.
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
