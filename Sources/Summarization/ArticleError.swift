/// Why an article has no result: the `error` of its record.
public struct ArticleError: Error, Sendable, Equatable {
  public var code: Code
  /// One line for people, lower case, without a full stop. It may hold text from outside and is made safe where it is
  /// printed, not here.
  public var message: String
  /// The HTTP status, where a server answered.
  public var status: Int?
  /// How long the server asks to be left alone, counted from its answer.
  public var retryAfter: Duration?
  /// What the failure says of the provider as a whole.
  public var evidence: Evidence
  /// What the failed call used all the same.
  public var usage: TokenUsage?
  /// The connection that was lost, where that is why the call failed: failures with the same number are one failure of
  /// the provider, however many calls were on the connection.
  public var lostConnection: UInt64?

  public init(
    _ code: Code, _ message: String, status: Int? = nil, retryAfter: Duration? = nil, evidence: Evidence = .none,
    usage: TokenUsage? = nil, lostConnection: UInt64? = nil
  ) {
    self.code = code
    self.message = message
    self.status = status
    self.retryAfter = retryAfter
    self.evidence = evidence
    self.usage = usage
    self.lostConnection = lostConnection
  }

  /// The code table of the contract; the raw value is what a record shows.
  public enum Code: String, Sendable, CaseIterable {
    // the line
    case invalidJSON = "invalid_json"
    case invalidUTF8 = "invalid_utf8"
    case notAnObject = "not_an_object"
    case missingContent = "missing_content"
    case emptyContent = "empty_content"
    case lineTooLong = "line_too_long"
    // the call
    case rateLimited = "rate_limited"
    case serverError = "server_error"
    case timeout
    case unreachable
    case badReply = "bad_reply"
    // this article, or all
    case badRequest = "bad_request"
    case forbidden
    case truncated
    // this article
    case tooLong = "too_long"
    case refused
    // all articles
    case notFound = "not_found"
    case unauthorized
    case quota
    // the run
    case interrupted
  }

  /// What one failure proves about every other call.
  public enum Evidence: Sendable, Equatable {
    /// Nothing by itself.
    case none
    /// Nobody is there, whatever the article: the connection was refused, or the name does not resolve.
    case nobodyThere
    /// The server cannot be trusted, now or later: its certificate fails.
    case untrusted
  }
}

extension ArticleError {
  /// Whether the same call may succeed when it is made again: as its code says, but not where the server cannot be
  /// trusted.
  public var isWorthRetrying: Bool { code.isWorthRetrying && evidence != .untrusted }
}

extension ArticleError.Code {
  /// Whether the same call may succeed when it is made again.
  public var isWorthRetrying: Bool {
    switch self {
    case .rateLimited, .serverError, .timeout, .unreachable, .badReply: true
    default: false
    }
  }

  /// What an HTTP status other than 2xx means, as far as it tells alone.
  public init(status: Int) {
    self =
      switch status {
      case 401: .unauthorized
      case 402: .quota
      case 403: .forbidden
      case 300..<400, 404: .notFound
      case 408: .timeout
      case 409, 425, 500...: .serverError
      case 413: .tooLong
      case 429: .rateLimited
      default: .badRequest
      }
  }
}
