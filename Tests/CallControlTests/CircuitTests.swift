import Basics
import Summarization
import Testing

@testable import CallControl

/// A provider that is down pauses the run and is looked at by single calls.
@Suite struct CircuitTests {
  private let refused = CallEnd.failed(nobodyThere: true)
  private let broken = CallEnd.failed(nobodyThere: false)

  /// One failure after another, each of a call of its own.
  private func bench(failing tickets: [Int], _ kind: CallEnd) -> SchedulerBench {
    var bench = SchedulerBench()
    for ticket in tickets {
      bench.begin(ticket)
      bench.end(ticket, kind)
    }
    return bench
  }

  @Test func fiveFailuresOfTwoArticlesOpenIt() {
    #expect(!bench(failing: [1, 1, 1, 2], broken).scheduler.isOpen)
    #expect(bench(failing: [1, 1, 1, 1, 2], broken).scheduler.isOpen)
  }

  @Test func onePoisonedArticleDoesNot() {
    #expect(!bench(failing: Array(repeating: 1, count: 100), broken).scheduler.isOpen)
  }

  /// At the end of a run they are all that is left: nobody else is there to say that the provider is up.
  @Test func poisonedArticlesAmongGoodOnesDoNotButTogetherWithAnotherThatFails() {
    var bench = bench(failing: [1, 2], broken)
    bench.begin(3)
    bench.end(3, .succeeded)
    for _ in 1...10 {
      for ticket in [1, 2] {
        bench.begin(ticket)
        #expect(bench.end(ticket, broken).isPaced == false)
      }
    }
    #expect(!bench.scheduler.isOpen)
    #expect(bench.scheduler.accounts.mapValues(\.charges) == [1: 11, 2: 11])
    bench.begin(4)
    bench.end(4, broken)
    #expect(bench.scheduler.isOpen)
  }

  @Test func nobodyThereOpensItWhateverTheArticle() {
    #expect(!bench(failing: [1, 1, 1, 1], refused).scheduler.isOpen)
    #expect(bench(failing: [1, 1, 1, 1, 1], refused).scheduler.isOpen)
  }

  @Test func aMixtureOfOneArticleDoesNot() {
    var bench = bench(failing: [1, 1, 1, 1], refused)
    bench.begin(1)
    bench.end(1, broken)
    #expect(!bench.scheduler.isOpen)
  }

  @Test(arguments: [CallEnd.succeeded, .answered, .throttled]) func anyAnswerEndsTheRow(
    kind: CallEnd
  ) {
    var bench = bench(failing: [1, 2, 3, 4], broken)
    bench.begin(5)
    bench.end(5, kind)
    bench.wait(.seconds(1))
    for ticket in 6...9 {
      bench.begin(ticket)
      bench.end(ticket, broken)
    }
    #expect(!bench.scheduler.isOpen)
    bench.begin(10)
    bench.end(10, broken)
    #expect(bench.scheduler.isOpen)
  }

  @Test func anotherArticleIsWantedOnceAllHaveLookedInVain() {
    var bench = bench(failing: [1, 2, 1, 2, 1], broken)
    bench.enqueue(1, 2)
    for (probe, isWanted) in [(2, false), (1, true), (2, true)] {
      _ = bench.takeNotices()
      _ = bench.waitForDeadline()
      #expect(bench.release() == [probe])
      bench.end(probe, broken)
      #expect(bench.takeNotices().contains(.wantsAnotherProbe) == isWanted)
      bench.enqueue(probe)
    }
  }

  @Test func noArticleIsABetterWitnessOfNobody() {
    var bench = bench(failing: [1, 1, 1, 1, 1], refused)
    bench.enqueue(1)
    for _ in 0..<3 {
      _ = bench.takeNotices()
      _ = bench.waitForDeadline()
      #expect(bench.release() == [1])
      bench.end(1, refused)
      #expect(bench.takeNotices().count == 1, "it is told that it is still down, and nothing else")
      bench.enqueue(1)
    }
  }

