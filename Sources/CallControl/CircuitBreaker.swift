/// Notices that a provider is down, and looks by single calls whether it is back.
///
/// It opens after five failures in a row that are not to be blamed on an article, and any answer closes it.
struct CircuitBreaker: Sendable {
  typealias Instant = ContinuousClock.Instant
  typealias Ticket = CallGate.Ticket

  /// How many failures in a row open it.
  static let threshold = 5

  /// nil while it is closed.
  private(set) var openedAt: Instant?
  /// How often it has opened.
  private(set) var openings = 0
  /// While it is open: from when on the next call may look.
  private(set) var probeAt: Instant?
  /// The one call that looks.
  private(set) var probe: Ticket?
  /// When it went; of the last one, where none looks.
  private(set) var probeBegan: Instant?
  /// The article that failed last: another one is the better probe.
  private(set) var lastFailed: Ticket?
  /// Since it opened.
  private(set) var failedProbes = 0

  /// The failures since the last answer, for each article.
  private var row: [Ticket: Int] = [:]
  private var failures = 0
  private var nobodyThere = 0
  private var hasWitness = false

  var isOpen: Bool { openedAt != nil }

  /// A call of now failed while the circuit is closed.
  /// - Parameter isSuspect: the article itself may be the reason. Such articles open it only together with another.
  /// - Returns: what opened the circuit, failures for each article; nil where it stays closed.
  mutating func failed(
    _ ticket: Ticket, nobodyThere isNobodyThere: Bool, isSuspect: Bool = false, at now: Instant,
    using random: inout some RandomNumberGenerator
  ) -> [Ticket: Int]? {
    row[ticket, default: 0] += 1
    failures += 1
    if isNobodyThere { nobodyThere += 1 }
    if !isSuspect { hasWitness = true }
    lastFailed = ticket
    guard nobodyThere >= Self.threshold || failures >= Self.threshold && row.count > 1 && hasWitness else { return nil }
    let cause = row
    endRow()
    openedAt = now
    openings += 1
    failedProbes = 0
    probeAt = now + BackOff.ofProbes.delay(after: 1, using: &random)
    return cause
  }

  mutating func began(probe ticket: Ticket, at now: Instant) {
    probe = ticket
    probeBegan = now
  }

  /// When it will have been open for a time; nil while it is closed, and while a call looks that went later than that:
  /// what that finds is awaited.
  func deadline(after time: Duration) -> Instant? {
    guard let openedAt else { return nil }
    let isAwaited = probe != nil && probeBegan.map { $0 >= openedAt + time } ?? false
    return isAwaited ? nil : openedAt + time
  }

  /// The probe ended in whatever way.
  mutating func probeEnded() {
    probe = nil
  }

  /// The probe was no better.
  mutating func probeFailed(_ ticket: Ticket, at now: Instant, using random: inout some RandomNumberGenerator) {
    lastFailed = ticket
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
    return now - openedAt
  }

  private mutating func endRow() {
    row = [:]
    failures = 0
    nobodyThere = 0
    hasWitness = false
  }
}
