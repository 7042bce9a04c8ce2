import Basics
import Summarization
import Testing

@testable import CallControl

/// What each code means for its article, its provider and the run.
@Suite struct ErrorCodeTests {
  @Test func whatAFailureSaysOfTheProvider() {
    for code in ErrorCode.allCases {
      switch code {
      case .rateLimited: #expect(code.meaning.signal == .refused)
      case .serverError, .timeout, .unreachable: #expect(code.meaning.signal == .failed)
      case .interrupted: #expect(code.meaning.signal == .none)
      default: #expect(code.meaning.signal == (code.meaning.fault == .line ? .none : .answered), "\(code)")
      }
    }
    #expect(ArticleError(.unreachable, "m", evidence: .untrusted).signal == .answered)
  }

  @Test func whatIsTriedAgain() {
    for code in ErrorCode.allCases {
      switch code {
      case .rateLimited, .serverError, .unreachable: #expect(code.meaning.retry == .backOff(atMost: nil))
      case .timeout: #expect(code.meaning.retry == .backOff(atMost: 1))
      case .badReply: #expect(code.meaning.retry == .atOnce(atMost: 2))
      default: #expect(code.meaning.retry == .never, "\(code)")
      }
    }
    #expect(ArticleError(.unreachable, "m", evidence: .untrusted).retry == .never)
  }

  @Test func whatStopsARun() {
    for code in ErrorCode.allCases {
      switch code {
      case .unauthorized, .quota: #expect(code.meaning.severity == .atOnce)
      case .notFound: #expect(code.meaning.severity == .beforeFirstSuccess)
      case .badRequest, .forbidden, .truncated, .badReply: #expect(code.meaning.severity == .inARow)
      default: #expect(code.meaning.severity == .never, "\(code)")
      }
    }
    #expect(ArticleError(.unreachable, "m", evidence: .untrusted).severity == .atOnce)
  }

  @Test func aCommandMayFailForTheTimeBeingOrForGood() {
    let temporary = ArticleError(.commandFailed, "m", evidence: .temporary)
    #expect(temporary.retry == .backOff(atMost: nil) && temporary.signal == .failed && temporary.severity == .never)
    let hopeless = ArticleError(.commandFailed, "m", evidence: .cannotStart)
    #expect(hopeless.retry == .never && hopeless.signal == .answered && hopeless.severity == .atOnce)
    let plain = ArticleError(.commandFailed, "m")
    #expect(plain.retry == .never && plain.signal == .answered && plain.severity == .never)
  }

  @Test func tokensAreThoseUsedAndNoneWhereNothingWasSent() {
    let used = ArticleError(.badReply, "m", usage: TokenUsage(input: 100, output: 20))
    #expect(CallOutcome.failure(used).tokens == 120)
    #expect(CallOutcome.failure(ArticleError(.serverError, "m")).tokens == nil)
    #expect(CallOutcome.failure(ArticleError(.unreachable, "m")).tokens == 0)
  }

  @Test func aTimeToWaitThatComesWithALastingFailureIsNotHeeded() {
    #expect(CallOutcome.failure(ArticleError(.badRequest, "m", retryAfter: .seconds(9))).retryAfter == nil)
    #expect(CallOutcome.failure(ArticleError(.serverError, "m", retryAfter: .seconds(9))).retryAfter == .seconds(9))
    #expect(CallOutcome.failure(ArticleError(.serverError, "m", retryAfter: .zero)).retryAfter == nil)
  }

  /// How often an article is tried that always fails alike.
  private func attempts(_ code: ErrorCode, retries: Int) -> Int {
    var bench = SchedulerBench(retries: retries)
    for attempt in 1...20 {
      bench.enqueue(1)
      while bench.release().isEmpty { _ = bench.waitForDeadline() }
      if bench.end(1, ArticleError(code, "m")).isFinal { return attempt }
    }
    return 0
  }

  @Test func eachKindHasItsOwnNumberOfRetries() {
    #expect(attempts(.serverError, retries: 5) == 6)
    #expect(attempts(.timeout, retries: 5) == 2)
    #expect(attempts(.badReply, retries: 5) == 3)
    #expect(attempts(.badReply, retries: 1) == 2)
    #expect(attempts(.badReply, retries: 0) == 1)
    #expect(attempts(.badRequest, retries: 5) == 1)
  }

  @Test func aReplyThatIsNoUseIsAskedForAgainAtOnce() {
    var bench = SchedulerBench()
    bench.begin(1)
    bench.end(1, .answered)
    bench.enqueue(1)
    #expect(bench.release() == [1])
  }
}
