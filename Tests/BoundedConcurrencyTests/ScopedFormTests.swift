import BoundedConcurrency
import Testing

@Suite struct ScopedFormTests {
  @Test("§4.49 withResults joins all its work when it returns early, and when it throws", arguments: [true, false])
  func joins(throwing: Bool) async {
    let inWork = Occupancy()
    let outcome = await Task {
      try await integers(0..<100).concurrentMap(limit: 4) { element in
        inWork.enter()
        defer { inWork.leave() }
        if element > 0 {
          try? await Gate().pass()
          for _ in 0..<50 { await Task.yield() }
        }
        return element
      }.withResults { results in
        for await result in results {
          await eventually("others are at work") { inWork.now == 4 }
          if throwing { throw WorkError(index: result) }
          return result
        }
        return -1
      }
    }.result
    #expect(inWork.now == 0 && inWork.total == 5)
    if throwing {
      #expect(throws: WorkError(index: 0)) { try outcome.get() }
    } else {
      #expect((try? outcome.get()) == 0)
    }
  }

  @Test("§4.49 withResults joins when the task is cancelled, although the body is elsewhere")
  func joinsWhenCancelled() async {
    let inWork = Occupancy()
    let elsewhere = Gate()
    let task = Task {
      try await integers(0..<100).concurrentMap(limit: 4) { element in
        inWork.enter()
        defer { inWork.leave() }
        if element > 0 { try await Gate().pass() }
      }.withResults { results in
        for try await _ in results {
          await eventually("others are at work") { inWork.now == 4 }
          elsewhere.open()
          await eventually("the work is cancelled at once") { inWork.now == 0 }
        }
      }
    }
    await elsewhere.wait()
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(inWork.now == 0)
  }

  @Test("a body that does not read, and one whose results go on in a second loop")
  func bodies() async {
    let started = Occupancy()
    let nothing = await integers(0..<9).concurrentMap(limit: 2) { _ in started.enter() }.withResults { _ in 7 }
    #expect(nothing == 7 && started.total == 0)
    let (first, rest) = await integers(0..<9).concurrentMap(limit: 2) { $0 }.withResults { results in
      var first: [Int] = []
      for await result in results {
        first.append(result)
        if first.count == 3 { break }
      }
      return (first, await results.collect())
    }
    #expect(first == [0, 1, 2] && rest == Array(3..<9))
  }

  @Test("forEachConcurrent does all of it, at most limit at once, before it returns")
  func forEach() async {
    let inWork = Occupancy()
    await integers(0..<500).forEachConcurrent(limit: 7) { element in
      inWork.enter()
      await Task.yield()
      inWork.leave()
    }
    #expect(inWork.total == 500 && inWork.now == 0 && inWork.peak <= 7)
  }

  @Test("§4.49 forEachConcurrent throws the first failure after all has returned")
  func forEachFails() async {
    let inWork = Occupancy()
    await #expect(throws: WorkError(index: 3)) {
      try await integers(0..<500).forEachConcurrent(limit: 7) { element in
        inWork.enter()
        defer { inWork.leave() }
        if element == 3 { throw WorkError(index: 3) }
        try await Gate().pass()
      }
    }
    #expect(inWork.now == 0 && inWork.total <= 10)
    await cancelledTask {
      await #expect(throws: CancellationError.self) {
        try await integers(0..<5).forEachConcurrent(limit: 2) { _ in try Task.checkCancellation() }
      }
    }
  }
}
