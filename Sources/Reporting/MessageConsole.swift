package import Articles
import BoundedConcurrency
package import Summarization
import SystemIO

/// The messages of the command on stderr. Each message is one line with the prefix `summarize: `, in lower case,
/// without a full stop, and with control characters made visible. The first failures of each kind are printed; further
/// ones are only counted.
///
/// A thread of its own writes the messages, so a terminal that does not read delays only the end of the run.
package final class MessageConsole: Sendable {
  package enum ConsoleVerbosity: Sendable {
    /// Only messages that stop the run, and those that must always be seen.
    case quiet
    case normal
    /// Each retry and wait in addition.
    case verbose
  }

  /// The number of failures of one kind that are printed one by one.
  package static let mostOfAKind = 10

  private struct ConsoleState {
    var told: [ArticleError.Code: Int] = [:]
    var writer: OutputWriter?
    var status: StatusLine

    /// Enqueues a text. A failure to write it is ignored: there is nowhere to report it.
    mutating func write(_ text: String) {
      if writer == nil { writer = try? OutputWriter(.standardError, closesAtEnd: false) { _ in } }
      writer?.enqueue(Array(text.utf8))
    }
  }

  private let state: Lock<ConsoleState>
  private let verbosity: ConsoleVerbosity

  /// - Parameter takesLinesBack: whether stderr is a terminal that supports the escape for clearing a line.
  package init(_ verbosity: ConsoleVerbosity, takesLinesBack: Bool = false) {
    self.verbosity = verbosity
    state = Lock(ConsoleState(status: StatusLine(takesLinesBack: takesLinesBack)))
  }

  /// - Parameter stopsRun: whether the message is about the end of the run, and is printed with `-q` too.
  package func tell(_ text: String, stopsRun: Bool = false) {
    guard stopsRun || verbosity != .quiet else { return }
    print("summarize: \(visible(text))\n")
  }

  /// Prints a message that must always be seen, with `-q` too.
  package func tellAlways(_ text: String) {
    tell(text, stopsRun: true)
  }

  package func tellVerbose(_ text: String) {
    if verbosity == .verbose { tell(text) }
  }

  /// Prints the failure of one article, or counts it if there were many of its kind.
  package func tell(_ error: ArticleError, at location: SourceLocation) {
    let count = state.withLock { state in
      state.told[error.code, default: 0] += 1
      return state.told[error.code]!
    }
    if count <= Self.mostOfAKind { tell("\(location): \(error.message)") }
  }

  /// Prints the number of failures that were counted rather than printed.
  package func tellCounts() {
    let told = state.withLock { $0.told }
    for code in ArticleError.Code.allCases {
      let more = (told[code] ?? 0) - Self.mostOfAKind
      if more > 0 { tell("\(more) more \(more == 1 ? "line" : "lines") with \(code.rawValue)") }
    }
  }

  /// Prints a text verbatim, for the timing summary.
  package func print(_ text: String) {
    state.withLock { $0.write($0.status.around(text)) }
  }

  /// Shows a status line in place of the previous one. An empty line removes it.
  package func show(status: String) {
    state.withLock { $0.write($0.status.show(status)) }
  }

  /// Returns when all messages are written.
  package func flush() async {
    await state.withLock { $0.writer.take() }?.finish()
  }
}
