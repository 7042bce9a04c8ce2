/// Payloads ordered by deadline: a binary heap from which entries can be removed early, so that a cancelled wait costs
/// nothing more. Insert, remove and pop are O(log n). Pure: the time is passed in.
///
/// Public and inlinable: what is only `package` is not specialized in other modules (Swift 6.3), and unspecialized each
/// access looks up metadata.
public struct DeadlineHeap<Payload> {
  /// Identifies an entry as long as it is in the heap.
  public struct EntryKey: Hashable, Sendable {
    @usableFromInline let slot: Int
    @usableFromInline let generation: Int

    @inlinable
    init(slot: Int, generation: Int) {
      self.slot = slot
      self.generation = generation
    }
  }

  @usableFromInline
  struct HeapSlot {
    @usableFromInline var deadline: Instant
    @usableFromInline var payload: Payload?
    /// The position of the slot in `order`.
    @usableFromInline var position: Int
    /// The number of entries that have left the slot, so that an old key does not identify a new entry.
    @usableFromInline var generation: Int

    @inlinable
    init(deadline: Instant, payload: Payload, position: Int, generation: Int) {
      self.deadline = deadline
      self.payload = payload
      self.position = position
      self.generation = generation
    }
  }

  @usableFromInline var slots: [HeapSlot] = []
  @usableFromInline var free: [Int] = []
  /// The heap of slot numbers, the earliest deadline first.
  @usableFromInline var order: [Int] = []

  @inlinable
  public init() {}

  @inlinable public var count: Int { order.count }

  @inlinable public var earliest: Instant? {
    order.first.map { slots[$0].deadline }
  }

  @inlinable
  public mutating func insert(_ payload: Payload, at deadline: Instant) -> EntryKey {
    let slot: Int
    if let reused = free.popLast() {
      slot = reused
      slots[slot].deadline = deadline
      slots[slot].payload = payload
    } else {
      slot = slots.count
      slots.append(HeapSlot(deadline: deadline, payload: payload, position: 0, generation: 0))
    }
    slots[slot].position = order.count
    order.append(slot)
    siftUp(from: order.count - 1)
    return EntryKey(slot: slot, generation: slots[slot].generation)
  }

  /// Removes an entry; nil if it was popped or removed before.
  @inlinable
  public mutating func remove(_ key: EntryKey) -> Payload? {
    guard key.slot < slots.count, slots[key.slot].generation == key.generation, slots[key.slot].payload != nil else {
      return nil
    }
    return take(at: slots[key.slot].position)
  }

  /// Removes the earliest entry if it is due at `now`.
  @inlinable
  public mutating func popDue(at now: Instant) -> Payload? {
    guard let earliest, earliest <= now else { return nil }
    return take(at: 0)
  }

  /// Postpones the deadlines of some entries; O(n).
  @inlinable
  public mutating func postpone(by time: Duration, where isMeant: (Payload) -> Bool) {
    for slot in order where slots[slot].payload.map(isMeant) ?? false { slots[slot].deadline += time }
    // Restores the heap from the last parent up: Floyd's construction.
    for parent in (0..<order.count / 2).reversed() { siftDown(from: parent) }
  }

  @inlinable
  mutating func take(at position: Int) -> Payload? {
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

  @inlinable
  mutating func siftUp(from start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard isEarlier(child, than: parent) else { return }
      exchange(child, parent)
      child = parent
    }
  }

  @inlinable
  mutating func siftDown(from start: Int) {
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

  @inlinable
  func isEarlier(_ a: Int, than b: Int) -> Bool {
    slots[order[a]].deadline < slots[order[b]].deadline
  }

  @inlinable
  mutating func exchange(_ a: Int, _ b: Int) {
    order.swapAt(a, b)
    slots[order[a]].position = a
    slots[order[b]].position = b
  }
}

extension DeadlineHeap: Sendable where Payload: Sendable {}
extension DeadlineHeap.HeapSlot: Sendable where Payload: Sendable {}
