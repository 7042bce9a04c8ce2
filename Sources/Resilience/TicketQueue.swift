/// Tickets in the order in which they came. Amortised O(1).
struct TicketQueue: Sendable {
  struct Entry: Sendable {
    let ticket: CallGate.Ticket
    /// How many tokens the call will use, by estimate.
    let tokens: Int
    let asked: ContinuousClock.Instant
  }

  private var entries: [Entry] = []
  private var taken = 0

  var count: Int { entries.count - taken }
  var first: Entry? { count > 0 ? entries[taken] : nil }

  mutating func append(_ entry: Entry) {
    entries.append(entry)
  }

  mutating func removeFirst() -> Entry {
    let entry = entries[taken]
    taken += 1
    if taken > entries.count / 2 {
      entries.removeFirst(taken)
      taken = 0
    }
    return entry
  }

  mutating func removeAll() -> [Entry] {
    defer { self = TicketQueue() }
    return Array(entries[taken...])
  }
}
