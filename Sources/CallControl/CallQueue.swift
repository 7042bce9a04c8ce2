import Basics

/// Tickets that wait for their calls, in the order in which they came; but those whose calls were refused for the rate
/// alone come first, the more refusals the earlier. Else some would be refused for ever while newer ones succeed.
struct CallQueue: Sendable {
  typealias Instant = ContinuousClock.Instant

  struct Entry: Sendable {
    let ticket: CallScheduler.Ticket
    /// How many tokens the call will use, by estimate.
    let tokens: Int
    let asked: Instant
    /// How many attempts before this one were refused.
    var refusals = 0
    /// It backs off until then.
    var notBefore: Instant?
  }

  /// More refusals than this make no difference.
  private static let mostRefusals = 15

  /// Those that may go, by the number of refusals.
  private var lanes: [Lane] = [Lane()]
  private var ready = 0
  /// Those that back off.
  private var resting = DeadlineHeap<Entry>()

  var count: Int { ready + resting.count }
  var backingOff: Int { resting.count }
  /// When the first can go; nil: now, or there is none.
  var readyAt: Instant? { ready > 0 ? nil : resting.earliest }

  func hasReady(at now: Instant) -> Bool {
    ready > 0 || resting.earliest.map { $0 <= now } ?? false
  }

  /// - Complexity: O(1), amortised, like `removeFirst`; O(log n) for those that back off.
  mutating func append(_ entry: Entry) {
    if let time = entry.notBefore { _ = resting.insert(entry, at: time) } else { appendReady(entry) }
  }

  /// - Precondition: `hasReady`.
  mutating func removeFirst(at now: Instant) -> Entry {
    while let entry = resting.popDue(at: now) { appendReady(entry) }
    ready -= 1
    let lane = lanes.lastIndex { $0.count > 0 }!
    return lanes[lane].removeFirst()
  }

  /// Removes the first for which a number is smallest, among those that back off as well.
  /// - Complexity: O(n).
  mutating func removeLeast(by number: (Entry) -> Int) -> Entry? {
    let entries = removeAll()
    guard let least = entries.indices.min(by: { number(entries[$0]) < number(entries[$1]) }) else { return nil }
    for index in entries.indices where index != least { append(entries[index]) }
    return entries[least]
  }

  mutating func removeAll() -> [Entry] {
    defer { self = CallQueue() }
    var entries = lanes.reversed().flatMap(\.rest)
    while let due = resting.earliest, let entry = resting.popDue(at: due) { entries.append(entry) }
    return entries
  }

  private mutating func appendReady(_ entry: Entry) {
    let lane = min(entry.refusals, Self.mostRefusals)
    while lanes.count <= lane { lanes.append(Lane()) }
    lanes[lane].append(entry)
    ready += 1
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
