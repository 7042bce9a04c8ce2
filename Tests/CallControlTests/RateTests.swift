import Testing

@testable import CallControl

/// The rate limits as the gate keeps them.
@Suite struct RateTests {
  @Test func callsAreSpacedHoweverManyWait() {
    var bench = GateBench(callsPerSecond: 10)
    for ticket in 1...50 { bench.ask(ticket) }
    var times: [Duration] = []
    for ticket in 1...50 {
      #expect(bench.go() == [ticket])
      times.append(bench.now - bench.start)
      if ticket < 50 { _ = bench.waitForNextLook() }
    }
    #expect(times == (0..<50).map { .milliseconds(100) * $0 })
  }

  @Test func tokensAreTakenByEstimateAndSettledByUse() {
    var bench = GateBench(tokensPerSecond: 1000)
    bench.ask(1, 2, 3, tokens: 2000)
    #expect(bench.go() == [1])
    #expect(bench.gate.nextLook == bench.start + .seconds(2))
    bench.end(1, .succeeded, tokens: 500)
    #expect(bench.waitForNextLook() == .milliseconds(500))
    #expect(bench.go() == [2])
    bench.end(2, .succeeded, tokens: 5000)
    #expect(bench.waitForNextLook()! > .milliseconds(4900))
    #expect(bench.go() == [3])
    // Nobody knows what it used: the estimate holds.
    bench.end(3, .failed(nobodyThere: false))
    bench.ask(4)
    #expect(bench.waitForNextLook()! > .milliseconds(1900))
  }

  @Test func theStricterOfTwoLimitsHolds() {
    var bench = GateBench(callsPerSecond: 10, tokensPerSecond: 1000)
    bench.ask(1, 2, tokens: 10)
    bench.ask(3, tokens: 10)
    #expect(bench.go() == [1])
    #expect(bench.waitForNextLook() == .milliseconds(100))
    #expect(bench.go() == [2])
    bench.end(2, .succeeded, tokens: 700)
    #expect(bench.waitForNextLook()! > .milliseconds(600))
  }
}
