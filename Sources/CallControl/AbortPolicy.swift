package import Summarization

/// Why a run stops before its input ends.
package enum AbortReason: Sendable, Equatable {
  /// Every call would fail like the last one.
  case hopeless
  /// So many different articles in a row failed with this code.
  case inARow(Int, ErrorCode)
  /// As many articles have failed as are allowed.
  case tooManyFailures(Int)
  /// The server wants to be left alone for longer than an outage may last.
  case askedToWait(Duration)
  /// The server refused calls for so long, and none succeeded.
  case refused(Duration)
  /// The circuit has been open for so long.
  /// - Parameter hasAnswered: whether the server has ever given any answer.
  case down(Duration, hasAnswered: Bool)
}

/// Tells from the failures of articles when the whole run has no hope.
package struct AbortPolicy: Sendable {
  /// How many different articles have to fail alike, with no success between.
  package static let mostInARow = 5

  private let mostFailures: Int?
  private var failures = 0
  private var rows: [ErrorCode: Int] = [:]
  private var hasSucceeded = false

  /// - Parameter mostFailures: how many articles may fail, the last of them included; nil: any number.
  package init(mostFailures: Int? = nil) {
    self.mostFailures = mostFailures
  }

  package mutating func succeeded() {
    hasSucceeded = true
    if !rows.isEmpty { rows = [:] }
  }

  /// Whether one failed call means that all others would fail.
  package func isHopeless(_ error: ArticleError) -> Bool {
    switch error.severity {
    case .atOnce: true
    case .beforeFirstSuccess: !hasSucceeded
    case .inARow, .never: false
    }
  }

  /// An article failed for good. To be called once for each.
  /// - Parameter isKnown: it failed like this in an earlier run: that is not counted, but what is hopeless is.
  /// - Returns: why the run stops; nil where it goes on.
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
