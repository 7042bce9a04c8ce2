import Basics
import Summarization
import Testing

@testable import CallControl
import TestSupport

/// A server that says what is left of its limits is not run into.
@Suite struct RateLimitPacerTests {
  @Test(arguments: [1, 8, 64, 300], [true, false]) func callsAreSpacedInsteadOfRefused(jobs: Int, isBucket: Bool) {
    var run = AnnouncedRun(jobs: jobs, isBucket: isBucket, limit: 120, perSecond: 20)
    run.run(for: .seconds(600))
    let most = 20.0 * 600
    #expect(Double(run.refused) < Double(run.admitted) * 0.01, "\(run.refused) of \(run.admitted)")
    // As much as the rate allows, or as the jobs can do: a call takes a second.
    #expect(Double(run.admitted) > min(most, Double(jobs) * 600) * 0.95, "\(run.admitted) of \(most)")
  }

  /// A window of a second, the whole of which goes at once: what arrives after the reset counts in the new window,
  /// although it began before all of it was thought to be restored. Answers come in any order.
  @Test(arguments: [4, 64, 300], [1, 5]) func windowsOfASecond(jobs: Int, tenths: Int) {
    var run = AnnouncedRun(
      jobs: jobs, isBucket: false, limit: 20, perSecond: 20, meanTime: Double(tenths) / 10,
      delay: .milliseconds(40))
    run.run(for: .seconds(600))
    #expect(Double(run.refused) < Double(run.admitted) * 0.01, "\(run.refused) of \(run.admitted)")
    let most = min(20.0, Double(jobs) / Double(tenths) * 10) * 600
    #expect(Double(run.admitted) > most * 0.95, "\(run.admitted) of \(most)")
  }

  @Test func nothingIsHeldBackWithoutAnyLimit() {
    var pacer = RateLimitPacer()
    let now = Instant.now
    for _ in 0..<100 { _ = pacer.began(at: now) }
    #expect(pacer.readyAt == nil)
  }

  @Test func nothingGoesBeforeTheTimeWhereNothingIsLeft() {
    var pacer = RateLimitPacer()
    let now = Instant.now
    let call = pacer.began(at: now)
    pacer.answered(status(left: 0, reset: .seconds(40)), call: call, tokens: nil, at: now)
    #expect(pacer.readyAt == now + .seconds(40))
    // From then on all of it is there.
    for _ in 0..<10 { _ = pacer.began(at: now + .seconds(41)) }
    #expect(pacer.readyAt! <= now + .seconds(41))
  }

  @Test func callsThatBeganAfterTheOneThatTellsAreTakenOff() {
    var pacer = RateLimitPacer()
    let now = Instant.now
    let first = pacer.began(at: now)
    for _ in 0..<9 { _ = pacer.began(at: now) }
    pacer.answered(status(left: 9, reset: .seconds(40)), call: first, tokens: nil, at: now)
    #expect(pacer.readyAt == now + .seconds(40))
  }

  /// The server may have seen the call first that began last.
  @Test func callsThatBeganTogetherAreTakenOffInAnyOrder() {
    var pacer = RateLimitPacer()
    let now = Instant.now
    for _ in 0..<5 { _ = pacer.began(at: now - .seconds(2)) }
    let calls = (0..<10).map { _ in pacer.began(at: now) }
    pacer.ended(call: calls[9])
    pacer.answered(status(left: 9, reset: .seconds(40)), call: calls[9], tokens: nil, at: now)
    #expect(pacer.readyAt == now + .seconds(40))
    // Those that have ended are counted, and those that began long before as well.
    for call in calls[0..<5] { pacer.ended(call: call) }
    pacer.answered(status(left: 9, reset: .seconds(40)), call: calls[9], tokens: nil, at: now)
    #expect(pacer.readyAt == now + .seconds(7))
  }

  @Test(arguments: [40, 41]) func noMoreThanAllOfItGoesAtOnce(after seconds: Int) {
    var pacer = RateLimitPacer()
    let now = Instant.now
    let call = pacer.began(at: now)
    pacer.ended(call: call)
    pacer.answered(status(left: 0, reset: .seconds(40)), call: call, tokens: nil, at: now)
    let later = now + .seconds(seconds)
    for _ in 0..<100 {
      #expect(pacer.readyAt! <= later)
      _ = pacer.began(at: later)
    }
    #expect(pacer.readyAt! > later)
  }

