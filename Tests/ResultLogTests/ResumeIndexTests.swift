import Basics
import Summarization
import Testing

@testable import ResultLog

@Suite struct ResumeIndexTests {
  private let article = Hash128.test(1)

  @Test func anArticleWithAResultIsDone() {
    let index = ResumeIndex()
    index.foundResult(of: article, at: 0)
    #expect(!index.hasVisited(article))
    #expect(index.visit(article).result == 0)
    #expect(index.hasVisited(article))
    #expect(index.isResult(of: article, at: 0))
    #expect(!index.isResult(of: article, at: 9))
  }

  @Test func ofEqualArticlesAsManyAreDoneAsThereAreResults() {
    let index = ResumeIndex()
    for offset in [0, 100, 250] { index.foundResult(of: article, at: offset) }
    let results = (1...5).map { _ in index.visit(article).result }
    #expect(results == [0, 100, 250, nil, nil])
    for offset in [0, 100, 250] { #expect(index.isResult(of: article, at: offset)) }
    #expect(!index.isResult(of: article, at: 99))
  }

  @Test func aResultOfAnEqualArticleThatWasNotReadIsOfAnotherInput() {
    let index = ResumeIndex()
    for offset in [0, 100] { index.foundResult(of: article, at: offset) }
    _ = index.visit(article)
    #expect(index.isResult(of: article, at: 0))
    #expect(!index.isResult(of: article, at: 100))
  }

  @Test func anErrorIsNoResultAndIsRemembered() {
    let index = ResumeIndex()
    index.foundError(.refused, of: article)
    index.foundError(.timeout, of: article)
    #expect(!index.hasVisited(article))
    // Equal articles fail alike, however many of them there were.
    for _ in 1...3 {
      let visit = index.visit(article)
      #expect(visit.result == nil && visit.failedBefore == .timeout)
    }
  }

  /// Of two equal articles one failed: the other is done, and it does not matter which of the lines is which.
  @Test func ofTwoEqualArticlesOneFailed() {
    let index = ResumeIndex()
    index.foundError(.timeout, of: article)
    index.foundResult(of: article, at: 70)
    #expect(index.visit(article).result == 70)
    #expect(index.visit(article).result == nil)
    #expect(index.hasVisited(article))
  }

  @Test func beingInterruptedIsNoOtherFailure() {
    let index = ResumeIndex()
    for code in [ArticleError.Code.serverError, .interrupted] { index.foundError(code, of: article) }
    #expect(index.visit(article).failedBefore == .serverError)
  }

  @Test func everyCodeSurvives() {
    let index = ResumeIndex()
    for (n, code) in ArticleError.Code.allCases.enumerated() {
      index.foundError(code, of: .test(n))
      index.foundResult(of: .test(n), at: ResumeIndex.largestOffset - n)
    }
    for (n, code) in ArticleError.Code.allCases.enumerated() {
      let visit = index.visit(.test(n))
      #expect(visit.failedBefore == code && visit.result == ResumeIndex.largestOffset - n)
    }
  }

  @Test func aVisitCanBeTakenBack() {
    let index = ResumeIndex()
    index.foundResult(of: .test(2), at: 9)
    for article in [article, .test(2)] {
      let visit = index.visit(article)
      index.takeBack(visit)
      #expect(!index.hasVisited(article))
      #expect(index.visit(article) == visit)
    }
  }

  /// A million equal lines do not take a million steps each.
  @Test func manyEqualLines() {
    let index = ResumeIndex()
    for n in 0..<5_000 { index.foundResult(of: article, at: n) }
    for n in 0..<5_000 { #expect(index.visit(article).result == n) }
    #expect(index.visit(article).result == nil)
  }
}
