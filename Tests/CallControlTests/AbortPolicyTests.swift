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
}
