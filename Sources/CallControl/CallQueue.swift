import Basics

/// A call that waits for its turn.
struct QueuedCall: Sendable {
  let ticket: CallScheduler.Ticket
  /// The estimated number of tokens of the call.
  let tokens: Int
  let asked: Instant
  /// The number of consecutive refusals so far; at least 1 after a failure that was blamed on the provider.
  var refusals = 0
  /// The end of the back-off; nil for none.
  var notBefore: Instant?
}

/// Tickets that wait for their calls, first come, first served. Tickets whose calls were refused come first, those with
/// more refusals earlier. Otherwise some would be refused forever while newer ones succeed.
struct CallQueue: Sendable {
  /// The number of refusals beyond which the priority no longer rises.
  private static let mostRefusals = 15

  /// The ready entries, by number of refusals.
  private var lanes: [QueueLane] = [QueueLane()]
  private var ready = 0
  /// The entries that back off.
  private var resting = DeadlineHeap<QueuedCall>()

  var count: Int { ready + resting.count }
  var backingOff: Int { resting.count }
  /// When the first can go; nil: now, or there is none.
  var readyAt: Instant? { ready > 0 ? nil : resting.earliest }

  func hasReady(at now: Instant) -> Bool {
    ready > 0 || resting.earliest.map { $0 <= now } ?? false
  }

  /// - Complexity: O(1), amortised, like `removeFirst`; O(log n) for an entry that backs off.
  mutating func append(_ entry: QueuedCall) {
    if let time = entry.notBefore { _ = resting.insert(entry, at: time) } else { appendReady(entry) }
  }

  /// - Precondition: `hasReady`.
  mutating func removeFirst(at now: Instant) -> QueuedCall {
    while let entry = resting.popDue(at: now) { appendReady(entry) }
    ready -= 1
    let lane = lanes.lastIndex { $0.count > 0 }!
    return lanes[lane].removeFirst()
  }

  /// Removes the first entry with the least value of `number`, entries that back off included.
  /// - Complexity: O(n).
  mutating func removeLeast(by number: (QueuedCall) -> Int) -> QueuedCall? {
    let entries = removeAll()
    guard let least = entries.indices.min(by: { number(entries[$0]) < number(entries[$1]) }) else { return nil }
    for index in entries.indices where index != least { append(entries[index]) }
    return entries[least]
  }

  mutating func removeAll() -> [QueuedCall] {
    defer { self = CallQueue() }
    var entries = lanes.reversed().flatMap(\.rest)
    while let due = resting.earliest, let entry = resting.popDue(at: due) { entries.append(entry) }
    return entries
  }

  private mutating func appendReady(_ entry: QueuedCall) {
    let lane = min(entry.refusals, Self.mostRefusals)
    while lanes.count <= lane { lanes.append(QueueLane()) }
    lanes[lane].append(entry)
    ready += 1
  }

  /// A first-in, first-out queue.
  private struct QueueLane: Sendable {
    private var entries: [QueuedCall] = []
    private var taken = 0

    var rest: ArraySlice<QueuedCall> { entries[taken...] }
    var count: Int { entries.count - taken }

    mutating func append(_ entry: QueuedCall) {
      entries.append(entry)
    }

    mutating func removeFirst() -> QueuedCall {
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