  @Test func theOneThatWasReadToLookLooksNext() {
    var bench = bench(failing: [1, 2, 1, 2, 1], broken)
    bench.enqueue(1, 2)
    for probe in [2, 1, 2] {
      _ = bench.waitForDeadline()
      #expect(bench.release() == [probe])
      bench.end(probe, broken)
      bench.enqueue(probe)
    }
    bench.enqueue(3)
    _ = bench.waitForDeadline()
    #expect(bench.release() == [3])
  }

  @Test func whatFailedLikeThisBeforeIsChargedAndSaysNothing() {
    var bench = bench(failing: [1, 2, 3, 4], broken)
    bench.begin(5)
    let decision = bench.end(5, broken, isKnown: true)
    #expect(decision.charges == 1)
    #expect(!bench.scheduler.isOpen)
  }

  /// Else articles that fail always, and nothing else to look with, would end run after run before their retries do.
  @Test func whatFailedLikeThisBeforeIsChargedAlsoWhereItLooks() {
    var bench = bench(failing: [1, 2, 1, 2, 1], broken)
    bench.begin(3)
    for charges in 1...3 {
      _ = bench.waitForDeadline()
      #expect(bench.release() == [3])
      let decision = bench.end(3, broken, isKnown: true)
      #expect(decision.charges == charges && bench.scheduler.isOpen)
      bench.enqueue(3)
    }
  }

  @Test func whatWasGivenUpSaysNothing() {
    var bench = bench(failing: [1, 2, 3, 4], broken)
    bench.begin(5)
    bench.end(5, .abandoned)
    #expect(!bench.scheduler.isOpen)
    bench.begin(5)
    bench.end(5, broken)
    #expect(bench.scheduler.isOpen)
  }

  @Test func theAttemptsThatOpenedItAreNotCharged() {
    var bench = SchedulerBench()
    bench.begin(1)
    #expect(bench.end(1, .answered).charges == 1)
    for (ticket, charges) in [(1, 2), (2, 1), (1, 3), (2, 2)] {
      bench.begin(ticket)
      #expect(bench.end(ticket, broken) == Decision(charges: charges, isPaced: false, isFinal: false))
    }
    bench.begin(3)
    #expect(bench.end(3, broken) == Decision(charges: 0, isPaced: true, isFinal: false))
    #expect(bench.scheduler.accounts.mapValues(\.charges).filter { $0.value != 0 } == [1: 1])
  }

  @Test func whatWasOnTheWireAndFailsLikewiseIsNotCharged() {
    var bench = SchedulerBench()
    bench.begin(1, 2, 3, 4, 5, 6, 7, 8)
    for ticket in 1...5 { bench.end(ticket, broken) }
    #expect(bench.scheduler.isOpen)
    #expect(bench.end(6, broken) == Decision(charges: 0, isPaced: true, isFinal: false))
    // A good answer closes it; the last of the old calls is still not charged, and begins no new row.
    bench.end(7, .succeeded)
    #expect(!bench.scheduler.isOpen)
    #expect(bench.end(8, broken).charges == 0)
    #expect(bench.scheduler.isOpen == false)
  }

  @Test func oneProbeAtATimeAndEachTimeAnotherArticle() {
    var bench = bench(failing: [1, 2, 3, 4, 5], broken)
    bench.enqueue(5, 1, 2, 3)
    #expect(bench.release() == [])
    var probes: [Int] = []
    var waits: [Duration] = []
    for _ in 0..<8 {
      waits.append(bench.waitForDeadline()!)
      let probe = bench.release()
      #expect(probe.count == 1)
      probes += probe
      bench.wait(.seconds(1))
      #expect(bench.release() == [], "one at a time")
      #expect(bench.end(probe[0], broken) == Decision(charges: 0, isPaced: true, isFinal: false))
      #expect(bench.scheduler.wasProbed(probe[0]))
      bench.enqueue(probe[0])
    }
    #expect(probes == [1, 5, 2, 3, 1, 5, 2, 3])
    for (wait, low) in zip(waits, [1.0, 2, 4, 8, 15, 15, 15, 15]) {
      #expect(wait >= .seconds(low) && wait <= .seconds(2 * low))
    }
  }

