import Summarization
import Testing

@testable import CallControl

/// A provider that is down pauses the run and is looked at by single calls.
@Suite struct CircuitTests {
  private let refused = CallOutcome.Kind.failed(nobodyThere: true)
  private let broken = CallOutcome.Kind.failed(nobodyThere: false)

  /// One failure after another, each of a call of its own.
  private func bench(failing tickets: [Int], _ kind: CallOutcome.Kind) -> GateBench {
    var bench = GateBench()
    for ticket in tickets {
      bench.begin(ticket)
      bench.end(ticket, kind)
    }
    return bench
  }

  @Test func fiveFailuresOfTwoArticlesOpenIt() {
    #expect(!bench(failing: [1, 1, 1, 2], broken).gate.isOpen)
    #expect(bench(failing: [1, 1, 1, 1, 2], broken).gate.isOpen)
  }

  @Test func onePoisonedArticleDoesNot() {
    #expect(!bench(failing: Array(repeating: 1, count: 100), broken).gate.isOpen)
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
    #expect(!bench.gate.isOpen)
    #expect(bench.gate.accounts.mapValues(\.charges) == [1: 11, 2: 11])
    bench.begin(4)
    bench.end(4, broken)
    #expect(bench.gate.isOpen)
  }

  @Test func nobodyThereOpensItWhateverTheArticle() {
    #expect(!bench(failing: [1, 1, 1, 1], refused).gate.isOpen)
    #expect(bench(failing: [1, 1, 1, 1, 1], refused).gate.isOpen)
  }

  @Test func aMixtureOfOneArticleDoesNot() {
    var bench = bench(failing: [1, 1, 1, 1], refused)
    bench.begin(1)
    bench.end(1, broken)
    #expect(!bench.gate.isOpen)
  }

  @Test(arguments: [CallOutcome.Kind.succeeded, .answered, .throttled]) func anyAnswerEndsTheRow(
    kind: CallOutcome.Kind
  ) {
    var bench = bench(failing: [1, 2, 3, 4], broken)
    bench.begin(5)
    bench.end(5, kind)
    bench.wait(.seconds(1))
    for ticket in 6...9 {
      bench.begin(ticket)
      bench.end(ticket, broken)
    }
    #expect(!bench.gate.isOpen)
    bench.begin(10)
    bench.end(10, broken)
    #expect(bench.gate.isOpen)
  }

  @Test func anotherArticleIsWantedOnceAllHaveLookedInVain() {
    var bench = bench(failing: [1, 2, 1, 2, 1], broken)
    bench.ask(1, 2)
    for (probe, isWanted) in [(2, false), (1, true), (2, true)] {
      _ = bench.gate.takeNotices()
      _ = bench.waitForNextLook()
      #expect(bench.go() == [probe])
      bench.end(probe, broken)
      #expect(bench.gate.takeNotices().contains(.wantsAnotherProbe) == isWanted)
      bench.ask(probe)
    }
  }

  @Test func noArticleIsABetterWitnessOfNobody() {
    var bench = bench(failing: [1, 1, 1, 1, 1], refused)
    bench.ask(1)
    for _ in 0..<3 {
      _ = bench.gate.takeNotices()
      _ = bench.waitForNextLook()
      #expect(bench.go() == [1])
      bench.end(1, refused)
      #expect(bench.gate.takeNotices().count == 1, "it is told that it is still down, and nothing else")
      bench.ask(1)
    }
  }

  @Test func theOneThatWasReadToLookLooksNext() {
    var bench = bench(failing: [1, 2, 1, 2, 1], broken)
    bench.ask(1, 2)
    for probe in [2, 1, 2] {
      _ = bench.waitForNextLook()
      #expect(bench.go() == [probe])
      bench.end(probe, broken)
      bench.ask(probe)
    }
    bench.ask(3)
    _ = bench.waitForNextLook()
    #expect(bench.go() == [3])
  }

  @Test func whatFailedLikeThisBeforeIsChargedAndSaysNothing() {
    var bench = bench(failing: [1, 2, 3, 4], broken)
    bench.begin(5)
    let judgement = bench.end(5, broken, isKnown: true)
    #expect(judgement.charges == 1)
    #expect(!bench.gate.isOpen)
  }

