package import Summarization

/// Decides who may call the provider and when, what becomes of an article after a call, and whether the run goes on. It
/// combines the rate limits, the level and the cooldown after a refusal, the circuit breaker and the abort policy. Pure:
/// time and randomness are passed in.
///
/// Whoever wants to call is enqueued under a ticket, the number of its article; `release` says which tickets may go, and
/// `deadline` when to ask it again if nothing happens before. Every call that went is ended with what it came to. Each
/// event is O(1) amortised for each ticket that goes, while the circuit is closed.
package struct CallScheduler: Sendable {
  package typealias Instant = ContinuousClock.Instant
  package typealias Ticket = Int

  package struct Settings: Sendable {
    /// The most calls under way at once.
    package var maximumCalls = Int.max
    /// How many of these are under way at once is found out; else as many as the server does not refuse.
    package var findsLevel = false
    package var callsPerSecond: Double?
    package var tokensPerSecond: Double?
    /// How long a provider may be down, or let nothing succeed, before the run stops.
    package var longestOutage: Duration = .seconds(300)
    /// The same for a server that has never answered and that there is probably none of; nil: no other limit.
    package var longestFirstContact: Duration?
    /// How many failed attempts that count are made again, for each article.
    package var retries = 5
    /// How many articles may fail, the last of them included; nil: any number.
    package var mostFailures: Int?

    package init() {}
  }

  /// What is worth telling to people, and what the rest of the run has to heed.
  package enum Notice: Sendable, Equatable {
    /// Every call is held back for so long from now; told anew when it becomes a second longer.
    case held(Duration)
    /// The next call waits for so long, since the rates that were set, or that the server tells, allow no more; only where
    /// that is long.
    case paced(Duration)
    /// The first attempt to reach a server failed that has never answered; it is tried for so long at most.
    case unreachable(atMost: Duration)
    /// - Parameter atMost: how long it may stay open.
    case circuitOpened(atMost: Duration)
    /// The provider is still down; the next probe is due after this time.
    case probeFailed(next: Duration)
    /// All that wait have been probes, and what they met may be their own fault: an article that has not would be a
    /// better witness.
    case wantsAnotherProbe
    case circuitClosed(after: Duration)
    /// The number of calls that may be under way has changed.
    case levelChanged(CallLevelChange)
    case stop(AbortReason)
  }

  /// Waits for the rates that are longer are told.
  static let longWait = Duration.seconds(10)
  /// What calls say of the level around a hold that lasts longer than most of them is not to be compared.
  static let longHold = Duration.seconds(3)
  /// How long the last probe of an outage is waited for where another article has to be read for it.
  static let lastProbeWait = Duration.seconds(5)
  /// For so long after an outage that ended with its first probe, single articles are suspected first.
  static let shortTime = Duration.seconds(30)

  struct Call: Sendable {
    let generation: Int
    let began: Instant
    let epoch: Int
    let openings: Int
    let tokens: Int
    /// For the pacer.
    let number: Int
  }

  /// What is remembered of an article with failed attempts.
  struct Account: Sendable {
    var charges = 0
    /// The charges of codes that are tried again only so often.
    var chargesByCode: [ErrorCode: Int] = [:]
    /// How many attempts before the next were refused for the rate alone.
    var refusals = 0
    /// Its place among all articles that were ever refused.
    var firstRefusal: Int?
    /// The last failure was laid to the provider, not to this article.
    var wasSpared = false
    /// How often the provider failed it.
    var failures = 0
    /// How often it was the probe, in vain, and how that ended last.
    var probes = 0
    var lastFailure: ArticleError?
    /// It failed like this in an earlier run.
    var isKnown = false
    /// How many calls had succeeded when the provider failed it first.
    var successesBefore: Int?
  }

  let settings: Settings
  var queue = CallQueue()
  var calls: [Ticket: Call] = [:]
  var accounts: [Ticket: Account] = [:]
  var requests: TokenBucket?
  var tokens: TokenBucket?
  var pacer = RateLimitPacer()
  var cooldown = Cooldown()
  var slowStart = SlowStart()
  var level: CallLimit
  var breaker = CircuitBreaker()
  var policy: AbortPolicy
  /// When an outage last ended whose first probe was answered.
  var lastShortOutage: Instant?
  var mostCalls = 0
  var successes = 0
  var hasInputEnded = false
  var hasAnswered = false
  var hasToldFirstContact = false
  /// How many articles have ever been refused.
  var refusedArticles = 0
  /// Of those that succeeded since, the one that was refused first last.
  var overtaking = 0
  /// An article was given up because it alone was refused for as long as an outage may last.
  var hasGivenUpOne = false
  /// Until when people know that calls are held, or paced.
  var toldUntil: Instant?
  var toldPaceUntil: Instant?
  var notices: [Notice] = []
  package internal(set) var isStopped = false
  /// Articles that are done with although they wait: the outage is over its time, and they have been its probes.
  var expired: [Ticket] = []

  package init(_ settings: Settings) {
    self.settings = settings
    requests = settings.callsPerSecond.map { TokenBucket(unitsPerSecond: $0) }
    tokens = settings.tokensPerSecond.map { TokenBucket(unitsPerSecond: $0) }
    level = CallLimit(maximum: settings.maximumCalls, isFound: settings.findsLevel)
    policy = AbortPolicy(mostFailures: settings.mostFailures)
  }

  package var waiting: Int { queue.count }
  package var isOpen: Bool { breaker.isOpen }
  /// What was found out about how many calls should be under way; nil where that was not asked for.
  package var finding: CallLevelFinding? { level.finding }

  /// - Parameters:
  ///   - tokens: how many the call will use, by estimate.
  ///   - delay: how long it backs off. While the circuit is open it may be a probe all the same.
  /// - Precondition: the ticket neither waits nor is under way.
  package mutating func enqueue(_ ticket: Ticket, tokens: Int = 0, after delay: Duration? = nil, at now: Instant) {
    let account = accounts[ticket]
    queue.append(
      CallQueue.Entry(
        ticket: ticket, tokens: tokens, asked: now,
        refusals: max(account?.refusals ?? 0, account?.wasSpared ?? false ? 1 : 0),
        notBefore: delay.map { now + $0 }))
  }

  /// - Returns: the tickets that go now: their calls are under way.
  package mutating func release(at now: Instant) -> [Ticket] {
    endOutage(at: now)
    var going: [Ticket] = []
    while mayGo(at: now), let entry = takeNext(at: now) {
      begin(entry, at: now)
      going.append(entry.ticket)
    }
    tellPace(at: now)
    return going
  }

  /// When to `release` if nothing happens before; nil: not before something happens.
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

  /// Ends all waiting; no call begins any more.
  /// - Returns: the tickets that waited.
  package mutating func stop() -> [Ticket] {
    isStopped = true
    return queue.removeAll().map(\.ticket)
  }

  /// An article failed for good without a call.
  package mutating func failed(_ error: ArticleError) {
    if let reason = policy.failed(error) { stop(reason) }
  }

  /// No further article will come.
  package mutating func inputEnded() {
    hasInputEnded = true
    // The last probe of an outage waits for an article, and none will come.
    if breaker.isAtLastProbe, breaker.probe == nil, waiting == 0 { breaker.expectNoMore() }
  }

  /// The articles that waited and are done with since this was asked last: each keeps the failure that it had last.
  package mutating func takeExpired() -> [Ticket] {
    defer { if !expired.isEmpty { expired = [] } }
    return expired
  }

  /// Whether the article was sent to see if the provider is back, in vain.
  package func wasProbed(_ ticket: Ticket) -> Bool { accounts[ticket].map { $0.probes > 0 } ?? false }

  /// What has happened since this was asked last.
  package mutating func takeNotices() -> [Notice] {
    defer { if !notices.isEmpty { notices = [] } }
    return notices
  }

  // MARK: What may go

  var hasRoom: Bool { calls.count < level.level && slowStart.hasRoom }

  /// How long the circuit may stay open.
  var longestOutage: Duration {
    guard let shorter = settings.longestFirstContact, !hasAnswered, breaker.isMissing else {
      return settings.longestOutage
    }
    return shorter
  }

  mutating func stop(_ reason: AbortReason) {
    guard !isStopped else { return }
    isStopped = true
    notices.append(.stop(reason))
  }

  private func mayGo(at now: Instant) -> Bool {
    guard !isStopped, waiting > 0, !cooldown.isActive(at: now) else { return false }
    if breaker.isOpen {
      guard breaker.probe == nil, breaker.probeAt.map({ $0 <= now }) ?? true else { return false }
    } else {
      guard hasRoom, queue.hasReady(at: now) else { return false }
    }
    if let ready = pacer.readyAt, ready > now { return false }
    return requests?.isReady(at: now) ?? true && tokens?.isReady(at: now) ?? true
  }

  private mutating func takeNext(at now: Instant) -> CallQueue.Entry? {
    if !breaker.isOpen { return queue.removeFirst(at: now) }
    // Those that have failed and those that have not take turns: each may be the better witness. Among those that have,
    // the one that has looked least often; the last to fail only where it is alone.
    let prefersNew = breaker.lastProbeWasKnown
    return queue.removeLeast { entry in
      let account = accounts[entry.ticket]
      var rank = account.map { 2 * $0.probes } ?? 0
      if (account == nil) != prefersNew { rank += account == nil ? 1 << 20 : prefersNew ? 1 << 20 : 0 }
      if entry.ticket == breaker.lastFailed { rank += 1 << 30 }
      return rank
    }
  }

  private mutating func begin(_ entry: CallQueue.Entry, at now: Instant) {
    requests?.take(1, at: now, askedAt: entry.asked)
    tokens?.take(entry.tokens, at: now, askedAt: entry.asked)
    if breaker.isOpen { breaker.began(probe: entry.ticket, isKnown: accounts[entry.ticket] != nil, at: now) }
    slowStart.began()
    calls[entry.ticket] = Call(
      generation: slowStart.generation, began: now, epoch: level.began(isOutage: breaker.isOpen),
      openings: breaker.openings, tokens: entry.tokens, number: pacer.began(at: now))
    mostCalls = max(mostCalls, calls.count)
  }

  private mutating func tellPace(at now: Instant) {
    guard waiting > 0, !isStopped,
      let ready = [requests?.readyAt, tokens?.readyAt, pacer.readyAt].compactMap(\.self).max(),
      ready - now > Self.longWait
    else { return }
    // A limit that is moved on by every call that goes is told once.
    if let told = toldPaceUntil, told > now, ready <= told + .seconds(1) { return }
    toldPaceUntil = ready
    notices.append(.paced(ready - now))
  }

  // MARK: The end of an outage

  /// An outage that has lasted as long as it may ends with one last probe, of an article that has not been one. Those
  /// that have are done with, which makes room to read another where none waits.
  private mutating func endOutage(at now: Instant) {
    guard let openedAt = breaker.openedAt, let deadline = breaker.deadline(after: longestOutage), deadline <= now
    else { return }
    if breaker.isAtLastProbe || breaker.probe != nil {
      if breaker.isAtLastProbe, waiting > 0 { return }
      return stop(.down(now - openedAt, hasAnswered: hasAnswered))
    }
    // A probe that is overdue comes first: where the process was stopped, or the machine slept, there has been none.
    if mayGo(at: now), breaker.isProbeOverdue(by: deadline) { return }
    let entries = queue.removeAll()
    let isNewOneWaiting = entries.contains { !wasProbed($0.ticket) }
    if !isNewOneWaiting, hasInputEnded {
      for entry in entries { queue.append(entry) }
      return stop(.down(now - openedAt, hasAnswered: hasAnswered))
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
        stop(reason)
      }
    }
    if !isNewOneWaiting { notices.append(.wantsAnotherProbe) }
  }
}
