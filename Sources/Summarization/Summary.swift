/// What was made of an article. A field is nil where its task was not asked for.
public struct Summary: Sendable, Equatable {
  public var summary: String?
  public var sentiment: Sentiment?
  public var keywords: [String]?

  /// The tone behind `sentiment`, from -1 to 1, where the summarizer measures one.
  public var sentimentScore: Double?
  /// The BCP 47 tag of the language that the article was taken to be in, where known.
  public var language: String?
  /// What the call used, where its server says so.
  public var usage: TokenUsage?
  /// What the server said of its rate limits.
  public var rateLimits: RateLimitStatus?

  public init(
    summary: String? = nil, sentiment: Sentiment? = nil, keywords: [String]? = nil,
    sentimentScore: Double? = nil, language: String? = nil, usage: TokenUsage? = nil
  ) {
    self.summary = summary
    self.sentiment = sentiment
    self.keywords = keywords
    self.sentimentScore = sentimentScore
    self.language = language
    self.usage = usage
  }
}

public enum Sentiment: String, Sendable, CaseIterable {
  case positive, negative, neutral, mixed
}

/// The parts of a summary that can be asked for (`--tasks`).
public struct SummaryTasks: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  public static let summary = SummaryTasks(rawValue: 1)
  public static let sentiment = SummaryTasks(rawValue: 2)
  public static let keywords = SummaryTasks(rawValue: 4)
  public static let all: SummaryTasks = [.summary, .sentiment, .keywords]

  /// How many tasks are in the set.
  public var count: Int { rawValue.nonzeroBitCount }
}

/// What is asked of a summarizer, the same for every article of a run.
public struct SummaryRequest: Sendable {
  public var tasks: SummaryTasks
  /// The most sentences in a summary; at least 1.
  public var sentences: Int
  /// The most keywords; at least 1.
  public var keywords: Int

  public init(tasks: SummaryTasks = .all, sentences: Int = 3, keywords: Int = 5) {
    self.tasks = tasks
    self.sentences = sentences
    self.keywords = keywords
  }
}