  /// Else articles that fail always, and nothing else to look with, would end run after run before their retries do.
  @Test func whatFailedLikeThisBeforeIsChargedAlsoWhereItLooks() {
    var bench = bench(failing: [1, 2, 1, 2, 1], broken)
    bench.begin(3)
    for charges in 1...3 {
      _ = bench.waitForNextLook()
      #expect(bench.go() == [3])
      let judgement = bench.end(3, broken, isKnown: true)
      #expect(judgement.charges == charges && bench.gate.isOpen)
      bench.ask(3)
    }
  }

  @Test func whatWasGivenUpSaysNothing() {
    var bench = bench(failing: [1, 2, 3, 4], broken)
    bench.begin(5)
    bench.end(5, .abandoned)
    #expect(!bench.gate.isOpen)
    bench.begin(5)
    bench.end(5, broken)
    #expect(bench.gate.isOpen)
  }

  @Test func theAttemptsThatOpenedItAreNotCharged() {
    var bench = GateBench()
    bench.begin(1)
    #expect(bench.end(1, .answered).charges == 1)
    for (ticket, charges) in [(1, 2), (2, 1), (1, 3), (2, 2)] {
      bench.begin(ticket)
      #expect(bench.end(ticket, broken) == CallGate.Judgement(charges: charges, isPaced: false, isFinal: false))
    }
    bench.begin(3)
    #expect(bench.end(3, broken) == CallGate.Judgement(charges: 0, isPaced: true, isFinal: false))
    #expect(bench.gate.accounts.mapValues(\.charges).filter { $0.value != 0 } == [1: 1])
  }

  @Test func whatWasOnTheWireAndFailsLikewiseIsNotCharged() {
    var bench = GateBench()
    bench.begin(1, 2, 3, 4, 5, 6, 7, 8)
    for ticket in 1...5 { bench.end(ticket, broken) }
    #expect(bench.gate.isOpen)
    #expect(bench.end(6, broken) == CallGate.Judgement(charges: 0, isPaced: true, isFinal: false))
    // A good answer closes it; the last of the old calls is still not charged, and begins no new row.
    bench.end(7, .succeeded)
    #expect(!bench.gate.isOpen)
    #expect(bench.end(8, broken).charges == 0)
    #expect(bench.gate.isOpen == false)
  }

  @Test func oneProbeAtATimeAndEachTimeAnotherArticle() {
    var bench = bench(failing: [1, 2, 3, 4, 5], broken)
    bench.ask(5, 1, 2, 3)
    #expect(bench.go() == [])
    var probes: [Int] = []
    var waits: [Duration] = []
    for _ in 0..<8 {
      waits.append(bench.waitForNextLook()!)
      let probe = bench.go()
      #expect(probe.count == 1)
      probes += probe
      bench.wait(.seconds(1))
      #expect(bench.go() == [], "one at a time")
      #expect(bench.end(probe[0], broken) == CallGate.Judgement(charges: 0, isPaced: true, isFinal: false))
      #expect(bench.gate.wasProbed(probe[0]))
      bench.ask(probe[0])
    }
    #expect(probes == [1, 2, 3, 5, 1, 2, 3, 5])
    for (wait, low) in zip(waits, [1.0, 2, 4, 8, 15, 15, 15, 15]) {
      #expect(wait >= .seconds(low) && wait <= .seconds(2 * low))
    }
  }

  @Test func anArticleThatIsAloneIsProbedAgain() {
    var bench = bench(failing: [1, 1, 1, 1, 1], refused)
    bench.ask(1)
    for _ in 0..<3 {
      _ = bench.waitForNextLook()
      #expect(bench.go() == [1])
      bench.end(1, refused)
      bench.ask(1)
    }
  }

  @Test(arguments: [CallOutcome.Kind.succeeded, .answered]) func anAnswerClosesItAndCallsComeBackByAndBy(
    kind: CallOutcome.Kind
  ) {
    var bench = GateBench()
    for ticket in 1...9 { bench.ask(ticket) }
    #expect(bench.go().count == 9)
    for ticket in 1...9 {
      bench.end(ticket, broken)
      bench.ask(ticket)
    }
    _ = bench.waitForNextLook()
    #expect(bench.go() == [1])
    bench.wait(.seconds(2))
    bench.end(1, kind)
    #expect(!bench.gate.isOpen)
    let closed = bench.gate.takeNotices().compactMap { if case .circuitClosed(let time) = $0 { time } else { nil } }
    #expect(closed == [bench.now - bench.start])
    #expect(bench.go() == [2])
    bench.end(2, .succeeded)
    #expect(bench.go() == [3, 4])
  }

