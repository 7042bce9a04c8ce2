package import Articles
import Basics
import BoundedConcurrency
import JSONLines
import Summarization
import SystemIO

/// With `--output`: what each line of the input is known by, and whether it is to be done at all. Lines are shown to it in
/// the order of the input; of the records of this run it is told where they went.
package final class ResumeFilter: Sendable {
  private struct State {
    var index = ResumeIndex()
    /// nil without `-k`.
    var order: OffsetList?
    var count = 0
    package var alreadyDone = 0
    var lastVisit: ResumeIndex.Visit?
  }

  private let state: Lock<State>
  private let articles: ArticleReader
  let identity: ArticleIdentity

  package init(articles: ArticleReader, identity: ArticleIdentity, keepsOrder: Bool) {
    self.articles = articles
    self.identity = identity
    state = Lock(State(order: keepsOrder ? OffsetList() : nil))
  }

  /// How many articles had their result before this run.
  package var alreadyDone: Int { state.withLock { $0.alreadyDone } }

  /// Reads back, before the run, a file that it goes on with.
  func recover(
    _ file: Descriptor, size: Int, by rules: LogRecovery.Rules
  ) throws(LogRecovery.Refusal) -> LogRecovery {
    try state.withLock { state throws(LogRecovery.Refusal) in
      try LogRecovery(reading: file, size: size, by: rules, identity: identity, into: state.index)
    }
  }

  /// Reads a line and says what its article is known by; nil where FILE has its result.
  package func select(_ line: InputLine) -> SelectedLine? {
    let reading = articles.read(line)
    let fingerprint = reading.fingerprint(of: line.content)
    let article = reading.identity(identity) ?? fingerprint
    return state.withLock { state in
      let visit = state.index.visit(article)
      Self.visitOtherNames(of: line.content, reading, in: state.index)
      state.lastVisit = visit
      let ordinal = state.count
      state.count += 1
      if let result = visit.result {
        state.order?[ordinal] = result
        state.alreadyDone += 1
        return nil
      }
      return SelectedLine(
        reading: reading, fingerprint: fingerprint, failedBefore: visit.failedBefore, ordinal: ordinal)
    }
  }

  /// The last line that was selected is not begun: the run stops.
  package func takeBack() {
    state.withLock { state in
      if let visit = state.lastVisit.take() { state.index.takeBack(visit) }
    }
  }

  /// The record of a line went to FILE.
  func wrote(_ line: SelectedLine, at offset: Int) {
    state.withLock { $0.order?[line.ordinal] = offset }
  }

  /// Whether an older error record is of no use any more: this run has read its article, or the line was torn.
  func replaces(_ record: LogRecord) -> Bool {
    guard record.isError else { return false }
    return record.isTorn
      || record.article(by: identity).map { article in
        state.withLock { $0.index.hasVisited(article) }
      } ?? false
  }

  /// The final pass over FILE, with what was gathered for it; nil where it is plain that there is nothing to do. To be
  /// called once, when all is written.
  /// - Parameters:
  ///   - found: what FILE had, and where that ends.
  ///   - isStopped: asked again and again; then it throws `interrupted`.
  func finalPass(
    of file: Descriptor, found: LogRecovery?, start: Int, end: Int, isStopped: @Sendable () -> Bool
  ) throws(SystemError) -> FinalPass? {
    try state.withLock { state throws(SystemError) in
      let hasErrors = (found?.errors ?? 0) > 0
      if state.order == nil, !hasErrors { return nil }
      // Where all that FILE had is of this input, and none of it an error, its order is known already.
      let isPlain = !hasErrors && (found?.results ?? 0) == state.alreadyDone && found?.blankLines ?? 0 == 0
      var pass = FinalPass(of: file, old: 0..<(isPlain ? 0 : start), end: end, order: state.order.take())
      try pass.sort(by: state.index, identity, isStopped: isStopped)
      // It goes while the pass needs memory of its own.
      state.index = ResumeIndex()
      return pass
    }
  }

  /// A line that was no article before may be one when other fields are read, or longer lines: then the
  /// record of the old failure has the fingerprint of the line as it came.
  private static func visitOtherNames(
    of line: Line.Content, _ reading: ArticleReader.Reading, in index: ResumeIndex
  ) {
    guard case .complete(let bytes) = line else { return }
    if index.hasBadLines, case .success = reading.article { index.alsoVisited(Fingerprint.line(bytes)) }
    if index.hasLongLines {
      index.alsoVisited(Fingerprint.tooLong(prefix: bytes.prefix(Line.prefixLength), length: bytes.count))
    }
  }
}

extension ArticleReader.Reading {
  /// What the article is known by instead of its fingerprint; nil where it is that.
  fileprivate func identity(_ identity: ArticleIdentity) -> Hash128? {
    guard identity == .id, let id, let record else { return nil }
    return Fingerprint.id(id, of: record)
  }
}
