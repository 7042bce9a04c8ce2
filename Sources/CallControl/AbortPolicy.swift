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

/// Decides from the failures of articles whether the run stops.
package struct AbortPolicy: Sendable {
  /// The number of different articles that must fail with one code, with no success in between, to stop the run.
  package static let mostInARow = 5

  private let mostFailures: Int?
  private var failures = 0
  private var rows: [ErrorCode: Int] = [:]
  private var hasSucceeded = false

  /// - Parameter mostFailures: the number of failed articles at which the run stops; nil for no limit.
  package init(mostFailures: Int? = nil) {
    self.mostFailures = mostFailures
  }

  package mutating func succeeded() {
    hasSucceeded = true
    if !rows.isEmpty { rows = [:] }
  }

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
}
