public import Basics

/// Anything that makes summaries: the built-in engine, a simulator, a command, a language model.
///
/// A summarizer gets its `SummaryRequest` when it is created. It is called from many tasks at once. When the calling
/// task is cancelled it throws an `ArticleError` with the code `interrupted`. It never blocks a thread while it waits.
public protocol Summarizer: Sendable {
  /// Whether no attempt ever takes waiting: `summarizeAtOnce` makes them all.
  var isImmediate: Bool { get }
  /// Whether the summarizer itself gives up each attempt in time, as the limit depends on what it does for it.
  var limitsItsAttempts: Bool { get }

  /// Makes one attempt where that takes no waiting: it then needs no task and no time-out. Returns nil, without having
  /// begun, where it does; `summarize` makes it then.
  /// - Parameter attempt: counted from 1 for each article.
  func summarizeAtOnce(_ article: Article, attempt: Int) throws(ArticleError) -> Summary?

  /// Makes one attempt; the caller decides about further ones.
  /// - Parameter attempt: counted from 1 for each article.
  func summarize(_ article: Article, attempt: Int) async throws(ArticleError) -> Summary

  /// Makes one attempt that may be told what was wrong with the previous one.
  /// - Parameter failure: the failure of the previous attempt; nil for the first.
  func summarize(
    _ article: Article, attempt: Int, after failure: ArticleError?
  ) async throws(ArticleError) -> Summary

  /// How much a summary took to make, in a unit that is the same for all of them; nil where nothing tells. A summarizer
  /// that took long for one that was much work is not slow.
  func work(of summary: Summary) -> Int?

  /// About how many tokens an attempt will use, in and out, for limits that have to be asked before.
  func estimatedTokens(for article: Article) -> Int

  /// Lets go of what was kept between calls, of which there are no more. Returns when it is gone, soon after the deadline at
  /// the latest.
  func finish(by deadline: Instant) async
}

extension Summarizer {
  public var isImmediate: Bool { false }
  public var limitsItsAttempts: Bool { false }

  public func summarizeAtOnce(_ article: Article, attempt: Int) throws(ArticleError) -> Summary? { nil }

  public func summarize(
    _ article: Article, attempt: Int, after failure: ArticleError?
  ) async throws(ArticleError) -> Summary {
    try await summarize(article, attempt: attempt)
  }

  /// The tokens that were written, else the length of what came back.
  public func work(of summary: Summary) -> Int? {
    let work =
      summary.usage?.output
      ?? (summary.keywords ?? []).reduce(summary.summary?.utf8.count ?? 0) { $0 + $1.utf8.count }
    return work > 0 ? work : nil
  }

  public func estimatedTokens(for article: Article) -> Int { 0 }

  public func finish(by deadline: Instant) async {}
}

/// One article as it came in: the input of a summarizer.
public struct Article: Sendable {
  /// The number of the article's line, counted from 1 over all inputs, blank lines included.
  public let line: Int
  /// The JSON text of the id, as it came; nil if there is none.
  public let id: [UInt8]?
  public let title: String?
  public let content: String
  /// Where the captions of figures are in the UTF-8 of `content`, in its order.
  public let captions: [Range<Int>]
  /// The whole line without its terminator: strict JSON, an object.
  public let raw: [UInt8]

  public init(line: Int, id: [UInt8]?, title: String?, content: String, captions: [Range<Int>] = [], raw: [UInt8]) {
    self.line = line
    self.id = id
    self.title = title
    self.content = content
    self.captions = captions
    self.raw = raw
  }
}

/// The tokens that a call to a language model used, as counted by its server.
public struct TokenUsage: Sendable, Equatable {
  public var input: Int
  public var output: Int

  public init(input: Int, output: Int) {
    self.input = input
    self.output = output
  }

  public static func + (a: TokenUsage, b: TokenUsage) -> TokenUsage {
    TokenUsage(input: a.input + b.input, output: a.output + b.output)
  }

  public var total: Int { input + output }
}

/// What a server says about its rate limits in an answer, whether success or failure. It allows calls to be paced
/// before any is refused.
public struct RateLimitStatus: Sendable, Equatable {
  /// The state of one limit. A single answer cannot tell whether the limit is a bucket that fills steadily or a window
  /// that is reset at once.
  public struct RateAllowance: Sendable, Equatable {
    /// The amount that may be used in all; more than 0.
    public var limit: Double
    /// The amount that is left; from 0 to `limit`.
    public var remaining: Double
    /// The time from the answer until all of `limit` is available again.
    public var reset: Duration

    public init(limit: Double, remaining: Double, reset: Duration) {
      self.limit = limit
      self.remaining = remaining
      self.reset = reset
    }
  }

  public var requests: [RateAllowance]
  /// The limits on tokens of input, output or both.
  public var tokens: [RateAllowance]

  public init(requests: [RateAllowance] = [], tokens: [RateAllowance] = []) {
    self.requests = requests
    self.tokens = tokens
  }
}
