package import Articles
import BoundedConcurrency
package import Summarization
import SystemIO

/// What the command says on stderr. Each message is one line with the prefix `summarize: `, in lower case, without a full
/// stop, and with control characters made visible. Many messages of one kind are counted rather than printed.
///
/// They are written by a thread of their own, so that a terminal that does not read holds up nothing but the end.
package final class Console: Sendable {
  package enum Verbosity: Sendable {
    /// Only what stops the run, and what has to be known whatever happens.
    case quiet
    case normal
    /// Each retry and wait as well.
    case verbose
  }

  /// How many failures of one kind are told each.
  package static let mostOfAKind = 10

  private struct State {
    var told: [ArticleError.Code: Int] = [:]
    var writer: OutputWriter?
    var status: StatusLine

    /// A failure to write here is nobody's loss: there is nowhere to tell it.
    mutating func write(_ text: String) {
      if writer == nil { writer = try? OutputWriter(.standardError, closesAtEnd: false) { _ in } }
      writer?.enqueue(Array(text.utf8))
    }
  }

  private let state: Lock<State>
  private let verbosity: Verbosity

  /// - Parameter takesLinesBack: whether stderr leads to something that knows the escape for it.
  package init(_ verbosity: Verbosity, takesLinesBack: Bool = false) {
    self.verbosity = verbosity
    state = Lock(State(status: StatusLine(takesLinesBack: takesLinesBack)))
  }

  /// - Parameter stopsRun: whether `-q` prints it too.
  package func tell(_ text: String, stopsRun: Bool = false) {
    guard stopsRun || verbosity != .quiet else { return }
    print("summarize: \(visible(text))\n")
  }

  /// What has to be known whatever happens: `-q` prints it too.
  package func tellAlways(_ text: String) {
    tell(text, stopsRun: true)
  }

  package func tellVerbose(_ text: String) {
    if verbosity == .verbose { tell(text) }
  }

  /// One article that has no result.
  package func tell(_ error: ArticleError, at location: SourceLocation) {
    let count = state.withLock { state in
      state.told[error.code, default: 0] += 1
      return state.told[error.code]!
    }
    if count <= Self.mostOfAKind { tell("\(location): \(error.message)") }
  }

  /// What was counted rather than printed.
  package func tellCounts() {
    let told = state.withLock { $0.told }
    for code in ArticleError.Code.allCases {
      let more = (told[code] ?? 0) - Self.mostOfAKind
      if more > 0 { tell("\(more) more \(more == 1 ? "line" : "lines") with \(code.rawValue)") }
    }
  }

  /// Text as it is, for the timing summary.
  package func print(_ text: String) {
    state.withLock { $0.write($0.status.around(text)) }
  }

  /// Shows a line that the next one takes the place of; an empty one takes the last away.
  package func show(status: String) {
    state.withLock { $0.write($0.status.show(status)) }
  }

  /// Returns when everything is out.
  package func flush() async {
    await state.withLock { $0.writer.take() }?.finish()
  }
}
