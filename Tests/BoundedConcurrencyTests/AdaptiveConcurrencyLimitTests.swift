import BoundedConcurrency
import TestSupport
import Testing

@Suite struct AdaptiveConcurrencyLimitTests {
  @Test("an operator under it begins with one call, and grows while more in flight do more work")
  func grows() async {
    let limit = AdaptiveConcurrencyLimit(maximum: 16)
    let inWork = Occupancy()
    let pacer = Pacer()
    let first = Gate()
    let count = 3000
    let run = Task {
      await integers(0..<count).concurrentMap(limit: limit, order: .completion) { element in
        inWork.enter()
        let call = limit.begin()
        if element == 0 { await first.wait() } else { await pacer.wait(isLast: element == count - 1) { limit.value } }
        limit.end(call, .success(latency: .seconds(1), work: 10))
        inWork.leave()
      }.collect().count
    }
    await eventually("the first is in work") { inWork.total == 1 }
    await settle()
    #expect(inWork.total == 1, "the first goes alone")
    first.open()
    #expect(await run.value == count)
    #expect(limit.value == 16)
    #expect(limit.finding.bound == .maximum)
    #expect(inWork.peak <= 16)
  }

  /// Holds those in work back until as many are there as the limit allows, and then lets the oldest go.
  final class Pacer: Sendable {
    private let state = Lock((waiting: [CheckedContinuation<Void, Never>](), isOver: false))

    func wait(isLast: Bool, limit: () -> Int) async {
      await withCheckedContinuation { continuation in
        let allowed = limit()
        let released = state.withLock { state -> [CheckedContinuation<Void, Never>] in
          state.waiting.append(continuation)
          state.isOver = state.isOver || isLast
          let count = state.isOver ? state.waiting.count : max(0, state.waiting.count - allowed + 1)
          defer { state.waiting.removeFirst(count) }
          return Array(state.waiting.prefix(count))
        }
        for continuation in released { continuation.resume() }
      }
    }
  }

  @Test("refusals lower it, and every change is told with its reason and number")
  func refusals() {
    let changes = Lock<[AdaptiveConcurrencyLimit.Change]>([])
    let limit = AdaptiveConcurrencyLimit(fallingFrom: 20) { change in changes.withLock { $0.append(change) } }
    #expect(limit.value == 20)
    let calls = (0..<20).map { _ in limit.begin() }
    for call in calls { limit.end(call, .refusal) }
    #expect(limit.value < 20 && limit.value > 1, "one burst is answered once")
    let told = changes.withLock { $0 }
    #expect(told.map(\.value) == [limit.value])
    #expect(told.map(\.reason) == [.refused])
    #expect(limit.finding.bound == .refusals)
  }

  @Test("the window of an operator in input order follows it")
  func window() async {
    let limit = ConcurrencyLimit(1)
    let first = Gate()
    let started = Occupancy()
    let run = Task {
      await integers(0..<100).concurrentMap(limit: limit, window: .limit(times: 3, atLeast: 4)) { element in
        started.enter()
        if element == 0 { await first.wait() }
      }.collect().count
    }
    await eventually("the first is in work") { started.total == 1 }
    limit.value = 2
    await eventually("the others pass it up to three times the limit") { started.total == 6 }
    await settle()
    #expect(started.total == 6)
    limit.value = 5
    await eventually("and the window follows") { started.total == 15 }
    first.open()
    #expect(await run.value == 100)
  }
}
