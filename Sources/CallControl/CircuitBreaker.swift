import Basics

/// Detects that a provider is down, and sends single calls, the probes, to find out when it is back.
///
/// The circuit opens after five consecutive failures that no single article can have caused. Any answer closes it: a
/// success, a refusal, or a failure with the signal `.answered`. A server error is no answer.
struct CircuitBreaker: Sendable {
  typealias Ticket = CallScheduler.Ticket

  /// The number of consecutive failures that opens the circuit.
  static let threshold = 5

  /// When the circuit opened; nil while it is closed.
  private(set) var openedAt: Instant?
  /// The number of times the circuit has opened.
  private(set) var openings = 0
  /// The earliest time of the next probe; nil while the circuit is closed.
  private(set) var probeAt: Instant?
  /// The ticket of the pending probe.
  private(set) var probe: Ticket?
  /// When the pending probe began, or else the last one.
  private(set) var probeBegan: Instant?
  /// Whether the article of the last probe had failed before; false when the circuit opens.
  private(set) var lastProbeWasKnown = false
  /// Whether the pending or next probe is the last of this outage.
  private(set) var isAtLastProbe = false
  /// The deadline for an article to arrive for the last probe.
  private var lastProbeUntil: Instant?
  /// Whether the last failure suggests that the server does not exist.
  private(set) var isMissing = false
  /// The article that failed last; any other article makes a better probe.
  private(set) var lastFailed: Ticket?
  /// The number of failed probes since the circuit opened.
  private(set) var failedProbes = 0

  /// The failures of each article since the last answer.
  private var row: [Ticket: Int] = [:]
  private var failures = 0
  private var nobodyThere = 0
  private var hasWitness = false
  /// The connections lost since the last answer.
  private var lostConnections: Set<UInt64> = []

  var isOpen: Bool { openedAt != nil }

  /// Records the failure of a call that began after the last opening, while the circuit is closed.
  /// - Parameter isSuspect: whether the article itself may be the cause. Suspect articles alone do not open the
  ///   circuit, unless nothing responds at the address.
  /// - Returns: the failures of each article that opened the circuit; nil when it stays closed.
  mutating func failed(
    _ ticket: Ticket, _ failure: CallFailure, isSuspect: Bool = false, at now: Instant,
    using random: inout some RandomNumberGenerator
  ) -> [Ticket: Int]? {
    row[ticket, default: 0] += 1
    // A lost connection is one failure, however many calls were in flight on it.
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

  /// Returns the deadline after which an open circuit stops the run or begins its last probe; nil when closed, or while
  /// the last probe, or a probe sent after the deadline, is pending.
  func deadline(after time: Duration) -> Instant? {
    guard let openedAt else { return nil }
    if isAtLastProbe { return probe == nil ? lastProbeUntil : nil }
    let isAwaited = probe != nil && isProbeNoOlder(than: openedAt + time)
    return isAwaited ? nil : openedAt + time
  }

  /// Returns whether no probe has been sent since the deadline.
  func isProbeOverdue(by deadline: Instant) -> Bool { !isProbeNoOlder(than: deadline) }

  private func isProbeNoOlder(than time: Instant) -> Bool { probeBegan.map { $0 >= time } ?? false }

  /// - Parameter end: the deadline for an article to arrive for the last probe.
  mutating func beginLastProbe(at now: Instant, waitingUntil end: Instant) {
    isAtLastProbe = true
    lastProbeUntil = end
    probeAt = now
  }

  /// Ends the wait for an article for the last probe, because none will come.
  mutating func expectNoMore() {
    lastProbeUntil = openedAt
  }

  /// Records that the probe ended, with whatever outcome.
  mutating func probeEnded() {
    probe = nil
  }

  /// Records that the probe failed, and backs off before the next one.
  mutating func probeFailed(
    _ ticket: Ticket, _ failure: CallFailure, at now: Instant, using random: inout some RandomNumberGenerator
  ) {
    lastFailed = ticket
    isMissing = failure.isMissing
    failedProbes += 1
    probeAt = now + BackOff.ofProbes.delay(after: failedProbes + 1, using: &random)
  }

  /// Records an answer of the server.
  /// - Returns: how long the circuit was open, when this answer closes it; else nil.
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

/// What a failed call says about its provider.
struct CallFailure: Sendable {
  /// Whether nothing responds at the address, so that no article can be the cause.
  var isNobodyThere: Bool
  /// Whether, moreover, the server probably does not exist.
  var isMissing: Bool
  var lostConnection: UInt64?
}
