/// Why an article has no result: the `error` of its record.
public struct ArticleError: Error, Sendable, Equatable {
  public typealias Code = ErrorCode

  public var code: ErrorCode
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
  /// What to tell a model that is asked again, as the end of a sentence that begins with "your previous reply": nothing of
  /// the article's or the model's own words.
  public var correction: String?
  /// The server says that the same call is not to be made again.
  public var isFinal = false
  /// What the server said of its rate limits.
  public var rateLimits: RateLimitStatus?

  public init(
    _ code: ErrorCode, _ message: String, status: Int? = nil, retryAfter: Duration? = nil, evidence: Evidence = .none,
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

  /// What one failure proves about every other call.
  public enum Evidence: Sendable, Equatable {
    /// Nothing by itself.
    case none
    /// Nobody is there, whatever the article: the connection was refused, or the name does not resolve.
    case nobodyThere
    /// The same, and it seldom passes by itself: the connection to this very host was refused, or the name does not
    /// resolve.
    case noSuchServer
    /// The server cannot be trusted, now or later: its certificate fails.
    case untrusted
    /// The server answered with nothing, as servers do that are overloaded or load a model. The reply is `bad_reply`, and
    /// waiting helps as with `server_error`.
    case emptyReply
  }
}

extension ArticleError {
  /// Whether and how the call is made again: as its code says, unless this failure is known to be another one.
  public var retry: ErrorCode.Retry {
    switch evidence {
    case .untrusted: .never
    case _ where isFinal: .never
    case .emptyReply: ErrorCode.serverError.meaning.retry
    default: code.meaning.retry
    }
  }

  /// What the failure says of the provider.
  public var signal: ErrorCode.ProviderSignal {
    // It is there, and this is no outage that could pass.
    evidence == .untrusted ? .answered : code.meaning.signal
  }

  /// When the failure ends the run.
  public var severity: ErrorCode.Severity {
    evidence == .untrusted ? .atOnce : code.meaning.severity
  }

  /// Whether the request may have reached a server, and so have cost something: a connection that is lost in the midst of
  /// an answer was one.
  public var mayHaveCost: Bool { code != .unreachable || lostConnection != nil }
}
