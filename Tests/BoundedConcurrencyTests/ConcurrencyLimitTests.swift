import TestSupport
import Testing

@testable import BoundedConcurrency

@Suite struct ConcurrencyLimitTests {
  @Test("raising the limit starts more at once, lowering it lets running work finish and starts no more")
  func changes() async {
    let limit = ConcurrencyLimit(2)
    let gates = Gates()
    let inWork = Occupancy()
    let run = Task {
      await integers(0..<40).concurrentMap(limit: limit, order: .completion) { element in
        inWork.enter()
        await gates[element].wait()
        inWork.leave()
        return element
      }.collect()
    }
    await eventually("two are started") { inWork.now == 2 }
    limit.value = 6
    await eventually("four more are started, though nothing has finished") { inWork.now == 6 }
    await settle()
    #expect(inWork.total == 6)
    limit.value = 1
    for element in 0..<5 { gates[element].open() }
    await eventually("five have finished") { inWork.now == 1 }
    await settle()
    #expect(inWork.total == 6, "the sixth uses the one slot there is")
    gates[5].open()
    await eventually("the next one uses it") { inWork.total == 7 }
    await settle()
    #expect(inWork.now == 1)
    limit.value = 64
    await eventually("all are started") { inWork.total == 40 }
    for element in 6..<40 { gates[element].open() }
    #expect(await run.value.sorted() == Array(0..<40))
    #expect(inWork.peak == 34)
  }

  @Test("an explicit window holds whatever becomes of the limit")
  func window() async {
    let limit = ConcurrencyLimit(2)
    let gate = Gate()
    let started = Occupancy()
    let run = Task {
      await integers(0..<40).concurrentMap(limit: limit, window: 8) { element in
        started.enter()
        await gate.wait()
      }.collect().count
    }
    await eventually("two are started") { started.total == 2 }
    limit.value = 30
    await eventually("the window is full") { started.total == 8 }
    await settle()
    #expect(started.total == 8)
    gate.open()
    #expect(await run.value == 40)
  }

  @Test("one limit serves several operators, each by itself, and outlives them")
  func shared() async {
    let limit = ConcurrencyLimit(1)
    let living = Occupancy()
    for _ in 0..<3 {
      let source = integers(0..<20, companion: Tracked(0, in: living))
      async let first = source.concurrentMap(limit: limit) { $0 }.collect()
      async let second = source.concurrentMap(limit: limit) { $0 }.collect()
      limit.value += 1
      #expect(await first.count + second.count == 40)
    }
    await eventually("it keeps none of them") { living.now == 0 }
    limit.value = 9
    #expect(limit.value == 9)
  }

  @Test("a run that is over follows its limit no more")
  func unfollows() async {
    let limit = ConcurrencyLimit(1)
    for _ in 0..<3 { #expect(await integers(0..<5).concurrentMap(limit: limit) { $0 }.collect().count == 5) }
    await eventually("nobody follows it") { limit.followerCount == 0 }
  }

  @Test("a limit that changes all the time loses nothing and never lets more run than its largest value")
  func unsteady() async {
    let limit = ConcurrencyLimit(1)
    let inWork = Occupancy()
    let stop = Gate()
    let changer = Task {
      var generator = SystemRandomNumberGenerator()
      while !Task.isCancelled {
        limit.value = Int.random(in: 1...16, using: &generator)
        await Task.yield()
      }
    }
    let count = schedules(200_000)
    let results = await integers(0..<count).concurrentMap(limit: limit, window: 32) { element in
      inWork.enter()
      if element % 3 == 0 { await Task.yield() }
      inWork.leave()
      return element
    }.collect()
    changer.cancel()
    #expect(results == Array(0..<count))
    #expect(inWork.peak <= 16)
    stop.open()
  }
}
