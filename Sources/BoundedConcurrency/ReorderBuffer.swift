/// Finished results on their way to the consumer: put in at any position, taken out from the front.
///
/// A position is the element's place in the order of delivery. A ring of as many slots as were ever needed between the
/// front and the farthest result (doubled when it is short), so that an idle buffer costs nothing.
@usableFromInline
struct ReorderBuffer<Element: Sendable>: Sendable {
  /// A power of two of slots, or none; the slot of a position is its low bits.
  @usableFromInline var slots: ContiguousArray<Element?> = []
  /// The position that is delivered next.
  @usableFromInline var front = 0
  /// How many results are here.
  @usableFromInline var count = 0

  @inlinable init() {}

  @inlinable var isEmpty: Bool { count == 0 }

  @inlinable
  mutating func insert(_ element: Element, at position: Int) {
    if position &- front >= slots.count { grow(toHold: position &- front &+ 1) }
    slots[position & (slots.count &- 1)] = .some(element)
    count &+= 1
  }

  /// Takes the result at the front, if it is there.
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

  /// The result at the front went to the consumer without being put in.
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
