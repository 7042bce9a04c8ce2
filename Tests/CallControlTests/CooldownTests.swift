import Basics
import TestSupport
import Testing

@testable import CallControl

/// A refusal that names a time holds every call back, and then they come back by and by.
@Suite struct CooldownTests {
  @Test func withoutLimitsEverythingGoesInOrder() {
    var bench = SchedulerBench()
    bench.enqueue(3, 1, 2)
    #expect(bench.release() == [3, 1, 2])
    #expect(bench.scheduler.deadline == nil)
  }

  @Test(arguments: [0.001, 0.2, 7, 120]) func neverEarlierThanTheServerSays(seconds: Double) {
    for seed in 0..<50 {
      var bench = SchedulerBench(seed: UInt64(seed))
      bench.begin(1, 2)
      bench.wait(.seconds(3))
      let decision = bench.end(1, .throttled, retryAfter: .seconds(seconds))
      #expect(decision == Decision(charges: 0, isPaced: true, isFinal: false))
      bench.enqueue(3, 1)
      #expect(bench.release() == [])
      let time = bench.waitForDeadline()!
      #expect(time > .seconds(seconds), "the jitter is positive")
      #expect(time <= .seconds(seconds) + max(.seconds(seconds / 10), .milliseconds(100)))
      #expect(bench.release() == [1])
    }
  }

  @Test func anyAnswerWithRetryAfterHolds() {
    for kind in [CallEnd.answered, .failed(nobodyThere: false), .throttled] {
      var bench = SchedulerBench()
      bench.begin(1)
      bench.end(1, kind, retryAfter: .seconds(5))
      bench.enqueue(2)
      #expect(bench.release() == [])
      bench.wait(.seconds(4.999))
      #expect(bench.release() == [])
    }
  }

  @Test func aRetryAfterOfNothingCountsAsAbsent() {
    var bench = SchedulerBench(jobs: 1)
    bench.begin(1)
    bench.end(1, .throttled, retryAfter: .zero)
    bench.enqueue(1)
    #expect(bench.waitForDeadline()! >= .milliseconds(500))
  }

  /// One call at a time is the least: refused even so, all wait longer each time. A server that says 40 ms and refuses
  /// again is not called 25 times a second either; its first word is kept.
  @Test(arguments: [nil, .milliseconds(40)] as [Duration?])
  func waitsGrowUntilSomethingSucceeds(retryAfter: Duration?) {
    var bench = SchedulerBench(jobs: 1, longestOutage: .seconds(3600))
    func refuse() -> Duration {
      bench.begin(1)
      bench.end(1, .throttled, retryAfter: retryAfter)
      bench.enqueue(1)
      return bench.waitForDeadline()!
    }
    let first = retryAfter == nil ? [] : [(0.04, 0.14)]
    for bounds in first + [(0.5, 1.0), (1, 2), (2, 4), (4, 8), (8, 16), (16, 32), (30, 60), (30, 60)] {
      let time = refuse()
      #expect(time >= .seconds(bounds.0) && time <= .seconds(bounds.1))
      #expect(bench.release() == [1])
      bench.end(1, .abandoned)
    }
    bench.begin(1)
    bench.end(1, .succeeded)
    #expect(refuse() <= (retryAfter == nil ? .seconds(1) : .milliseconds(140)))
  }

  /// A call that began before the cooldown was accepted under an earlier load.
  @Test func aSuccessOfAnEarlierCallDoesNotResetTheGuesses() {
    var random = SplitMix64(seed: 1)
    var now = Instant.now
    var cooldown = Cooldown()
    func guess() -> Duration {
      now += .seconds(1000)
      cooldown.startByGuess(longestOutage: .seconds(3600), at: now, using: &random)
      return cooldown.until! - now
    }
    for _ in 1...3 { _ = guess() }
    cooldown.succeeded(isRecent: false)
    #expect(guess() >= .seconds(4))
    cooldown.succeeded(isRecent: true)
    #expect(guess() <= .seconds(1))
  }