  /// Articles with and without failures take turns, and the turns begin anew with each outage.
  @Test func theFirstProbeOfEachOutageIsOfAnArticleThatFailed() {
    var bench = bench(failing: [1, 2, 3, 4, 5], broken)
    bench.enqueue(1)
    _ = bench.waitForDeadline()
    #expect(bench.release() == [1])
    bench.end(1, .succeeded)
    bench.wait(.seconds(60))
    for ticket in 6...10 {
      bench.begin(ticket)
      bench.end(ticket, broken)
    }
    #expect(bench.scheduler.isOpen)
    bench.enqueue(11, 6)
    _ = bench.waitForDeadline()
    #expect(bench.release() == [6])
  }

  @Test func anArticleThatIsAloneIsProbedAgain() {
    var bench = bench(failing: [1, 1, 1, 1, 1], refused)
    bench.enqueue(1)
    for _ in 0..<3 {
      _ = bench.waitForDeadline()
      #expect(bench.release() == [1])
      bench.end(1, refused)
      bench.enqueue(1)
    }
  }

  @Test(arguments: [CallEnd.succeeded, .answered]) func anAnswerClosesItAndCallsComeBackByAndBy(
    kind: CallEnd
  ) {
    var bench = SchedulerBench()
    for ticket in 1...9 { bench.enqueue(ticket) }
    #expect(bench.release().count == 9)
    for ticket in 1...9 {
      bench.end(ticket, broken)
      bench.enqueue(ticket)
    }
    _ = bench.waitForDeadline()
    #expect(bench.release() == [1])
    bench.wait(.seconds(2))
    bench.end(1, kind)
    #expect(!bench.scheduler.isOpen)
    let closed = bench.takeNotices().compactMap { if case .circuitClosed(let time) = $0 { time } else { nil } }
    #expect(closed == [bench.now - bench.start])
    #expect(bench.release() == [2])
    bench.end(2, .succeeded)
    #expect(bench.release() == [3, 4])
  }

  @Test func aRefusalAsTheAnswerOfAProbeClosesItAndHolds() {
    var bench = bench(failing: [1, 2, 3, 4, 5], broken)
    bench.enqueue(1, 2)
    _ = bench.waitForDeadline()
    #expect(bench.release() == [1])
    bench.end(1, .throttled, retryAfter: .seconds(30))
    #expect(!bench.scheduler.isOpen)
    #expect(bench.waitForDeadline()! > .seconds(30))
    #expect(bench.release() == [2])
  }

  @Test func aProbeRespectsTheHold() {
    var bench = bench(failing: [1, 2, 3, 4], broken)
    bench.begin(5)
    bench.end(5, broken, retryAfter: .seconds(40))
    #expect(bench.scheduler.isOpen)
    bench.enqueue(5)
    bench.wait(.seconds(39.9))
    #expect(bench.release() == [])
    _ = bench.waitForDeadline()
    #expect(bench.release() == [5])
  }

  @Test func anAbandonedProbeMakesWayForTheNext() {
    var bench = bench(failing: [1, 2, 3, 4, 5], broken)
    bench.enqueue(1, 2)
    _ = bench.waitForDeadline()
    #expect(bench.release() == [1])
    bench.end(1, .abandoned)
    #expect(bench.release() == [2])
  }

  /// Five failures, and then probes in vain until the outage has lasted as long as it may.
  private func benchAtTheEndOfAnOutage(hasInputEnded: Bool = false) -> SchedulerBench {
    var bench = SchedulerBench(longestOutage: .seconds(60))
    for ticket in 1...5 {
      bench.begin(ticket)
      bench.end(ticket, broken)
    }
    let opened = bench.now
    if hasInputEnded { bench.scheduler.inputEnded() }
    bench.enqueue(1, 2)
    while bench.now < opened + .seconds(60) {
      #expect(bench.waitForDeadline() != nil)
      _ = bench.takeNotices()
      for probe in bench.release() {
        bench.end(probe, broken)
        bench.enqueue(probe)
      }
    }
    #expect(bench.now == opened + .seconds(60))
    return bench
  }

