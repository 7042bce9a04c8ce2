import Basics
import Summarization
import Testing

@testable import CallControl
import TestSupport

/// Random providers, random articles, random timing: what must hold in every schedule.
///
/// `CALL_SCHEDULES=1000000` tries that many.
@Suite struct RandomScheduleTests {
  private static let schedules = environmentVariable("CALL_SCHEDULES").flatMap { Int($0) } ?? 400

  @Test func invariantsHold() {
    for seed in 0..<Self.schedules {
      var world = World(seed: UInt64(seed))
      world.run()
      #expect(world.violations == [], "schedule \(seed)")
      if !world.violations.isEmpty { return }
    }
  }

  /// At least some of the worlds meet with everything, or the test above says little.
  @Test func theWorldsAreVaried() {
    var (openings, held, finished) = (0, 0, 0)
    var reasons: [String: Int] = [:]
    for seed in 0..<400 {
      var world = World(seed: UInt64(seed))
      world.run()
      if world.isFinished { finished += 1 }
      if let reason = world.stopReason { reasons["\(reason)".prefix { $0 != "(" }.description, default: 0] += 1 }
      if world.openings > 0 { openings += 1 }
      if world.holds > 0 { held += 1 }
    }
    #expect(openings > 20 && held > 20 && finished > 50, "\(openings) \(held) \(finished)")
    for reason in ["hopeless", "inARow", "tooManyFailures", "down", "askedToWait"] {
      #expect(reasons[reason, default: 0] > 1, "\(reason): \(reasons)")
    }
  }
}

/// A number of workers, each with an article at a time, and a provider with moods.
private struct World {
  var bench: SchedulerBench
  var random: SplitMix64
  var violations: [String] = []
  var openings = 0
  var holds = 0
  private(set) var stopReason: AbortReason?

  var isFinished: Bool { done == Self.articles }

  private static let articles = 60
  private let callsPerSecond: Double?
  private let moodSeed: UInt64
  private var waiting: Set<Int> = []
  /// When each call ends.
  private var calls: [Int: Instant] = [:]
  /// Articles that are done with, and when their records are written and the next are read.
  private var finishing: [Int: Instant] = [:]
  /// How some articles fail whenever they are answered.
  private let faults: [Int: ErrorCode]
  private let mostFailures: Int?
  private let jobs: Int
  /// How articles ended, in order: nil for a success.
  private var endings: [ErrorCode?] = []
  private var toCome: [Int]
  private var done = 0
  private var heldUntil: Instant?
  private var lastCall: Instant?
  private var callsSinceOpening: Set<Int> = []

  private enum Mood: CaseIterable { case good, throttling, down, gone, odd }

