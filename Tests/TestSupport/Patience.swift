/// When to give up waiting for an event that a test expects: after two minutes, but never before the waiter itself has
/// looked for it a thousand times. On a slow host with busy tests beside it, minutes may pass between two looks; what is
/// awaited had no turn either.
struct Patience {
  private let end: ContinuousClock.Instant
  private var looks = 0

  init(for time: Duration = .seconds(120)) { end = .now + time }

  /// Counts a look.
  mutating func isAtItsEnd() -> Bool {
    looks += 1
    return looks > 1000 && ContinuousClock.now > end
  }
}

/// Looks until the condition holds; far more patience than anything needs that works.
/// - Returns: whether it ever held.
package func becomesTrue(_ condition: () -> Bool) async -> Bool {
  var patience = Patience()
  while !condition() {
    if patience.isAtItsEnd() { return false }
    try? await Task.sleep(for: .microseconds(200))
  }
  return true
}
