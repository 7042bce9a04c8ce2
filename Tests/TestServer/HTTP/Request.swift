/// A request as it came in.
public struct Request: Sendable {
  public let method: String
  /// Path and query.
  public let target: String
  public let headers: Headers
  public internal(set) var body: [UInt8]
  /// When its first byte was there.
  public let arrived: ContinuousClock.Instant
  /// The number of the connection that it came on, from 1.
  public let connection: Int
  /// What tells which article it is about.
  public internal(set) var marker: String?
  /// How many times this article has been asked for, this time included.
  public internal(set) var attempt = 1
  /// Calls that were open when it arrived, this one included.
  public internal(set) var concurrent = 1

  public var path: String { String(target.prefix { $0 != "?" }) }
  public var dialect: Dialect? { Dialect(path: path) }
  public var text: String { String(decoding: body, as: UTF8.self) }

  /// The key that came with it, whatever the header.
  public var key: String? {
    if let authorization = headers["authorization"] {
      return authorization.hasPrefix("Bearer ") ? String(authorization.dropFirst(7)) : authorization
    }
    return headers["x-api-key"] ?? headers["api-key"]
  }

  /// The number at the end of the marker.
  public var articleNumber: Int? {
    marker.flatMap { Int($0.reversed().prefix { $0.isASCII && $0.isNumber }.reversed().map(String.init).joined()) }
  }
}

/// How to find in a request's body which article it is about.
public struct Marker: Sendable {
  let find: @Sendable (_ body: [UInt8]) -> String?

  public init(_ find: @escaping @Sendable (_ body: [UInt8]) -> String?) { self.find = find }

  /// The first token that consists of this prefix and digits, such as `article-0042`. As long as the prefix is plain
  /// ASCII, it does not matter how many times the article was escaped.
  public static func numbered(_ prefix: String) -> Marker {
    let prefix = Array(prefix.utf8)
    return Marker { body in
      var start = 0
      while start + prefix.count < body.count {
        guard body[start] == prefix[0], body[start..<start + prefix.count].elementsEqual(prefix) else {
          start += 1
          continue
        }
        let digits = body[(start + prefix.count)...].prefix { $0 >= 0x30 && $0 <= 0x39 }
        if !digits.isEmpty { return String(decoding: prefix + digits, as: UTF8.self) }
        start += prefix.count
      }
      return nil
    }
  }
}
