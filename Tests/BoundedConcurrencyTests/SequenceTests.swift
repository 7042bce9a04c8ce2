import BoundedConcurrency
import Testing

@Suite struct SequenceTests {
  @Test("a sequence that is there already is mapped like one that comes")
  func values() async throws {
    #expect(await [1, 2, 3].concurrentMap(limit: 2) { $0 * 2 }.collect() == [2, 4, 6])
    #expect(await (0..<100).concurrentMap(limit: ConcurrencyLimit(3), window: 9) { $0 }.collect() == Array(0..<100))
    let seen = Occupancy()
    await (0..<100).forEachConcurrent(limit: 7) { _ in seen.enter() }
    await (0..<100).forEachConcurrent(limit: ConcurrencyLimit(7)) { _ in seen.enter() }
    #expect(seen.total == 200)
    await #expect(throws: WorkError(index: 5)) {
      for try await _ in (0..<10).concurrentMap(limit: 1, { if $0 == 5 { throw WorkError(index: 5) } }) {}
    }
  }
}
