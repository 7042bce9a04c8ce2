public import Synchronization

/// Hints that let the consumer and a worker wait for each other by spinning instead of suspending.
///
/// In a small window each side waits for the other after every element or two, and suspending and resuming costs
/// several times as much as the hand-over. A task that was served only a few times since its last wait therefore spins
/// for about a microsecond first, if the other side is awake. These are only hints: every decision is made under the
/// lock, and a missed hint costs one suspension.
@usableFromInline
struct HandoffHints: ~Copyable, Sendable {
  /// Counts deposits that the consumer may be able to take.
  @usableFromInline let arrivals = Atomic<UInt>(0)
  /// Counts results taken, each of which may have made room for a worker.
  @usableFromInline let openings = Atomic<UInt>(0)
  @usableFromInline let consumerIsAwake = Atomic<Bool>(true)
  @usableFromInline let awakeWorkers = Atomic<Int>(0)

  /// The number of hand-overs since the last wait up to which a task spins. A longer run of hand-overs means that waits
  /// are rare enough to suspend at once.
  @inlinable static var shortRun: Int { 2 }
  @inlinable static var spins: Int { 1000 }

  @inlinable init() {}

  /// Called without the lock. Two concurrent increments may become one, which still changes the counter.
  @inlinable func arrived() { arrivals.store(arrivals.load(ordering: .relaxed) &+ 1, ordering: .relaxed) }
  @inlinable func opened() { openings.store(openings.load(ordering: .relaxed) &+ 1, ordering: .relaxed) }

  @inlinable func consumerSleeps() { consumerIsAwake.store(false, ordering: .relaxed) }
  @inlinable func consumerWakes() { consumerIsAwake.store(true, ordering: .relaxed) }
  @inlinable func workerSleeps() { awakeWorkers.subtract(1, ordering: .relaxed) }
  @inlinable func workerWakes() { awakeWorkers.add(1, ordering: .relaxed) }

  /// Returns true when a result may have arrived, false when none arrived soon enough.
  @inlinable
  func spinForArrival() -> Bool {
    awakeWorkers.load(ordering: .relaxed) > 0 && Self.spin(arrivals)
  }

  /// Returns true when there may be room, false when none appeared soon enough.
  @inlinable
  func spinForOpening() -> Bool {
    consumerIsAwake.load(ordering: .relaxed) && Self.spin(openings)
  }

  @inlinable
  static func spin(_ counter: borrowing Atomic<UInt>) -> Bool {
    let seen = counter.load(ordering: .relaxed)
    for _ in 0..<spins where counter.load(ordering: .relaxed) != seen { return true }
    return false
  }
}
