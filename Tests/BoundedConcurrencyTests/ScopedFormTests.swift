import BoundedConcurrency
import TestSupport
import Testing

@Suite struct ScopedFormTests {
  @Test("withResults joins all its work when it returns early, and when it throws", arguments: [true, false])
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

  @Test("withResults joins when the task is cancelled, although the body is elsewhere")
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

  @Test("withResults returns only after the source is released", arguments: [0, 1, 3, 100])
  func releasesSource(reads: Int) async {
    for _ in 0..<schedules(2000) {
      let living = Occupancy()
      let source = integers(0..<20, companion: Tracked(0, in: living))
      await Task {
        // The sequence keeps the source as a value; only iterators are counted.
        let results = Watched(source: source, living: living).concurrentMap(limit: 3) { $0 }
        await results.withResults { results in
          var iterator = results.makeAsyncIterator()
          for _ in 0..<reads { _ = await iterator.next() }
        }
        #expect(living.now == 1, "its iterator is gone")
      }.value
    }
  }

  /// Counts its living iterators.
  struct Watched: AsyncSequence, Sendable {
    let source: Integers<Never>
    let living: Occupancy

    func makeAsyncIterator() -> AsyncIterator {
      AsyncIterator(base: source.makeAsyncIterator(), token: Tracked(1, in: living))
    }

    struct AsyncIterator: AsyncIteratorProtocol {
      var base: Integers<Never>.AsyncIterator
      let token: Tracked

      mutating func next(isolation: isolated (any Actor)?) async -> Int? { await base.next(isolation: isolation) }
      mutating func next() async -> Int? { await next(isolation: nil) }
    }
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

  @Test("forEachConcurrent throws the first failure after all has returned")
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
