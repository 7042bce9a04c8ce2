public import Basics

/// An event in the processing of an article. Timing, progress and trace are derived from these events only.
public enum RunEvent: Sendable {
  /// A line was taken from the input and is in flight from now on.
  case admitted(line: Int, at: Instant)
  /// The line was read. The id is the JSON text of its id, if it has one.
  case read(line: Int, id: ArraySlice<UInt8>?)
  /// An attempt began: a summarizer was called.
  case attemptStarted(line: Int, at: Instant)
  /// An attempt succeeded or failed.
  case attemptEnded(line: Int, started: Instant, at: Instant, failure: ArticleError.Code?)
  /// Another attempt will be made.
  case retried(line: Int)
  /// The article has waited.
  case waited(line: Int, for: WaitReason, since: Instant, at: Instant)
  /// An attempt used this many tokens, whether it succeeded or not.
  case used(line: Int, tokens: TokenUsage)
  /// All calls are held back for this long, because the server asked for fewer.
  case held(for: Duration, at: Instant)
  /// So many articles may be in flight from now on, where that number is found out.
  case levelChanged(to: Int, at: Instant)
  /// The provider is down: from now on single calls look whether it is back.
  case circuitOpened(at: Instant)
  /// The provider is back.
  case circuitClosed(after: Duration, at: Instant)
  /// The article has its record and is no longer in flight.
  case answered(line: Int, admitted: Instant, at: Instant, attempts: Int, failure: ArticleError.Code?)
  /// This many more records have been written.
  case written(records: Int)

  /// The reason for a wait.
  public enum WaitReason: Sendable {
    /// A back-off after a failure of its own.
    case backOff
    /// The limits for all calls: rates, a hold, an open circuit.
    case limits
  }
}

/// An observer of a run. Called from many tasks and threads, it must be quick.
public protocol RunObserver: Sendable {
  func observe(_ event: RunEvent)
}
