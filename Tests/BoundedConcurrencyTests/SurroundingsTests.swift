import BoundedConcurrency
import TestSupport
import Testing

/// Task locals, nesting, actors, priorities: what the operator lives among.
@Suite struct SurroundingsTests {
  @TaskLocal static var name = "nobody"

  @Test("task locals of the consumer's first call reach the work")
  func taskLocals() async {
    let names = await Self.$name.withValue("somebody") {
      await integers(0..<50).concurrentMap(limit: 5) { _ in
        await Task.yield()
        return Self.name
      }.collect()
    }
    #expect(Set(names) == ["somebody"])
  }

  @Test("so they do where a worker is started by who raises the limit, or by a later call of the consumer")
  func taskLocalsOfLateWorkers() async {
    let limit = ConcurrencyLimit(1)
    let gate = Gate()
    let names = Lock<[String]>([])
    var results = Self.$name.withValue("somebody") {
      integers(0..<3).concurrentMap(limit: limit, window: 3, order: .completion) { element in
        names.withLock { $0.append(Self.name) }
        if element > 0 { await gate.wait() }
      }.makeAsyncIterator()
    }
    await Self.$name.withValue("somebody") { _ = await results.next() }
    await eventually("the second is in work") { names.withLock { $0.count } == 2 }
    Self.$name.withValue("another") { limit.value = 2 }
    await eventually("the third is in work, by a new worker") { names.withLock { $0.count } == 3 }
    gate.open()
    #expect(names.withLock { $0 } == ["somebody", "somebody", "somebody"])

    let second = Gate()
    let begun = Occupancy()
    var later = integers(0..<3).concurrentMap(limit: 3, window: 3, order: .completion) { element in
      names.withLock { $0.append(Self.name) }
      begun.enter()
      if element == 2 { await second.wait() }
    }.makeAsyncIterator()
    await Self.$name.withValue("first") { _ = await later.next() }
    await Self.$name.withValue("later") { _ = await later.next() }
    second.open()
    _ = await later.next()
    #expect(names.withLock { $0.suffix(3) } == ["first", "first", "first"])
  }

  @Test("an operator in the work of another, at limit 1")
  func nested() async {
    let sums = await integers(0..<20).concurrentMap(limit: 1) { outer in
      await integers(0..<outer).concurrentMap(limit: 1) { $0 }.collect().reduce(0, +)
    }.collect()
    #expect(sums == (0..<20).map { $0 * ($0 - 1) / 2 })
  }

  @Test("a chain of operators")
  func chained() async {
    let results = await integers(0..<500).concurrentMap(limit: 3) { $0 + 1 }.concurrentMap(limit: 2) { $0 * 2 }
      .concurrentMap(limit: 1) { $0 - 1 }.collect()
    #expect(results == (0..<500).map { ($0 + 1) * 2 - 1 })
  }

  @Test("a consumer on an actor, and on the main actor: its work runs elsewhere")
  func actors() async {
    #expect(await Consumer().consume() == 10)
    await onMainActor()
  }

  actor Consumer {
    var count = 0

    func consume() async -> Int {
      for await _ in integers(0..<10).concurrentMap(limit: 3, { $0 }) { count += 1 }
      await integers(0..<10).concurrentMap(limit: 3) { $0 }.withResults { results in
        for await _ in results { count += 1 }
      }
      return count / 2
    }
  }

  @MainActor private func onMainActor() async {
    let started = Occupancy()
    let results = integers(0..<4).concurrentMap(limit: 2) { element in
      started.enter()
      return element
    }
    for await result in results {
      MainActor.preconditionIsolated()
      // Holds the main actor until the work of the next element has begun, which therefore did without it.
      let deadline = ContinuousClock.now + .seconds(240)
      while started.total < min(result + 2, 4), ContinuousClock.now < deadline { sched_yield() }
      #expect(started.total >= min(result + 2, 4))
    }
  }

  @Test("two tasks in next() of one run at the same time are a mistake that stops the program")
  func twoConsumers() async {
    await #expect(processExitsWith: .failure) {
      await integers(0..<4).concurrentMap(limit: 2) { _ in try? await Gate().pass() }.withResults { results in
        await withDiscardingTaskGroup { group in
          for _ in 0..<2 { group.addTask { for await _ in results {} } }
        }
      }
    }
  }

  @Test("work runs at the priority of the consumer that started it")
  func priority() async {
    for priority in [TaskPriority.background, .high] {
      let seen = await Task.detached(priority: priority) {
        await integers(0..<20).concurrentMap(limit: 4) { _ in Task.currentPriority }.collect()
      }.result.get()
      #expect(seen.allSatisfy { $0 >= priority })
    }
  }
}
