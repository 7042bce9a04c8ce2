import BoundedConcurrency
import TestSupport
import Testing

/// One policy: the first failure in time cancels the rest and is thrown next.
@Suite struct FailureTests {
  @Test(
    "the first, a middle or the last element fails", arguments: [0, 5, 9],
    [
      ConcurrentMapOrder.input, .completion,
    ])
  func oneFails(failing: Int, order: ConcurrentMapOrder) async {
    for limit in [1, 3, 20] {
      let results = integers(0..<10).concurrentMap(limit: limit, order: order) { (element) throws(WorkError) in
        if element == failing { throw WorkError(index: element) }
        return element
      }
      await #expect(throws: WorkError(index: failing)) { try await results.collect() }
    }
  }

  @Test("all fail at once: one error is thrown, the others are dropped")
  func allFail() async throws {
    let gate = Gate()
    let started = Occupancy()
    var results = integers(0..<8).concurrentMap(limit: 8) { (element) throws -> Int in
      started.enter()
      await gate.wait()
      throw WorkError(index: element)
    }.makeAsyncIterator()
    async let opened: Void = {
      await eventually("all have started") { started.total == 8 }
      gate.open()
    }()
    await #expect(throws: WorkError.self) { try await results.next() }
    await opened
    #expect(try await results.next() == nil)
  }

  @Test("a failure is thrown while the source hangs")
  func failsWhileSourceHangs() async {
    let source = GatedSource<Never>()
    let gate = Gate()
    var results = source.concurrentMap(limit: 3) { (element) throws(WorkError) -> Int in
      await gate.wait()
      throw WorkError(index: element)
    }.makeAsyncIterator()
    source.yield(4)
    async let opened: Void = {
      await eventually("the source hangs") { source.isWaiting && source.pulls == 2 }
      gate.open()
    }()
    await #expect(throws: WorkError(index: 4)) { try await results.next() }
    await opened
    await eventually("and is cancelled") { !source.isWaiting }
  }

