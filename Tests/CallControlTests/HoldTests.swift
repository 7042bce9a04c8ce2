import Testing

@testable import CallControl

/// One refusal holds every call back, and then they come back by and by.
@Suite struct HoldTests {
  @Test func withoutLimitsEverythingGoesInOrder() {
    var bench = GateBench()
    bench.ask(3, 1, 2)
    #expect(bench.go() == [3, 1, 2])
    #expect(bench.gate.nextLook == nil)
  }

  @Test(arguments: [0.001, 0.2, 7, 120]) func neverEarlierThanTheServerSays(seconds: Double) {
    for seed in 0..<50 {
      var bench = GateBench(seed: UInt64(seed))
      bench.begin(1, 2)
      bench.wait(.seconds(3))
      let judgement = bench.end(1, .throttled, retryAfter: .seconds(seconds))
      #expect(judgement == CallGate.Judgement(charges: 1, isPaced: true, isFinal: false))
      bench.ask(3, 1)
      #expect(bench.go() == [])
      let time = bench.waitForNextLook()!
      #expect(time > .seconds(seconds), "the jitter is positive")
      #expect(time <= .seconds(seconds) + max(.seconds(seconds / 10), .milliseconds(100)))
      #expect(bench.go() == [1])
    }
  }

  @Test func anyAnswerWithRetryAfterHolds() {
    for kind in [CallOutcome.Kind.answered, .failed(nobodyThere: false), .throttled] {
      var bench = GateBench()
      bench.begin(1)
      bench.end(1, kind, retryAfter: .seconds(5))
      bench.ask(2)
      #expect(bench.go() == [])
      bench.wait(.seconds(4.999))
      #expect(bench.go() == [])
    }
  }

  @Test func aRetryAfterOfNothingCountsAsAbsent() {
    var bench = GateBench()
    bench.begin(1)
    bench.end(1, .throttled, retryAfter: .zero)
    bench.ask(1)
    #expect(bench.waitForNextLook()! >= .milliseconds(500))
  }

  @Test func guessesGrowUntilSomethingSucceeds() {
    var bench = GateBench(longestOutage: .seconds(3600))
    for bounds in [(0.5, 1.0), (1, 2), (2, 4), (4, 8), (8, 16), (16, 32), (30, 60), (30, 60)] {
      bench.begin(1)
      bench.end(1, .throttled)
      bench.ask(1)
      let time = bench.waitForNextLook()!
      #expect(time >= .seconds(bounds.0) && time <= .seconds(bounds.1))
      #expect(bench.go() == [1])
      bench.end(1, .abandoned)
    }
    bench.begin(1)
    bench.end(1, .succeeded)
    bench.begin(1)
    bench.end(1, .throttled)
    bench.ask(1)
    #expect(bench.waitForNextLook()! <= .seconds(1))
  }

