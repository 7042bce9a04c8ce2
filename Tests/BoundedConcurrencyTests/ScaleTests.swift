import BoundedConcurrency
import TestSupport
import Testing

@testable import BoundedConcurrency

@Suite struct ScaleTests {
  @Test(
    "each element is transformed exactly once and none is lost, whatever the schedule",
    arguments: [
      ConcurrentMapOrder.input, .completion,
    ])
  func randomSchedules(order: ConcurrentMapOrder) async {
    var remaining = schedules(1_000_000)
    var seed = SystemRandomNumberGenerator()
    while remaining > 0 {
      let count = min(remaining, Int.random(in: 1...400, using: &seed))
      let limit = Int.random(in: 1...9, using: &seed)
      let window = limit + Int.random(in: 0...20, using: &seed)
      let (work, source, consumer) = (seed.next(), seed.next(), seed.next())
      var next = 0
      var seen: [Bool] = Array(repeating: false, count: count)
      let integers = Yielding(count: count, pattern: source)
      let results = integers.concurrentMap(limit: limit, window: .fixed(window), order: order) { element in
        if work >> UInt64(element % 64) & 1 == 1 { await Task.yield() }
        if work >> UInt64((element + 7) % 64) & 1 == 1 { await Task.yield() }
        return element
      }
      for await result in results {
        if order == .input, result != next || seen[result] { Issue.record("\(result) for \(next)") }
        if seen[result] { Issue.record("\(result) came twice") }
        seen[result] = true
        next += 1
        if consumer >> UInt64(next % 64) & 1 == 1 { await Task.yield() }
      }
      #expect(next == count, "limit \(limit), window \(window), patterns \(work) \(source) \(consumer)")
      remaining -= count
    }
  }

  @Test("ten times the input takes ten times the work, also when it finishes in reverse")
  func linear() {
    // Counted, not timed: what is not done a fixed number of times for each element is the moving of parked results
    // when their ring grows. Reverse completion of the whole window parks them all.
    func moves(_ count: Int) -> Int {
      var moves = 0
      var state = ConcurrentMapState<Int, Never>(limit: count, window: .limit, order: .input)
      _ = state.request(registered: true)
      for _ in 0..<count {
        _ = state.seek()
        _ = state.pulled()
      }
      for position in (0..<count).reversed() {
        let slots = state.buffer.slots.count
        _ = state.deposit(position, at: position)
        if state.buffer.slots.count != slots { moves += slots }
      }
      while case .result = state.request(registered: false) {}
      return moves
    }
    for count in [10_000, 100_000] { #expect(moves(count) <= 4 * count) }
  }

  @Test(
    "an idle engine costs nothing, a busy one no more than its limit and window", arguments: [1, 100, 10_000])
  func lazyMemory(limit: Int) async {
    let engine = integers(0..<2000).concurrentMap(limit: limit, window: .fixed(limit * 8)) { $0 }.makeEngine()
    #expect(engine.guarded.withLock { $0.workers.isEmpty && $0.state.buffer.slots.isEmpty && $0.idleWorkers.isEmpty })
    var largest = (workers: 0, slots: 0)
    for _ in 0..<2000 {
      let delivery = await engine.wait(isolation: nil)
      #expect(delivery.get() != nil)
      let now = engine.guarded.withLock { ($0.workers.count, $0.state.buffer.slots.count) }
      largest = (max(largest.workers, now.0), max(largest.slots, now.1))
    }
    #expect(largest.workers <= limit)
    #expect(largest.slots <= max(4, limit * 16))
  }

  @Test("ten thousand at once")
  func tenThousand() async {
    let gate = Gate()
    let occupancy = Occupancy()
    let count = 10_000
    let results = await integers(0..<count).concurrentMap(limit: count) { element in
      occupancy.enter()
      if occupancy.total == count { gate.open() }
      await gate.wait()
      return element
    }.collect()
    #expect(results == Array(0..<count))
    #expect(occupancy.peak == count)
  }

  /// Integers that suspend where the pattern has a bit.
  struct Yielding: AsyncSequence, Sendable {
    let count: Int
    let pattern: UInt64

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(source: self) }

    struct AsyncIterator: AsyncIteratorProtocol {
      let source: Yielding
      var element = 0

      mutating func next(isolation: isolated (any Actor)?) async -> Int? {
        if source.pattern >> UInt64(element % 64) & 1 == 1 { await Task.yield() }
        guard element < source.count else { return nil }
        defer { element += 1 }
        return element
      }

      mutating func next() async -> Int? { await next(isolation: nil) }
    }
  }
}
