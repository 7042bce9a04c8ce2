package import Articles
import Basics
import BoundedConcurrency
import JSONLines
import Summarization
import SystemIO

/// With `--output`: identifies the article of each input line, and decides whether it still has to be summarized. It is
/// given the lines in the order of the input, and the offset at which each record of this run was appended.
package final class ResumeFilter: Sendable {
  private struct ResumeProgress {
    var index = ResumeIndex()
    /// nil without `-k`.
    var order: OffsetList?
    var count = 0
    package var alreadyDone = 0
    var lastVisit: ResumeIndex.ResumeVisit?
  }

  private let state: Lock<ResumeProgress>
  private let articles: ArticleReader
  let identity: ArticleIdentity

  package init(articles: ArticleReader, identity: ArticleIdentity, keepsOrder: Bool) {
    self.articles = articles
    self.identity = identity
    state = Lock(ResumeProgress(order: keepsOrder ? OffsetList() : nil))
  }

  /// The number of articles that had their result before this run.
  package var alreadyDone: Int { state.withLock { $0.alreadyDone } }

  /// Reads back a file that is resumed, before the run.
  func recover(
    _ file: FileDescriptor, size: Int, by rules: RecoveryRules
  ) throws(ResumeRefusal) -> LogRecovery {
    try state.withLock { state throws(ResumeRefusal) in
      try LogRecovery(reading: file, size: size, by: rules, identity: identity, into: state.index)
    }
  }

  /// Reads a line and identifies its article; nil if FILE has the article's result.
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

  /// Takes back the last line selected: the run stops before the line is begun.
  package func takeBack() {
    state.withLock { state in
      if let visit = state.lastVisit.take() { state.index.takeBack(visit) }
    }
  }

  /// Records the offset at which the record of a line was appended to FILE.
  func wrote(_ line: SelectedLine, at offset: Int) {
    state.withLock { $0.order?[line.ordinal] = offset }
  }

  /// Returns whether an older error record is obsolete: this run has read its article, or the line was torn.
  func replaces(_ record: LogRecord) -> Bool {
    guard record.isError else { return false }
    return record.isTorn
      || record.article(by: identity).map { article in
        state.withLock { $0.index.hasVisited(article) }
      } ?? false
  }

  /// Prepares the final pass over FILE; nil if there is certainly nothing to do. To be called once, when everything is
  /// written.
  /// - Parameters:
  ///   - found: what FILE had before this run.
  ///   - start: where the records of this run begin.
  ///   - end: where they end.
  ///   - isStopped: asked repeatedly. If it returns true, `interrupted` is thrown.
  func finalPass(
    of file: FileDescriptor, found: LogRecovery?, start: Int, end: Int, isStopped: @Sendable () -> Bool
  ) throws(SystemError) -> LogCompaction? {
    try state.withLock { state throws(SystemError) in
      let hasErrors = (found?.errors ?? 0) > 0
      if state.order == nil, !hasErrors { return nil }
      // If all records that FILE had are results of this input, their order is already known, and none has to be read
      // again.
      let isPlain = !hasErrors && (found?.results ?? 0) == state.alreadyDone && found?.blankLines ?? 0 == 0
      var pass = LogCompaction(of: file, old: 0..<(isPlain ? 0 : start), end: end, order: state.order.take())
      try pass.sort(by: state.index, identity, isStopped: isStopped)
      // The index is released while the pass needs memory of its own.
      state.index = ResumeIndex()
      return pass
    }
  }

  /// Marks the identities under which FILE may have an earlier failure of this line. A line that was no article, or was
  /// too long, may be an article with other fields or a higher limit; its old error record has the fingerprint of the
  /// line.
  private static func visitOtherNames(
    of line: NumberedLine.LineContent, _ reading: ArticleReader.ArticleReading, in index: ResumeIndex
  ) {
    guard case .complete(let bytes) = line else { return }
    if index.hasBadLines, case .success = reading.article { index.alsoVisited(ArticleFingerprint.line(bytes)) }
    if index.hasLongLines {
      index.alsoVisited(
        ArticleFingerprint.tooLong(prefix: bytes.prefix(NumberedLine.prefixLength), length: bytes.count))
    }
  }
}

extension ArticleReader.ArticleReading {
  /// The hash of the article's id, if articles are identified by id and this one has an id; else nil.
  fileprivate func identity(_ identity: ArticleIdentity) -> Hash128? {
    guard identity == .id, let id, let record else { return nil }
    return ArticleFingerprint.id(id, of: record)
  }
}
