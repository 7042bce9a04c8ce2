package import Summarization

/// The reason for a run to stop before its input ends.
package enum AbortReason: Sendable, Equatable {
  /// Every further call would fail like the last one.
  case hopeless
  /// This many different articles failed with this code, with no success in between.
  case inARow(Int, ErrorCode)
  /// The number of failed articles reached its limit.
  case tooManyFailures(Int)
  /// The server asked to be left alone for longer than the longest outage.
  case askedToWait(Duration)
  /// The server refused calls for this long, with no success in between.
  case refused(Duration)
  /// The circuit was open for this long.
  /// - Parameter hasAnswered: whether the server has ever responded.
  case down(Duration, hasAnswered: Bool)
}

/// Decides whether the run stops before its input ends: from the failures of articles, and from how long a server lets no
/// call succeed. Nothing else decides it.
package struct AbortPolicy: Sendable {
  /// What to do about an article that is refused.
  package enum RefusalDecision: Sendable, Equatable {
    case goOn
    /// The article alone is refused, and may itself be the cause. It is not retried.
    case giveUpArticle
    case abort(AbortReason)
  }

  /// The number of different articles that must fail with one code, with no success in between, to stop the run.
  package static let mostInARow = 5

  private let mostFailures: Int?
  private let longestOutage: Duration
  private let longestFirstContact: Duration?
  private var failures = 0
  private var rows: [ErrorCode: Int] = [:]
  private var hasSucceeded = false
  /// Whether, since the last success, an article was given up because it alone was refused for the longest outage.
  private var hasGivenUpOne = false
  /// Whether the server has ever responded.
  package private(set) var hasAnswered = false

  /// - Parameters:
  ///   - mostFailures: the number of failed articles at which the run stops; nil for no limit.
  ///   - longestOutage: how long a provider may be down, or let no call succeed.
  ///   - longestFirstContact: the same limit for a server that has never responded and probably does not exist; nil for
  ///     no separate limit.
  package init(
    mostFailures: Int? = nil, longestOutage: Duration = .seconds(300), longestFirstContact: Duration? = nil
  ) {
    self.mostFailures = mostFailures
    self.longestOutage = longestOutage
    self.longestFirstContact = longestFirstContact
  }

  /// Records that a call succeeded.
  package mutating func succeeded() {
    hasSucceeded = true
    hasAnswered = true
    hasGivenUpOne = false
    if !rows.isEmpty { rows = [:] }
  }

  /// Records that the server responded, with whatever it was.
  package mutating func serverAnswered() { hasAnswered = true }

  // MARK: Failures of articles

  /// Returns whether one failed call means that every other call would fail.
  package func isHopeless(_ error: ArticleError) -> Bool {
    switch error.severity {
    case .atOnce: true
    case .beforeFirstSuccess: !hasSucceeded
    case .inARow, .never: false
    }
  }

  /// Records that an article failed for good. To be called once for each such article.
  /// - Parameter isKnown: whether the article failed in the same way in an earlier run. Such a failure is not counted,
  ///   but a hopeless one still stops the run.
  /// - Returns: the reason for the run to stop; nil when it goes on.
  package mutating func failed(_ error: ArticleError, isKnown: Bool = false) -> AbortReason? {
    if isHopeless(error) { return .hopeless }
    if isKnown { return nil }
    failures += 1
    switch error.severity {
    case .never, .atOnce: break
    case .inARow, .beforeFirstSuccess:
      rows[error.code, default: 0] += 1
      if rows[error.code]! >= Self.mostInARow { return .inARow(Self.mostInARow, error.code) }
    }
    if let mostFailures, failures >= mostFailures { return .tooManyFailures(failures) }
    return nil
  }

  // MARK: Servers that let no call succeed

  /// Decides about a time for which the server asks to be left alone.
  /// - Returns: the reason for the run to stop; nil when it waits.
  package func askedToWait(_ time: Duration) -> AbortReason? {
    time > longestOutage ? .askedToWait(time) : nil
  }

  /// Decides about an article that is refused once more. One that alone is refused for the longest outage may be the
  /// cause itself. If the next article is refused as well, the run stops.
  /// - Parameters:
  ///   - time: for how long calls were refused, with no success in between.
  ///   - isAlone: whether all of these were calls of this article.
  package mutating func refused(for time: Duration, isAlone: Bool) -> RefusalDecision {
    guard time >= longestOutage else { return .goOn }
    if hasGivenUpOne || !isAlone { return .abort(.refused(time)) }
    hasGivenUpOne = true
    return .giveUpArticle
  }

  /// Returns how long the circuit may stay open until `outageExceeded`.
  /// - Parameters:
  ///   - isMissing: whether there is probably no such server.
  ///   - delay: the time from the first failure to reach the server until the circuit opened.
  package func longestOutage(isMissing: Bool, openedAfter delay: Duration = .zero) -> Duration {
    guard let longestFirstContact, isMissing, !hasAnswered else { return longestOutage }
    return max(longestFirstContact - delay, .zero)
  }

  /// Decides about an outage that exceeded its limit, and whose last probe failed or cannot be sent.
  /// - Parameter time: for how long the circuit was open.
  package func outageExceeded(after time: Duration) -> AbortReason { .down(time, hasAnswered: hasAnswered) }
}