  @Test func atTheEndOfAnOutageThoseThatProbedAreDoneWithAndAnotherIsTheLastProbe() {
    var bench = benchAtTheEndOfAnOutage()
    #expect(bench.scheduler.takeExpired().sorted() == [1, 2] && bench.scheduler.takeExpired() == [])
    #expect(bench.takeNotices() == [.wantsAnotherProbe])
    #expect(!bench.scheduler.isStopped && bench.scheduler.waiting == 0)
    bench.enqueue(6)
    #expect(bench.release() == [6])
    #expect(bench.scheduler.deadline == nil, "what it finds is awaited")
    bench.wait(.seconds(20))
    bench.end(6, broken)
    #expect(bench.takeNotices().last == .stop(.down(.seconds(80), hasAnswered: true)))
    #expect(bench.scheduler.wasProbed(6))
  }

  @Test func anArticleThatHasNotProbedIsTheLastProbeWithoutReadingOn() {
    var bench = SchedulerBench(longestOutage: .seconds(1))
    for ticket in 1...5 {
      bench.begin(ticket)
      bench.end(ticket, broken)
    }
    bench.enqueue(5, 6)
    bench.wait(.milliseconds(999))
    #expect(bench.release() == [])
    _ = bench.takeNotices()
    bench.wait(.milliseconds(1))
    #expect(bench.release().count == 1)
    #expect(bench.takeNotices() == [] && bench.scheduler.takeExpired() == [])
  }

  @Test func theLastProbeMayFindThatTheProviderIsBack() {
    var bench = benchAtTheEndOfAnOutage()
    bench.begin(6)
    bench.end(6, .succeeded)
    #expect(!bench.scheduler.isOpen && !bench.scheduler.isStopped)
    bench.enqueue(7)
    #expect(bench.release() == [7])
    // The next outage has all its time.
    bench.end(7, .succeeded)
    for ticket in [8, 9, 8, 9, 8] {
      bench.begin(ticket)
      bench.end(ticket, broken)
    }
    #expect(bench.scheduler.isOpen && !bench.scheduler.isStopped)
    #expect(bench.scheduler.deadline == bench.now + .seconds(60))
  }

  @Test(arguments: [true, false]) func whereNoArticleComesToBeTheLastProbeTheRunStops(hasInputEnded: Bool) {
    var bench = benchAtTheEndOfAnOutage(hasInputEnded: hasInputEnded)
    if hasInputEnded {
      #expect(bench.scheduler.isStopped)
      #expect(bench.scheduler.wasProbed(1) && bench.scheduler.wasProbed(2) && !bench.scheduler.wasProbed(3))
      #expect(bench.scheduler.cancelWaiting().sorted() == [1, 2])
    } else {
      #expect(!bench.scheduler.isStopped)
      #expect(bench.waitForDeadline() == .seconds(5))
      #expect(bench.release() == [] && bench.scheduler.isStopped)
    }
  }

  @Test func whereTheInputEndsMeanwhileTheRunStopsAtOnce() {
    var bench = benchAtTheEndOfAnOutage()
    bench.scheduler.inputEnded()
    #expect(bench.release() == [] && bench.scheduler.isStopped)
  }

  /// An outage that is over its time, with two articles that probed in vain.
  private func benchAfterAnOutage(isKnown: Bool) -> SchedulerBench {
    var bench = SchedulerBench(longestOutage: .seconds(60), mostFailures: 2)
    for ticket in 1...5 {
      bench.begin(ticket)
      bench.end(ticket, broken)
    }
    bench.enqueue(1, 2)
    for _ in 1...2 {
      _ = bench.waitForDeadline()
      for probe in bench.release() {
        bench.end(probe, broken, isKnown: isKnown)
        bench.enqueue(probe)
      }
    }
    bench.wait(.seconds(60))
    for probe in bench.release() {
      bench.end(probe, broken, isKnown: isKnown)
      bench.enqueue(probe)
    }
    _ = bench.release()
    return bench
  }

  @Test func articlesGivenUpAtTheEndOfAnOutageCountAsFailures() {
    var bench = benchAfterAnOutage(isKnown: false)
    #expect(bench.takeNotices().contains(.stop(.tooManyFailures(2))))
  }

  @Test func articlesThatFailedLikeThisInAnEarlierRunDoNotCountWhenAnOutageEnds() {
    var bench = benchAfterAnOutage(isKnown: true)
    #expect(!bench.takeNotices().contains(.stop(.tooManyFailures(2))))
  }

  // MARK: The first contact

  private var missing: ArticleError { ArticleError(.unreachable, "m", evidence: .noSuchServer) }

