/// Why an article has no result, as its record shows it; and, in one table, what each reason means for the article, for the
/// other calls and for the run. Nobody else decides these by the code.
public enum ErrorCode: String, Sendable, CaseIterable {
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
  case commandFailed = "command_failed"
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

extension ErrorCode {
  /// Whether and how a failed call is made again.
  public enum Retry: Sendable, Equatable {
    case never
    /// After a back-off; nil: as often as the retries allow.
    case backOff(atMost: Int?)
    /// Without a pause: the server is not overloaded.
    case atOnce(atMost: Int)
  }

  /// What a failed call says of its provider.
  public enum ProviderSignal: Sendable, Equatable {
    /// Nothing.
    case none
    /// It is there: it answered, whatever it thinks of the article.
    case answered
    /// It is there, and wants fewer calls.
    case refused
    /// It failed. Several of these in a row open the circuit.
    case failed
  }

  /// When failures of this kind end the run.
  public enum Severity: Sendable, Equatable {
    case never
    /// When several different articles fail alike with no success between.
    case inARow
    /// At once where nothing has succeeded before; else in a row.
    case beforeFirstSuccess
    /// At once.
    case atOnce
  }

  /// Who is to blame.
  public enum Fault: Sendable, Equatable {
    case line, article, articleOrAll, provider, run
  }

  /// One row of the table.
  public struct Meaning: Sendable, Equatable {
    public let retry: Retry
    public let signal: ProviderSignal
    public let severity: Severity
    public let fault: Fault

    init(_ retry: Retry, _ signal: ProviderSignal, _ severity: Severity, _ fault: Fault) {
      self.retry = retry
      self.signal = signal
      self.severity = severity
      self.fault = fault
    }
  }

  public var meaning: Meaning {
    switch self {
    case .invalidJSON, .invalidUTF8, .notAnObject, .missingContent, .emptyContent, .lineTooLong:
      Meaning(.never, .none, .never, .line)
    case .rateLimited: Meaning(.backOff(atMost: nil), .refused, .never, .provider)
    case .serverError, .unreachable: Meaning(.backOff(atMost: nil), .failed, .never, .provider)
    case .timeout: Meaning(.backOff(atMost: 1), .failed, .never, .provider)
    case .badReply: Meaning(.atOnce(atMost: 2), .answered, .inARow, .articleOrAll)
    case .badRequest, .forbidden, .truncated: Meaning(.never, .answered, .inARow, .articleOrAll)
    // Of a failure that may pass, and of a command that cannot be started, the error itself says so.
    case .commandFailed: Meaning(.never, .answered, .never, .articleOrAll)
    case .tooLong, .refused: Meaning(.never, .answered, .never, .article)
    case .notFound: Meaning(.never, .answered, .beforeFirstSuccess, .provider)
    case .unauthorized, .quota: Meaning(.never, .answered, .atOnce, .provider)
    case .interrupted: Meaning(.never, .none, .never, .run)
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
      // 421, 423, 424 and 425 are about the connection or another resource; gateways have made up 498 (no capacity) and
      // 499 (closed on the way). The request is not at fault.
      case 409, 421, 423...425, 498, 499, 500...: .serverError
      case 413: .tooLong
      case 429: .rateLimited
      default: .badRequest
      }
  }
}
