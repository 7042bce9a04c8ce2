package import Summarization

extension Summarizer {
  /// One attempt, as a value.
  /// - Parameter failure: of the attempt before.
  package func result(
    _ article: Article, attempt: Int, after failure: ArticleError? = nil
  ) async -> Result<Summary, ArticleError> {
    do throws(ArticleError) {
      return .success(try await summarize(article, attempt: attempt, after: failure))
    } catch {
      return .failure(error)
    }
  }
}

extension ArticleError {
  /// The run stopped before there was an answer.
  package static let givenUp = ArticleError(.interrupted, "given up when the run stopped")
}

extension Result {
  package var failure: Failure? {
    if case .failure(let error) = self { error } else { nil }
  }
}
