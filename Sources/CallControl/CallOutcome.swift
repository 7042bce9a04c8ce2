package import Summarization

/// The outcome of a call, as the scheduler needs it for pacing, retries and the abort policy.
package struct CallOutcome: Sendable {
  /// The failure of the call; nil on success.
  package var failure: ArticleError?
  /// The number of tokens the call used; nil when unknown, in which case the estimate stands.
  package var tokens: Int?
  /// How much a good answer took to make, in a unit that is the same for all calls; nil where that is not known.
  package var work: Int?
  /// The article failed like this in an earlier run: it is charged with it, and neither the provider nor the run is
  /// suspected.
  package var isKnown: Bool

  /// The rate limits that the server reported, if any.
  package var rateLimits: RateLimitStatus?

  package static func success(
    tokens: Int? = nil, work: Int? = nil, rateLimits: RateLimitStatus? = nil
  ) -> CallOutcome {
    CallOutcome(failure: nil, tokens: tokens, work: work, isKnown: false, rateLimits: rateLimits)
  }

  package static func failure(_ error: ArticleError, isKnown: Bool = false) -> CallOutcome {
    CallOutcome(
      failure: error, tokens: error.usage?.total ?? (error.mayHaveCost ? nil : 0), isKnown: isKnown,
      rateLimits: error.rateLimits)
  }

  /// The time for which the server asks to be left alone, from now on. A delay that is not positive counts as absent.
  /// So does the delay of a failure that is never retried, because some gateways send one with every response.
  var retryAfter: Duration? {
    guard let failure, failure.retry != .never else { return nil }
    return failure.retryAfter.flatMap { $0 > .zero ? $0 : nil }
  }

  /// Whether the server accepted the call: it succeeded, or it failed with the signal `.answered`.
  var wasTaken: Bool { failure.map { $0.signal == .answered } ?? true }
}

extension ArticleError {
  /// Fewer calls at once might have spared it: it was refused, or not answered in time. 503 and 529 are what servers say
  /// that have more to do than they can.
  var speaksOfLoad: Bool { signal == .refused || code == .timeout || self.status == 503 || self.status == 529 }
}

/// What becomes of an article after a call.
package struct RetryDecision: Sendable, Equatable {
  package enum NextAttempt: Sendable, Equatable {
    /// The article is finished, with a result or an error.
    case finished
    /// The call is made again as soon as the scheduler releases it.
    case whenReleased
    /// The call is made again, but not before this delay has passed.
    case after(Duration)
  }

  package let next: NextAttempt
  /// The number of failed attempts charged to the article's retry budget.
  package let charges: Int
}
