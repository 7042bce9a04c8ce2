/// Payloads ordered by deadline: a binary heap from which entries can be removed early, so that a cancelled wait costs
/// nothing more. Insert, remove and pop are O(log n). Pure: the time is passed in.
package struct DeadlineHeap<Payload> {
  package typealias Instant = ContinuousClock.Instant

  /// Identifies an entry as long as it is in the heap.
  package struct Key: Hashable, Sendable {
    fileprivate let slot: Int
    fileprivate let generation: Int
  }

  fileprivate struct Slot {
    var deadline: Instant
    var payload: Payload?
    /// The position of the slot in `order`.
    var position: Int
    /// The number of entries that have left the slot, so that an old key does not identify a new entry.
    var generation: Int
  }

  private var slots: [Slot] = []
  private var free: [Int] = []
  /// The heap of slot numbers, the earliest deadline first.
  private var order: [Int] = []

  package init() {}

  package var count: Int { order.count }

  package var earliest: Instant? {
    order.first.map { slots[$0].deadline }
  }

  package mutating func insert(_ payload: Payload, at deadline: Instant) -> Key {
    let slot: Int
    if let reused = free.popLast() {
      slot = reused
      slots[slot].deadline = deadline
      slots[slot].payload = payload
    } else {
      slot = slots.count
      slots.append(Slot(deadline: deadline, payload: payload, position: 0, generation: 0))
    }
    slots[slot].position = order.count
    order.append(slot)
    siftUp(from: order.count - 1)
    return Key(slot: slot, generation: slots[slot].generation)
  }

  /// Removes an entry; nil if it was popped or removed before.
  package mutating func remove(_ key: Key) -> Payload? {
    guard key.slot < slots.count, slots[key.slot].generation == key.generation, slots[key.slot].payload != nil else {
      return nil
    }
    return take(at: slots[key.slot].position)
  }

  /// Removes the earliest entry if it is due at `now`.
  package mutating func popDue(at now: Instant) -> Payload? {
    guard let earliest, earliest <= now else { return nil }
    return take(at: 0)
  }

  /// Postpones the deadlines of some entries; O(n).
  package mutating func postpone(by time: Duration, where isMeant: (Payload) -> Bool) {
    for slot in order where slots[slot].payload.map(isMeant) ?? false { slots[slot].deadline += time }
    // Restores the heap from the last parent up: Floyd's construction.
    for parent in (0..<order.count / 2).reversed() { siftDown(from: parent) }
  }

  private mutating func take(at position: Int) -> Payload? {
    let slot = order[position]
    let last = order.count - 1
    exchange(position, last)
    order.removeLast()
    if position < last {
      siftUp(from: position)
      siftDown(from: position)
    }
    slots[slot].generation += 1
    free.append(slot)
    return slots[slot].payload.take()
  }

  private mutating func siftUp(from start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard isEarlier(child, than: parent) else { return }
      exchange(child, parent)
      child = parent
    }
  }

  private mutating func siftDown(from start: Int) {
    var parent = start
    while true {
      var earliest = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < order.count && isEarlier(child, than: earliest) {
        earliest = child
      }
      guard earliest != parent else { return }
      exchange(parent, earliest)
      parent = earliest
    }
  }

  private func isEarlier(_ a: Int, than b: Int) -> Bool {
    slots[order[a]].deadline < slots[order[b]].deadline
  }

  private mutating func exchange(_ a: Int, _ b: Int) {
    order.swapAt(a, b)
    slots[order[a]].position = a
    slots[order[b]].position = b
  }
}

extension DeadlineHeap: Sendable where Payload: Sendable {}
extension DeadlineHeap.Slot: Sendable where Payload: Sendable {}
