import Summarization
import SystemIO
import Testing

@testable import Pipeline

@Suite struct AttemptRunnerTests {
  @Test func anAttemptHasItsResultAndIsNoLongerInFlight() async throws {
    let runner = AttemptRunner(poller: try EventPoller(), timeoutAdvice: "")
    let result = await runner.run { .success(Summary(summary: "S")) }
    #expect(try result.get().summary == "S")
    #expect(runner.count == 0)
  }

  /// A call may begin on the caller's thread. Who asks while it runs, a signal's message for one, must find it.
  @Test func anAttemptIsCountedBeforeItBegins() async throws {
    let runner = AttemptRunner(poller: try EventPoller(), timeoutAdvice: "")
    _ = await runner.run {
      #expect(runner.count == 1)
      let inner = await runner.run {
        #expect(runner.count == 2)
        return .success(Summary())
      }
      #expect(runner.count == 1)
      return inner
    }
    #expect(runner.count == 0)
  }

  @Test func anInterruptEndsWhatIsInFlightAndNothingBeginsAfterIt() async throws {
    let runner = AttemptRunner(poller: try EventPoller(), timeoutAdvice: "")
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