  @Test func tokensPaceByWhatACallUses() {
    var pacer = RateLimitPacer()
    let now = Instant.now
    let call = pacer.began(at: now)
    let tokens = RateLimitStatus.RateAllowance(limit: 10_000, remaining: 1000, reset: .seconds(10))
    pacer.answered(RateLimitStatus(tokens: [tokens]), call: call, tokens: 500, at: now)
    // Two calls are left for ten seconds.
    #expect(pacer.readyAt == now + .seconds(4))
    _ = pacer.began(at: now + .seconds(4))
    #expect(pacer.readyAt! >= now + .seconds(8))
    _ = pacer.began(at: now + .seconds(9))
    #expect(pacer.readyAt == now + .seconds(10))
  }

  private func status(left: Double, reset: Duration) -> RateLimitStatus {
    RateLimitStatus(requests: [RateLimitStatus.RateAllowance(limit: 100, remaining: left, reset: reset)])
  }
}

/// A server with a limit that it announces with every answer: a bucket that fills steadily, or a window.
private struct AnnouncedRun: ServerRun {
  enum Answer {
    /// The call has come to the server.
    case arrived
    case answered(isRefused: Bool, RateLimitStatus)
  }

  private(set) var admitted = 0
  private(set) var refused = 0
  var bench: SchedulerBench
  var calls: [Int: (end: Instant, answer: Answer)] = [:]
  private let isBucket: Bool
  private let limit: Double
  private let rate: Double
  private var left: Double
  private var filledAt: Instant
  private var random = SplitMix64(seed: 11)
  /// Of a call on its way to the server, at most.
  private let delay: Duration
  private var nextTicket = 0
  private let jobs: Int
  /// How long a call takes, in seconds.
  private let meanTime: Double

  init(jobs: Int, isBucket: Bool, limit: Double, perSecond rate: Double, meanTime: Double = 1, delay: Duration = .zero)
  {
    self.delay = delay
    self.meanTime = meanTime
    bench = SchedulerBench(jobs: jobs)
    (self.jobs, self.isBucket, self.limit, self.rate, left) = (jobs, isBucket, limit, rate, limit)
    filledAt = bench.start
  }

  mutating func run(for time: Duration) {
    let end = bench.start + time
    for _ in 0..<jobs { ask() }
    while bench.now < end, advance() {}
  }

  private mutating func ask() {
    nextTicket += 1
    bench.enqueue(nextTicket)
  }

  mutating func begin(_ ticket: Int) {
    let wait = delay == .zero ? .zero : delay * Double.random(in: 0...1, using: &random)
    calls[ticket] = (bench.now + wait, .arrived)
  }

  private mutating func arrive(_ ticket: Int) {
    let window = Duration.seconds(limit / rate)
    if isBucket {
      left = min(limit, left + (bench.now - filledAt) / .seconds(1) * rate)
      filledAt = bench.now
    } else {
      while bench.now - filledAt >= window { (left, filledAt) = (limit, filledAt + window) }
    }
    let isRefused = left < 1
    if !isRefused { (left, admitted) = (left - 1, admitted + 1) }
    // Before the first answer nobody knows of the limit.
    if isRefused, bench.now - bench.start > .seconds(2) { refused += 1 }
    let reset = isBucket ? Duration.seconds((limit - left) / rate) : window - (bench.now - filledAt)
    let allowance = RateLimitStatus.RateAllowance(limit: limit, remaining: left.rounded(.down), reset: reset)
    let time = isRefused ? 0.01 : Double.random(in: 0.5...1.5, using: &random) * meanTime
    calls[ticket] = (
      bench.now + .seconds(time), .answered(isRefused: isRefused, RateLimitStatus(requests: [allowance]))
    )
  }

  mutating func end(_ ticket: Int, _ answer: Answer) {
    switch answer {
    case .arrived: arrive(ticket)
    case .answered(isRefused: true, let status):
      var error = ArticleError(.rateLimited, "m", status: 429)
      error.rateLimits = status
      let decision = bench.end(ticket, error)
      bench.enqueue(ticket, after: decision.delay)
    case .answered(isRefused: false, let status):
      let outcome = CallOutcome.success(tokens: nil, rateLimits: status)
      _ = bench.scheduler.ended(ticket, outcome, at: bench.now, using: &bench.random)
      ask()
    }
  }
}