  @Test func answersToCallsThatWereOnTheWireDoNotEscalate() {
    var bench = GateBench()
    bench.begin(1, 2, 3, 4, 5, 6)
    bench.end(1, .throttled)
    let until = bench.gate.nextLookAfterAsking(1, at: bench.now)
    for ticket in 2...5 { #expect(bench.end(ticket, .throttled).isPaced) }
    #expect(bench.gate.nextLook == until)
    // Nor do they once the hold is over.
    bench.wait(.seconds(1))
    #expect(bench.go() == [1])
    #expect(!bench.end(6, .throttled).isPaced)
    #expect(bench.end(1, .throttled).isPaced)
    bench.ask(1)
    let second = bench.waitForNextLook()!
    #expect(second >= .seconds(1) && second <= .seconds(2), "the second hold, not the sixth")
  }

  @Test func whoWasRefusedComesFirst() {
    var bench = GateBench()
    bench.begin(1, 2, 3)
    bench.end(1, .succeeded)
    bench.end(3, .throttled, retryAfter: .seconds(1))
    bench.end(2, .throttled, retryAfter: .seconds(1))
    bench.ask(4, 2, 3)
    bench.wait(.seconds(2))
    #expect(bench.go() == [2])
    bench.end(2, .failed(nobodyThere: false))
    bench.ask(2)
    #expect(bench.go() == [3])
    bench.end(3, .succeeded)
    #expect(bench.go() == [4, 2], "another failure puts it back in line")
  }

  @Test func theMoreRefusalsTheEarlier() {
    var bench = GateBench()
    bench.begin(1, 2)
    bench.end(1, .throttled, retryAfter: .seconds(1))
    bench.end(2, .throttled, retryAfter: .seconds(1))
    bench.ask(1, 2)
    bench.wait(.seconds(2))
    #expect(bench.go() == [1])
    bench.end(1, .throttled, retryAfter: .seconds(1))
    bench.ask(1)
    bench.wait(.seconds(2))
    #expect(bench.go() == [1])
  }

  @Test func aLaterRetryAfterProlongsTheHoldAndAnEarlierOneDoesNot() {
    var bench = GateBench()
    bench.begin(1, 2, 3)
    bench.end(1, .throttled, retryAfter: .seconds(10))
    bench.ask(1)
    let first = bench.gate.nextLook!
    bench.end(2, .throttled, retryAfter: .seconds(1))
    #expect(bench.gate.nextLook == first)
    bench.wait(.seconds(5))
    bench.end(3, .throttled, retryAfter: .seconds(10))
    #expect(bench.gate.nextLook! > bench.now + .seconds(10))
  }

  @Test func callsComeBackOneThenTwoThenFour() {
    var bench = GateBench()
    for ticket in 1...40 { bench.ask(ticket) }
    #expect(bench.go().count == 40)
    for ticket in 1...40 { bench.end(ticket, .throttled, retryAfter: .seconds(1)) }
    for ticket in 1...40 { bench.ask(ticket) }
    bench.wait(.seconds(2))
    var sizes: [Int] = []
    while true {
      let going = bench.go()
      guard !going.isEmpty else { break }
      sizes.append(going.count)
      #expect(bench.gate.nextLook == nil, "only an answer lets more go")
      for ticket in going { bench.end(ticket, .succeeded) }
    }
    #expect(sizes == [1, 2, 4, 8, 16, 9])
    // Unrestrained by now.
    for ticket in 41...80 { bench.ask(ticket) }
    #expect(bench.go().count == 40)
  }

  @Test func failuresOpenTheRampNoFurther() {
    var bench = GateBench()
    bench.begin(1, 2, 3, 4)
    for ticket in 1...4 { bench.end(ticket, .throttled, retryAfter: .seconds(1)) }
    bench.ask(1, 2, 3, 4)
    bench.wait(.seconds(2))
    #expect(bench.go() == [1])
    bench.end(1, .failed(nobodyThere: false))
    #expect(bench.go() == [2])
    bench.end(2, .abandoned)
    #expect(bench.go() == [3])
    bench.end(3, .answered)
    bench.ask(1, 2)
    #expect(bench.go() == [4, 2])
  }

  @Test func longHoldsAreToldOnce() {
    var bench = GateBench()
    bench.begin(1, 2, 3, 4)
    bench.end(1, .throttled, retryAfter: .seconds(20))
    guard case .held(let time)? = bench.gate.takeNotices().first else { return #expect(Bool(false), "not told") }
    #expect(time > .seconds(20))
    bench.end(2, .throttled, retryAfter: .seconds(20))
    bench.end(3, .throttled, retryAfter: .seconds(1))
    #expect(bench.gate.takeNotices() == [])
    bench.end(4, .throttled, retryAfter: .seconds(60))
    #expect(bench.gate.takeNotices().count == 1)
  }

  @Test func aRetryAfterBeyondTheOutageStops() {
    var bench = GateBench(longestOutage: .seconds(60))
    bench.begin(1)
    bench.end(1, .throttled, retryAfter: .seconds(61))
    #expect(bench.gate.takeNotices() == [.stop(.askedToWait(.seconds(61)))])
    bench.ask(1)
    bench.wait(.seconds(1000))
    #expect(bench.go() == [])
    #expect(bench.gate.stop() == [1])
  }

  @Test func refusalsWithoutASuccessStopAfterTheOutage() {
    var bench = GateBench(longestOutage: .seconds(60))
    bench.begin(1)
    let began = bench.now
    var stops: [CallGate.Notice] = []
    while stops.isEmpty, bench.now - began < .seconds(1000) {
      bench.end(1, .throttled, retryAfter: .seconds(9))
      stops = bench.gate.takeNotices().filter { if case .stop = $0 { true } else { false } }
      bench.ask(1)
      _ = bench.waitForNextLook()
      _ = bench.go()
    }
    #expect(stops == [.stop(.throttled(bench.now - began))])
    #expect(bench.now - began >= .seconds(60) && bench.now - began < .seconds(80))
  }

  @Test func aSuccessNowAndThenKeepsARefusingServerGoing() {
    var bench = GateBench(longestOutage: .seconds(60))
    for _ in 0..<100 {
      bench.begin(1)
      bench.end(1, .throttled, retryAfter: .seconds(9))
      bench.ask(1)
      _ = bench.waitForNextLook()
      #expect(bench.go() == [1])
      bench.end(1, .succeeded)
    }
    #expect(!bench.gate.isStopped)
  }
}

extension CallGate {
  mutating func nextLookAfterAsking(_ ticket: Int, at now: Instant) -> Instant? {
    ask(ticket, at: now)
    return nextLook
  }
}
