import Summarization
import SystemIO
import Testing

@testable import Pipeline

@Suite struct AttemptRunnerTests {
  @Test func anAttemptHasItsResultAndIsNoLongerInFlight() async throws {
    let runner = AttemptRunner(poller: try Poller(), timeoutAdvice: "")
    let result = await runner.run { .success(Summary(summary: "S")) }
    #expect(try result.get().summary == "S")
    #expect(runner.count == 0)
  }

  @Test func anInterruptEndsWhatIsInFlightAndNothingBeginsAfterIt() async throws {
    let runner = AttemptRunner(poller: try Poller(), timeoutAdvice: "")
    let first = await runner.run {
      runner.interrupt()
      // Cancelled before it is known to the runner or after: either way the attempt is told.
      while !Task.isCancelled { await Task.yield() }
      return .failure(.givenUp)
    }
    #expect(first.failure?.code == .interrupted)
    let second = await runner.run {
      Issue.record("an attempt begins after an interrupt")
      return .success(Summary())
    }
    #expect(second.failure?.code == .interrupted)
  }
}
