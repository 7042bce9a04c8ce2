/// A response to a request: status, header fields and body.
public struct Response: Sendable {
  public var status: Int
  public var headers: Headers
  public var body: [UInt8]

  public init(_ status: Int, headers: Headers = [:], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  public init(_ status: Int, headers: Headers = [:], json: String) {
    self.init(status, headers: headers, body: Array(json.utf8))
    self.headers.set("Content-Type", "application/json")
  }

  public init(_ status: Int, headers: Headers = [:], html: String) {
    self.init(status, headers: headers, body: Array(html.utf8))
    self.headers.set("Content-Type", "text/html; charset=utf-8")
  }

  /// Everything before the body, with how long that is.
  /// - Parameter length: nil where the body tells its own end.
  func head(length: Int?) -> String {
    var head = "HTTP/1.1 \(status) \(Self.reasons[status] ?? "Unknown")\r\n"
    for (name, value) in headers.fields { head += "\(name): \(value)\r\n" }
    if let length { head += "Content-Length: \(length)\r\n" }
    return head + "\r\n"
  }

  private static let reasons = [
    200: "OK", 301: "Moved Permanently", 302: "Found", 307: "Temporary Redirect", 308: "Permanent Redirect",
    400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
    408: "Request Timeout", 409: "Conflict", 413: "Content Too Large", 422: "Unprocessable Content",
    425: "Too Early", 429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway",
    503: "Service Unavailable", 504: "Gateway Timeout", 529: "Overloaded",
  ]
}
