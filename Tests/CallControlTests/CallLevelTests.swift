import Basics
import Summarization
import Testing

@testable import CallControl
import TestSupport

/// A refusal slows, it does not stop.
@Suite struct CallLevelTests {
  @Test func itFallsToWhatIsUnderWayBesideTheRefused() {
    var level = CallLevel(maximum: 16)
    for others in [15, 14, 13, 12] { level.refused(epoch: 0, others: others) }
    #expect(level.level == 12)
  }

  @Test func byOneEventToNoLessThanHalf() {
    var level = CallLevel(maximum: 64)
    for others in (0..<64).reversed() { level.refused(epoch: 0, others: others) }
    #expect(level.level == 32)
    for others in (0..<32).reversed() { level.refused(epoch: 1, others: others) }
    #expect(level.level == 16)
    for epoch in 2..<10 { level.refused(epoch: epoch, others: 0) }
    #expect(level.level == 1)
  }

  @Test func twoGoodRoundsRaiseItByAnEighthAndARefusedRaiseDoublesTheWait() {
    var level = CallLevel(maximum: 64)
    level.refused(epoch: 0, others: 32)
    for patience in [1, 2, 4, 8, 8] {
      var rounds = 0
      while level.level == 32 {
        level.succeeded(epoch: level.epoch, wasReached: true)
        rounds += 1
      }
      #expect(rounds == 64 * patience && level.level == 36)
      level.refused(epoch: level.epoch, others: 32)
      #expect(level.level == 32)
    }
  }

  @Test func eachRaiseWaitsForTwoGoodRoundsOfItsOwn() {
    var level = CallLevel(maximum: 64)
    level.refused(epoch: 0, others: 32)
    var waits: [Int] = []
    while level.level < 64 {
      let before = level.level
      var calls = 0
      while level.level == before {
        level.succeeded(epoch: level.epoch, wasReached: true)
        calls += 1
      }
      waits.append(calls)
    }
    #expect(waits == [32, 36, 40, 45, 50, 56, 63].map { 2 * $0 })
  }

  @Test func aRefusalOfAnEarlierCallBeginsTheRoundsAnew() {
    var level = CallLevel(maximum: 64)
    level.refused(epoch: 0, others: 32)
    for _ in 1...63 { level.succeeded(epoch: level.epoch, wasReached: true) }
    level.refused(epoch: 0, others: 40)
    for _ in 1...63 { level.succeeded(epoch: level.epoch, wasReached: true) }
    #expect(level.level == 32)
    level.succeeded(epoch: level.epoch, wasReached: true)
    #expect(level.level == 36)
  }

  @Test func itGrowsNoFurtherThanIsUsed() {
    var level = CallLevel(maximum: 64)
    level.refused(epoch: 0, others: 32)
    for _ in 0..<10_000 { level.succeeded(epoch: level.epoch, wasReached: false) }
    #expect(level.level == 32)
    for _ in 0..<10_000 { level.succeeded(epoch: level.epoch, wasReached: true) }
    #expect(level.level == 64)
  }

  /// Servers that limit their clients, with the best that can be done.
  @Test(arguments: [false, true]) func twelveAtOnceTakesSixteenHardlyLonger(saysWhen: Bool) {
    let wait: Duration? = saysWhen ? .seconds(1) : nil
    func time(_ jobs: Int, seed: UInt64) -> (time: Duration, calls: Int) {
      var run = LimitedRun(articles: 500, jobs: jobs, limit: .atOnce(12), retryAfter: wait, seed: seed)
      run.run()
      #expect(run.succeeded == 500 && !run.bench.scheduler.isStopped)
      return (run.bench.now - run.bench.start, run.attempts)
    }
    for seed in 1...5 as ClosedRange<UInt64> {
      let (best, most) = (time(12, seed: seed).time, time(16, seed: seed))
      #expect(most.time < best * 1.3, "\(most.time / best)")
      #expect(most.calls < 550, "\(most.calls)")
    }
  }

  @Test func twoAtOnceAreFoundFromSixteen() {
    var run = LimitedRun(articles: 40, jobs: 16, limit: .atOnce(2), retryAfter: nil, seed: 3)
    run.run()
    #expect(run.succeeded == 40)
    #expect(run.attempts <= 80, "\(run.attempts)")
  }

  @Test(arguments: [(100, 10, true), (100, 10, false), (5, 15, true), (5, 15, false), (16, 5, false)])
  func aLimitOfAMinuteLosesNothing(jobs: Int, calls: Int, saysWhen: Bool) {
    for seed in 1...3 as ClosedRange<UInt64> {
      var run = LimitedRun(
        articles: 120, jobs: jobs, limit: .window(calls, .seconds(60)), retryAfter: nil, seed: seed)
      run.saysWhenWindowEnds = saysWhen
      run.run()
      #expect(run.succeeded == 120 && run.lost == 0 && !run.bench.scheduler.isStopped)
      let best = Duration.seconds(60) * ((120 + calls - 1) / calls - 1)
      let time = run.bench.now - run.bench.start
      #expect(time < best * (saysWhen ? 1.2 : 2.2) + .seconds(60), "\(time / best)")
    }
  }

