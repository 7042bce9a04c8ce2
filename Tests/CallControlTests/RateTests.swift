import Basics
import Summarization
import Testing

@testable import CallControl

/// The rate limits as the gate keeps them.
@Suite struct RateTests {
  @Test func callsAreSpacedHoweverManyWait() {
    var bench = SchedulerBench(callsPerSecond: 10)
    for ticket in 1...50 { bench.enqueue(ticket) }
    var times: [Duration] = []
    for ticket in 1...50 {
      #expect(bench.release() == [ticket])
      times.append(bench.now - bench.start)
      if ticket < 50 { _ = bench.waitForDeadline() }
    }
    #expect(times == (0..<50).map { .milliseconds(100) * $0 })
  }

  @Test func tokensAreTakenByEstimateAndSettledByUse() {
    var bench = SchedulerBench(tokensPerSecond: 1000)
    bench.enqueue(1, 2, 3, tokens: 2000)
    #expect(bench.release() == [1])
    #expect(bench.scheduler.deadline == bench.start + .seconds(2))
    bench.end(1, .succeeded, tokens: 500)
    #expect(bench.waitForDeadline() == .milliseconds(500))
    #expect(bench.release() == [2])
    bench.end(2, .succeeded, tokens: 5000)
    #expect(bench.waitForDeadline()! > .milliseconds(4900))
    #expect(bench.release() == [3])
    // Nobody knows what it used: the estimate holds.
    bench.end(3, .failed(nobodyThere: false))
    bench.enqueue(4)
    #expect(bench.waitForDeadline()! > .milliseconds(1900))
  }

  @Test func aCallWithoutAnEstimateTakesNoTokens() {
    var bench = SchedulerBench(tokensPerSecond: 1)
    for ticket in 1...3 { bench.scheduler.enqueue(ticket, at: bench.now) }
    #expect(bench.release() == [1, 2, 3])
  }

  @Test func aLongWaitIsToldOnce() {
    var bench = SchedulerBench(callsPerSecond: 0.05)
    var waits = 0
    for ticket in 1...5 {
      bench.enqueue(ticket)
      _ = bench.release()
      waits += bench.takeNotices().count
    }
    #expect(waits == 1)
  }

  @Test(arguments: [(429, true), (500, false), (502, false), (503, true), (529, true)])
  func someFailuresSpeakOfLoad(status: Int, speaks: Bool) {
    let code: ErrorCode = status == 429 ? .rateLimited : .serverError
    #expect(ArticleError(code, "m", status: status).speaksOfLoad == speaks)
    #expect(ArticleError(.timeout, "m").speaksOfLoad)
  }

  @Test func theStricterOfTwoLimitsHolds() {
    var bench = SchedulerBench(callsPerSecond: 10, tokensPerSecond: 1000)
    bench.enqueue(1, 2, tokens: 10)
    bench.enqueue(3, tokens: 10)
    #expect(bench.release() == [1])
    #expect(bench.waitForDeadline() == .milliseconds(100))
    #expect(bench.release() == [2])
    bench.end(2, .succeeded, tokens: 700)
    #expect(bench.waitForDeadline()! > .milliseconds(600))
  }

  @Test func whatReachedAServerIsTakenToHaveCostWhatWasEstimated() {
    func tokens(_ error: ArticleError) -> Int? { CallOutcome.failure(error).tokens }
    #expect(tokens(ArticleError(.unreachable, "refused", evidence: .nobodyThere)) == 0)
    #expect(tokens(ArticleError(.unreachable, "lost in mid-answer", lostConnection: 7)) == nil)
    #expect(tokens(ArticleError(.serverError, "m", status: 500)) == nil)
  }
}
