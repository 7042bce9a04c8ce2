public import TestSupport

/// What the server does about a request: a response in the words of the request's protocol, how it goes out, and what
/// comes before.
public struct Reply: Sendable {
  /// What the log calls it.
  public private(set) var name: String
  private(set) var response: @Sendable (Request) -> Response
  var delivery = Delivery.whole
  var delay = Duration.zero
  var gate: Gate?
  var closesConnection = false

  /// A response that depends on the request.
  public init(_ name: String, _ response: @escaping @Sendable (Request) -> Response) {
    self.name = name
    self.response = response
  }

  /// A response as it is given.
  public static func reply(_ status: Int, headers: Headers = [:], body: String) -> Reply {
    Reply("\(status)") { _ in Response(status, headers: headers, body: Array(body.utf8)) }
  }

  // MARK: Before it

  /// Lets time pass before.
  public func after(_ delay: Duration) -> Reply { changed { $0.delay += delay } }

  /// Waits until the gate opens.
  public func held(by gate: Gate) -> Reply { changed { $0.gate = gate } }

  // MARK: What goes out

  public func adding(_ headers: Headers) -> Reply {
    mapping("") { $0.headers.add(headers) }
  }

  /// Tells how long to wait.
  public func adding(_ retryAfter: RetryAfter) -> Reply {
    mapping("") { $0.headers.add(retryAfter.headers) }
  }

  /// Packed with gzip, whether the client asked for it or not.
  public func gzipped() -> Reply {
    mapping(" in gzip") {
      $0.headers.add("Content-Encoding", "gzip")
      $0.body = Gzip.wrap($0.body)
    }
  }

  // MARK: How it goes out

  public func chunked(bytes: Int = 16) -> Reply { delivered(.chunked(bytes: bytes), " in chunks") }

  /// So many bytes at a time, head and body, with a pause after each.
  public func dripping(bytes: Int = 1, every pause: Duration) -> Reply {
    delivered(.drip(bytes: bytes, pause: pause), " drop by drop")
  }

  /// The head and half of the body, then the end of the connection.
  public func cutInHalf() -> Reply { delivered(.half, " cut in half") }

  /// The head and half of the body, then nothing, for as long as the client stays.
  public func stallingInHalf() -> Reply { delivered(.stall, " stalled in half") }

  /// The last one on its connection.
  /// - Parameter announced: whether the response says so; if not, a client finds out when it sends the next request.
  public func closingConnection(announced: Bool = true) -> Reply {
    mapping(" and close") { if announced { $0.headers.add("Connection", "close") } }
      .changed { $0.closesConnection = true }
  }

  // MARK: None at all

  /// The end of the connection in place of a reply.
  public static var close: Reply { silence("close", .close) }
  /// A reset of the connection in place of a reply.
  public static var reset: Reply { silence("reset", .reset) }
  /// Nothing at all, for as long as the client stays and the server lives.
  public static var never: Reply { silence("never", .never) }
  /// Bytes that are no HTTP.
  public static var garbage: Reply {
    silence("garbage", .raw((0..<200).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 1) }))
  }
  /// These bytes in place of a response.
  public static func raw(_ text: String) -> Reply { silence("raw", .raw(Array(text.utf8))) }

  /// A good reply behind so many blanks: still JSON, and too much to keep.
  /// - Parameter declared: whether the length is told beforehand.
  public static func huge(_ bytes: Int, declared: Bool = true) -> Reply {
    Reply.summary().delivered(.huge(bytes, declared: declared), " behind \(bytes) blanks")
  }

  // MARK: Parts

  private static func silence(_ name: String, _ delivery: Delivery) -> Reply {
    Reply(name) { _ in Response(200, body: []) }.delivered(delivery, "")
  }

  private func delivered(_ delivery: Delivery, _ words: String) -> Reply {
    changed {
      $0.delivery = delivery
      $0.name += words
    }
  }

  func named(_ name: String) -> Reply { changed { $0.name = name } }

  private func changed(_ change: (inout Reply) -> Void) -> Reply {
    var reply = self
    change(&reply)
    return reply
  }

  private func mapping(_ words: String, _ change: @escaping @Sendable (inout Response) -> Void) -> Reply {
    changed { reply in
      let response = reply.response
      reply.name += words
      reply.response = { request in
        var made = response(request)
        change(&made)
        return made
      }
    }
  }
}