  @Test func answersToCallsThatWereOnTheWireDoNotEscalate() {
    var bench = SchedulerBench(jobs: 6)
    bench.begin(1, 2, 3, 4, 5, 6)
    for ticket in 1...5 { #expect(bench.end(ticket, .throttled).isPaced == false) }
    #expect(bench.scheduler.level.level == 3, "no less than half by one event")
    #expect(bench.end(6, .throttled).delay! <= .seconds(1))
    #expect(bench.scheduler.level.level == 3)
  }

  @Test func whoWasRefusedComesFirst() {
    var bench = SchedulerBench()
    bench.begin(1, 2, 3)
    bench.end(1, .succeeded)
    bench.end(3, .throttled, retryAfter: .seconds(1))
    bench.end(2, .throttled, retryAfter: .seconds(1))
    bench.enqueue(4, 2, 3)
    bench.wait(.seconds(2))
    #expect(bench.release() == [2])
    bench.end(2, .failed(nobodyThere: false))
    bench.enqueue(2)
    #expect(bench.release() == [3])
    bench.end(3, .succeeded)
    #expect(bench.release() == [4, 2], "another failure puts it back in line")
  }

  @Test func theMoreRefusalsTheEarlier() {
    var bench = SchedulerBench()
    bench.begin(1, 2)
    bench.end(1, .throttled, retryAfter: .seconds(1))
    bench.end(2, .throttled, retryAfter: .seconds(1))
    bench.enqueue(1, 2)
    bench.wait(.seconds(2))
    #expect(bench.release() == [1])
    bench.end(1, .throttled, retryAfter: .seconds(1))
    bench.enqueue(1)
    bench.wait(.seconds(2))
    #expect(bench.release() == [1])
  }

  @Test func aLaterRetryAfterProlongsTheHoldAndAnEarlierOneDoesNot() {
    var bench = SchedulerBench()
    bench.begin(1, 2, 3)
    bench.end(1, .throttled, retryAfter: .seconds(10))
    bench.enqueue(1)
    let first = bench.scheduler.deadline!
    bench.end(2, .throttled, retryAfter: .seconds(1))
    #expect(bench.scheduler.deadline == first)
    bench.wait(.seconds(5))
    bench.end(3, .throttled, retryAfter: .seconds(10))
    #expect(bench.scheduler.deadline! > bench.now + .seconds(10))
  }

  @Test func callsComeBackOneThenTwoThenFour() {
    var bench = SchedulerBench()
    for ticket in 1...40 { bench.enqueue(ticket) }
    #expect(bench.release().count == 40)
    for ticket in 1...40 { bench.end(ticket, .throttled, retryAfter: .seconds(1)) }
    for ticket in 1...40 { bench.enqueue(ticket) }
    bench.wait(.seconds(2))
    var sizes: [Int] = []
    while true {
      let going = bench.release()
      guard !going.isEmpty else { break }
      sizes.append(going.count)
      #expect(bench.scheduler.deadline == nil, "only an answer lets more go")
      for ticket in going { bench.end(ticket, .succeeded) }
    }
    #expect(sizes == [1, 2, 4, 8, 16, 9])
    // Unrestrained by now.
    for ticket in 41...80 { bench.enqueue(ticket) }
    #expect(bench.release().count == 40)
  }

  @Test func failuresOpenTheRampNoFurther() {
    var bench = SchedulerBench()
    bench.begin(1, 2, 3, 4)
    for ticket in 1...4 { bench.end(ticket, .throttled, retryAfter: .seconds(1)) }
    bench.enqueue(1, 2, 3, 4)
    bench.wait(.seconds(2))
    #expect(bench.release() == [1])
    bench.end(1, .failed(nobodyThere: false))
    #expect(bench.release() == [2])
    bench.end(2, .abandoned)
    #expect(bench.release() == [3])
    bench.end(3, .answered)
    bench.enqueue(1, 3)
    #expect(bench.release() == [4, 1])
  }

  @Test func longHoldsAreToldOnce() {
    var bench = SchedulerBench()
    bench.begin(1, 2, 3, 4)
    bench.end(1, .throttled, retryAfter: .seconds(20))
    guard case .held(let time)? = bench.takeNotices().first else { return #expect(Bool(false), "not told") }
    #expect(time > .seconds(20))
    bench.end(2, .throttled, retryAfter: .seconds(20))
    bench.end(3, .throttled, retryAfter: .seconds(1))
    #expect(bench.takeNotices() == [])
    bench.end(4, .throttled, retryAfter: .seconds(60))
    #expect(bench.takeNotices().count == 1)
  }

  @Test func aRetryAfterBeyondTheOutageStops() {
    var bench = SchedulerBench(longestOutage: .seconds(60))
    bench.begin(1)
    bench.end(1, .throttled, retryAfter: .seconds(61))
    #expect(bench.takeNotices() == [.stop(.askedToWait(.seconds(61)))])
    bench.enqueue(1)
    bench.wait(.seconds(1000))
    #expect(bench.release() == [])
    #expect(bench.scheduler.cancelWaiting() == [1])
  }

  /// Refused again and again, nine seconds apart, until the scheduler says otherwise.
  private func refuse(_ ticket: Int, _ bench: inout SchedulerBench) -> Duration {
    bench.begin(ticket)
    let began = bench.now
    while bench.now - began < .seconds(1000), !bench.end(ticket, .throttled, retryAfter: .seconds(9)).isFinal {
      bench.enqueue(ticket)
      _ = bench.waitForDeadline()
      #expect(bench.release() == [ticket])
    }
    return bench.now - began
  }

  @Test func anArticleThatAloneIsRefusedForAsLongAsAnOutageEndsAndTheNextOneTells() {
    var bench = SchedulerBench(jobs: 1, longestOutage: .seconds(60), retries: 5)
    let time = refuse(1, &bench)
    #expect(time >= .seconds(60) && time < .seconds(80))
    #expect(!bench.scheduler.isStopped)
    _ = bench.takeNotices()
    bench.enqueue(2)
    _ = bench.waitForDeadline()
    #expect(bench.release() == [2])
    #expect(!bench.end(2, .throttled, retryAfter: .seconds(9)).isFinal)
    #expect(bench.takeNotices().last == .stop(.refused(bench.now - bench.start)))
  }

  @Test func ifTheNextOneSucceedsTheRunGoesOn() {
    var bench = SchedulerBench(jobs: 1, longestOutage: .seconds(60), retries: 5)
    for ticket in [1, 3, 5] {
      _ = refuse(ticket, &bench)
      bench.enqueue(ticket + 1)
      _ = bench.waitForDeadline()
      #expect(bench.release() == [ticket + 1])
      bench.end(ticket + 1, .succeeded)
    }
    #expect(!bench.scheduler.isStopped)
  }

  @Test func refusalsOfSeveralArticlesWithoutASuccessStopAfterTheOutage() {
    var bench = SchedulerBench(jobs: 2, longestOutage: .seconds(60))
    bench.begin(1, 2)
    bench.end(2, .throttled)
    while !bench.scheduler.isStopped, bench.now - bench.start < .seconds(1000) {
      #expect(!bench.end(1, .throttled, retryAfter: .seconds(9)).isFinal)
      bench.enqueue(1)
      _ = bench.waitForDeadline()
      _ = bench.release()
    }
    #expect(bench.takeNotices().last == .stop(.refused(bench.now - bench.start)))
  }

  // MARK: Charges

  @Test func aRefusalIsNotChargedWhileNobodyOvertakes() {
    var bench = SchedulerBench(longestOutage: .seconds(100_000), retries: 2)
    for _ in 1...50 {
      bench.begin(1)
      #expect(bench.end(1, .throttled) == Decision(charges: 0, isPaced: false, isFinal: false))
      // What was never refused says nothing.
      bench.begin(2)
      bench.end(2, .succeeded)
      bench.wait(.seconds(60))
    }
  }

  @Test func aRefusalIsChargedWhereOneThatWasRefusedLaterHasSucceeded() {
    var bench = SchedulerBench(retries: 2)
    bench.begin(1)
    bench.end(1, .throttled)
    for later in 2...4 {
      bench.begin(later)
      bench.end(later, .throttled)
      bench.begin(later)
      bench.end(later, .succeeded)
      bench.begin(1)
      let decision = bench.end(1, .throttled)
      #expect(decision == Decision(charges: later - 1, isPaced: false, isFinal: later == 4))
      if later == 4 { return }
      bench.begin(1)
      #expect(bench.end(1, .throttled).charges == later - 1, "the same success says it once")
    }
  }

  @Test func aSuccessNowAndThenKeepsARefusingServerGoing() {
    var bench = SchedulerBench(longestOutage: .seconds(60))
    for _ in 0..<100 {
      bench.begin(1)
      bench.end(1, .throttled, retryAfter: .seconds(9))
      bench.enqueue(1)
      _ = bench.waitForDeadline()
      #expect(bench.release() == [1])
      bench.end(1, .succeeded)
    }
    #expect(!bench.scheduler.isStopped)
  }
}

extension CallScheduler {
  mutating func deadlineAfterEnqueuing(_ ticket: Int, at now: Instant) -> Instant? {
    enqueue(ticket, at: now)
    return deadline
  }
}
