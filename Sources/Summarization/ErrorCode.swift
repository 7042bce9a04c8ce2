/// Why an article has no result, as its record shows it. One table says what each code means for the article, for the
/// other calls and for the run; no other place decides these by the code.
public enum ErrorCode: String, Sendable, CaseIterable {
  // Faults of the line.
  case invalidJSON = "invalid_json"
  case invalidUTF8 = "invalid_utf8"
  case notAnObject = "not_an_object"
  case missingContent = "missing_content"
  case emptyContent = "empty_content"
  case lineTooLong = "line_too_long"
  // Failed calls that are retried.
  case rateLimited = "rate_limited"
  case serverError = "server_error"
  case timeout
  case unreachable
  case badReply = "bad_reply"
  // Failures of this article, or of all.
  case badRequest = "bad_request"
  case forbidden
  case truncated
  case commandFailed = "command_failed"
  // this article
  case tooLong = "too_long"
  case refused
  // Failures of all articles.
  case notFound = "not_found"
  case unauthorized
  case quota
  // The run ended first.
  case interrupted
}

extension ErrorCode {
  /// Whether and how a failed call is retried.
  public enum RetryRule: Sendable, Equatable {
    case never
    /// Retried after a back-off; nil: as often as the retry budget allows.
    case backOff(atMost: Int?)
    /// Retried without a pause: the server is not overloaded.
    case atOnce(atMost: Int)
  }

  /// What a failed call says about its provider.
  public enum ProviderSignal: Sendable, Equatable {
    /// Nothing.
    case none
    /// The provider is there: it answered, whatever the answer says about the article.
    case answered
    /// The provider is there, and asks for fewer calls.
    case refused
    /// The provider failed. Several such failures in a row open the circuit.
    case failed
  }

  /// When failures with a code end the run.
  public enum AbortSeverity: Sendable, Equatable {
    case never
    /// When several different articles fail with it in a row, without a success between.
    case inARow
    /// At once if nothing has succeeded before; else like `inARow`.
    case beforeFirstSuccess
    /// At once.
    case atOnce
  }

  /// What is at fault.
  public enum FaultSource: Sendable, Equatable {
    case line, article, articleOrAll, provider, run
  }

  /// One row of the table.
  public struct CodeMeaning: Sendable, Equatable {
    public let retry: RetryRule
    public let signal: ProviderSignal
    public let severity: AbortSeverity
    public let fault: FaultSource

    init(_ retry: RetryRule, _ signal: ProviderSignal, _ severity: AbortSeverity, _ fault: FaultSource) {
      self.retry = retry
      self.signal = signal
      self.severity = severity
      self.fault = fault
    }
  }

  public var meaning: CodeMeaning {
    switch self {
    case .invalidJSON, .invalidUTF8, .notAnObject, .missingContent, .emptyContent, .lineTooLong:
      CodeMeaning(.never, .none, .never, .line)
    case .rateLimited: CodeMeaning(.backOff(atMost: nil), .refused, .never, .provider)
    case .serverError, .unreachable: CodeMeaning(.backOff(atMost: nil), .failed, .never, .provider)
    case .timeout: CodeMeaning(.backOff(atMost: 1), .failed, .never, .provider)
    case .badReply: CodeMeaning(.atOnce(atMost: 2), .answered, .inARow, .articleOrAll)
    case .badRequest, .forbidden, .truncated: CodeMeaning(.never, .answered, .inARow, .articleOrAll)
    // Of a failure that may pass, and of a command that cannot be started, the error itself says so.
    case .commandFailed: CodeMeaning(.never, .answered, .never, .articleOrAll)
    case .tooLong, .refused: CodeMeaning(.never, .answered, .never, .article)
    case .notFound: CodeMeaning(.never, .answered, .beforeFirstSuccess, .provider)
    case .unauthorized, .quota: CodeMeaning(.never, .answered, .atOnce, .provider)
    case .interrupted: CodeMeaning(.never, .none, .never, .run)
    }
  }

  /// The meaning of an HTTP status other than 2xx, as far as the status alone tells.
  public init(status: Int) {
    self =
      switch status {
      case 401: .unauthorized
      case 402: .quota
      case 403: .forbidden
      case 300..<400, 404: .notFound
      case 408: .timeout
      // 421, 423, 424 and 425 concern the connection or another resource. Gateways use 498 for missing capacity and 499
      // for a connection closed on the way. The request is not at fault.
      case 409, 421, 423...425, 498, 499, 500...: .serverError
      case 413: .tooLong
      case 429: .rateLimited
      default: .badRequest
      }
  }
}