  @Test("a failure while nobody waits is kept for the next call")
  func keptFailure() async {
    let failed = Gate()
    var results = integers(0..<3).concurrentMap(limit: 3) { (element) throws(WorkError) in
      if element == 1 { await failed.wait() }
      if element == 1 { throw WorkError(index: 1) }
      return element
    }.makeAsyncIterator()
    await #expect(throws: Never.self) { try await results.next() }
    failed.open()
    await settle()
    await #expect(throws: WorkError(index: 1)) {
      while try await results.next() != nil {}
    }
    await expectEnd(&results)
  }

  @Test("in input order too a failure overtakes the head that is still running, and what is parked behind it")
  func overtakesTheHead() async {
    let cancelled = Gate()
    var results = integers(0..<3).concurrentMap(limit: 3) { (element) throws(WorkError) in
      if element == 2 { throw WorkError(index: 2) }
      if element == 0 {
        try? await Gate().pass()
        cancelled.open()
      }
      return element
    }.makeAsyncIterator()
    await #expect(throws: WorkError(index: 2)) { try await results.next() }
    await cancelled.wait()
  }

  @Test("a failure is never lost to a result that is ready at the same moment")
  func neverLost() async {
    for round in 0..<schedules(5000) {
      let failing = round % 7
      let results = integers(0..<7).concurrentMap(limit: 7, order: round % 2 == 0 ? .input : .completion) {
        (element) throws(WorkError) in
        if element == failing { throw WorkError(index: element) }
        return element
      }
      await #expect(throws: WorkError(index: failing)) { try await results.collect() }
    }
  }

  @Test("a failure comes before results that were ready")
  func failureComesFirst() async {
    let gate = Gate()
    let ended = Occupancy()
    // The siblings of what has failed are cancelled once the failure is recorded.
    let isRecorded = Gate()
    var results = integers(0..<5).concurrentMap(limit: 5) { (element) throws(WorkError) -> Int in
      switch element {
      case 3:
        await gate.wait()
        throw WorkError(index: 3)
      case 4:
        try? await Gate().pass()
        isRecorded.open()
      default: if element > 0 { ended.enter() }
      }
      return element
    }.makeAsyncIterator()
    #expect(await (try? results.next()) == 0)
    await eventually("two results are ready") { ended.total == 2 }
    gate.open()
    await isRecorded.wait()
    await #expect(throws: WorkError(index: 3)) { try await results.next() }
    await expectEnd(&results)
  }

  @Test("nothing new starts after a failure")
  func nothingStarts() async {
    let source = GatedSource<Never>()
    let started = Occupancy()
    var results = source.concurrentMap(limit: 4) { (element) throws(WorkError) -> Int in
      started.enter()
      throw WorkError(index: element)
    }.makeAsyncIterator()
    source.yield(0)
    await #expect(throws: WorkError(index: 0)) { try await results.next() }
    source.yield(1, 2, 3)
    await settle()
    #expect(started.total == 1)
  }

  @Test("the siblings see their cancellation, and what they throw of it never replaces the cause")
  func siblings() async {
    for _ in 0..<schedules(500) {
      let waiting = Occupancy()
      let sawCancellation = Occupancy()
      let results = integers(0..<4).concurrentMap(limit: 4) { element in
        if element == 3 {
          await eventually("the others wait") { waiting.total == 3 }
          throw WorkError(index: 3)
        }
        waiting.enter()
        do {
          try await Gate().pass()
        } catch {
          sawCancellation.enter()
          #expect(Task.isCancelled)
          throw error
        }
      }
      await #expect(throws: WorkError(index: 3)) { try await results.collect() }
      await eventually("all have seen it") { sawCancellation.total == 3 }
    }
  }

  @Test("CancellationError thrown by work that nobody cancelled is a failure like any other")
  func cancellationAsFailure() async {
    let results = integers(0..<4).concurrentMap(limit: 2) { element in
      if element == 2 { throw CancellationError() }
    }
    await #expect(throws: CancellationError.self) { try await results.collect() }
  }

  @Test("the source fails on its first, second or k-th element", arguments: [0, 1, 6], [1, 3, 20])
  func sourceFails(at index: Int, limit: Int) async {
    let source = Integers(0..<10, failing: (index, SourceError()))
    await #expect(throws: SourceError()) { try await source.concurrentMap(limit: limit) { $0 }.collect() }
    await #expect(throws: SourceError()) {
      try await source.concurrentMap(limit: limit, order: .completion) { $0 }.collect()
    }
  }

  @Test("the source fails while all are busy: thrown at once, and the work is cancelled")
  func sourceFailsWhileBusy() async {
    let source = GatedSource<SourceError>()
    let cancelled = Occupancy()
    var results = source.concurrentMap(limit: 3) { element in
      try? await Gate().pass()
      cancelled.enter()
      return element
    }.makeAsyncIterator()
    source.yield(0, 1)
    source.fail(SourceError())
    await #expect(throws: SourceError()) { try await results.next() }
    await eventually("both are cancelled") { cancelled.total == 2 }
  }

  @Test("the source fails after the work did: the work's failure is thrown")
  func sourceFailsLater() async {
    let source = GatedSource<SourceError>()
    var results = source.concurrentMap(limit: 3) { (element) -> Int in throw WorkError(index: element) }
      .makeAsyncIterator()
    source.yield(0)
    await #expect(throws: WorkError(index: 0)) { try await results.next() }
    source.fail(SourceError())
    await expectEnd(&results)
  }

  @Test("after a failure there is only the end")
  func endForEver() async {
    var results = Integers(0..<3, failing: (1, SourceError())).concurrentMap(limit: 1) { $0 }.makeAsyncIterator()
    await #expect(throws: SourceError()) {
      while try await results.next() != nil {}
    }
    for _ in 0..<3 { await expectEnd(&results) }
  }
}
