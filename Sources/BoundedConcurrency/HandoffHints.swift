public import Synchronization

/// Hints by which the consumer and a worker that hand over single results wait for each other without suspending.
///
/// In a small window each of them waits for the other after every element or two, and suspending and resuming costs
/// several times what the hand-over does. A task that was served only a few times since its last wait therefore spins
/// for about a microsecond first, if the other side is awake. These are hints only: every decision is made under the
/// lock, and a missed hint costs one suspension.
@usableFromInline
struct HandoffHints: ~Copyable, Sendable {
  /// Counts what the consumer may want to ask for.
  @usableFromInline let arrivals = Atomic<UInt>(0)
  /// Counts what may have made room for a worker.
  @usableFromInline let openings = Atomic<UInt>(0)
  @usableFromInline let consumerIsAwake = Atomic<Bool>(true)
  @usableFromInline let awakeWorkers = Atomic<Int>(0)

  /// Who was served more often than this since it last waited does not spin: its waits are rare enough.
  @inlinable static var shortRun: Int { 2 }
  @inlinable static var spins: Int { 1000 }

  @inlinable init() {}

  /// Called by who holds no lock; two increments may become one, which still is a change.
  @inlinable func arrived() { arrivals.store(arrivals.load(ordering: .relaxed) &+ 1, ordering: .relaxed) }
  @inlinable func opened() { openings.store(openings.load(ordering: .relaxed) &+ 1, ordering: .relaxed) }

  @inlinable func consumerSleeps() { consumerIsAwake.store(false, ordering: .relaxed) }
  @inlinable func consumerWakes() { consumerIsAwake.store(true, ordering: .relaxed) }
  @inlinable func workerSleeps() { awakeWorkers.subtract(1, ordering: .relaxed) }
  @inlinable func workerWakes() { awakeWorkers.add(1, ordering: .relaxed) }

  /// True: something has arrived; false: not soon enough.
  @inlinable
  func spinForArrival() -> Bool {
    awakeWorkers.load(ordering: .relaxed) > 0 && Self.spin(arrivals)
  }

  /// True: there may be room; false: not soon enough.
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
