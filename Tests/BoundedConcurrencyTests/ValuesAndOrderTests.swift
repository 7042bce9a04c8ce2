import BoundedConcurrency
import TestSupport
import Testing

@Suite struct ValuesAndOrderTests {
  @Test("input order with random delays", arguments: [1, 3, 16])
  func randomDelays(limit: Int) async {
    let results = await integers(0..<300).concurrentMap(limit: limit) { element in
      for _ in 0..<Int.random(in: 0...20) { await Task.yield() }
      return element
    }.collect()
    #expect(results == Array(0..<300))
  }

  @Test("slowest first, in input order")
  func slowestFirst() async {
    let gates = Gates()
    let results = await integers(0..<8).concurrentMap(limit: 8) { element in
      if element < 7 { await gates[element].wait() }
      if element > 0 { gates[element - 1].open() }
      return element
    }.collect()
    #expect(results == Array(0..<8))
  }

  @Test("completion order is the order in which the gates open")
  func completionOrder() async {
    let gates = Gates()
    let opening = [3, 0, 4, 1, 2]
    var results = integers(0..<5).concurrentMap(limit: 5, order: .completion) { element in
      await gates[element].wait()
      return element
    }.makeAsyncIterator()
    for element in opening {
      gates[element].open()
      #expect(await results.next() == element)
    }
    #expect(await results.next() == nil)
  }

  @Test("an empty source", arguments: [ConcurrentMapOrder.input, .completion])
  func emptySource(order: ConcurrentMapOrder) async {
    let results = integers(0..<0).concurrentMap(limit: 3, order: order) { $0 }
    #expect(await results.collect().isEmpty)
  }

  @Test("one element", arguments: [1, 2]) func oneElement(limit: Int) async {
    #expect(await integers(7..<8).concurrentMap(limit: limit) { $0 * 2 }.collect() == [14])
  }

  @Test(
    "any size and limit equals map", arguments: [0, 1, 10, 33, 99, 9999],
    [1, 2, 3, 10, 1000])
  func sizesAndLimits(size: Int, limit: Int) async {
    let expected = (0..<size).map { $0 * 3 }
    #expect(await integers(0..<size).concurrentMap(limit: limit) { $0 * 3 }.collect() == expected)
    let unordered = await integers(0..<size).concurrentMap(limit: limit, window: .fixed(limit * 2), order: .completion)
    {
      $0 * 3
    }.collect()
    #expect(limit == 1 ? unordered == expected : unordered.sorted() == expected)
  }

  @Test("limit 1 is serial in both orders", arguments: [ConcurrentMapOrder.input, .completion])
  func serial(order: ConcurrentMapOrder) async {
    let occupancy = Occupancy()
    let results = await integers(0..<50).concurrentMap(limit: 1, window: 8, order: order) { element in
      occupancy.enter()
      await Task.yield()
      occupancy.leave()
      return element
    }.collect()
    #expect(results == Array(0..<50))
    #expect(occupancy.peak == 1)
  }

  @Test("a limit below 1 is refused with its reason")
  func noLimit() async {
    await #expect(processExitsWith: .failure) { _ = integers(0..<1).concurrentMap(limit: 0) { $0 } }
    await #expect(processExitsWith: .failure) { _ = integers(0..<1).concurrentMap(limit: -1) { $0 } }
    await #expect(processExitsWith: .failure) { _ = ConcurrencyLimit(0) }
    await #expect(processExitsWith: .failure) { ConcurrencyLimit(3).value = 0 }
    await #expect(processExitsWith: .failure) { await integers(0..<1).forEachConcurrent(limit: 0) { _ in } }
    let refusal = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = integers(0..<1).concurrentMap(limit: 5, window: 4) { $0 }
    }
    #if DEBUG
      let reason = String(decoding: refusal?.standardErrorContent ?? [], as: UTF8.self)
      #expect(reason.contains("a window of 4 is smaller than the limit of 5"))
    #endif
  }

  @Test("nil, Void, large values and objects are results like any other")
  func odd() async {
    let optionals = await integers(0..<6).concurrentMap(limit: 2) { $0 % 2 == 0 ? nil : $0 }.collect()
    #expect(optionals == [nil, 1, nil, 3, nil, 5])
    #expect(await integers(0..<6).concurrentMap(limit: 2) { _ in }.collect().count == 6)
    let large = await integers(0..<6).concurrentMap(limit: 2) { InlineArray<100, Int>(repeating: $0) }.collect()
    #expect(large.map { $0[99] } == Array(0..<6))
    let living = Occupancy()
    let objects = await integers(0..<6).concurrentMap(limit: 2) { Tracked($0, in: living) }.collect()
    #expect(objects.map(\.value) == Array(0..<6) && living.now == 6)
  }

  @Test("iterated twice, and zipped with itself: every iterator is a run of its own")
  func independentRuns() async {
    let doubled = integers(0..<20).concurrentMap(limit: 3) { $0 * 2 }
    var (first, second) = (doubled.makeAsyncIterator(), doubled.makeAsyncIterator())
    for expected in 0..<20 {
      #expect(await first.next() == expected * 2)
      #expect(await second.next() == expected * 2)
    }
    #expect(await first.next() == nil)
    #expect(await second.next() == nil)
  }
}
