/// Anything that makes summaries: the built-in engine, a simulator, a command, a language model.
///
/// A summarizer is told what to make (`SummaryRequest`) when it is created. It is called from many tasks at once, obeys
/// cancellation of the calling task by throwing `ArticleError` with the code `interrupted`, and never blocks a thread
/// while it waits.
public protocol Summarizer: Sendable {
  /// Whether a summary is computed on the spot, without waiting for anything: there is nothing to cancel then.
  var isImmediate: Bool { get }

  /// Makes one attempt; whoever calls decides about further ones.
  /// - Parameter attempt: counted from 1 for each article.
  func summarize(_ article: Article, attempt: Int) async throws(ArticleError) -> Summary

  /// The same for an attempt that may be told why the one before was no use.
  /// - Parameter failure: of the attempt before; nil for the first.
  func summarize(
    _ article: Article, attempt: Int, after failure: ArticleError?
  ) async throws(ArticleError) -> Summary

  /// How much a summary took to make, in a unit that is the same for all of them; nil where nothing tells. A summarizer
  /// that took long for one that was much work is not slow.
  func work(of summary: Summary) -> Int?

  /// About how many tokens an attempt will use, in and out, for limits that have to be asked before.
  func estimatedTokens(for article: Article) -> Int
}

extension Summarizer {
  public var isImmediate: Bool { false }

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
}

/// One article as it came in: what a summarizer works on.
public struct Article: Sendable {
  /// The number of its line, counted from 1 over all inputs, blank lines included.
  public let line: Int
  /// The JSON text of its id, as it came; nil where there is none.
  public let id: [UInt8]?
  public let title: String?
  public let content: String
  /// The whole line without its line terminator: strict JSON, an object.
  public let raw: [UInt8]

  public init(line: Int, id: [UInt8]?, title: String?, content: String, raw: [UInt8]) {
    self.line = line
    self.id = id
    self.title = title
    self.content = content
    self.raw = raw
  }
}

/// What a call to a language model used, as its server counts.
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

/// What a server says of its rate limits along with an answer, good or bad: for pacing calls before they are refused.
public struct RateLimitStatus: Sendable, Equatable {
  /// What is left of one limit. Whether the limit is a bucket that fills steadily or a window that is emptied at once
  /// cannot be told from a single answer.
  public struct Allowance: Sendable, Equatable {
    /// How much may be used in all; more than 0.
    public var limit: Double
    /// How much is left; from 0 to `limit`.
    public var remaining: Double
    /// Time from the answer until all of `limit` is there again.
    public var reset: Duration

    public init(limit: Double, remaining: Double, reset: Duration) {
      self.limit = limit
      self.remaining = remaining
      self.reset = reset
    }
  }

  public var requests: [Allowance]
  /// Of input, output or both.
  public var tokens: [Allowance]

  public init(requests: [Allowance] = [], tokens: [Allowance] = []) {
    self.requests = requests
    self.tokens = tokens
  }
}
