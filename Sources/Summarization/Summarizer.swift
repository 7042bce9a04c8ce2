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

  public func estimatedTokens(for article: Article) -> Int { 0 }
}