  @Test func aLimitThatFallsAndRisesLosesNothing() {
    // 60 s of 24 a second, 60 s of 6, and then 24 again.
    for seed in 1...5 as ClosedRange<UInt64> {
      var run = LimitedRun(articles: 3240, jobs: 24, limit: .changing(24, 6), retryAfter: nil, seed: seed)
      run.run()
      #expect(run.succeeded == 3240 && run.lost == 0)
      #expect(run.bench.now - run.bench.start < .seconds(180) * 1.25, "\(run.bench.now - run.bench.start)")
      #expect(run.attempts < 3400, "\(run.attempts)")
    }
  }
}

/// Articles in flight, and a server that refuses what is too much.
struct LimitedRun: ServerRun {
  enum Limit {
    case atOnce(Int)
    /// So many calls in each window of time.
    case window(Int, Duration)
    /// So many at once; from the 60th second to the 120th only the second number.
    case changing(Int, Int)
    /// So many at once; others queue.
    case slots(Int)
    /// A bucket that holds a second's worth of calls.
    case rate(Double)
    case none
  }

  var bench: SchedulerBench
  var calls: [Int: (end: Instant, answer: (work: Int, isRefused: Bool))] = [:]
  var saysWhenWindowEnds = false
  private(set) var succeeded = 0
  private(set) var lost = 0
  private(set) var attempts = 0
  private(set) var levels: [(time: Duration, level: Int)] = []
  private let limit: Limit
  private let retryAfter: Duration?
  private let jobs: Int
  private let findsLevel: Bool
  private var random: SplitMix64
  private var toCome: [Int]
  private var inFlight = 0
  private var underWork = 0
  private var window = -1
  private var used = 0
  private var bucket = (calls: 0.0, time: Duration.zero)
  /// When each slot will be free.
  private var slots: [Instant] = []

  init(
    articles: Int, jobs: Int, findsLevel: Bool = false, limit: Limit, retryAfter: Duration? = nil, seed: UInt64
  ) {
    bench = SchedulerBench(jobs: jobs, findsLevel: findsLevel, retries: 5, seed: seed)
    random = SplitMix64(seed: seed &* 31)
    toCome = Array((1...articles).reversed())
    (self.jobs, self.findsLevel, self.limit, self.retryAfter) = (jobs, findsLevel, limit, retryAfter)
    if case .slots(let count) = limit { slots = Array(repeating: bench.start, count: count) }
    if case .rate(let rate) = limit { bucket.calls = rate }
  }

  private var level: Int { findsLevel ? bench.scheduler.level.level : jobs }

  /// Of all the time.
  var meanLevel: Double {
    let ends = levels.dropFirst().map(\.time) + [time]
    return zip(levels, ends).reduce(0) { $0 + Double($1.0.level) * (($1.1 - $1.0.time) / time) }
  }

  mutating func run() {
    for _ in 0..<1_000_000 {
      if levels.last?.level != level { levels.append((time, level)) }
      while inFlight < level, let ticket = toCome.popLast() {
        inFlight += 1
        bench.enqueue(ticket)
      }
      if toCome.isEmpty { bench.scheduler.inputEnded() }
      guard advance() else { return }
    }
  }

  mutating func begin(_ ticket: Int) {
    attempts += 1
    let isRefused = !admits()
    if !isRefused { underWork += 1 }
    let time = Double.random(in: isRefused ? 0.002...0.05 : 0.5...1.5, using: &random)
    var begin = bench.now
    if let slot = slots.indices.min(by: { slots[$0] < slots[$1] }) {
      begin = max(begin, slots[slot])
      slots[slot] = begin + .seconds(time)
    }
    calls[ticket] = (begin + .seconds(time), (Int(time * 100), isRefused))
  }

  private mutating func admits() -> Bool {
    switch limit {
    case .atOnce(let most): return underWork < most
    case .changing(let most, let fewer): return underWork < (time > .seconds(60) && time < .seconds(120) ? fewer : most)
    case .window(let most, let length):
      let current = Int(time / length)
      if current != window { (window, used) = (current, 0) }
      used += 1
      return used <= most
    case .rate(let rate):
      bucket = (min(rate, bucket.calls + rate * ((time - bucket.time) / .seconds(1))), time)
      if bucket.calls >= 1 { bucket.calls -= 1 } else { return false }
      return true
    case .slots, .none: return true
    }
  }

  mutating func end(_ ticket: Int, _ answer: (work: Int, isRefused: Bool)) {
    if !answer.isRefused {
      underWork -= 1
      bench.end(ticket, .succeeded, work: answer.work, limitReached: inFlight >= level)
      succeeded += 1
      inFlight -= 1
      return
    }
    var wait = retryAfter
    if saysWhenWindowEnds, case .window(_, let length) = limit {
      wait = length * (window + 1) - (bench.now - bench.start)
    }
    let decision = bench.end(ticket, .throttled, retryAfter: wait)
    if decision.isFinal {
      lost += 1
      inFlight -= 1
    } else {
      bench.enqueue(ticket, after: decision.delay)
    }
  }
}
