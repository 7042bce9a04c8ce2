public import Summarization

/// The one gate that every call to a provider goes through: it combines the rate limits, the hold after a refusal and
/// the circuit breaker, and says who may go when. Pure: the time and the randomness are passed in.
///
/// Whoever wants to call asks with a ticket, the name of its article; `advance` says which tickets may go, in the order
/// in which they came, and `nextLook` when to ask it again if nothing happens before. Every call that went is ended
/// with what it came to. Each event is O(1) amortised, for each ticket that goes.
public struct CallGate: Sendable {
  public typealias Instant = ContinuousClock.Instant
  public typealias Ticket = Int

  public struct Limits: Sendable {
    public var callsPerSecond: Double?
    public var tokensPerSecond: Double?
    /// How long a provider may be down, or let nothing succeed, before the run stops.
    public var longestOutage: Duration
    /// How many failed attempts that count are made again, for each article.
    public var retries: Int
    /// How many articles may fail, the last of them included; nil: any number.
    public var mostFailures: Int?

    public init(
      callsPerSecond: Double? = nil, tokensPerSecond: Double? = nil, longestOutage: Duration = .seconds(300),
      retries: Int = 5, mostFailures: Int? = nil
    ) {
      self.callsPerSecond = callsPerSecond
      self.tokensPerSecond = tokensPerSecond
      self.longestOutage = longestOutage
      self.retries = retries
      self.mostFailures = mostFailures
    }
  }

  /// What is worth telling to people, and what the rest of the run has to heed.
  public enum Notice: Sendable, Equatable {
    /// Every call is held back for so long from now; told anew when it becomes a second longer.
    case held(Duration)
    case circuitOpened
    /// The provider is still down; the next look is due after this time.
    case probeFailed(next: Duration)
    /// All that wait have been sent to look, and what they met may be their own fault: an article that has not would be a
    /// better witness.
    case wantsAnotherProbe
    case circuitClosed(after: Duration)
    case stop(Reason)
  }

  /// Why the run has to stop.
  public enum Reason: Sendable, Equatable {
    /// The server wants to be left alone for longer than an outage may last.
    case askedToWait(Duration)
    /// The server refused calls for so long, and none succeeded.
    case throttled(Duration)
    /// The circuit has been open for so long.
    case down(Duration)
    /// Articles failed in a way that leaves no hope, or more of them than the user allows.
    case failures(StopRules.Verdict)
  }

  /// What a failed attempt means for its article.
  public struct Judgement: Sendable, Equatable {
    /// How many failed attempts count against its retries.
    public let charges: Int
    /// The gate holds it back for long enough: it need not back off by itself.
    public let isPaced: Bool
    /// It has failed for good.
    public let isFinal: Bool
  }

  struct Call: Sendable {
    let generation: Int
    let openings: Int
    let tokens: Int
  }

  /// What is remembered of an article with failed attempts.
  struct Account: Sendable {
    var charges = 0
    /// How many attempts before the next were refused for the rate alone.
    var refusals = 0
    var wasProbed = false
    /// How many calls had succeeded when the provider failed it first.
    var successesBefore: Int?
  }

  let limits: Limits
  var queue = TicketQueue()
  var calls: [Ticket: Call] = [:]
  var accounts: [Ticket: Account] = [:]
  var requests: TokenBucket?
  var tokens: TokenBucket?
  var hold = RateHold()
  var ramp = Ramp()
  var breaker = CircuitBreaker()
  var rules: StopRules
  var mostCalls = 0
  var successes = 0
  /// Until when people know that calls are held.
  var toldUntil: Instant?
  var notices: [Notice] = []
  public internal(set) var isStopped = false

  public init(_ limits: Limits) {
    self.limits = limits
    requests = limits.callsPerSecond.map { TokenBucket(unitsPerSecond: $0) }
    tokens = limits.tokensPerSecond.map { TokenBucket(unitsPerSecond: $0) }
    rules = StopRules(mostFailures: limits.mostFailures)
  }

  /// Calls that went and have not ended.
  public var callsUnderWay: Int { calls.count }
  public var waiting: Int { queue.count }
  public var isOpen: Bool { breaker.isOpen }

