/// Finished results on their way to the consumer: inserted at any position, taken from the front.
///
/// A position is an element's place in the order of delivery. The buffer is a ring with as many slots as were ever
/// needed between the front and the farthest result. It doubles when it is too short, and an idle buffer has allocated
/// nothing.
@usableFromInline
struct ReorderBuffer<Element: Sendable>: Sendable {
  /// A power-of-two number of slots, or none. The low bits of a position are its slot.
  @usableFromInline var slots: ContiguousArray<Element?> = []
  /// The position that is delivered next.
  @usableFromInline var front = 0
  /// The number of results in the buffer.
  @usableFromInline var count = 0

  @inlinable init() {}

  @inlinable var isEmpty: Bool { count == 0 }

  @inlinable
  mutating func insert(_ element: Element, at position: Int) {
    if position &- front >= slots.count { grow(toHold: position &- front &+ 1) }
    slots[position & (slots.count &- 1)] = .some(element)
    count &+= 1
  }

  /// Removes and returns the result at the front; nil if it is not there yet.
  @inlinable
  mutating func popFirst() -> Element? {
    guard count > 0 else { return nil }
    let slot = front & (slots.count &- 1)
    guard let element = slots[slot] else { return nil }
    slots[slot] = nil
    front &+= 1
    count &-= 1
    return element
  }

  /// Advances the front past a result that was delivered without being inserted.
  @inlinable
  mutating func skipFront() { front &+= 1 }

  @inlinable
  mutating func removeAll() {
    slots = []
    count = 0
  }

  @inlinable @inline(never)
  mutating func grow(toHold needed: Int) {
    var capacity = Swift.max(slots.count, 4)
    while capacity < needed { capacity *= 2 }
    var larger = ContiguousArray<Element?>(repeating: nil, count: capacity)
    for offset in 0..<slots.count {
      let position = front &+ offset
      larger[position & (capacity - 1)] = slots[position & (slots.count - 1)]
    }
    slots = larger
  }
}
