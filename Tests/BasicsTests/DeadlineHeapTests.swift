import Basics
import TestSupport
import Testing

@Suite struct DeadlineHeapTests {
  private let origin = Instant.now

  private func at(_ milliseconds: Int) -> Instant { origin + .milliseconds(milliseconds) }

  @Test func isEmptyAtFirst() {
    var heap = DeadlineHeap<Int>()
    #expect(heap.count == 0)
    #expect(heap.earliest == nil)
    #expect(heap.popDue(at: at(1_000_000)) == nil)
  }

  @Test func popsInOrderOfDeadlinesAndOnlyWhatIsDue() {
    var heap = DeadlineHeap<Int>()
    for time in [30, 10, 20] { _ = heap.insert(time, at: at(time)) }
    #expect(heap.earliest == at(10))
    #expect(heap.popDue(at: at(9)) == nil)
    #expect(heap.popDue(at: at(20)) == 10)
    #expect(heap.popDue(at: at(20)) == 20)
    #expect(heap.popDue(at: at(20)) == nil)
    #expect(heap.count == 1)
  }

  @Test func removedEntriesDoNotComeBack() {
    var heap = DeadlineHeap<Int>()
    let first = heap.insert(1, at: at(1))
    _ = heap.insert(2, at: at(2))
    #expect(heap.remove(first) == 1)
    #expect(heap.remove(first) == nil)
    #expect(heap.earliest == at(2))
    #expect(heap.popDue(at: at(5)) == 2)
  }

  @Test func anOldKeyDoesNotNameANewEntryInItsSlot() {
    var heap = DeadlineHeap<Int>()
    let old = heap.insert(1, at: at(1))
    _ = heap.popDue(at: at(1))
    let new = heap.insert(2, at: at(2))
    #expect(heap.remove(old) == nil)
    #expect(heap.remove(new) == 2)
  }

  @Test(arguments: [1, 2, 3]) func postponedEntriesComeLaterAndTheOthersAsBefore(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var heap = DeadlineHeap<Int>()
    var expected: [(deadline: Int, payload: Int)] = []
    var removed: DeadlineHeap<Int>.EntryKey?
    for payload in 0..<200 {
      let deadline = Int.random(in: 0..<500, using: &random)
      let key = heap.insert(payload, at: at(deadline))
      if payload == 100 { removed = key } else { expected.append((deadline + (payload % 3 == 0 ? 250 : 0), payload)) }
    }
    #expect(heap.remove(removed!) == 100)
    heap.postpone(by: .milliseconds(250)) { $0 % 3 == 0 }
    for deadline in expected.map(\.deadline).sorted() {
      #expect(heap.earliest == at(deadline))
      let payload = heap.popDue(at: at(deadline))
      #expect(expected.contains { $0 == (deadline, payload) })
    }
    #expect(heap.count == 0)
  }

  @Test(arguments: [1, 2, 3, 4, 5]) func agreesWithASortedArray(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var heap = DeadlineHeap<Int>()
    var model: [(key: DeadlineHeap<Int>.EntryKey, deadline: Int, payload: Int)] = []
    for payload in 0..<3000 {
      switch Int.random(in: 0..<4, using: &random) {
      case 0...1:
        let deadline = Int.random(in: 0..<500, using: &random)
        model.append((heap.insert(payload, at: at(deadline)), deadline, payload))
      case 2 where !model.isEmpty:
        let victim = model.remove(at: Int.random(in: 0..<model.count, using: &random))
        #expect(heap.remove(victim.key) == victim.payload)
      default:
        let now = Int.random(in: 0..<500, using: &random)
        let popped = heap.popDue(at: at(now))
        // Of several with the earliest deadline any one will do.
        if let popped {
          let index = model.firstIndex { $0.payload == popped }!
          #expect(model[index].deadline == model.map(\.deadline).min())
          #expect(model[index].deadline <= now)
          model.remove(at: index)
        } else {
          #expect(model.allSatisfy { $0.deadline > now })
        }
      }
      #expect(heap.count == model.count)
      #expect(heap.earliest == model.map(\.deadline).min().map { at($0) })
    }
  }
}