  @Test func aRefusalAsTheAnswerOfAProbeClosesItAndHolds() {
    var bench = bench(failing: [1, 2, 3, 4, 5], broken)
    bench.ask(1, 2)
    _ = bench.waitForNextLook()
    #expect(bench.go() == [1])
    bench.end(1, .throttled, retryAfter: .seconds(30))
    #expect(!bench.gate.isOpen)
    #expect(bench.waitForNextLook()! > .seconds(30))
    #expect(bench.go() == [2])
  }

  @Test func aProbeRespectsTheHold() {
    var bench = bench(failing: [1, 2, 3, 4], broken)
    bench.begin(5)
    bench.end(5, broken, retryAfter: .seconds(40))
    #expect(bench.gate.isOpen)
    bench.ask(5)
    bench.wait(.seconds(39.9))
    #expect(bench.go() == [])
    _ = bench.waitForNextLook()
    #expect(bench.go() == [5])
  }

  @Test func anAbandonedProbeMakesWayForTheNext() {
    var bench = bench(failing: [1, 2, 3, 4, 5], broken)
    bench.ask(1, 2)
    _ = bench.waitForNextLook()
    #expect(bench.go() == [1])
    bench.end(1, .abandoned)
    #expect(bench.go() == [2])
  }

  @Test func afterTheOutageTheRunStops() {
    var bench = GateBench(longestOutage: .seconds(60))
    for ticket in 1...5 {
      bench.begin(ticket)
      bench.end(ticket, broken)
    }
    let opened = bench.now
    bench.ask(1, 2)
    while !bench.gate.isStopped {
      #expect(bench.waitForNextLook() != nil)
      for probe in bench.go() {
        bench.end(probe, broken)
        bench.ask(probe)
      }
    }
    #expect(bench.now == opened + .seconds(60))
    #expect(bench.gate.takeNotices().last == .stop(.down(.seconds(60))))
    #expect(bench.gate.wasProbed(1) && bench.gate.wasProbed(2) && !bench.gate.wasProbed(3))
    #expect(bench.gate.stop().sorted() == [1, 2])
  }

  @Test func theOutageEndsAlsoWhileAProbeHangs() {
    var bench = GateBench(longestOutage: .seconds(60))
    for ticket in 1...5 {
      bench.begin(ticket)
      bench.end(ticket, broken)
    }
    bench.ask(1)
    _ = bench.waitForNextLook()
    #expect(bench.go() == [1])
    _ = bench.waitForNextLook()
    #expect(bench.go() == [] && bench.gate.isStopped)
  }

  /// The process was stopped, or the machine slept, while nobody looked: what is overdue is seen to first.
  @Test(arguments: [true, false]) func anOutageThatNobodySawEndsWithALook(isBack: Bool) {
    var bench = GateBench(longestOutage: .seconds(60))
    for ticket in 1...5 {
      bench.begin(ticket)
      bench.end(ticket, broken)
    }
    bench.ask(1, 2)
    bench.wait(.seconds(3600))
    #expect(bench.go() == [1] && !bench.gate.isStopped)
    // It has the time that a call has.
    #expect(bench.gate.nextLook == nil)
    bench.wait(.seconds(10))
    #expect(bench.go() == [] && !bench.gate.isStopped)
    bench.end(1, isBack ? .succeeded : broken)
    #expect(bench.go() == (isBack ? [2] : []))
    #expect(bench.gate.isStopped == !isBack)
  }

  @Test func nothingGoesAfterWhatIsHopeless() {
    var bench = GateBench()
    bench.begin(1, 2)
    let decision = bench.end(1, .answered, retryAfter: .seconds(7200), failure: .unauthorized, .certain)
    #expect(decision.isFinal)
    bench.ask(3)
    #expect(bench.go() == [])
    #expect(bench.gate.nextLook == nil)
    #expect(bench.gate.takeNotices() == [.stop(.failures(.hopeless))])
    bench.end(2, .answered, failure: .unauthorized, .certain)
    #expect(bench.gate.takeNotices() == [], "the run stops once")
  }

  @Test func whatIsForgottenIsNotRemembered() {
    var bench = bench(failing: [1, 2, 3, 4], broken)
    for ticket in 1...4 { bench.gate.forget(ticket) }
    bench.begin(5)
    bench.end(5, broken)
    #expect(bench.gate.isOpen)
    bench.gate.forget(5)
    #expect(bench.gate.accounts.isEmpty)
  }
}
