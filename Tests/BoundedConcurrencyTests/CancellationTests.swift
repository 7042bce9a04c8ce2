import BoundedConcurrency
import TestSupport
import Testing

@Suite struct CancellationTests {
  @Test(
    "break cancels what is in work, ends the pull and releases the source",
    arguments: [
      ConcurrentMapOrder.input, .completion,
    ])
  func breaking(order: ConcurrentMapOrder) async {
    let living = Occupancy()
    let cancelled = Occupancy()
    do {
      let source = integers(0..<100, companion: Tracked(0, in: living))
      for await _ in source.concurrentMap(
        limit: 4, order: order,
        { element in
          if element > 0 {
            try? await Gate().pass()
            cancelled.enter()
          }
          return element
        })
      { break }
    }
    await eventually("what had started is cancelled, the source is gone") { living.now == 0 }
    #expect(cancelled.total <= 4)
  }

  @Test("break while the source hangs ends its wait")
  func breakingAHangingSource() async {
    let source = GatedSource<Never>()
    source.yield(0)
    for await _ in source.concurrentMap(limit: 4, { $0 }) {
      await eventually("the source hangs") { source.isWaiting }
      break
    }
    await eventually("the source is cancelled") { !source.isWaiting }
  }

  @Test("an iterator that is dropped before its first call, or after the end, leaves nothing behind")
  func dropped() async {
    let living = Occupancy()
    let started = Occupancy()
    do {
      let source = integers(0..<10, companion: Tracked(0, in: living))
      _ = source.concurrentMap(limit: 2) { _ in started.enter() }.makeAsyncIterator()
    }
    await eventually("the source is gone") { living.now == 0 }
    #expect(started.total == 0)
    do {
      let source = integers(0..<10, companion: Tracked(0, in: living))
      #expect(await source.concurrentMap(limit: 2) { $0 }.collect().count == 10)
    }
    await eventually("the source is gone") { living.now == 0 }
  }

  @Test("a consumer that was cancelled before is told so at once, and no work is done")
  func cancelledBefore() async {
    let started = Occupancy()
    await cancelledTask {
      let throwing = integers(0..<9).concurrentMap(limit: 2) { (element) throws in started.enter() }
      await #expect(throws: CancellationError.self) { try await throwing.collect() }
      let silent: [Void] = await integers(0..<9).concurrentMap(limit: 2) { _ in started.enter() }.collect()
      #expect(silent.isEmpty)
    }
    #expect(started.total == 0)
  }

  @Test("cancelled while it waits in next()", arguments: [1, 4])
  func cancelledWhileWaiting(limit: Int) async {
    let started = Occupancy()
    let consumer = Task {
      var results = integers(0..<9).concurrentMap(limit: limit) { element in
        started.enter()
        try await Gate().pass()
      }.makeAsyncIterator()
      await #expect(throws: CancellationError.self) { try await results.next() }
      await expectEnd(&results)
    }
    let silent = Task {
      var results = integers(0..<9).concurrentMap(limit: limit) { _ in
        started.enter()
        try? await Gate().pass()
      }.makeAsyncIterator()
      #expect(await results.next() == nil)
    }
    await eventually("both are at work") { started.total == limit * 2 }
    consumer.cancel()
    silent.cancel()
    await consumer.value
    await silent.value
  }

  @Test("cancelled while it is busy: the next call says so, although results are ready")
  func cancelledWhileBusy() async {
    let finished = Occupancy()
    let (busy, goOn) = (Gate(), Gate())
    let consumer = Task {
      var results = integers(0..<9).concurrentMap(limit: 3) { (element) throws in finished.enter() }.makeAsyncIterator()
      await #expect(throws: Never.self) { try await results.next() }
      busy.open()
      await goOn.wait()
      await #expect(throws: CancellationError.self) { try await results.next() }
      await expectEnd(&results)
    }
    await busy.wait()
    await eventually("results are ready") { finished.total == 4 }
    consumer.cancel()
    goOn.open()
    await consumer.value
  }

  @Test("completion, failure, cancellation and release race: every run ends, nothing stays")
  func races() async {
    let living = Occupancy()
    for round in 0..<schedules(100_000) {
      let consumer = Task {
        let source = integers(0..<6, companion: Tracked(round, in: living))
        let results = source.concurrentMap(limit: 1 + round % 3, order: round % 2 == 0 ? .input : .completion) {
          element in
          if round % 5 == 0 { await Task.yield() }
          if round % 11 == 0, element == 4 { throw WorkError() }
          return element
        }
        var count = 0
        for try await _ in results {
          count += 1
          if round % 4 == 0, count == 3 { return count }
        }
        return count
      }
      if round % 3 != 0 { await Task.yield() }
      if round % 2 == 0 { consumer.cancel() }
      switch await consumer.result {
      case .success(let count): #expect(count == 6 || count == 3)
      case .failure(let error): #expect(error is CancellationError || error is WorkError)
      }
    }
    await eventually("all sources are released") { living.now == 0 }
  }

  @Test("work that ignores cancellation: next() returns, its late result is dropped")
  func stubborn() async {
    let living = Occupancy()
    let (started, gate) = (Gate(), Gate())
    let consumer = Task {
      let source = integers(0..<9, companion: Tracked(0, in: living))
      var results = source.concurrentMap(limit: 1) { (element) throws in
        started.open()
        await gate.wait()
        return element
      }.makeAsyncIterator()
      await #expect(throws: CancellationError.self) { try await results.next() }
    }
    await started.wait()
    consumer.cancel()
    await consumer.value
    #expect(living.now == 1, "it is still in work")
    gate.open()
    await eventually("now it has ended") { living.now == 0 }
  }

  @Test("prefix(k) starts at most k + limit")
  func prefix() async {
    let started = Occupancy()
    let results = integers(0..<100).concurrentMap(limit: 8) { element in
      started.enter()
      return element
    }
    #expect(await results.prefix(10).collect() == Array(0..<10))
    await settle()
    #expect(started.total <= 18)
  }
}

/// Runs `body` in a task that was cancelled before it began.
func cancelledTask(_ body: @escaping @Sendable () async -> Void) async {
  let gate = Gate()
  let task = Task {
    await gate.wait()
    await body()
  }
  task.cancel()
  gate.open()
  await task.value
}
