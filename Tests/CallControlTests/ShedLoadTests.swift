import Basics
import Summarization
import TestSupport
import Testing

@testable import CallControl

/// A server that answers 503 to calls above its limit, as nginx does, and serves the others.
@Suite struct ShedLoadTests {
  @Test(arguments: [16, 64, 200], [1, 2, 3]) func noArticleIsLost(jobs: Int, seed: UInt64) {
    var run = SheddingRun(jobs: jobs, articles: 600, perSecond: 20, seed: seed)
    run.run()
    #expect(run.failed.isEmpty, "\(run.failed)")
    #expect(run.succeeded.count == 600)
    // Before one of them succeeds, nothing tells them from those of a server that is down.
    #expect(run.openings <= 2)
    #expect(run.time < .seconds(60))
  }

  @Test(arguments: [1, 2, 3]) func anArticleThatIsTheCauseEndsAllTheSame(seed: UInt64) {
    var run = SheddingRun(jobs: 16, articles: 600, perSecond: 20, seed: seed)
    run.poisoned = [7, 300]
    run.run()
    #expect(run.failed.keys.sorted() == [7, 300])
    #expect(run.succeeded.count == 598)
    #expect(!run.isStopped)
  }

  @Test func withoutOtherArticlesThatAreShedItsBudgetCounts() {
    var run = SheddingRun(jobs: 1, articles: 100, perSecond: 1000, seed: 1)
    run.poisoned = [7]
    run.run()
    #expect(run.failed == [7: 6])
    #expect(run.succeeded.count == 99)
  }

  /// That load was shed once does not spare an article for ever: the others meet with it no more, or not nearly so often.
  @Test(arguments: [(2, 10_000.0, 0.0, 13), (16, 10_000, 0.2, 16)])
  func anArticleThatFailsMoreOftenThanOthersEnds(jobs: Int, rate: Double, chance: Double, most: Int) throws {
    var run = SheddingRun(jobs: jobs, articles: 20_000, perSecond: rate, seed: 3)
    run.poisoned = [50]
    run.chance = chance
    run.run()
    #expect(run.failed.keys.sorted() == [50])
    #expect(try #require(run.failed[50]) <= most, "\(run.failed)")
  }

  @Test(arguments: [503, 500]) func anOutageOpensTheCircuitAllTheSame(status: Int) {
    var run = SheddingRun(jobs: 64, articles: 600, perSecond: 20, seed: 5)
    run.outage = (.seconds(10), .seconds(40))
    run.outageStatus = status
    run.run()
    #expect(run.failed.isEmpty, "\(run.failed)")
    #expect(run.succeeded.count == 600)
    #expect(run.callsInOutage < 64 * 8, "\(run.callsInOutage)")
  }
}

/// A run against a server that takes a call each so often and sheds all others at once.
private struct SheddingRun: ServerRun {
  var poisoned: Set<Int> = []
  /// The chance that a call is shed whatever the load.
  var chance = 0.0
  /// From when to when the server fails all calls, from the start.
  var outage: (from: Duration, to: Duration)?
  var outageStatus = 503
  var bench: SchedulerBench
  /// When each call ends, and the status of a failure.
  var calls: [Int: (end: Instant, answer: Int?)] = [:]
  var isStopped: Bool { bench.scheduler.isStopped }
  private(set) var succeeded: Set<Int> = []
  /// The articles that failed for good, with their attempts.
  private(set) var failed: [Int: Int] = [:]
  private(set) var openings = 0
  private(set) var callsInOutage = 0
  private let articles: Int
  private let step: Duration
  private var nextSlot: Instant
  private var attempts: [Int: Int] = [:]
  private var read = 0
  private var random: SplitMix64

  init(jobs: Int, articles: Int, perSecond rate: Double, seed: UInt64) {
    bench = SchedulerBench(jobs: jobs, retries: 5, seed: seed)
    self.articles = articles
    random = SplitMix64(seed: seed)
    step = .seconds(1 / rate)
    nextSlot = bench.start
    for _ in 0..<jobs { readArticle() }
  }

  mutating func run() {
    while succeeded.count + failed.count < articles, advance() {
      for notice in bench.scheduler.takeNotices() {
        if case .circuitOpened = notice { openings += 1 }
      }
    }
  }

  private mutating func readArticle() {
    guard read < articles else { return }
    read += 1
    bench.enqueue(read)
  }

  mutating func begin(_ ticket: Int) {
    attempts[ticket, default: 0] += 1
    if let outage, time >= outage.from, time < outage.to {
      callsInOutage += 1
      calls[ticket] = (bench.now + .milliseconds(10), outageStatus)
    } else if bench.now >= nextSlot, !poisoned.contains(ticket), Double.random(in: 0..<1, using: &random) >= chance {
      nextSlot = bench.now + step
      calls[ticket] = (bench.now + .milliseconds(50), nil)
    } else {
      calls[ticket] = (bench.now + .milliseconds(2), 503)
    }
  }

  mutating func end(_ ticket: Int, _ status: Int?) {
    guard let status else {
      bench.end(ticket, .succeeded)
      succeeded.insert(ticket)
      return readArticle()
    }
    let decision = bench.end(
      ticket, ArticleError(.serverError, "m", status: status, evidence: status == 503 ? .shedLoad : .none))
    if decision.isFinal {
      failed[ticket] = attempts[ticket]
      readArticle()
    } else {
      bench.enqueue(ticket, after: decision.delay)
    }
  }
}
