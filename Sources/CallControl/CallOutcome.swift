package import Summarization

/// How a call ended, for whoever paces the calls and decides what becomes of articles and of the run.
package struct CallOutcome: Sendable {
  /// nil for a good answer.
  package var failure: ArticleError?
  /// How many tokens the call used; nil where that is not known, and the estimate holds.
  package var tokens: Int?
  /// How much a good answer took to make, in a unit that is the same for all calls; nil where that is not known.
  package var work: Int?
  /// The article failed like this in an earlier run: it is charged with it, and neither the provider nor the run is
  /// suspected.
  package var isKnown: Bool

  /// What the server said of its rate limits.
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

  /// How long the server asks to be left alone from now on; nothing or less counts as absent, and so does every time
  /// that comes with a failure that would not pass: some gateways send one with everything.
  var retryAfter: Duration? {
    guard let failure, failure.retry != .never else { return nil }
    return failure.retryAfter.flatMap { $0 > .zero ? $0 : nil }
  }

  /// The server did what it was asked to do, or at least took it in hand.
  var wasTaken: Bool { failure.map { $0.signal == .answered } ?? true }
}

extension ArticleError {
  /// Fewer calls at once might have spared it: it was refused, or not answered in time. 503 and 529 are what servers say
  /// that have more to do than they can.
  var speaksOfLoad: Bool { signal == .refused || code == .timeout || status == 503 || status == 529 }
}

/// What becomes of an article after a call.
package struct RetryDecision: Sendable, Equatable {
  package enum Next: Sendable, Equatable {
    /// It is done with, for better or worse.
    case finished
    /// It is called for again as soon as the scheduler releases it.
    case whenReleased
    /// It is called for again, but not before this time has passed.
    case after(Duration)
  }

  package let next: Next
  /// How many failed attempts count against its retries.
  package let charges: Int
}
