import BoundedConcurrency
import TestSupport
import Testing

@Suite struct BackPressureTests {
  @Test("the limit is never exceeded and is reached", arguments: [1, 2, 5, 64])
  func exactLimit(limit: Int) async {
    let occupancy = Occupancy()
    let gate = Gate()
    let run = Task {
      await integers(0..<limit * 4).concurrentMap(limit: limit, window: .fixed(limit * 2)) { element in
        occupancy.enter()
        await gate.wait()
        occupancy.leave()
        return element
      }.collect()
    }
    await eventually("the limit is reached") { occupancy.now == limit }
    await settle()
    gate.open()
    #expect(await run.value.count == limit * 4)
    #expect(occupancy.peak == limit)
  }

  @Test("nothing is pulled before the first next()")
  func lazy() async {
    let source = GatedSource<Never>()
    var results = source.concurrentMap(limit: 3) { $0 }.makeAsyncIterator()
    await settle()
    #expect(source.pulls == 0)
    source.yield(1)
    #expect(await results.next() == 1)
  }

  @Test("after k results, exactly limit + k were started", arguments: [1, 3, 8])
  func noReadAhead(limit: Int) async {
    let started = Occupancy()
    var results = integers(0..<100).concurrentMap(limit: limit) { element in
      started.enter()
      return element
    }.makeAsyncIterator()
    for taken in 1...3 {
      #expect(await results.next() == taken - 1)
      await eventually("the freed slot is used") { started.total == limit + taken }
      await settle()
      #expect(started.total == limit + taken)
    }
  }

  @Test("input order, the head blocked: no more than the window is started")
  func headOfLine() async {
    let gate = Gate()
    let started = Occupancy()
    var results = integers(0..<100).concurrentMap(limit: 3, window: 12) { element in
      started.enter()
      if element == 0 { await gate.wait() }
      return element
    }.makeAsyncIterator()
    async let opened: Void = {
      await eventually("the window is filled") { started.total == 12 }
      await settle()
      #expect(started.total == 12)
      gate.open()
    }()
    #expect(await results.next() == 0)
    await opened
    for expected in 1..<100 { #expect(await results.next() == expected) }
  }

  @Test("a window larger than the limit does not raise the limit, and lets it be reached")
  func windowAboveLimit() async {
    let source = GatedSource<Never>()
    let occupancy = Occupancy()
    let gates = Gates()
    let run = Task {
      await source.concurrentMap(limit: 2, window: 6) { element in
        occupancy.enter()
        await gates[element].wait()
        occupancy.leave()
        return element
      }.collect()
    }
    for element in 0..<6 { source.yield(element) }
    for element in [1, 2, 3, 4, 5, 0] {
      await eventually("the slot is used again, though nothing can be delivered") { occupancy.total > element }
      gates[element].open()
    }
    source.finish()
    #expect(await run.value == Array(0..<6))
    #expect(occupancy.peak == 2)
  }

  @Test("a slot is reserved before the pull: limit - 1 in work and a slow source are full")
  func reservation() async {
    let source = GatedSource<Never>()
    let gate = Gate()
    let occupancy = Occupancy()
    let run = Task {
      await source.concurrentMap(limit: 2) { element in
        occupancy.enter()
        await gate.wait()
        return element
      }.collect()
    }
    source.yield(0)
    await eventually("one works, one pulls") { occupancy.total == 1 && source.isWaiting }
    source.yield(1)
    await eventually("both work") { occupancy.total == 2 }
    source.yield(2)
    await settle()
    #expect(source.pulls == 2, "no slot, no pull")
    gate.open()
    source.finish()
    #expect(await run.value == [0, 1, 2])
  }

  @Test("the source is pulled strictly one at a time", arguments: [ConcurrentMapOrder.input, .completion])
  func serialPulls(order: ConcurrentMapOrder) async {
    let source = GatedSource<Never>()
    source.yield(0..<2000)
    source.finish()
    let results = await source.concurrentMap(limit: 16, order: order) { element in
      if element % 7 == 0 { await Task.yield() }
      return element
    }.collect()
    #expect(results.count == 2000)
    #expect(!source.overlapped)
    #expect(source.pulls == 2001)
  }

  @Test("the source is not pulled after it has ended")
  func noPullAfterEnd() async {
    let source = GatedSource<Never>()
    source.yield(0..<3)
    source.finish()
    var results = source.concurrentMap(limit: 8) { $0 }.makeAsyncIterator()
    while await results.next() != nil {}
    for _ in 0..<3 { #expect(await results.next() == nil) }
    await settle()
    #expect(source.pullsAfterEnd == 0)
  }

  @Test(
    "an endless source and a slow consumer: living results stay within the window",
    arguments: [
      ConcurrentMapOrder.input, .completion,
    ])
  func flat(order: ConcurrentMapOrder) async {
    let living = Occupancy()
    var results = integers(0..<Int.max).concurrentMap(limit: 8, window: 32, order: order) {
      Tracked($0, in: living)
    }.makeAsyncIterator()
    for taken in 0..<schedules(1_000_000) {
      let result = await results.next()
      #expect(result != nil)
      if taken % 1000 == 0 { await Task.yield() }
    }
    // Those in the window, one handed over, and one in each worker's hands.
    #expect(living.peak <= 32 + 1 + 8)
  }

  @Test("work goes on while the consumer is busy, and does not depend on it")
  func busyConsumer() async {
    let finished = Occupancy()
    let permit = Gate()
    var results = integers(0..<4).concurrentMap(limit: 4) { element in
      if element == 3 { permit.open() }
      finished.enter()
      return element
    }.makeAsyncIterator()
    #expect(await results.next() == 0)
    await permit.wait()
    await eventually("all is done without a call of next()") { finished.total == 4 }
    #expect(await results.next() == 1)
  }

  @Test(
    "a finished result is delivered while the source hangs, before the limit is reached",
    arguments: [
      ConcurrentMapOrder.input, .completion,
    ])
  func hangingSource(order: ConcurrentMapOrder) async {
    let source = GatedSource<Never>()
    var results = source.concurrentMap(limit: 8, order: order) { $0 }.makeAsyncIterator()
    for element in 0..<20 {
      source.yield(element)
      #expect(await results.next() == element)
      await eventually("the source is asked for more") { source.isWaiting }
    }
    source.finish()
    #expect(await results.next() == nil)
  }
}
