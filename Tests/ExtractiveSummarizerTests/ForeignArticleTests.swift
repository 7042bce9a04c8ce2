import Summarization
import Testing

@testable import ExtractiveSummarizer

@Suite struct ForeignArticleTests {
  @Test(arguments: foreignArticles)
  func theSummaryIsTheOneThatAnEditorWouldSend(_ article: ForeignArticle) {
    let made = digest(article.text, sentences: 2)
    #expect(made.summary == article.summary)
    #expect(made.language == article.language)
  }
}
