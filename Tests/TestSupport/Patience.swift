/// When to give up waiting for an event that a test expects: after two minutes, but never before the waiter itself has
/// looked for it a thousand times. On a slow host with busy tests beside it, minutes may pass between two looks; what is
/// awaited had no turn either.
package struct Patience {
  private let end: ContinuousClock.Instant
  private var looks = 0

  package init(for time: Duration = .seconds(120)) { end = .now + time }

  /// Counts a look.
  package mutating func isAtItsEnd() -> Bool {
    looks += 1
    return looks > 1000 && ContinuousClock.now > end
  }
}
