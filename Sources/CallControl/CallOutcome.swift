public import Summarization

/// What the end of a call says about the provider, and about all other calls.
public struct CallOutcome: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// A good answer.
    case succeeded
    /// The server wants fewer calls (429).
    case throttled
    /// Any other answer of the server: it is there, whatever it thinks of the article.
    case answered
    /// No answer, or one that the server had failed.
    /// - Parameter nobodyThere: no article can be the reason: connections are refused, or the name does not resolve.
    case failed(nobodyThere: Bool)
    /// The call was given up; that says nothing.
    case abandoned
  }

  public var kind: Kind
  /// How long the server asks to be left alone from now on; nothing or less counts as absent.
  public var retryAfter: Duration?
  /// What the call used; nil where that is not known, and the estimate holds.
  public var tokens: Int?
  /// How the call failed, where it did.
  public var failure: Failure?
  /// The article failed like this in an earlier run: it is charged with it, and the provider is not suspected.
  public var isKnown: Bool

  /// What the failure of a call means for its article, and for all others.
  public struct Failure: Sendable, Equatable {
    public var code: ArticleError.Code
    /// Whether the same call may succeed when it is made again.
    public var isWorthRetrying: Bool
    public var suspicion: StopRules.Suspicion

    public init(_ code: ArticleError.Code, isWorthRetrying: Bool, _ suspicion: StopRules.Suspicion) {
      self.code = code
      self.isWorthRetrying = isWorthRetrying
      self.suspicion = suspicion
    }
  }

  public init(
    _ kind: Kind, retryAfter: Duration? = nil, tokens: Int? = nil, failure: Failure? = nil, isKnown: Bool = false
  ) {
    self.kind = kind
    self.retryAfter = retryAfter.flatMap { $0 > .zero ? $0 : nil }
    self.tokens = tokens
    self.failure = failure
    self.isKnown = isKnown
  }
}