  @Test func theFirstFailureToReachAServerIsToldOnceAndTriedForAShorterTime() {
    var bench = SchedulerBench(longestFirstContact: .seconds(30))
    for ticket in 1...5 {
      bench.begin(ticket)
      bench.end(ticket, missing)
      let notices = bench.takeNotices()
      #expect(notices.contains(.unreachable(atMost: .seconds(30))) == (ticket == 1))
      #expect(notices.contains(.circuitOpened(atMost: .seconds(30))) == (ticket == 5))
    }
    #expect(bench.scheduler.deadline == bench.now + .seconds(30))
  }

  @Test func theShorterTimeCountsFromTheFailureThatWasTold() {
    var bench = SchedulerBench(longestFirstContact: .seconds(30))
    let start = bench.now
    for ticket in 1...5 {
      if ticket > 1 { bench.wait(.seconds(3)) }
      bench.begin(ticket)
      bench.end(ticket, missing)
    }
    #expect(bench.takeNotices().contains(.circuitOpened(atMost: .seconds(18))))
    #expect(bench.scheduler.deadline == start + .seconds(30))
  }

  @Test func aServerThatHasEverAnsweredMayBeAwayForLonger() {
    var bench = SchedulerBench(longestFirstContact: .seconds(30))
    bench.begin(1)
    bench.end(1, ArticleError(.serverError, "m", status: 503))
    for ticket in 2...5 {
      bench.begin(ticket)
      bench.end(ticket, missing)
    }
    #expect(bench.scheduler.isOpen)
    #expect(!bench.takeNotices().contains { if case .unreachable = $0 { true } else { false } })
    #expect(bench.scheduler.deadline == bench.now + .seconds(300))
  }

  @Test func whoMayComeBackIsWaitedForLonger() {
    var bench = SchedulerBench(longestFirstContact: .seconds(30))
    for ticket in 1...5 {
      bench.begin(ticket)
      bench.end(ticket, refused)
    }
    #expect(bench.takeNotices().first == .unreachable(atMost: .seconds(300)))
    #expect(bench.scheduler.deadline == bench.now + .seconds(300))
  }

  // MARK: What counts

  @Test func aLostConnectionCountsOnceHoweverManyCallsWereOnIt() {
    var bench = SchedulerBench()
    for ticket in 1...20 { bench.enqueue(ticket) }
    _ = bench.release()
    for ticket in 1...20 { bench.end(ticket, ArticleError(.unreachable, "m", lostConnection: ticket <= 17 ? 1 : 2)) }
    #expect(!bench.scheduler.isOpen)
    for (ticket, connection) in [(21, 3), (22, 4), (23, 5)] {
      #expect(!bench.scheduler.isOpen)
      bench.begin(ticket)
      bench.end(ticket, ArticleError(.unreachable, "m", lostConnection: UInt64(connection)))
    }
    #expect(bench.scheduler.isOpen)
  }

  @Test func anArticleThatBacksOffHasItsTurnAmongTheProbes() {
    var bench = bench(failing: [1, 2, 1, 2], broken)
    bench.enqueue(1, after: .seconds(500))
    bench.begin(3)
    bench.end(3, broken)
    #expect(bench.scheduler.isOpen)
    bench.enqueue(3)
    #expect(bench.waitForDeadline()! <= .seconds(2))
    #expect(bench.release() == [1])
  }

  /// Each of 80 articles fails once and then succeeds: one that has failed already soon finds that the provider is there.
  @Test(arguments: [1, 5, 16, 64]) func articlesThatFailOnceEndInSeconds(jobs: Int) {
    var world = FailingOnce(articles: 80, jobs: jobs)
    world.run()
    #expect(world.succeeded == 80)
    let time = world.bench.now - world.bench.start
    // A second for each, and one for the failure: what one worker takes. More of them are also slowed by outages.
    #expect(time < .seconds(160 / jobs + 15), "\(time)")
  }

  @Test func theOutageEndsAlsoWhileAProbeHangs() {
    var bench = SchedulerBench(longestOutage: .seconds(60))
    for ticket in 1...5 {
      bench.begin(ticket)
      bench.end(ticket, broken)
    }
    bench.enqueue(1)
    _ = bench.waitForDeadline()
    #expect(bench.release() == [1])
    _ = bench.waitForDeadline()
    #expect(bench.release() == [] && bench.scheduler.isStopped)
  }

