/// The result for an article. A field is nil if its task was not asked for.
public struct Summary: Sendable, Equatable {
  public var summary: String?
  public var sentiment: Sentiment?
  public var keywords: [String]?

  /// The tone behind `sentiment`, from -1 to 1, if the summarizer measures it.
  public var sentimentScore: Double?
  /// The BCP 47 tag of the article's presumed language, if known.
  public var language: String?
  /// What a server told, out of line: a result is part of many frames of each article in flight.
  private var report: ServerReport?

  public init(
    summary: String? = nil, sentiment: Sentiment? = nil, keywords: [String]? = nil,
    sentimentScore: Double? = nil, language: String? = nil, usage: TokenUsage? = nil
  ) {
    self.summary = summary
    self.sentiment = sentiment
    self.keywords = keywords
    self.sentimentScore = sentimentScore
    self.language = language
    if let usage { report = ServerReport(usage: usage, rateLimits: nil) }
  }

  /// The tokens that the call used, if the server tells.
  public var usage: TokenUsage? {
    get { report?.usage }
    set { report = ServerReport(usage: newValue, rateLimits: report?.rateLimits) }
  }
  /// What the server said about its rate limits.
  public var rateLimits: RateLimitStatus? {
    get { report?.rateLimits }
    set { report = ServerReport(usage: report?.usage, rateLimits: newValue) }
  }
}

/// What a server told beside a result. Immutable, so that results may share it.
private final class ServerReport: Sendable, Equatable {
  let usage: TokenUsage?
  let rateLimits: RateLimitStatus?

  /// Creates a report; nil if it would be empty.
  init?(usage: TokenUsage?, rateLimits: RateLimitStatus?) {
    if usage == nil, rateLimits == nil { return nil }
    self.usage = usage
    self.rateLimits = rateLimits
  }

  static func == (a: ServerReport, b: ServerReport) -> Bool { a.usage == b.usage && a.rateLimits == b.rateLimits }
}

public enum Sentiment: String, Sendable, CaseIterable {
  case positive, negative, neutral, mixed
}

/// The tasks that can be asked for (`--tasks`).
public struct SummaryTasks: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  public static let summary = SummaryTasks(rawValue: 1)
  public static let sentiment = SummaryTasks(rawValue: 2)
  public static let keywords = SummaryTasks(rawValue: 4)
  public static let all: SummaryTasks = [.summary, .sentiment, .keywords]

  /// The number of tasks in the set.
  public var count: Int { rawValue.nonzeroBitCount }
}

/// What is asked of a summarizer, the same for all articles of a run.
public struct SummaryRequest: Sendable {
  public var tasks: SummaryTasks
  /// The largest number of sentences in a summary; at least 1.
  public var sentences: Int
  /// The largest number of keywords; at least 1.
  public var keywords: Int

  public init(tasks: SummaryTasks = .all, sentences: Int = 3, keywords: Int = 5) {
    self.tasks = tasks
    self.sentences = sentences
    self.keywords = keywords
  }
}

/// The keywords of an answer: at most as many as requested, without duplicates (case aside) and without those that have no
/// letter or digit. The first ones stay.
public struct KeywordList {
  public private(set) var keywords: [String] = []
  private var seen: Set<String> = []
  private let limit: Int

  public init(_ request: SummaryRequest) {
    limit = request.keywords
  }

  public mutating func append(_ keyword: String) {
    guard keywords.count < limit, keyword.unicodeScalars.contains(where: isLetterOrDigit) else { return }
    if seen.insert(keyword.lowercased()).inserted { keywords.append(keyword) }
  }

  private func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
