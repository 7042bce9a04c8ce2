public import Summarization
public struct ExtractiveSummarizer: Summarizer {
  public init(_ r: SummaryRequest) {}
  public var isImmediate: Bool { true }
  public func summarize(_ article: Article) async throws(ArticleError) -> Summary { Summary(summary: String(article.content.prefix(100)), sentiment: .neutral, keywords: []) }
}