  private static let faults: [ErrorCode] = [.unauthorized, .notFound, .badRequest, .refused]

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    callsPerSecond = Bool.random(using: &random) ? nil : [5, 50, 500].randomElement(using: &random)!
    let tokens: Double? = Bool.random(using: &random) ? nil : 1000
    let outage: Duration = Bool.random(using: &random) ? .seconds(15) : .seconds(100)
    mostFailures = Bool.random(using: &random) ? nil : Int.random(in: 1...8, using: &random)
    jobs = Int.random(in: 1...12, using: &random)
    bench = SchedulerBench(
      jobs: jobs, callsPerSecond: callsPerSecond, tokensPerSecond: tokens, longestOutage: outage,
      retries: Int.random(in: 0...5, using: &random), mostFailures: mostFailures, seed: seed &* 7)
    // In many worlds none, in some all.
    let share = [0, 0, 0.02, 0.2, 1].randomElement(using: &random)!
    let kinds = Array(Self.faults.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random)))
    var faults: [Int: ErrorCode] = [:]
    for ticket in 1...Self.articles where Double.random(in: 0..<1, using: &random) < share {
      faults[ticket] = kinds.randomElement(using: &random)!
    }
    self.faults = faults
    moodSeed = random.next()
    toCome = Array((1...Self.articles).reversed())
  }

  private func mood() -> Mood {
    // A mood lasts for ten seconds, and is the same in each run of a seed.
    var generator = SplitMix64(seed: moodSeed &+ UInt64((bench.now - bench.start) / .seconds(10)))
    return Bool.random(using: &generator) ? .good : Mood.allCases.randomElement(using: &generator)!
  }

  mutating func run() {
    for _ in 0..<jobs { nextArticle() }
    for _ in 0..<20_000 {
      step()
      if isFinished || stopReason != nil || !violations.isEmpty { break }
    }
    check(bench.scheduler.isStopped == (stopReason != nil), "the gate and the run do not stop together")
    let left = Set(bench.scheduler.cancelWaiting())
    check(left == waiting, "stop returned \(left), waiting were \(waiting)")
    check(
      isFinished || !left.isEmpty || !calls.isEmpty || !finishing.isEmpty, "articles were lost")
    if isFinished { check(bench.scheduler.accounts.isEmpty, "articles that are done with are remembered") }
  }

  private mutating func nextArticle() {
    guard let ticket = toCome.popLast() else { return }
    ask(ticket)
  }

  private mutating func ask(_ ticket: Int, after delay: Duration? = nil) {
    if delay == nil { checkBeginningAtOnce(ticket) }
    bench.enqueue(ticket, tokens: 300, after: delay)
    waiting.insert(ticket)
  }

  /// To begin a call at once is the same as to put it in the queue and take it out again.
  private mutating func checkBeginningAtOnce(_ ticket: Int) {
    let before = bench.scheduler
    var (direct, queued) = (before, before)
    let began = direct.beginAtOnce(ticket, tokens: 300, at: bench.now)
    queued.enqueue(ticket, tokens: 300, at: bench.now)
    let going = queued.release(at: bench.now)
    let mayBegin = going == [ticket] && before.waiting == 0 && !before.isOpen
    check(began == mayBegin, "began at once: \(began), through the queue: \(going)")
    // What a scheduler knows takes long to spell out.
    guard ticket.isMultiple(of: 10) else { return }
    if !began { queued = before }
    check(shown(direct) == shown(queued), "a call that began at once leaves another state")
  }

  /// All that a scheduler knows but its queue, which differs in what it keeps for later.
  private func shown(_ scheduler: CallScheduler) -> [String] {
    ["\(scheduler.waiting)"] + Mirror(reflecting: scheduler).children.filter { $0.label != "queue" }.map { "\($0)" }
  }

  private mutating func step() {
    if toCome.isEmpty { bench.scheduler.inputEnded() }
    let wasOpen = bench.scheduler.isOpen
    let going = bench.release()
    for ticket in going { begin(ticket, whileOpen: wasOpen) }
    for ticket in bench.scheduler.takeExpired() {
      check(waiting.remove(ticket) != nil, "\(ticket) was given up without waiting")
      endings.append(.serverError)
      finishing[ticket] = bench.now
    }
    notice()
    guard stopReason == nil, !isFinished else { return }
    let events = Array(calls.values) + Array(finishing.values)
    guard let next = (events + [bench.scheduler.deadline].compactMap(\.self)).min() else {
      check(false, "\(waiting.count) wait, nothing will ever happen, and nobody was told")
      return
    }
    bench.now = max(bench.now, next)
    for ticket in finishing.filter({ $0.value <= bench.now }).keys.sorted() { finish(ticket) }
    for ticket in calls.filter({ $0.value <= bench.now }).keys.sorted() { end(ticket) }
  }

  private mutating func begin(_ ticket: Int, whileOpen isOpen: Bool) {
    check(waiting.remove(ticket) != nil, "\(ticket) went without asking")
    check(calls.count < jobs, "more calls than jobs")
    check(stopReason == nil, "\(ticket) went after the run stopped")
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
    let kind: CallEnd
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
    let decision: Decision
    if let fault = faults[ticket], kind == .succeeded || kind == .answered {
      decision = bench.end(ticket, ArticleError(fault, "m"))
      check(decision.isFinal, "\(ticket) is tried again")
      endings.append(fault)
    } else {
      decision = bench.end(ticket, kind, retryAfter: retryAfter, tokens: Int.random(in: 0...600, using: &random))
      if let retryAfter { heldUntil = max(heldUntil ?? bench.now, bench.now + retryAfter) }
      if decision.isFinal {
        endings.append(kind.failure(retryAfter: nil)?.code)
      }
    }
    // Another call may end at the moment at which one has stopped the run.
    let isOver = stopReason != nil
    notice()
    switch stopReason {
    case _ where isOver: break
    case .hopeless, .inARow, .tooManyFailures: check(isStopDue, "the run stops for nothing: \(endings)")
    case nil: check(!isStopDue, "the run goes on in vain: \(endings)")
    default: break
    }
    if decision.isFinal {
      finishing[ticket] = bench.now + .milliseconds(Int.random(in: 0...20, using: &random))
    } else {
      ask(ticket, after: decision.delay)
    }
  }

  private mutating func finish(_ ticket: Int) {
    finishing[ticket] = nil
    done += 1
    nextArticle()
  }

  /// Told by the endings of all articles, whether the last of them stops the run.
  private var isStopDue: Bool {
    guard let last = endings.last ?? nil else { return false }
    let sinceSuccess = endings.reversed().prefix { $0 != nil }
    let failures = endings.count { $0 != nil }
    if let mostFailures, failures >= mostFailures { return true }
    switch last {
    case .unauthorized: return true
    case .notFound where sinceSuccess.count == endings.count: return true
    case .notFound, .badRequest, .badReply: return sinceSuccess.count { $0 == last } >= 5
    default: return false
    }
  }

  private mutating func notice() {
    for notice in bench.scheduler.takeNotices() {
      switch notice {
      case .stop(let reason):
        check(stopReason == nil, "the run is stopped twice")
        stopReason = reason
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
