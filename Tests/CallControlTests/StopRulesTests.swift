import CallControl
import Testing

@Suite struct StopRulesTests {
  @Test func whatIsCertainStopsAtOnce() {
    var rules = StopRules<String>()
    rules.succeeded()
    #expect(rules.failed("unauthorized", .certain) == .hopeless)
  }

  @Test func whatIsStrongStopsBeforeTheFirstSuccess() {
    var rules = StopRules<String>()
    #expect(rules.failed("refused", .none) == nil)
    #expect(rules.failed("not_found", .strong) == .hopeless)
  }

  @Test(arguments: [StopRules<String>.Suspicion.some, .strong]) func fiveInARow(suspicion: StopRules<String>.Suspicion)
  {
    var rules = StopRules<String>()
    rules.succeeded()
    for _ in 1...4 { #expect(rules.failed("not_found", suspicion) == nil) }
    #expect(rules.failed("not_found", suspicion) == .row(5))
  }

  @Test func aSuccessEndsTheRow() {
    var rules = StopRules<String>()
    for _ in 1...4 { #expect(rules.failed("bad_request", .some) == nil) }
    rules.succeeded()
    for _ in 1...4 { #expect(rules.failed("bad_request", .some) == nil) }
    #expect(rules.failed("bad_request", .some) == .row(5))
  }

  @Test func eachCodeHasItsOwnRow() {
    var rules = StopRules<String>()
    for _ in 1...4 {
      #expect(rules.failed("bad_request", .some) == nil)
      #expect(rules.failed("truncated", .some) == nil)
      #expect(rules.failed("too_long", .none) == nil)
    }
    #expect(rules.failed("truncated", .some) == .row(5))
  }

  @Test func whatIsHarmlessNeverStops() {
    var rules = StopRules<String>()
    for _ in 1...1000 { #expect(rules.failed("refused", .none) == nil) }
  }

  @Test func whatFailedLikeThisBeforeIsNotCounted() {
    var rules = StopRules<String>(mostFailures: 2)
    for _ in 1...20 { #expect(rules.failed("bad_request", .some, isKnown: true) == nil) }
    #expect(rules.failed("bad_request", .some) == nil)
    #expect(rules.failed("refused", .none) == .tooManyFailures(2))
    #expect(rules.failed("unauthorized", .certain, isKnown: true) == .hopeless)
  }

  @Test(arguments: [1, 3, 7]) func soManyFailuresAreAllowed(most: Int) {
    var rules = StopRules<String>(mostFailures: most)
    for _ in 1..<most {
      #expect(rules.failed("invalid_json", .none) == nil)
      rules.succeeded()
    }
    #expect(rules.failed("invalid_json", .none) == .tooManyFailures(most))
  }
}
