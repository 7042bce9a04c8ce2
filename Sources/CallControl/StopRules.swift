public import Summarization

/// Tells from the failures of articles when the whole run has no hope.
public struct StopRules: Sendable {
  public typealias Code = ArticleError.Code

  /// How many different articles have to fail alike, with no success between.
  public static let row = 5

  /// What the final failure of one article may mean for the others.
  public enum Suspicion: Sendable {
    /// Nothing.
    case none
    /// It is about this article, or about all.
    case some
    /// It is about all, unless something has succeeded before.
    case strong
    /// It is about all.
    case certain
  }

  public enum Verdict: Sendable, Equatable {
    /// Every call would fail like this one.
    case hopeless
    /// So many articles in a row failed alike.
    case row(Int, Code)
    /// As many articles have failed as the user allows.
    case tooManyFailures(Int)
  }

  private let mostFailures: Int?
  private var failures = 0
  private var rows: [Code: Int] = [:]
  private var hasSucceeded = false

  /// - Parameter mostFailures: how many articles may fail, the last of them included; nil: any number.
  public init(mostFailures: Int? = nil) {
    self.mostFailures = mostFailures
  }

  public mutating func succeeded() {
    hasSucceeded = true
    if !rows.isEmpty { rows = [:] }
  }

  /// Whether a failure means at once that every call would fail.
  public func isHopeless(_ suspicion: Suspicion) -> Bool {
    suspicion == .certain || suspicion == .strong && !hasSucceeded
  }

  /// An article failed for good. To be called once for each.
  /// - Parameter isKnown: it failed like this in an earlier run: that is not counted, but what is hopeless is.
  /// - Returns: why the run stops; nil where it goes on.
  public mutating func failed(_ code: Code, _ suspicion: Suspicion, isKnown: Bool = false) -> Verdict? {
    if isHopeless(suspicion) { return .hopeless }
    if isKnown { return nil }
    failures += 1
    switch suspicion {
    case .none, .certain: break
    case .some, .strong:
      rows[code, default: 0] += 1
      if rows[code]! >= Self.row { return .row(Self.row, code) }
    }
    if let mostFailures, failures >= mostFailures { return .tooManyFailures(failures) }
    return nil
  }
}
