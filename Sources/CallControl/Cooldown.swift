import Basics

/// Holds back every call after the server has asked for fewer: one response counts for all workers.
struct Cooldown: Sendable {
  /// The end of the cooldown, before which no call may begin; nil before the first one.
  private(set) var until: Instant?
  /// The time of the first refusal since the last success.
  private(set) var refusedSince: Instant?
  /// The articles that were refused since the last success.
  private var refusedArticles: Set<CallScheduler.Ticket> = []
  /// Consecutive refusals at level 1.
  private var refusals = 0

  func isActive(at now: Instant) -> Bool { until.map { now < $0 } ?? false }

  /// Returns whether this article alone was refused since the last success.
  func refusedAlone(_ ticket: CallScheduler.Ticket) -> Bool { refusedArticles == [ticket] }

  /// Starts a cooldown of the time that the server asked for, plus jitter, so that clients with the same delay do not
  /// all return at once. The cooldown is never shorter than the server's time.
  ///
  /// A call that is refused again at level 1 proves that time too short. The cooldown then lasts at least as long as
  /// the back-off for a refusal without a time.
  mutating func start(
    for time: Duration, wasAlone: Bool, longestOutage: Duration, at now: Instant,
    using random: inout some RandomNumberGenerator
  ) {
    let spread = min(max(time / 10, .milliseconds(100)), .seconds(5))
    extend(to: now + time + spread * Double.random(in: 0...1, using: &random))
    guard wasAlone else { return }
    if refusals > 0 { extendByGuess(longestOutage: longestOutage, at: now, using: &random) }
    refusals += 1
  }

  /// Starts a cooldown of a guessed length, because the server did not name one.
  mutating func startByGuess(
    longestOutage: Duration, at now: Instant, using random: inout some RandomNumberGenerator
  ) {
    refusals += 1
    extendByGuess(longestOutage: longestOutage, at: now, using: &random)
  }

  /// Extends the cooldown by the back-off. It ends with the longest outage at the latest; the next refusal then decides
  /// whether the article is given up or the run stops.
  private mutating func extendByGuess(
    longestOutage: Duration, at now: Instant, using random: inout some RandomNumberGenerator
  ) {
    let guess = BackOff.ofCalls.delay(after: refusals, using: &random)
    let left = max((refusedSince ?? now) + longestOutage - now, BackOff.ofCalls.shortest)
    extend(to: now + min(guess, left))
  }

  private mutating func extend(to time: Instant) {
    until = max(until ?? time, time)
  }

  mutating func refused(_ ticket: CallScheduler.Ticket, at now: Instant) {
    if refusedSince == nil { refusedSince = now }
    refusedArticles.insert(ticket)
  }

  /// - Parameter isRecent: whether the call began after the last cooldown.
  mutating func succeeded(isRecent: Bool) {
    if refusedSince != nil {
      refusedSince = nil
      refusedArticles = []
    }
    if isRecent { refusals = 0 }
  }
}

/// Releases calls gradually after all were held back (slow start). The window starts at one call and doubles with each
/// round of accepted calls, until it exceeds the demand and is lifted. Releasing all calls at once would repeat the
/// load that the server could not take.
struct SlowStart: Sendable {
  /// The number of restarts. A call of an older generation was in flight before the last restart.
  private(set) var generation = 0
  /// The most calls of this generation in flight; nil for no limit.
  private var window: Int?
  private var underWay = 0
  private var countsEarlierCalls = false

  var hasRoom: Bool { window.map { underWay < $0 } ?? true }

  /// - Parameter countsEarlierCalls: whether accepted calls of older generations widen the window, too. After an outage
  ///   they must not: they say nothing about the present state of the server.
  mutating func restart(countsEarlierCalls: Bool) {
    generation += 1
    window = 1
    underWay = 0
    self.countsEarlierCalls = countsEarlierCalls
  }

  mutating func began() {
    underWay += 1
  }

  /// - Parameters:
  ///   - wasTaken: whether the server accepted the call.
  ///   - demand: the most calls that want to be in flight at once.
  mutating func ended(generation: Int, wasTaken: Bool, demand: Int) {
    let isEarlier = generation != self.generation
    if !isEarlier { underWay -= 1 }
    guard wasTaken, !isEarlier || countsEarlierCalls, let current = window else { return }
    // One more for each accepted call doubles the window in each round.
    window = current + 1 > demand ? nil : current + 1
  }
}

/// Exponential back-off with jitter, so that calls that failed together do not retry together.
///
/// The n-th delay is drawn uniformly from `shortest` × 2ⁿ⁻¹ to twice that, and is never longer than `longest`. The
/// longest delays keep their spread: they are drawn from `longest` / 2 to `longest`.
package struct BackOff: Sendable {
  package let shortest: Duration
  package let longest: Duration

  /// - Precondition: `longest` is at least twice `shortest`, and `shortest` is positive.
  package init(from shortest: Duration, to longest: Duration) {
    precondition(shortest > .zero && longest >= shortest * 2)
    self.shortest = shortest
    self.longest = longest
  }

  /// From half a second to a minute: for failed calls, and for refusals where the server names no delay.
  package static let ofCalls = BackOff(from: .milliseconds(500), to: .seconds(60))
  /// From one second to half a minute: between two probes of a provider that is down.
  package static let ofProbes = BackOff(from: .seconds(1), to: .seconds(30))

  /// - Parameter failures: the number of consecutive failures, at least 1.
  package func delay(after failures: Int, using random: inout some RandomNumberGenerator) -> Duration {
    // After so many doublings every delay exceeds the longest one; more would overflow.
    let doublings = min(max(failures - 1, 0), 32)
    let low = min(shortest * (1 << doublings), longest / 2)
    return low + min(low, longest - low) * Double.random(in: 0...1, using: &random)
  }
}
