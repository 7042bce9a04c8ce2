/// Holds back every call after a server asked for fewer of them: one answer speaks for all workers.
struct Cooldown: Sendable {
  typealias Instant = ContinuousClock.Instant

  /// Until when no call may begin.
  private(set) var until: Instant?
  /// The first refusal since the last success.
  private(set) var refusedSince: Instant?
  /// The articles that were refused since then.
  private var refusedArticles: Set<CallScheduler.Ticket> = []
  /// Refusals in a row at one call at a time.
  private var refusals = 0

  func isActive(at now: Instant) -> Bool { until.map { now < $0 } ?? false }

  /// Since the last success no other article has been refused.
  func refusedAlone(_ ticket: CallScheduler.Ticket) -> Bool { refusedArticles == [ticket] }

  /// The server said how long: never less than that, and a little more, so that those who were told the same do not
  /// all come back in the same moment.
  ///
  /// A time that was kept, and was too short even for one call at a time, grows like one that nobody said.
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

  /// The server did not say how long.
  mutating func startByGuess(
    longestOutage: Duration, at now: Instant, using random: inout some RandomNumberGenerator
  ) {
    refusals += 1
    extendByGuess(longestOutage: longestOutage, at: now, using: &random)
  }

  /// A guess ends with the outage at the latest: a refusal then decides what becomes of the article and of the run.
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

  /// - Parameter isRecent: the call began after the last cooldown.
  mutating func succeeded(isRecent: Bool) {
    if refusedSince != nil {
      refusedSince = nil
      refusedArticles = []
    }
    if isRecent { refusals = 0 }
  }
}

/// Lets calls come back by and by after all were held: one at first, and twice as many with each round of good answers,
/// until nothing is held back any more. So many at once is what the server could not take before.
struct SlowStart: Sendable {
  /// Counts the starts. A call of an older generation was on the wire before.
  private(set) var generation = 0
  /// How many calls of this generation may be under way; nil: any number.
  private var window: Int?
  private var underWay = 0
  private var countsEarlierCalls = false

  var hasRoom: Bool { window.map { underWay < $0 } ?? true }

  /// - Parameter countsEarlierCalls: good answers to calls that were on the wire before show as well what the server can
  ///   take. Not so where it was down: they know nothing of how things are now.
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
  ///   - wasTaken: the server did what it was asked to do.
  ///   - demand: the most calls that want to be under way at once.
  mutating func ended(generation: Int, wasTaken: Bool, demand: Int) {
    let isEarlier = generation != self.generation
    if !isEarlier { underWay -= 1 }
    guard wasTaken, !isEarlier || countsEarlierCalls, let current = window else { return }
    // One more for each answer is twice as many for each round.
    window = current + 1 > demand ? nil : current + 1
  }
}

/// Waits that double, with jitter, so that those who failed together do not come back together.
///
/// The n-th wait is drawn evenly from `shortest` × 2ⁿ⁻¹ to twice that, and never longer than `longest`. The longest ones
/// keep their spread: they are drawn from `longest` / 2 to `longest`.
package struct BackOff: Sendable {
  package let shortest: Duration
  package let longest: Duration

  /// - Precondition: `longest` is at least twice `shortest`, which is more than nothing.
  package init(from shortest: Duration, to longest: Duration) {
    precondition(shortest > .zero && longest >= shortest * 2)
    self.shortest = shortest
    self.longest = longest
  }

  /// Between half a second and a minute: for calls that failed, and for limits whose server does not say how long.
  package static let ofCalls = BackOff(from: .milliseconds(500), to: .seconds(60))
  /// Between one second and half a minute: between two probes of a provider that is down.
  package static let ofProbes = BackOff(from: .seconds(1), to: .seconds(30))

  /// - Parameter failures: how many there have been in a row; at least 1.
  package func delay(after failures: Int, using random: inout some RandomNumberGenerator) -> Duration {
    // Doubled so often, anything is longer than the longest; more would overflow.
    let doublings = min(max(failures - 1, 0), 32)
    let low = min(shortest * (1 << doublings), longest / 2)
    return low + min(low, longest - low) * Double.random(in: 0...1, using: &random)
  }
}
