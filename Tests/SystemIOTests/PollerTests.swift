import SystemIO
import Testing

@Suite struct PollerTests {
  @Test func nobodyWakesBeforeItsDeadline() async throws {
    let poller = try Poller()
    let early = await withTaskGroup(of: Bool.self) { group in
      for delay in [30, 1, 20, 5, 10, 0] {
        group.addTask {
          let deadline = ContinuousClock.now + .milliseconds(delay)
          try? await poller.sleep(until: deadline)
          return ContinuousClock.now < deadline
        }
      }
      return await group.contains(true)
    }
    #expect(!early)
  }

  @Test func aDeadlineThatHasPassedDoesNotWait() async throws {
    let poller = try Poller()
    try await poller.sleep(until: .now - .seconds(1))
  }

  @Test(.timeLimit(.minutes(1))) func cancellationEndsAWaitAtOnce() async throws {
    let poller = try Poller()
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

  @Test(.timeLimit(.minutes(1))) func aTaskThatIsCancelledAlreadyDoesNotWait() async throws {
    let poller = try Poller()
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

  @Test(.timeLimit(.minutes(1))) func aRaceOfCancellationAndDeadlineEndsEveryWait() async throws {
    let poller = try Poller()
    await withTaskGroup(of: Void.self) { group in
      for round in 0..<500 {
        let task = Task { try? await poller.sleep(until: .now + .microseconds(round % 50)) }
        group.addTask { task.cancel() }
        group.addTask { await task.value }
      }
    }
  }

  @Test(.timeLimit(.minutes(1))) func scheduledActionsRun() async throws {
    let poller = try Poller()
    await withCheckedContinuation { continuation in
      poller.schedule(at: .now + .milliseconds(5)) { continuation.resume() }
    }
  }
}
