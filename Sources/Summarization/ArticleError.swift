/// Why an article has no result: the `error` of its record.
///
/// What only some errors have stands in `ErrorDetails`, whose properties are also those of the error. They are out of line:
/// an error is part of many frames of each article in flight.
@dynamicMemberLookup
public struct ArticleError: Error, Sendable, Equatable {
  public typealias Code = ErrorCode

  public var code: ErrorCode
  /// A line for people, lower case, without a full stop. It may contain text from outside, and is made safe where it is
  /// printed, not here.
  public var message: String
  /// What the failure says about the provider as a whole.
  public var evidence: FailureEvidence
  /// Whether the server says that the same call must not be made again.
  public var isFinal = false
  private var details: DetailsBox?

  public init(
    _ code: ErrorCode, _ message: String, status: Int? = nil, retryAfter: Duration? = nil,
    evidence: FailureEvidence = .none,
    usage: TokenUsage? = nil, lostConnection: UInt64? = nil
  ) {
    self.code = code
    self.message = message
    self.evidence = evidence
    guard status != nil || retryAfter != nil || usage != nil || lostConnection != nil else { return }
    details = DetailsBox(
      ErrorDetails(status: status, retryAfter: retryAfter, usage: usage, lostConnection: lostConnection))
  }

  public struct ErrorDetails: Sendable, Equatable {
    /// The HTTP status, if a server answered.
    public var status: Int?
    /// The time for which the server asks for no calls, counted from its answer.
    public var retryAfter: Duration?
    /// The tokens that the failed call used nevertheless.
    public var usage: TokenUsage?
    /// The lost connection, if losing it is why the call failed. Failures with the same number are one failure of the
    /// provider, however many calls were on the connection.
    public var lostConnection: UInt64?
    /// What to tell a model that is asked again, as the end of a sentence that begins with "your previous reply".
    /// Contains none of the article's or the model's own words.
    public var correction: String?
    /// What the server said about its rate limits.
    public var rateLimits: RateLimitStatus?
  }

  public subscript<Value>(dynamicMember detail: WritableKeyPath<ErrorDetails, Value>) -> Value {
    get { (details?.details ?? ErrorDetails())[keyPath: detail] }
    set {
      var changed = details?.details ?? ErrorDetails()
      changed[keyPath: detail] = newValue
      details = DetailsBox(changed)
    }
  }

  /// Immutable, so that errors may share it.
  private final class DetailsBox: Sendable, Equatable {
    let details: ErrorDetails

    init(_ details: ErrorDetails) { self.details = details }

    static func == (a: DetailsBox, b: DetailsBox) -> Bool { a.details == b.details }
  }

  /// What one failure proves about all other calls.
  public enum FailureEvidence: Sendable, Equatable {
    /// Nothing by itself.
    case none
    /// Nothing answers, whatever the article: another host refused the connection, or the proxy cannot be reached.
    case nobodyThere
    /// Nothing answers, and that seldom passes by itself: this very host refused the connection, or the name does not
    /// resolve.
    case noSuchServer
    /// The server cannot be trusted, now or later: its certificate is not accepted.
    case untrusted
    /// The server answered with nothing, as servers do that are overloaded or load a model. The code is `bad_reply`,
    /// but waiting helps as with `server_error`.
    case emptyReply
    /// The server may have shed load: it answered with a status that servers and proxies have for calls above a limit,
    /// while they serve the others.
    case shedLoad
    /// It may pass: a command says that it failed for the time being, or was killed.
    case temporary
    /// There is nobody to ask, now or later: a command cannot be started.
    case cannotStart
  }
}

extension ArticleError {
  /// Whether and how the call is retried: as the code says, unless the evidence or `isFinal` overrides it.
  public var retry: ErrorCode.RetryRule {
    switch evidence {
    case .untrusted, .cannotStart: .never
    case _ where isFinal: .never
    case .emptyReply, .temporary: ErrorCode.serverError.meaning.retry
    default: code.meaning.retry
    }
  }

  /// What the failure says about the provider.
  public var signal: ErrorCode.ProviderSignal {
    switch evidence {
    // It is there, and this is no outage that could pass.
    case .untrusted: .answered
    case .temporary: ErrorCode.serverError.meaning.signal
    default: code.meaning.signal
    }
  }

  /// When the failure ends the run.
  public var severity: ErrorCode.AbortSeverity {
    evidence == .untrusted || evidence == .cannotStart ? .atOnce : code.meaning.severity
  }

  /// Whether the request may have reached a server, and so have cost something: a connection that is lost in the midst of
  /// an answer was one.
  public var mayHaveCost: Bool { code != .unreachable || self.lostConnection != nil }
}

extension ArticleError {
  /// The run stopped before the article had an answer, or the attempt was cancelled by whoever made it.
  public static let givenUp = ArticleError(.interrupted, "given up when the run stopped")
}
