/// What happens to an article on its way. Timing, progress and trace only listen to this stream.
public enum RunEvent: Sendable {
  public typealias Instant = ContinuousClock.Instant

  /// A line was taken from the input: it is in flight from now on.
  case admitted(line: Int, at: Instant)
  /// The line was read; the JSON text of its id, where it has one.
  case read(line: Int, id: ArraySlice<UInt8>?)
  /// A summarizer was asked for the article.
  case attemptStarted(line: Int, at: Instant)
  /// It answered, or failed.
  case attemptEnded(line: Int, started: Instant, at: Instant, failure: ArticleError.Code?)
  /// It is to be asked again.
  case retried(line: Int)
  /// The article waited, and for what.
  case waited(line: Int, for: Wait, since: Instant, at: Instant)
  /// An attempt used so many tokens, whatever came of it.
  case used(line: Int, tokens: TokenUsage)
  /// Every call is held back for so long, because the server asked for fewer of them.
  case held(for: Duration, at: Instant)
  /// So many articles may be in flight from now on, where that number is found out.
  case levelChanged(to: Int, at: Instant)
  /// The provider is down: from now on single calls look whether it is back.
  case circuitOpened(at: Instant)
  /// It is back.
  case circuitClosed(after: Duration, at: Instant)
  /// The article has its record. It is in flight no more.
  case answered(line: Int, admitted: Instant, at: Instant, attempts: Int, failure: ArticleError.Code?)
  /// This many more records have been written.
  case written(records: Int)

  /// What an article waits for.
  public enum Wait: Sendable {
    /// For some time to pass after a failure of its own.
    case backOff
    /// For its turn under the limits that hold for all: rates, a hold, an open circuit.
    case limits
  }
}

/// Who listens to a run. Called from many tasks and threads; it must be quick.
public protocol RunObserver: Sendable {
  func observe(_ event: RunEvent)
}
