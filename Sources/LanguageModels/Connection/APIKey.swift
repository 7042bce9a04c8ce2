/// The key of an account, as it came from a file or the environment.
public struct APIKey: Sendable, Equatable {
  public struct ParseError: Error, Equatable {
    /// As the end of a sentence; it does not hold the key.
    public let message: String
  }

  let text: String

  /// Takes the first line without white space around it.
  public init(parsing contents: String) throws(ParseError) {
    let line = contents.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).first?.trimmed() ?? ""
    if line.isEmpty { throw ParseError(message: "holds no key in its first line") }
    guard line.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw ParseError(message: "holds a key with characters that no header takes; was it copied whole?")
    }
    text = String(line)
  }
}

/// Base64 (RFC 4648, section 4), for the name and password of a URL.
func base64(_ bytes: [UInt8]) -> String {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    var bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
    var four: [UInt8] = []
    for _ in 0..<4 {
      four.append(digits[bits & 63])
      bits >>= 6
    }
    text += four.reversed().prefix(group.count + 1)
    text += Array("==".utf8.prefix(3 - group.count))
  }
  return String(decoding: text, as: UTF8.self)
}

/// The bytes that a part of a URL stands for; a percent sign that begins no escape stands for itself.
func percentDecoded(_ text: String) -> [UInt8] {
  let bytes = Array(text.utf8)
  var decoded: [UInt8] = []
  var index = 0
  while index < bytes.count {
    if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
      let value = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
    {
      decoded.append(value)
      index += 3
    } else {
      decoded.append(bytes[index])
      index += 1
    }
  }
  return decoded
}
