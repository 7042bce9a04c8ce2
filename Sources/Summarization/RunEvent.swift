/// What happens to an article on its way. Timing, progress and trace only listen to this stream.
public enum RunEvent: Sendable {
  public typealias Instant = ContinuousClock.Instant

  /// A line was taken from the input: it is in flight from now on.
  case admitted(line: Int, at: Instant)
  /// A summarizer was asked for the article.
  case attemptStarted(line: Int, at: Instant)
  /// It answered, or failed.
  case attemptEnded(line: Int, started: Instant, at: Instant, failure: ArticleError.Code?)
  /// The article has its record. It is in flight no more.
  case answered(line: Int, admitted: Instant, at: Instant, attempts: Int, failure: ArticleError.Code?)
  /// This many more records have been written.
  case written(records: Int)
}

/// Who listens to a run. Called from many tasks and threads; it must be quick.
public protocol RunObserver: Sendable {
  func observe(_ event: RunEvent)
}
