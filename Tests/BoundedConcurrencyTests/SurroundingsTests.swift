import BoundedConcurrency
import Testing

/// Task locals, nesting, actors, priorities: what the operator lives among.
@Suite struct SurroundingsTests {
  @TaskLocal static var name = "nobody"

  @Test("§4.51 task locals of the consumer's first call reach the work")
  func taskLocals() async {
    let names = await Self.$name.withValue("somebody") {
      await integers(0..<50).concurrentMap(limit: 5) { _ in
        await Task.yield()
        return Self.name
      }.collect()
    }
    #expect(Set(names) == ["somebody"])
  }

  @Test("§4.52 an operator in the work of another, at limit 1")
  func nested() async {
    let sums = await integers(0..<20).concurrentMap(limit: 1) { outer in
      await integers(0..<outer).concurrentMap(limit: 1) { $0 }.collect().reduce(0, +)
    }.collect()
    #expect(sums == (0..<20).map { $0 * ($0 - 1) / 2 })
  }

  @Test("§4.52 a chain of operators")
  func chained() async {
    let results = await integers(0..<500).concurrentMap(limit: 3) { $0 + 1 }.concurrentMap(limit: 2) { $0 * 2 }
      .concurrentMap(limit: 1) { $0 - 1 }.collect()
    #expect(results == (0..<500).map { ($0 + 1) * 2 - 1 })
  }

  @Test("§4.53 a consumer on an actor, and on the main actor: its work runs elsewhere")
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
    var sum = 0
    let gate = Gate()
    let results = integers(0..<4).concurrentMap(limit: 2) { element in
      // Would wait for ever if it needed the main actor, which the first task below blocks until it opens the gate.
      gate.open()
      return element
    }
    for await result in results {
      MainActor.preconditionIsolated()
      sum += result
    }
    #expect(sum == 6)
  }

  @Test("§4.54 two tasks in next() of one run at the same time are a mistake that stops the program")
  func twoConsumers() async {
    await #expect(processExitsWith: .failure) {
      await integers(0..<4).concurrentMap(limit: 2) { _ in try? await Gate().pass() }.withResults { results in
        await withDiscardingTaskGroup { group in
          for _ in 0..<2 { group.addTask { for await _ in results {} } }
        }
      }
    }
  }

  @Test("§4.56 work runs at the priority of the consumer that started it")
  func priority() async {
    for priority in [TaskPriority.background, .high] {
      let seen = await Task.detached(priority: priority) {
        await integers(0..<20).concurrentMap(limit: 4) { _ in Task.currentPriority }.collect()
      }.result.get()
      #expect(seen.allSatisfy { $0 >= priority })
    }
  }
}
