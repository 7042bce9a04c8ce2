import Basics
import BoundedConcurrency
import SystemIO
import TestSupport
import Testing

@Suite struct EventPollerTests {
  @Test func nobodyWakesBeforeItsDeadline() async throws {
    let poller = try EventPoller()
    let early = await withTaskGroup(of: Bool.self) { group in
      for delay in [30, 1, 20, 5, 10, 0] {
        group.addTask {
          let deadline = Instant.now + .milliseconds(delay)
          try? await poller.sleep(until: deadline)
          return Instant.now < deadline
        }
      }
      return await group.contains(true)
    }
    #expect(!early)
  }

  @Test func aDeadlineThatHasPassedDoesNotWait() async throws {
    let poller = try EventPoller()
    try await poller.sleep(until: .now - .seconds(1))
  }

  @Test(.timeLimit(.minutes(20))) func cancellationEndsAWaitAtOnce() async throws {
    let poller = try EventPoller()
    let task = Task { () -> Bool in
      do throws(CancellationError) {
        try await poller.sleep(until: .now + .seconds(3600))
        return false
      } catch {
        return true
      }
    }
    await Task.yield()
    task.cancel()
    #expect(await task.value)
  }

  @Test(.timeLimit(.minutes(20))) func aTaskThatIsCancelledAlreadyDoesNotWait() async throws {
    let poller = try EventPoller()
    let wasCancelled = await Task {
      withUnsafeCurrentTask { $0?.cancel() }
      do throws(CancellationError) {
        try await poller.sleep(until: .now + .seconds(3600))
        return false
      } catch {
        return true
      }
    }.value
    #expect(wasCancelled)
  }

  @Test(.timeLimit(.minutes(20))) func aRaceOfCancellationAndDeadlineEndsEveryWait() async throws {
    let poller = try EventPoller()
    await withTaskGroup(of: Void.self) { group in
      for round in 0..<500 {
        let task = Task { try? await poller.sleep(until: .now + .microseconds(round % 50)) }
        group.addTask { task.cancel() }
        group.addTask { await task.value }
      }
    }
  }

  @Test(.timeLimit(.minutes(20))) func scheduledActionsRun() async throws {
    let poller = try EventPoller()
    await withCheckedContinuation { continuation in
      poller.schedule(at: .now + .milliseconds(5)) { continuation.resume() }
    }
  }

  @Test(.timeLimit(.minutes(20))) func aCancelledActionDoesNotRun() async throws {
    let poller = try EventPoller()
    let ran = Lock<[String]>([])
    // Its only thread is busy until both are cancelled.
    let gate = Gate()
    poller.perform { gate.block() }
    let deadline = Instant.now + .milliseconds(20)
    let cancelled = [
      poller.schedule(at: deadline) { ran.withLock { $0.append("cancelled") } },
      poller.scheduleCallDeadline(after: .milliseconds(20)) { ran.withLock { $0.append("cancelled") } },
    ]
    for key in cancelled { poller.cancel(key) }
    gate.open()
    // On the one thread, whatever is due earlier has run before this.
    await withCheckedContinuation { continuation in
      poller.schedule(at: deadline + .milliseconds(5)) { continuation.resume() }
    }
    #expect(ran.withLock { $0 } == [])
    poller.cancel(cancelled[0])
  }

  @Test(.timeLimit(.minutes(20))) func deadlinesOfCallsComeInTimeToo() async throws {
    let poller = try EventPoller()
    let start = Instant.now
    await withCheckedContinuation { continuation in
      poller.scheduleCallDeadline(after: .milliseconds(1100)) { continuation.resume() }
    }
    #expect(Instant.now - start >= .milliseconds(1100), "longer than the interval between two looks")
  }

  @Test(.timeLimit(.minutes(20))) func jobsRunInOrder() async throws {
    let poller = try EventPoller()
    let order = Lock<[Int]>([])
    for number in 0..<100 { poller.perform { order.withLock { $0.append(number) } } }
    await withCheckedContinuation { continuation in poller.perform { continuation.resume() } }
    #expect(order.withLock { $0 } == Array(0..<100))
  }

  @Test(.timeLimit(.minutes(20))) func aJobMayAskForAnother() async throws {
    let poller = try EventPoller()
    await withCheckedContinuation { continuation in
      poller.perform { poller.perform { poller.schedule(at: .now) { continuation.resume() } } }
    }
  }

  @Test(.timeLimit(.minutes(20))) func aWatchTellsWhenThereIsSomethingToRead() async throws {
    let poller = try EventPoller()
    let pipe = try TestPipe()
    let readiness = await withCheckedContinuation { continuation in
      try! poller.watch(pipe.readEnd, for: .readable) { readiness in
        poller.unwatch(pipe.readEnd)
        continuation.resume(returning: readiness)
      }
      pipe.write("x")
    }
    // A second call would have resumed the continuation twice.
    await withCheckedContinuation { continuation in poller.perform { continuation.resume() } }
    #expect(readiness.contains(.readable))
  }

  @Test(.timeLimit(.minutes(20))) func aWatchCanBeChanged() async throws {
    let poller = try EventPoller()
    let pipe = try TestPipe()
    let told = Lock<[String]>([])
    await withCheckedContinuation { continuation in
      try! poller.watch(pipe.writeEnd, for: .writable) { readiness in
        told.withLock { $0.append("\(readiness == .writable)") }
        // Not for writing any more, which it could always do: only the reader's end is told now.
        try! poller.watch(pipe.writeEnd, for: .readable) { readiness in
          poller.unwatch(pipe.writeEnd)
          told.withLock { $0.append("\(readiness == .failed)") }
          continuation.resume()
        }
        poller.perform { pipe.closeReadEnd() }
      }
    }
    #expect(told.withLock { $0 } == ["true", "true"])
  }

  @Test func aRegularFileCannotBeWatched() throws {
    let poller = try EventPoller()
    let file = try FileDescriptor.openForReading(#filePath)
    defer { try? file.close() }
    #if !canImport(Darwin)
      #expect(throws: SystemError.self) { try poller.watch(file, for: .readable) { _ in } }
    #endif
  }
}