  /// - Parameter tokens: how many the call will use, by estimate.
  /// - Precondition: the ticket neither waits nor is under way.
  public mutating func ask(_ ticket: Ticket, tokens: Int = 0, at now: Instant) {
    let account = accounts[ticket]
    // While the circuit is open, one that has met no failure is the best witness: it goes before those that have.
    let refusals = breaker.isOpen && account == nil ? Int.max : account?.refusals ?? 0
    queue.append(TicketQueue.Entry(ticket: ticket, tokens: tokens, asked: now), after: refusals)
  }

  /// - Returns: the tickets that go now: their calls are under way.
  public mutating func advance(to now: Instant) -> [Ticket] {
    // A look that is overdue comes first: where the process was stopped, or the machine slept, nobody has looked meanwhile.
    if let openedAt = breaker.openedAt, let deadline = breaker.deadline(after: limits.longestOutage), deadline <= now,
      !mayGo(at: now)
    {
      stop(.down(now - openedAt))
    }
    var going: [Ticket] = []
    while mayGo(at: now), let entry = takeFirst() {
      begin(entry, at: now)
      going.append(entry.ticket)
    }
    return going
  }

  /// When to `advance` if nothing happens before; nil: not before something happens.
  public var nextLook: Instant? {
    guard !isStopped else { return nil }
    let outage = breaker.deadline(after: limits.longestOutage)
    guard waiting > 0, ramp.hasRoom, breaker.probe == nil || !breaker.isOpen else { return outage }
    let ready = [hold.until, breaker.probeAt, requests?.readyAt, tokens?.readyAt].compactMap(\.self).max()
    return [outage, ready].compactMap(\.self).min()
  }

  /// Ends all waiting; nobody goes any more.
  /// - Returns: the tickets that waited.
  public mutating func stop() -> [Ticket] {
    isStopped = true
    return queue.removeAll().map(\.ticket)
  }

  /// The article is done with: nothing of it is remembered.
  public mutating func forget(_ ticket: Ticket) {
    if !accounts.isEmpty { accounts[ticket] = nil }
  }

  /// An article failed for good without a call.
  public mutating func failed(_ code: ArticleError.Code) {
    if let verdict = rules.failed(code, .none) { stop(.failures(verdict)) }
  }

  /// Whether the article was sent to look if the provider is back, in vain.
  public func wasProbed(_ ticket: Ticket) -> Bool { accounts[ticket]?.wasProbed ?? false }

  /// What has happened since this was asked last.
  public mutating func takeNotices() -> [Notice] {
    defer { if !notices.isEmpty { notices = [] } }
    return notices
  }

  mutating func stop(_ reason: Reason) {
    guard !isStopped else { return }
    isStopped = true
    notices.append(.stop(reason))
  }

  private func mayGo(at now: Instant) -> Bool {
    guard !isStopped, waiting > 0, ramp.hasRoom, !hold.isHeld(at: now) else { return false }
    if breaker.isOpen {
      guard breaker.probe == nil, breaker.probeAt.map({ $0 <= now }) ?? true else { return false }
    }
    return requests?.isReady(at: now) ?? true && tokens?.isReady(at: now) ?? true
  }

  private mutating func takeFirst() -> TicketQueue.Entry? {
    guard queue.count > 0 else { return nil }
    let entry = queue.removeFirst()
    guard breaker.isOpen, entry.ticket == breaker.lastFailed, queue.count > 0 else { return entry }
    // Another article is the better witness.
    defer { queue.append(entry, after: 0) }
    return queue.removeFirst()
  }

  private mutating func begin(_ entry: TicketQueue.Entry, at now: Instant) {
    requests?.take(1, at: now, askedAt: entry.asked)
    tokens?.take(entry.tokens, at: now, askedAt: entry.asked)
    if breaker.isOpen { breaker.began(probe: entry.ticket, at: now) }
    ramp.began()
    calls[entry.ticket] = Call(generation: ramp.generation, openings: breaker.openings, tokens: entry.tokens)
    mostCalls = max(mostCalls, calls.count)
  }
}
