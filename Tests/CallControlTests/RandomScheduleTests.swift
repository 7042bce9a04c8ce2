import Testing

@testable import CallControl

/// Random providers, random timing: what must hold in every schedule.
@Suite struct RandomScheduleTests {
  @Test(arguments: 0..<200) func invariantsHold(seed: Int) {
    var world = World(seed: UInt64(seed))
    world.run()
    #expect(world.violations == [])
  }

  /// At least some of the worlds meet with everything, or the test above says little.
  @Test func theWorldsAreVaried() {
    var (stops, openings, held, finished) = (0, 0, 0, 0)
    for seed in 0..<200 {
      var world = World(seed: UInt64(seed))
      world.run()
      if world.isFinished { finished += 1 } else { stops += 1 }
      if world.openings > 0 { openings += 1 }
      if world.holds > 0 { held += 1 }
    }
    #expect(stops > 5 && openings > 20 && held > 20 && finished > 50, "\(stops) \(openings) \(held) \(finished)")
  }
}

/// A number of workers, each with an article at a time, and a provider with moods.
private struct World {
  var bench: GateBench
  var random: SplitMix
  var violations: [String] = []
  var openings = 0
  var holds = 0

  var isFinished: Bool { done == Self.articles }

  private static let articles = 60
  private let callsPerSecond: Double?
  private let moodSeed: UInt64
  private var waiting: Set<Int> = []
  /// When each call ends.
  private var calls: [Int: Instant] = [:]
  /// Articles that back off, until when.
  private var resting: [Int: Instant] = [:]
  private var toCome: [Int]
  private var done = 0
  private var heldUntil: Instant?
  private var lastCall: Instant?
  private var callsSinceOpening: Set<Int> = []

  private enum Mood: CaseIterable { case good, throttling, down, gone, odd }

  init(seed: UInt64) {
    random = SplitMix(seed: seed)
    callsPerSecond = Bool.random(using: &random) ? nil : [5, 50, 500].randomElement(using: &random)!
    let tokens: Double? = Bool.random(using: &random) ? nil : 1000
    let outage: Duration = Bool.random(using: &random) ? .seconds(15) : .seconds(100)
    bench = GateBench(
      callsPerSecond: callsPerSecond, tokensPerSecond: tokens, longestOutage: outage, seed: seed &* 7)
    moodSeed = random.next()
    toCome = Array((1...Self.articles).reversed())
  }

  private func mood() -> Mood {
    // A mood lasts for ten seconds, and is the same in each run of a seed.
    var generator = SplitMix(seed: moodSeed &+ UInt64((bench.now - bench.start) / .seconds(10)))
    return Bool.random(using: &generator) ? .good : Mood.allCases.randomElement(using: &generator)!
  }

  mutating func run() {
    let jobs = Int.random(in: 1...12, using: &random)
    for _ in 0..<jobs { nextArticle() }
    for _ in 0..<20_000 {
      step()
      if bench.gate.isStopped || isFinished || !violations.isEmpty { break }
    }
    let left = Set(bench.gate.stop())
    check(left == waiting, "stop returned \(left), waiting were \(waiting)")
    check(isFinished || !left.isEmpty || !calls.isEmpty || !resting.isEmpty, "articles were lost")
  }

  private mutating func nextArticle() {
    guard let ticket = toCome.popLast() else { return }
    ask(ticket)
  }

  private mutating func ask(_ ticket: Int) {
    bench.ask(ticket, tokens: 300)
    waiting.insert(ticket)
  }

  private mutating func step() {
    let wasOpen = bench.gate.isOpen
    let going = bench.go()
    for ticket in going { begin(ticket, whileOpen: wasOpen) }
    notice()
    guard !bench.gate.isStopped else { return }
    if bench.gate.waiting > 0, calls.isEmpty, resting.isEmpty {
      check(bench.gate.nextLook != nil, "tickets wait and nothing will ever happen")
    }
    let next = (Array(calls.values) + Array(resting.values) + [bench.gate.nextLook].compactMap(\.self)).min()
    guard let next else { return }
    bench.now = max(bench.now, next)
    for ticket in calls.filter({ $0.value <= bench.now }).keys.sorted() { end(ticket) }
    for ticket in resting.filter({ $0.value <= bench.now }).keys.sorted() {
      resting[ticket] = nil
      ask(ticket)
    }
  }

  private mutating func begin(_ ticket: Int, whileOpen isOpen: Bool) {
    check(waiting.remove(ticket) != nil, "\(ticket) went without asking")
    check(heldUntil.map { bench.now > $0 } ?? true, "\(ticket) went during a hold")
    if isOpen {
      check(callsSinceOpening.isEmpty, "\(ticket) went while \(callsSinceOpening) looks")
      callsSinceOpening.insert(ticket)
    }
    if let callsPerSecond, let lastCall {
      check(bench.now - lastCall >= .seconds(1) / callsPerSecond - TokenBucket.slack, "calls too close together")
    }
    lastCall = bench.now
    calls[ticket] = bench.now + .milliseconds(Int.random(in: 1...3000, using: &random))
  }

  private mutating func end(_ ticket: Int) {
    calls[ticket] = nil
    callsSinceOpening.remove(ticket)
    var retryAfter: Duration?
    let kind: CallOutcome.Kind
    switch mood() {
    case .good: kind = Int.random(in: 0..<10, using: &random) == 0 ? .answered : .succeeded
    case .throttling:
      kind = .throttled
      if Bool.random(using: &random) { retryAfter = .milliseconds(Int.random(in: 1...20_000, using: &random)) }
    case .down:
      kind = .failed(nobodyThere: false)
      if Bool.random(using: &random) { retryAfter = .milliseconds(Int.random(in: 1...5_000, using: &random)) }
    case .gone: kind = .failed(nobodyThere: true)
    case .odd: kind = [.succeeded, .failed(nobodyThere: false), .throttled, .answered].randomElement(using: &random)!
    }
    let judgement = bench.end(ticket, kind, retryAfter: retryAfter, tokens: Int.random(in: 0...600, using: &random))
    if let retryAfter { heldUntil = max(heldUntil ?? bench.now, bench.now + retryAfter) }
    notice()
    if kind == .succeeded || judgement.charges > 5 {
      bench.gate.forget(ticket)
      done += 1
      nextArticle()
    } else if judgement.isPaced {
      ask(ticket)
    } else {
      resting[ticket] = bench.now + .milliseconds(500)
    }
  }

  private mutating func notice() {
    for notice in bench.gate.takeNotices() {
      switch notice {
      case .circuitOpened:
        openings += 1
        callsSinceOpening = []
      case .held: holds += 1
      default: break
      }
    }
  }

  private mutating func check(_ condition: Bool, _ message: String) {
    if !condition { violations.append(message) }
  }
}
