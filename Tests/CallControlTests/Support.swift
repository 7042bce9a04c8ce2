import Basics
import CallControl
import Summarization
import TestSupport

/// How a call ends.
enum CallEnd: Equatable {
  case succeeded
  /// 429.
  case throttled
  /// A reply that is no use.
  case answered
  /// 500, or nobody is there.
  case failed(nobodyThere: Bool)
  case abandoned

  func failure(retryAfter: Duration?) -> ArticleError? {
    switch self {
    case .succeeded: nil
    case .throttled: ArticleError(.rateLimited, "m", status: 429, retryAfter: retryAfter)
    case .answered: ArticleError(.badReply, "m", retryAfter: retryAfter)
    case .failed(nobodyThere: false): ArticleError(.serverError, "m", status: 500, retryAfter: retryAfter)
    case .failed(nobodyThere: true): ArticleError(.unreachable, "m", retryAfter: retryAfter, evidence: .nobodyThere)
    case .abandoned: ArticleError(.interrupted, "m")
    }
  }
}

/// A `RetryDecision` without the time that is drawn.
struct Decision: Equatable {
  let charges: Int
  /// The scheduler holds the article back for long enough as it is.
  let isPaced: Bool
  let isFinal: Bool
  var delay: Duration?

  init(charges: Int, isPaced: Bool, isFinal: Bool) {
    (self.charges, self.isPaced, self.isFinal) = (charges, isPaced, isFinal)
  }

  init(_ decision: RetryDecision) {
    self.init(charges: decision.charges, isPaced: decision.next == .whenReleased, isFinal: decision.next == .finished)
    if case .after(let time) = decision.next { delay = time }
  }

  static func == (a: Decision, b: Decision) -> Bool {
    (a.charges, a.isPaced, a.isFinal) == (b.charges, b.isPaced, b.isFinal)
  }
}

/// A scheduler with a clock that is set by hand.
struct SchedulerBench {
  var scheduler: CallScheduler
  var random: SplitMix64
  let start = Instant.now
  var now: Instant

  init(
    jobs: Int = .max, findsLevel: Bool = false, callsPerSecond: Double? = nil, tokensPerSecond: Double? = nil,
    longestOutage: Duration = .seconds(300), longestFirstContact: Duration? = nil, retries: Int = 1_000_000,
    mostFailures: Int? = nil, seed: UInt64 = 1
  ) {
    var settings = CallSchedulerSettings()
    settings.maximumCalls = jobs
    settings.findsLevel = findsLevel
    settings.callsPerSecond = callsPerSecond
    settings.tokensPerSecond = tokensPerSecond
    settings.longestOutage = longestOutage
    settings.longestFirstContact = longestFirstContact
    settings.retries = retries
    settings.mostFailures = mostFailures
    scheduler = CallScheduler(settings)
    random = SplitMix64(seed: seed)
    now = start
  }

  mutating func enqueue(_ tickets: Int..., tokens: Int = 0, after delay: Duration? = nil) {
    for ticket in tickets { scheduler.enqueue(ticket, tokens: tokens, after: delay, at: now) }
  }

  /// Who goes now.
  mutating func release() -> [Int] { scheduler.release(at: now) }

  /// Enqueues and releases at once.
  mutating func begin(_ tickets: Int...) {
    for ticket in tickets { scheduler.enqueue(ticket, at: now) }
    _ = release()
  }

  @discardableResult
  mutating func end(
    _ ticket: Int, _ end: CallEnd, retryAfter: Duration? = nil, tokens: Int? = nil, isKnown: Bool = false,
    work: Int? = nil, limitReached: Bool = true
  ) -> Decision {
    var outcome = CallOutcome.success()
    if let failure = end.failure(retryAfter: retryAfter) { outcome = .failure(failure, isKnown: isKnown) }
    outcome.tokens = tokens
    outcome.work = work
    return Decision(scheduler.ended(ticket, outcome, limitReached: limitReached, at: now, using: &random))
  }

  @discardableResult
  mutating func end(_ ticket: Int, _ error: ArticleError, isKnown: Bool = false) -> Decision {
    Decision(scheduler.ended(ticket, .failure(error, isKnown: isKnown), at: now, using: &random))
  }

  /// What has happened; not how the number of calls under way changes, which has tests of its own.
  mutating func takeNotices() -> [CallScheduler.SchedulerNotice] {
    scheduler.takeNotices().filter { if case .levelChanged = $0 { false } else { true } }
  }

  mutating func wait(_ time: Duration) { now += time }

  /// Lets time pass to the deadline; nil where nothing is due.
  mutating func waitForDeadline() -> Duration? {
    guard let next = scheduler.deadline else { return nil }
    let time = max(next - now, .zero)
    now += time
    return time
  }
}