  /// The process was stopped, or the machine slept, while nobody looked: what is overdue is seen to first.
  @Test(arguments: [true, false]) func anOutageThatNobodySawEndsWithALook(isBack: Bool) {
    var bench = SchedulerBench(longestOutage: .seconds(60))
    for ticket in 1...5 {
      bench.begin(ticket)
      bench.end(ticket, broken)
    }
    bench.enqueue(1, 2)
    bench.wait(.seconds(3600))
    #expect(bench.release() == [1] && !bench.scheduler.isStopped)
    // It has the time that a call has.
    #expect(bench.scheduler.deadline == nil)
    bench.wait(.seconds(10))
    #expect(bench.release() == [] && !bench.scheduler.isStopped)
    bench.end(1, isBack ? .succeeded : broken)
    // It goes on, or the other article is the last probe.
    #expect(bench.release() == [2])
    bench.end(2, isBack ? .succeeded : broken)
    #expect(bench.scheduler.isStopped == !isBack)
  }

  @Test func nothingGoesAfterWhatIsHopeless() {
    var bench = SchedulerBench()
    bench.begin(1, 2)
    let decision = bench.end(1, ArticleError(.unauthorized, "m", retryAfter: .seconds(7200)))
    #expect(decision.isFinal)
    bench.enqueue(3)
    #expect(bench.release() == [])
    #expect(bench.scheduler.deadline == nil)
    #expect(bench.takeNotices() == [.stop(.hopeless)])
    bench.end(2, ArticleError(.unauthorized, "m"))
    #expect(bench.takeNotices() == [], "the run stops once")
  }

  @Test func whatIsDoneWithIsNotRemembered() {
    var bench = SchedulerBench(retries: 1)
    for (ticket, end) in [(1, broken), (2, .answered), (3, .throttled)] {
      bench.begin(ticket)
      #expect(!bench.end(ticket, end).isFinal)
      bench.wait(.seconds(1))
      bench.begin(ticket)
      bench.end(ticket, ArticleError(.tooLong, "m"))
    }
    bench.begin(4)
    bench.end(4, broken)
    bench.begin(4)
    bench.end(4, .succeeded)
    #expect(bench.scheduler.accounts.isEmpty)
  }
}

/// Articles whose first calls fail at once and whose second ones succeed after a second.
private struct FailingOnce {
  var bench: SchedulerBench
  private(set) var succeeded = 0
  private var toCome: [Int]
  private var calls: [Int: Instant] = [:]
  private var hasFailed: Set<Int> = []
  private let jobs: Int
  private var inFlight = 0
  private var isPaused = false

  init(articles: Int, jobs: Int) {
    bench = SchedulerBench(jobs: jobs, retries: 5)
    toCome = Array((1...articles).reversed())
    self.jobs = jobs
  }

  mutating func run() {
    for _ in 0..<10_000 {
      while !isPaused, inFlight < jobs, let ticket = toCome.popLast() {
        inFlight += 1
        bench.enqueue(ticket)
        advance()
      }
      advance()
      guard let next = (Array(calls.values) + [bench.scheduler.deadline].compactMap(\.self)).min() else { return }
      bench.now = max(bench.now, next)
      for ticket in calls.filter({ $0.value <= bench.now }).keys.sorted() {
        calls[ticket] = nil
        inFlight -= 1
        succeeded += 1
        bench.end(ticket, .succeeded)
      }
    }
  }

  private mutating func advance() {
    var going = bench.release()
    while !going.isEmpty {
      for ticket in going {
        guard hasFailed.insert(ticket).inserted else {
          calls[ticket] = bench.now + .seconds(1)
          continue
        }
        let decision = bench.end(ticket, .failed(nobodyThere: false))
        bench.enqueue(ticket, after: decision.delay)
      }
      going = bench.release()
    }
    for notice in bench.takeNotices() {
      switch notice {
      case .circuitOpened: isPaused = true
      case .circuitClosed: isPaused = false
      default: break
      }
    }
  }
}
