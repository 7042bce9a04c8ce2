import Basics
import BoundedConcurrency
import Summarization
import Testing

@testable import CallControl

/// The level that is found (`-j auto`), in the scheduler that has to live with all the rest.
@Suite struct FoundLevelTests {
  private func run(
    _ articles: Int, _ limit: LimitedRun.Limit, retryAfter: Duration? = nil, seed: UInt64
  ) -> LimitedRun {
    var run = LimitedRun(
      articles: articles, jobs: 64, findsLevel: true, limit: limit, retryAfter: retryAfter, seed: seed)
    run.run()
    #expect(run.succeeded == articles && run.lost == 0 && !run.bench.scheduler.isStopped)
    return run
  }

  @Test func theFirstCallGoesAlone() {
    var bench = SchedulerBench(jobs: 64, findsLevel: true)
    bench.enqueue(1, 2, 3, 4, 5, 6)
    #expect(bench.release() == [1])
    bench.end(1, .succeeded)
    #expect(bench.release() == [2, 3, 4, 5])
  }

  @Test(arguments: [false, true]) func twelveAtOnceTakesHardlyLongerThanTwelveInFlight(saysWhen: Bool) {
    for seed in 1...5 as ClosedRange<UInt64> {
      var best = LimitedRun(articles: 500, jobs: 12, limit: .atOnce(12), seed: seed)
      best.run()
      let found = run(500, .atOnce(12), retryAfter: saysWhen ? .seconds(1) : nil, seed: seed)
      #expect(found.time < best.time * (saysWhen ? 1.3 : 1.15), "\(found.time / best.time)")
      #expect(found.attempts <= 525, "\(found.attempts)")
      #expect(found.bench.scheduler.finding?.bound == .refusals && found.bench.scheduler.finding?.refusal == 429)
    }
  }

  @Test func oneSlotIsNotCrowded() {
    // Of all seeds: four, where a run begins, may look no worse than fewer by chance.
    let levels = (1...20 as ClosedRange<UInt64>).map { seed in
      let found = run(300, .slots(1), seed: seed)
      #expect(found.meanLevel <= 4, "\(found.meanLevel)")
      #expect(found.bench.scheduler.finding?.bound == .noMoreWork)
      return found.meanLevel
    }
    #expect(levels.reduce(0, +) / 20 <= 3, "\(levels)")
  }

  @Test func withoutALimitTheMaximumIsReached() {
    for seed in 1...5 as ClosedRange<UInt64> {
      let found = run(2000, .none, seed: seed)
      #expect(found.bench.scheduler.finding?.bound == .maximum && found.bench.scheduler.level.level == 64)
    }
  }

  @Test func aRateIsUsed() {
    for seed in 1...5 as ClosedRange<UInt64> {
      let found = run(600, .rate(10), seed: seed)
      #expect(found.time < .seconds(60) * 1.15, "\(found.time)")
    }
  }

  @Test func aLimitThatFallsAndRisesLosesNothing() {
    for seed in 1...5 as ClosedRange<UInt64> {
      let found = run(3240, .changing(24, 6), seed: seed)
      #expect(found.time < .seconds(180) * 1.25, "\(found.time)")
    }
  }

  @Test(arguments: [10, 100]) func aLimitOfAMinuteLosesNothing(calls: Int) {
    for seed in 1...3 as ClosedRange<UInt64> {
      let found = run(3 * calls, .window(calls, .seconds(60)), seed: seed)
      #expect(found.time < .seconds(300), "\(found.time)")
    }
  }

  @Test func whatWaitsForARateSaysNothingAboutTheLevel() {
    var bench = SchedulerBench(jobs: 64, findsLevel: true, callsPerSecond: 1)
    for ticket in 1...200 { bench.enqueue(ticket) }
    for ticket in 1...199 {
      _ = bench.waitForDeadline()
      #expect(bench.release() == [ticket])
      bench.wait(.milliseconds(10))
      bench.end(ticket, .succeeded, limitReached: true)
    }
    #expect(bench.scheduler.level.level <= 4, "\(bench.scheduler.level.level)")
  }

  @Test func aRefusalOfTheFirstCallTakesNothingAway() {
    var bench = SchedulerBench(jobs: 64, findsLevel: true)
    bench.begin(1)
    bench.end(1, ArticleError(.serverError, "loading", status: 503))
    bench.wait(.seconds(60))
    _ = bench.release()
    bench.begin(1)
    bench.end(1, .succeeded)
    #expect(bench.scheduler.level.level == 4)
  }
}
