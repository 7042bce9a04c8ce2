import BoundedConcurrency
import Synchronization
import TestSupport
import Testing

/// How many are inside at once, and how many ever were.
final class Occupancy: Sendable {
  private let counts = Lock((now: 0, peak: 0, total: 0))

  var now: Int { counts.withLock { $0.now } }
  var peak: Int { counts.withLock { $0.peak } }
  var total: Int { counts.withLock { $0.total } }

  func enter() {
    counts.withLock { counts in
      counts.now += 1
      counts.total += 1
      counts.peak = max(counts.peak, counts.now)
    }
  }

  func leave() { counts.withLock { $0.now -= 1 } }
}

/// An object whose living instances are counted.
final class Tracked: Sendable {
  let value: Int
  let living: Occupancy

  init(_ value: Int, in living: Occupancy) {
    self.value = value
    self.living = living
    living.enter()
  }

  deinit { living.leave() }
}

/// Waits until it holds; if it never does, the test fails at the line that called.
func eventually(
  _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () -> Bool
) async {
  if await !becomesTrue(condition) { Issue.record(what, sourceLocation: sourceLocation) }
}

/// Gives whatever could still happen the time to happen. A test that follows it with a claim that nothing did can
/// miss a defect on a slow machine, never report one that is not there.
func settle() async {
  for _ in 0..<20 { await Task.yield() }
  let until = ContinuousClock.now + .milliseconds(5)
  while ContinuousClock.now < until { await Task.yield() }
}

struct SourceError: Error, Equatable {}
struct WorkError: Error, Equatable {
  var index = 0
}
