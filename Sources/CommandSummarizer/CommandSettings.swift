public import Summarization

/// Everything about a command that is known before the first article.
public struct CommandSettings: Sendable {
  public let command: Command
  public let request: SummaryRequest
  /// The field that holds the id of an article.
  public var idField = "id"
  /// The most bytes of an answer.
  public var longestAnswer = 16 << 20
  /// How long an attempt may take, of a copy that has answered before.
  public var timeout: Duration = .seconds(300)
  /// How long the first answer of a copy may take.
  public var startTimeout: Duration = .seconds(600)
  /// Puts advice into words, as the end of a sentence.
  public var advise: @Sendable (CommandAdvice) -> String
  /// Makes one line of text from outside, without secrets, of so many characters at most.
  public var shown: @Sendable (_ text: String, _ limit: Int) -> String

  public init(
    _ command: Command, _ request: SummaryRequest, advise: @escaping @Sendable (CommandAdvice) -> String,
    shown: @escaping @Sendable (_ text: String, _ limit: Int) -> String
  ) {
    self.command = command
    self.request = request
    self.advise = advise
    self.shown = shown
  }
}

/// What can be done about the failure of a command. Whoever has the options puts it into words.
public enum CommandAdvice: Sendable, Equatable {
  case allowMoreTime
  case allowMoreTimeToStart
  case allowLongerAnswers
  /// The system has no descriptors, processes or memory left for another one.
  case haveFewerInFlight
}
