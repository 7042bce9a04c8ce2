package import Basics
package import Summarization

/// The limits and patience of a call scheduler.
package struct CallSchedulerSettings: Sendable {
  /// The most calls in flight at once.
  package var maximumCalls = Int.max
  /// How many of these are under way at once is found out; else as many as the server does not refuse.
  package var findsLevel = false
  package var callsPerSecond: Double?
  package var tokensPerSecond: Double?
  /// How long a provider may be down, or let no call succeed, before the run stops.
  package var longestOutage: Duration = .seconds(300)
  /// The same limit for a server that has never responded and probably does not exist; nil for no separate limit.
  package var longestFirstContact: Duration?
  /// The retry budget of an article: how many charged failures may be retried.
  package var retries = 5
  /// The number of failed articles at which the run stops; nil for no limit.
  package var mostFailures: Int?

  package init() {}
}

/// A call that has begun.
struct ScheduledCall: Sendable {
  let generation: Int
  let began: Instant
  let epoch: Int
  let openings: Int
  let tokens: Int
  /// The number of the call in the pacer.
  let number: Int
}

/// Decides which calls may begin and when, what happens to an article after a call, and whether the run goes on. It
/// combines the rate limits, the level and the cooldown after a refusal, the circuit breaker and the abort policy.
/// Pure: time and randomness are passed in.
///
/// A call is enqueued under a ticket, the number of its article. `release` returns the tickets whose calls begin now,
/// and `deadline` is when to call `release` again if no event comes before. The outcome of every released call is
/// passed to `ended`. While the circuit is closed, each event is O(1) amortised for each ticket that it releases.
package struct CallScheduler: Sendable {
  package typealias Ticket = Int

  /// An event to report to people, or for the rest of the run to act on.
  package enum SchedulerNotice: Sendable, Equatable {
    /// Every call is held back for this long from now. Repeated when the hold grows by more than a second.
    case held(Duration)
    /// The next call waits for this long, because a configured rate or a limit of the server allows no earlier one.
    /// Sent for long waits only.
    case paced(Duration)
    /// The first attempt to reach a server that has never responded failed. Attempts go on for this long at most.
    case unreachable(atMost: Duration)
    /// - Parameter atMost: how long the circuit may stay open.
    case circuitOpened(atMost: Duration)
    /// The provider is still down; the next probe is due after this time.
    case probeFailed(next: Duration)
    /// Every waiting article has been a probe, and each may itself be the cause of its failure. An article that has not
    /// been a probe is wanted.
    case wantsAnotherProbe
    case circuitClosed(after: Duration)
    /// The number of calls that may be under way has changed.
    case levelChanged(CallLevelChange)
    case stop(AbortReason)
  }

  /// The length beyond which a wait for a rate limit is reported.
  static let longWait = Duration.seconds(10)
  /// What calls say of the level around a hold that lasts longer than most of them is not to be compared.
  static let longHold = Duration.seconds(3)
  /// How often the back-off of an article that is shed doubles at most: its turn comes by chance, and one that waited long
  /// would be the last of the run.
  static let mostShedDoublings = 4
  /// The chance of a retry to be shed is taken for no less: few retries say little.
  static let leastShedChance = 0.2
  /// The likelihood below which an article is not shed by chance.
  static let leastShedLikelihood = 1e-4
  /// How long the last probe of an outage is waited for where another article has to be read for it.
  static let lastProbeWait = Duration.seconds(5)
  /// How long after an outage that ended with its first probe an article with a single failure is suspect.
  static let shortTime = Duration.seconds(30)

  /// The record of an article with failed attempts.
  struct RetryAccount: Sendable {
    var charges = 0
    /// The charges by code, for codes with a retry limit of their own.
    var chargesByCode: [ErrorCode: Int] = [:]
    /// The number of consecutive refusals up to now.
    var refusals = 0
    /// The article's position in the order of first refusals. A charged refusal moves it up to `overtaking`.
    var firstRefusal: Int?
    /// Whether the last failure was blamed on the provider, not on this article.
    var wasSpared = false
    /// The number of failures with the signal `.failed`.
    var failures = 0
    /// The number of failed probes by this article.
    var probes = 0
    /// The failure of its last probe.
    var lastFailure: ArticleError?
    /// It failed like this in an earlier run.
    var isKnown = false
    /// How many calls had succeeded when the provider failed it first.
    var successesBefore: Int?
    /// Set once the server has answered it with a status that sheds load.
    var shedding: SheddingRecord?
  }

  /// How often the server has shed the calls of an article.
  struct SheddingRecord: Sendable {
    let since: Instant
    var count = 0
    /// How many calls had succeeded when it did so last.
    var successesBefore = 0
    /// How likely it is that the retries of this article are shed only as those of others are.
    var likelihood = 1.0
  }

  let settings: CallSchedulerSettings
  var queue = CallQueue()
  var calls: [Ticket: ScheduledCall] = [:]
  var accounts: [Ticket: RetryAccount] = [:]
  var requests: TokenBucket?
  var tokens: TokenBucket?
  var pacer = RateLimitPacer()
  var cooldown = Cooldown()
  var slowStart = SlowStart()
  var level: CallLimit
  var breaker = CircuitBreaker()
  var policy: AbortPolicy
  /// The end of the last outage, if it ended with its first probe.
  var lastShortOutage: Instant?
  var mostCalls = 0
  var successes = 0
  var hasInputEnded = false
  /// When the first call failed because nobody was there.
  var firstContactFailedAt: Instant?
  /// The number of articles that have ever been refused.
  var refusedArticles = 0
  /// The latest position, in the order of first refusals, of an article that succeeded afterwards.
  var overtaking = 0
  /// The number of retries of shed articles that were shed as well.
  var shedAgain = 0
  /// How many articles that the server had shed succeeded later, and how many ended with such a failure.
  var recoveries = 0
  var lostToShedding = 0
  /// The ends of the hold and of the pacing wait that were reported last.
  var toldUntil: Instant?
  var toldPaceUntil: Instant?
  var notices: [SchedulerNotice] = []
  package internal(set) var isStopped = false
  /// Articles that are finished although they wait: they were probes of an outage that exceeded its limit.
  var expired: [Ticket] = []

  package init(_ settings: CallSchedulerSettings) {
    self.settings = settings
    requests = settings.callsPerSecond.map { TokenBucket(unitsPerSecond: $0) }
    tokens = settings.tokensPerSecond.map { TokenBucket(unitsPerSecond: $0) }
    level = CallLimit(maximum: settings.maximumCalls, isFound: settings.findsLevel)
    policy = AbortPolicy(
      mostFailures: settings.mostFailures, longestOutage: settings.longestOutage,
      longestFirstContact: settings.longestFirstContact)
  }

  package var waiting: Int { queue.count }
  package var isOpen: Bool { breaker.isOpen }
  /// What was found out about how many calls should be under way; nil where that was not asked for.
  package var finding: CallLevelFinding? { level.finding }

  /// Adds a call to the queue.
  /// - Parameters:
  ///   - tokens: the estimated number of tokens of the call.
  ///   - delay: the back-off. While the circuit is open, the call may be a probe before the back-off ends.
  /// - Precondition: the ticket is neither waiting nor in flight.
  package mutating func enqueue(_ ticket: Ticket, tokens: Int = 0, after delay: Duration? = nil, at now: Instant) {
    let account = accounts[ticket]
    queue.append(
      QueuedCall(
        ticket: ticket, tokens: tokens, asked: now,
        refusals: max(account?.refusals ?? 0, account?.wasSpared ?? false ? 1 : 0),
        notBefore: delay.map { now + $0 }))
  }

  /// Begins a call that nothing holds back, and before which no other waits. Same as `enqueue` and `release`, but without
  /// the queue.
  /// - Returns: false where the call has to be enqueued; nothing has happened then.
  package mutating func beginAtOnce(_ ticket: Ticket, tokens: Int, at now: Instant) -> Bool {
    guard waiting == 0, !breaker.isOpen, hasRoom, isUnlimited(at: now) else { return false }
    begin(QueuedCall(ticket: ticket, tokens: tokens, asked: now), at: now)
    return true
  }

  /// Begins the calls that may begin now.
  /// - Returns: the tickets of these calls, which are now in flight.
  package mutating func release(at now: Instant) -> [Ticket] {
    guard waiting > 0 || breaker.isOpen else { return [] }
    endOutage(at: now)
    var going: [Ticket] = []
    while mayGo(at: now), let entry = takeNext(at: now) {
      begin(entry, at: now)
      going.append(entry.ticket)
    }
    tellPace(at: now)
    return going
  }

  /// When to call `release` if no event comes before; nil when only an event can release a call.
  package var deadline: Instant? {
    guard !isStopped else { return nil }
    let outage = breaker.deadline(after: longestOutage)
    if breaker.isOpen {
      guard waiting > 0, breaker.probe == nil else { return outage }
    } else if waiting == 0 || !hasRoom {
      return nil
    }
    let own = breaker.isOpen ? nil : queue.readyAt
    let ready = [cooldown.until, breaker.probeAt, requests?.readyAt, tokens?.readyAt, pacer.readyAt, own].compactMap(
      \.self
    ).max()
    return [outage, ready].compactMap(\.self).min()
  }

  /// Takes all waiting calls from the queue; no further call begins.
  /// - Returns: the tickets of these calls.
  package mutating func cancelWaiting() -> [Ticket] {
    isStopped = true
    return queue.removeAll().map(\.ticket)
  }

  /// Records that an article failed for good without a call.
  package mutating func failed(_ error: ArticleError) {
    if let reason = policy.failed(error) { abort(reason) }
  }

  /// Records that no further article will come.
  package mutating func inputEnded() {
    hasInputEnded = true
    level.inputEnded()
    // The last probe of an outage may be waiting for an article that will not come.
    if breaker.isAtLastProbe, breaker.probe == nil, waiting == 0 { breaker.expectNoMore() }
  }

  /// Returns the articles that expired while waiting since the last call of this method. Each keeps its last failure.
  package mutating func takeExpired() -> [Ticket] {
    defer { if !expired.isEmpty { expired = [] } }
    return expired
  }

  /// Returns whether the article was sent as a probe and failed.
  package func wasProbed(_ ticket: Ticket) -> Bool { accounts[ticket].map { $0.probes > 0 } ?? false }

  /// Returns the notices since the last call of this method.
  package mutating func takeNotices() -> [SchedulerNotice] {
    defer { if !notices.isEmpty { notices = [] } }
    return notices
  }

  // MARK: Release

  var hasRoom: Bool { calls.count < level.level && slowStart.hasRoom }

  /// How long the circuit may stay open.
  var longestOutage: Duration {
    // The time of a first contact was told at the first failure and counts from it, however long it took until the
    // circuit opened.
    let before = firstContactFailedAt.flatMap { first in breaker.openedAt.map { $0 - first } }
    return policy.longestOutage(isMissing: breaker.isMissing, openedAfter: before ?? .zero)
  }

  /// Has the run stop: no further call begins, and the first reason is told.
  mutating func abort(_ reason: AbortReason) {
    guard !isStopped else { return }
    isStopped = true
    notices.append(.stop(reason))
  }

  private func mayGo(at now: Instant) -> Bool {
    guard waiting > 0 else { return false }
    if breaker.isOpen {
      guard breaker.probe == nil, breaker.probeAt.map({ $0 <= now }) ?? true else { return false }
    } else {
      guard hasRoom, queue.hasReady(at: now) else { return false }
    }
    return isUnlimited(at: now)
  }

  /// Whether neither the end of the run, a cooldown nor a rate holds calls back.
  private func isUnlimited(at now: Instant) -> Bool {
    guard !isStopped, !cooldown.isActive(at: now) else { return false }
    if let ready = pacer.readyAt, ready > now { return false }
    return requests?.isReady(at: now) ?? true && tokens?.isReady(at: now) ?? true
  }

  private mutating func takeNext(at now: Instant) -> QueuedCall? {
    if !breaker.isOpen { return queue.removeFirst(at: now) }
    // Articles with and without earlier failures take turns as probes, because either kind may be the one to succeed.
    // Among those with failures, the article with the fewest failed probes goes first. The article that failed last
    // goes only when it is alone.
    let prefersNew = breaker.lastProbeWasKnown
    return queue.removeLeast { entry in
      let account = accounts[entry.ticket]
      var rank = account.map { 2 * $0.probes } ?? 0
      if (account == nil) != prefersNew { rank += account == nil ? 1 << 20 : prefersNew ? 1 << 20 : 0 }
      if entry.ticket == breaker.lastFailed { rank += 1 << 30 }
      return rank
    }
  }

  private mutating func begin(_ entry: QueuedCall, at now: Instant) {
    requests?.take(1, at: now, askedAt: entry.asked)
    tokens?.take(entry.tokens, at: now, askedAt: entry.asked)
    if breaker.isOpen { breaker.began(probe: entry.ticket, isKnown: accounts[entry.ticket] != nil, at: now) }
    slowStart.began()
    calls[entry.ticket] = ScheduledCall(
      generation: slowStart.generation, began: now, epoch: level.began(isOutage: breaker.isOpen),
      openings: breaker.openings, tokens: entry.tokens, number: pacer.began(at: now))
    mostCalls = max(mostCalls, calls.count)
  }

  private mutating func tellPace(at now: Instant) {
    guard waiting > 0, !isStopped,
      let ready = [requests?.readyAt, tokens?.readyAt, pacer.readyAt].compactMap(\.self).max(),
      ready - now > Self.longWait
    else { return }
    // Each call that begins moves the limit on. The moving limit is reported once.
    if let told = toldPaceUntil, told > now, ready <= told + .seconds(1) { return }
    toldPaceUntil = ready
    notices.append(.paced(ready - now))
  }

  // MARK: The end of an outage

  /// Ends an outage that has reached its limit with one last probe, of an article that has not been a probe. Articles
  /// that have been probes expire, which makes room to read another article where none is waiting. The run stops if a
  /// probe from before the limit is still pending, or if no article is left for the last probe.
  private mutating func endOutage(at now: Instant) {
    guard let openedAt = breaker.openedAt, let deadline = breaker.deadline(after: longestOutage), deadline <= now
    else { return }
    if breaker.isAtLastProbe || breaker.probe != nil {
      if breaker.isAtLastProbe, waiting > 0 { return }
      return abort(policy.outageExceeded(after: now - openedAt))
    }
    // An overdue probe goes first: none could be sent while the process was stopped or the machine slept.
    if mayGo(at: now), breaker.isProbeOverdue(by: deadline) { return }
    let entries = queue.removeAll()
    let isNewOneWaiting = entries.contains { !wasProbed($0.ticket) }
    if !isNewOneWaiting, hasInputEnded {
      for entry in entries { queue.append(entry) }
      return abort(policy.outageExceeded(after: now - openedAt))
    }
    breaker.beginLastProbe(at: now, waitingUntil: now + Self.lastProbeWait)
    for entry in entries {
      guard let account = accounts[entry.ticket], account.probes > 0 else {
        queue.append(entry)
        continue
      }
      accounts[entry.ticket] = nil
      expired.append(entry.ticket)
      if let failure = account.lastFailure, let reason = policy.failed(failure, isKnown: account.isKnown) {
        abort(reason)
      }
    }
    if !isNewOneWaiting { notices.append(.wantsAnotherProbe) }
  }
}
