/// Tickets in the order in which they came; but those whose calls were refused for the rate alone come first, the more
/// refusals the earlier. Else some would use up all their attempts while newer ones succeed.
struct TicketQueue: Sendable {
  struct Entry: Sendable {
    let ticket: CallGate.Ticket
    /// How many tokens the call will use, by estimate.
    let tokens: Int
    let asked: ContinuousClock.Instant
  }

  /// More refusals than this make no difference.
  private static let mostRefusals = 15

  /// By the number of refusals.
  private var lanes: [Lane] = [Lane()]
  private(set) var count = 0

  /// - Parameter refusals: how many attempts before this one were refused.
  /// - Complexity: O(1), amortised, like `removeFirst`.
  mutating func append(_ entry: Entry, after refusals: Int) {
    let lane = min(refusals, Self.mostRefusals)
    while lanes.count <= lane { lanes.append(Lane()) }
    lanes[lane].append(entry)
    count += 1
  }

  /// - Precondition: there is one.
  mutating func removeFirst() -> Entry {
    count -= 1
    let lane = lanes.lastIndex { $0.count > 0 }!
    return lanes[lane].removeFirst()
  }

  mutating func removeAll() -> [Entry] {
    defer { self = TicketQueue() }
    return lanes.reversed().flatMap(\.rest)
  }

  /// First come, first served.
  private struct Lane: Sendable {
    private var entries: [Entry] = []
    private var taken = 0

    var rest: ArraySlice<Entry> { entries[taken...] }
    var count: Int { entries.count - taken }

    mutating func append(_ entry: Entry) {
      entries.append(entry)
    }

    mutating func removeFirst() -> Entry {
      defer {
        taken += 1
        if taken > entries.count / 2 {
          entries.removeFirst(taken)
          taken = 0
        }
      }
      return entries[taken]
    }
  }
}
