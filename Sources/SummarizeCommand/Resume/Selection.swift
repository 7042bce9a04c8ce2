import Basics
import BoundedConcurrency
import JSONLines
import Summarization
import SystemIO

/// With `--output`: what each line of the input is known by, and whether it is to be done at all. Lines are shown to it in
/// the order of the input; of the records of this run it is told where they went.
final class Selection: Sendable {
  private struct State {
    var ledger: Ledger
    /// nil without `-k`.
    var order: OffsetList?
    var count = 0
    var alreadyDone = 0
    var lastMeeting: Ledger.Meeting?
  }

  private let state: Lock<State>
  private let articles: ArticleReader

  init(articles: ArticleReader, keepsOrder: Bool) {
    self.articles = articles
    state = Lock(State(ledger: Ledger(), order: keepsOrder ? OffsetList() : nil))
  }

  /// How many articles had their result before this run.
  var alreadyDone: Int { state.withLock { $0.alreadyDone } }

  /// Reads back, before the run, a file that it goes on with.
  func recover(
    _ file: Descriptor, size: Int, by rules: Recovery.Rules
  ) throws(Recovery.Refusal) -> Recovery {
    try state.withLock { state throws(Recovery.Refusal) in
      try Recovery(reading: file, size: size, by: rules, into: state.ledger)
    }
  }

  /// Reads a line and says what its article is known by; nil where FILE has its result.
  func select(_ line: InputLine) -> SelectedLine? {
    let reading = articles.read(line)
    let id = reading.id.flatMap { id in reading.record.map { Identity.id(id, of: $0) } }
    return state.withLock { state in
      let meeting = state.ledger.meet(id: id) { Self.key(of: line, reading) }
      Self.meetUnderOtherNames(line, reading, state.ledger)
      state.lastMeeting = meeting
      let ordinal = state.count
      state.count += 1
      if let result = meeting.result {
        state.order?[ordinal] = result
        state.alreadyDone += 1
        return nil
      }
      return SelectedLine(reading: reading, key: meeting.key, failedBefore: meeting.failedBefore, ordinal: ordinal)
    }
  }

  /// The last line that was selected is not begun: the run stops.
  func takeBack() {
    state.withLock { state in
      if let meeting = state.lastMeeting.take() { state.ledger.takeBack(meeting) }
    }
  }

  /// The record of a line went to FILE.
  func wrote(_ line: SelectedLine, at offset: Int) {
    state.withLock { $0.order?[line.ordinal] = offset }
  }

  /// Whether this run has read the article of an older record.
  func hasMet(_ article: Hash128) -> Bool {
    state.withLock { $0.ledger.hasMet(article) }
  }

  /// The final pass over FILE, with what was gathered for it; nil where it is plain that there is nothing to do. To be
  /// called once, when all is written.
  /// - Parameters:
  ///   - found: what FILE had, and where that ends.
  ///   - isStopped: asked again and again; then it throws `interrupted`.
  func finalPass(
    of file: Descriptor, found: Recovery?, start: Int, end: Int, isStopped: @Sendable () -> Bool
  ) throws(SystemError) -> FinalPass? {
    try state.withLock { state throws(SystemError) in
      let hasErrors = (found?.errors ?? 0) > 0
      if state.order == nil, !hasErrors { return nil }
      // Where all that FILE had is of this input, and none of it an error, its order is known already.
      let isPlain = !hasErrors && (found?.results ?? 0) == state.alreadyDone && found?.blankLines ?? 0 == 0
      var pass = FinalPass(of: file, old: 0..<(isPlain ? 0 : start), end: end, order: state.order.take())
      try pass.sort(by: state.ledger, isStopped: isStopped)
      // It goes while the pass needs memory of its own.
      state.ledger = Ledger()
      return pass
    }
  }

  private static func key(of line: InputLine, _ reading: ArticleReader.Reading) -> Hash128 {
    guard case .success(let article) = reading.article else { return Identity.raw(line.content) }
    return Identity.key(id: reading.id, of: reading.record, title: article.title, content: article.content)
  }

  /// A line that was no article before may be one now, with another `--content-field` or a larger `--max-line`: then the
  /// record of the old failure is known by a key that the line no longer has.
  private static func meetUnderOtherNames(_ line: InputLine, _ reading: ArticleReader.Reading, _ ledger: Ledger) {
    guard case .complete(let bytes) = line.content else { return }
    if ledger.hasBadLines, case .success = reading.article { ledger.alsoMet(Identity.raw(bytes)) }
    if ledger.hasLongLines {
      ledger.alsoMet(Identity.tooLong(prefix: bytes.prefix(Line.prefixLength), length: bytes.count))
    }
  }
}

/// What was found out of a line that is to be done.
struct SelectedLine: Sendable {
  let reading: ArticleReader.Reading
  /// What its record carries as `key`; nil where the id says enough.
  let key: Hash128?
  /// How the article failed in an earlier run, as far as the files tell. A failure with the same code says nothing new
  /// of the provider.
  let failedBefore: ArticleError.Code?
  /// Its place in the order of the input, from 0.
  let ordinal: Int
}
