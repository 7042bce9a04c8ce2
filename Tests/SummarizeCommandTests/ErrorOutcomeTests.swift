import CallControl
import Summarization
import Testing

@testable import SummarizeCommand

/// The code table of the contract, as the gate and the rules for stopping see it.
@Suite struct ErrorOutcomeTests {
  private func kind(_ code: ArticleError.Code, _ evidence: ArticleError.Evidence = .none) -> CallOutcome.Kind {
    ArticleError(code, "m", evidence: evidence).outcome(known: nil).kind
  }

  @Test func whatAFailureSaysOfTheProvider() {
    for code in ArticleError.Code.allCases {
      switch code {
      case .rateLimited: #expect(kind(code) == .throttled)
      case .serverError, .timeout, .unreachable: #expect(kind(code) == .failed(nobodyThere: false))
      case .interrupted: #expect(kind(code) == .abandoned)
      default: #expect(kind(code) == .answered)
      }
    }
    #expect(kind(.unreachable, .nobodyThere) == .failed(nobodyThere: true))
  }

  @Test func tokensAreThoseUsedAndNoneWhereNothingWasSent() {
    let used = ArticleError(.badReply, "m", usage: TokenUsage(input: 100, output: 20))
    #expect(used.outcome(known: nil).tokens == 120)
    #expect(ArticleError(.serverError, "m").outcome(known: nil).tokens == nil)
    #expect(ArticleError(.unreachable, "m").outcome(known: nil).tokens == 0)
  }

  @Test func theSameFailureAsBeforeIsKnown() {
    let error = ArticleError(.serverError, "m")
    #expect(error.outcome(known: .serverError).isKnown)
    #expect(!error.outcome(known: .timeout).isKnown)
    #expect(!error.outcome(known: nil).isKnown)
  }

  @Test func whatStopsARun() {
    for code in ArticleError.Code.allCases {
      let suspicion = ArticleError(code, "m").suspicion
      switch code {
      case .unauthorized, .quota: #expect(suspicion == .certain)
      case .notFound: #expect(suspicion == .strong)
      case .badRequest, .forbidden, .truncated, .badReply: #expect(suspicion == .some)
      default: #expect(suspicion == .none, "\(code)")
      }
    }
    #expect(ArticleError(.unreachable, "m", evidence: .untrusted).suspicion == .certain)
  }
}
