import Testing

@testable import BoundedConcurrency

@Suite struct ReorderBufferTests {
  @Test func emptyCostsNothing() {
    var buffer = ReorderBuffer<Int>()
    #expect(buffer.slots.isEmpty)
    #expect(buffer.popFirst() == nil)
  }

  @Test func reversedPositionsComeOutInOrder() {
    var buffer = ReorderBuffer<Int>()
    for position in (0..<100).reversed() { buffer.insert(position * 3, at: position) }
    #expect(buffer.count == 100)
    #expect((0..<100).map { _ in buffer.popFirst() } == (0..<100).map { $0 * 3 })
    #expect(buffer.isEmpty)
  }

  @Test func aHoleHoldsBackWhatIsBehindIt() {
    var buffer = ReorderBuffer<Int?>()
    buffer.insert(nil, at: 1)
    #expect(buffer.popFirst() == nil)
    buffer.insert(0, at: 0)
    #expect(buffer.popFirst() == .some(0))
    #expect(buffer.popFirst() == .some(nil), "nil is a result like any other")
  }

  @Test func theRingIsReusedForEver() {
    var buffer = ReorderBuffer<Int>()
    for round in 0..<1000 {
      buffer.insert(round * 3 + 2, at: round * 3 + 2)
      buffer.insert(round * 3 + 1, at: round * 3 + 1)
      buffer.skipFront()
      #expect(buffer.popFirst() == round * 3 + 1)
      #expect(buffer.popFirst() == round * 3 + 2)
    }
    #expect(buffer.slots.count == 4)
  }

  @Test(arguments: 1...40) func growsWithEveryAlignment(of front: Int) {
    var buffer = ReorderBuffer<Int>()
    for _ in 0..<front { buffer.skipFront() }
    for position in [2, 0, 3, 9, 1, 17] { buffer.insert(position, at: front + position) }
    #expect((0..<4).map { _ in buffer.popFirst() } == [0, 1, 2, 3])
    #expect(buffer.popFirst() == nil)
    #expect(buffer.count == 2)
  }
}
