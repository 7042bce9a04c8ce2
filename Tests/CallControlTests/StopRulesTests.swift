import CallControl
import Summarization
import Testing

@Suite struct StopRulesTests {
  @Test func whatIsCertainStopsAtOnce() {
    var rules = StopRules()
    rules.succeeded()
    #expect(rules.failed(.unauthorized, .certain) == .hopeless)
  }

  @Test func whatIsStrongStopsBeforeTheFirstSuccess() {
    var rules = StopRules()
    #expect(rules.failed(.refused, .none) == nil)
    #expect(rules.failed(.notFound, .strong) == .hopeless)
  }

  @Test(arguments: [StopRules.Suspicion.some, .strong]) func fiveInARow(suspicion: StopRules.Suspicion) {
    var rules = StopRules()
    rules.succeeded()
    for _ in 1...4 { #expect(rules.failed(.notFound, suspicion) == nil) }
    #expect(rules.failed(.notFound, suspicion) == .row(5, .notFound))
  }

  @Test func aSuccessEndsTheRow() {
    var rules = StopRules()
    for _ in 1...4 { #expect(rules.failed(.badRequest, .some) == nil) }
    rules.succeeded()
    for _ in 1...4 { #expect(rules.failed(.badRequest, .some) == nil) }
    #expect(rules.failed(.badRequest, .some) == .row(5, .badRequest))
  }

  @Test func eachCodeHasItsOwnRow() {
    var rules = StopRules()
    for _ in 1...4 {
      #expect(rules.failed(.badRequest, .some) == nil)
      #expect(rules.failed(.truncated, .some) == nil)
      #expect(rules.failed(.tooLong, .none) == nil)
    }
    #expect(rules.failed(.truncated, .some) == .row(5, .truncated))
  }

  @Test func whatIsHarmlessNeverStops() {
    var rules = StopRules()
    for _ in 1...1000 { #expect(rules.failed(.refused, .none) == nil) }
  }

  @Test func whatFailedLikeThisBeforeIsNotCounted() {
    var rules = StopRules(mostFailures: 2)
    for _ in 1...20 { #expect(rules.failed(.badRequest, .some, isKnown: true) == nil) }
    #expect(rules.failed(.badRequest, .some) == nil)
    #expect(rules.failed(.refused, .none) == .tooManyFailures(2))
    #expect(rules.failed(.unauthorized, .certain, isKnown: true) == .hopeless)
  }

  @Test(arguments: [1, 3, 7]) func soManyFailuresAreAllowed(most: Int) {
    var rules = StopRules(mostFailures: most)
    for _ in 1..<most {
      #expect(rules.failed(.invalidJSON, .none) == nil)
      rules.succeeded()
    }
    #expect(rules.failed(.invalidJSON, .none) == .tooManyFailures(most))
  }
}
