import Basics
import CallControl
import Summarization
import Testing

@Suite struct AbortPolicyTests {
  private func error(_ code: ErrorCode) -> ArticleError { ArticleError(code, "m") }

  @Test(arguments: [ErrorCode.unauthorized, .quota]) func whatIsCertainStopsAtOnce(code: ErrorCode) {
    var policy = AbortPolicy()
    policy.succeeded()
    #expect(policy.failed(error(code)) == .hopeless)
  }

  @Test func aServerThatCannotBeTrustedStopsAtOnce() {
    var policy = AbortPolicy()
    policy.succeeded()
    #expect(policy.failed(ArticleError(.unreachable, "m", evidence: .untrusted)) == .hopeless)
  }

  @Test func whatIsNotFoundStopsBeforeTheFirstSuccess() {
    var policy = AbortPolicy()
    #expect(policy.failed(error(.refused)) == nil)
    #expect(policy.failed(error(.notFound)) == .hopeless)
  }

  @Test(arguments: [ErrorCode.notFound, .badRequest, .forbidden, .truncated, .badReply]) func fiveInARow(
    code: ErrorCode
  ) {
    var policy = AbortPolicy()
    policy.succeeded()
    for _ in 1...4 { #expect(policy.failed(error(code)) == nil) }
    #expect(policy.failed(error(code)) == .inARow(5, code))
  }

  @Test func aSuccessEndsTheRow() {
    var policy = AbortPolicy()
    for _ in 1...4 { #expect(policy.failed(error(.badRequest)) == nil) }
    policy.succeeded()
    for _ in 1...4 { #expect(policy.failed(error(.badRequest)) == nil) }
    #expect(policy.failed(error(.badRequest)) == .inARow(5, .badRequest))
  }

  @Test func eachCodeHasItsOwnRow() {
    var policy = AbortPolicy()
    for _ in 1...4 {
      #expect(policy.failed(error(.badRequest)) == nil)
      #expect(policy.failed(error(.truncated)) == nil)
      #expect(policy.failed(error(.tooLong)) == nil)
    }
    #expect(policy.failed(error(.truncated)) == .inARow(5, .truncated))
  }

  @Test func whatIsHarmlessNeverStops() {
    var policy = AbortPolicy()
    for code in [ErrorCode.refused, .tooLong, .rateLimited, .serverError, .unreachable, .timeout, .invalidJSON] {
      for _ in 1...100 { #expect(policy.failed(error(code)) == nil) }
    }
  }

  @Test func whatFailedLikeThisBeforeIsNotCounted() {
    var policy = AbortPolicy(mostFailures: 2)
    for _ in 1...20 { #expect(policy.failed(error(.badRequest), isKnown: true) == nil) }
    #expect(policy.failed(error(.badRequest)) == nil)
    #expect(policy.failed(error(.refused)) == .tooManyFailures(2))
    #expect(policy.failed(error(.unauthorized), isKnown: true) == .hopeless)
  }

  @Test(arguments: [1, 3, 7]) func soManyFailuresAreAllowed(most: Int) {
    var policy = AbortPolicy(mostFailures: most)
    for _ in 1..<most {
      #expect(policy.failed(error(.invalidJSON)) == nil)
      policy.succeeded()
    }
    #expect(policy.failed(error(.invalidJSON)) == .tooManyFailures(most))
  }

  @Test func aServerMayAskToBeLeftAloneForTheLongestOutage() {
    let policy = AbortPolicy(longestOutage: .seconds(60))
    #expect(policy.askedToWait(.seconds(60)) == nil)
    #expect(policy.askedToWait(.seconds(61)) == .askedToWait(.seconds(61)))
  }

  @Test func oneArticleIsGivenUpBeforeRefusalsStop() {
    var policy = AbortPolicy(longestOutage: .seconds(60))
    #expect(policy.refused(for: .seconds(59), isAlone: true) == .goOn)
    #expect(policy.refused(for: .seconds(60), isAlone: true) == .giveUpArticle)
    #expect(policy.refused(for: .seconds(59), isAlone: true) == .goOn)
    #expect(policy.refused(for: .seconds(60), isAlone: true) == .abort(.refused(.seconds(60))))
    policy.succeeded()
    #expect(policy.refused(for: .seconds(70), isAlone: true) == .giveUpArticle)
  }

  @Test func refusalsOfSeveralArticlesStop() {
    var policy = AbortPolicy(longestOutage: .seconds(60))
    #expect(policy.refused(for: .seconds(59), isAlone: false) == .goOn)
    #expect(policy.refused(for: .seconds(60), isAlone: false) == .abort(.refused(.seconds(60))))
  }

  @Test func aServerThatNeverAnsweredAndIsMissingHasALimitOfItsOwn() {
    var policy = AbortPolicy(longestOutage: .seconds(60), longestFirstContact: .seconds(10))
    #expect(policy.longestOutage(isMissing: false) == .seconds(60))
    #expect(policy.longestOutage(isMissing: true) == .seconds(10))
    #expect(policy.outageExceeded(after: .seconds(10)) == .down(.seconds(10), hasAnswered: false))
    policy.serverAnswered()
    #expect(policy.longestOutage(isMissing: true) == .seconds(60))
    #expect(policy.outageExceeded(after: .seconds(60)) == .down(.seconds(60), hasAnswered: true))
    #expect(AbortPolicy(longestOutage: .seconds(60)).longestOutage(isMissing: true) == .seconds(60))
  }

  @Test func aSuccessIsAnAnswer() {
    var policy = AbortPolicy()
    #expect(!policy.hasAnswered)
    policy.succeeded()
    #expect(policy.hasAnswered)
  }
}
