/// Finds that a provider is down, and out by probes, single calls, when it is back.
///
/// It opens after five failures in a row that are not to be blamed on one article, and any answer closes it.
struct CircuitBreaker: Sendable {
  typealias Instant = ContinuousClock.Instant
  typealias Ticket = CallScheduler.Ticket

  /// How many failures in a row open it.
  static let threshold = 5

  /// nil while it is closed.
  private(set) var openedAt: Instant?
  /// How often it has opened.
  private(set) var openings = 0
  /// While it is open: from when on the next probe may go.
  private(set) var probeAt: Instant?
  /// The call that is the probe.
  private(set) var probe: Ticket?
  /// When it went; of the last one, where there is none.
  private(set) var probeBegan: Instant?
  /// Whether its article had failed before.
  private(set) var lastProbeWasKnown = false
  /// The probe of now, or the next, is the last of this outage.
  private(set) var isAtLastProbe = false
  /// Until when an article to be the last probe is waited for.
  private var lastProbeUntil: Instant?
  /// The last failure says that there is probably no such server.
  private(set) var isMissing = false
  /// The article that failed last: another one is the better probe.
  private(set) var lastFailed: Ticket?
  /// Since it opened.
  private(set) var failedProbes = 0

  /// The failures since the last answer, for each article.
  private var row: [Ticket: Int] = [:]
  private var failures = 0
  private var nobodyThere = 0
  private var hasWitness = false
  /// The connections that were lost since then.
  private var lostConnections: Set<UInt64> = []

  var isOpen: Bool { openedAt != nil }

  /// A call of now failed while the circuit is closed.
  /// - Parameter isSuspect: the article itself may be the reason. Such articles open it only together with another.
  /// - Returns: what opened the circuit, failures for each article; nil where it stays closed.
  mutating func failed(
    _ ticket: Ticket, _ failure: CallFailure, isSuspect: Bool = false, at now: Instant,
    using random: inout some RandomNumberGenerator
  ) -> [Ticket: Int]? {
    row[ticket, default: 0] += 1
    // A connection that is lost is one failure, however many calls were on it.
    if failure.lostConnection.map({ lostConnections.insert($0).inserted }) ?? true { failures += 1 }
    if failure.isNobodyThere { nobodyThere += 1 }
    if !isSuspect { hasWitness = true }
    lastFailed = ticket
    isMissing = failure.isMissing
    guard nobodyThere >= Self.threshold || failures >= Self.threshold && row.count > 1 && hasWitness else { return nil }
    let cause = row
    endRow()
    openedAt = now
    openings += 1
    failedProbes = 0
    lastProbeWasKnown = false
    probeAt = now + BackOff.ofProbes.delay(after: 1, using: &random)
    return cause
  }

  mutating func began(probe ticket: Ticket, isKnown: Bool, at now: Instant) {
    probe = ticket
    probeBegan = now
    lastProbeWasKnown = isKnown
  }

  /// Deadline after which an open circuit ends the run, or brings its last probe; nil while it is closed, and while a
  /// probe that was sent after the deadline is pending.
  func deadline(after time: Duration) -> Instant? {
    guard let openedAt else { return nil }
    if isAtLastProbe { return probe == nil ? lastProbeUntil : nil }
    let isAwaited = probe != nil && isProbeNoOlder(than: openedAt + time)
    return isAwaited ? nil : openedAt + time
  }

  /// Whether no probe has gone since the deadline.
  func isProbeOverdue(by deadline: Instant) -> Bool { !isProbeNoOlder(than: deadline) }

  private func isProbeNoOlder(than time: Instant) -> Bool { probeBegan.map { $0 >= time } ?? false }

  /// - Parameter end: how long an article for it is waited for.
  mutating func beginLastProbe(at now: Instant, waitingUntil end: Instant) {
    isAtLastProbe = true
    lastProbeUntil = end
    probeAt = now
  }

  /// No article will come to be the last probe.
  mutating func expectNoMore() {
    lastProbeUntil = openedAt
  }

  /// The probe ended in whatever way.
  mutating func probeEnded() {
    probe = nil
  }

  /// The probe was no better.
  mutating func probeFailed(
    _ ticket: Ticket, _ failure: CallFailure, at now: Instant, using random: inout some RandomNumberGenerator
  ) {
    lastFailed = ticket
    isMissing = failure.isMissing
    failedProbes += 1
    probeAt = now + BackOff.ofProbes.delay(after: failedProbes + 1, using: &random)
  }

  /// The server gave some answer.
  /// - Returns: how long the circuit was open, where this closes it.
  mutating func answered(at now: Instant) -> Duration? {
    endRow()
    guard let openedAt else { return nil }
    self.openedAt = nil
    probeAt = nil
    isAtLastProbe = false
    return now - openedAt
  }

  private mutating func endRow() {
    row = [:]
    failures = 0
    nobodyThere = 0
    hasWitness = false
    lostConnections = []
  }
}

/// What a failed call says of its provider.
struct CallFailure: Sendable {
  /// No article can be the reason: nothing answers at that address.
  var isNobodyThere: Bool
  /// And probably nothing ever will.
  var isMissing: Bool
  var lostConnection: UInt64?
}
