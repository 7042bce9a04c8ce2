/// Holds back every call after a server asked for fewer of them: one answer speaks for all workers.
struct RateHold: Sendable {
  typealias Instant = ContinuousClock.Instant

  /// Until when nothing may go.
  private(set) var until: Instant?
  /// The first refusal since the last success.
  private(set) var throttledSince: Instant?
  /// Holds in a row whose length was not given.
  private var guesses = 0

  func isHeld(at now: Instant) -> Bool { until.map { now < $0 } ?? false }

  /// The server said how long: never less than that, and a little more, so that those who were told the same do not
  /// all come back in the same moment.
  mutating func hold(for time: Duration, at now: Instant, using random: inout some RandomNumberGenerator) {
    let spread = min(max(time / 10, .milliseconds(100)), .seconds(5))
    extend(to: now + time + spread * Double.random(in: 0...1, using: &random))
  }

  /// The server did not say how long.
  mutating func holdByGuess(at now: Instant, using random: inout some RandomNumberGenerator) {
    guesses += 1
    extend(to: now + BackOff.ofCalls.delay(after: guesses, using: &random))
  }

  private mutating func extend(to time: Instant) {
    until = max(until ?? time, time)
  }

  mutating func throttled(at now: Instant) {
    if throttledSince == nil { throttledSince = now }
  }

  mutating func succeeded(isRecent: Bool) {
    throttledSince = nil
    if isRecent { guesses = 0 }
  }
}
