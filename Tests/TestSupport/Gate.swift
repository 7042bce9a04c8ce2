import BoundedConcurrency

/// Holds up tasks and threads until a test opens it; it stays open.
public final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var nextTicket = 0
    var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
    var cancelled: Set<Int> = []
    var pipe: (readEnd: Int32, writeEnd: Int32)?
  }

  private let state = Lock(State())

  public init() {}

  deinit {
    state.withLock { state in
      guard let pipe = state.pipe else { return }
      close(pipe.readEnd)
      if !state.isOpen { close(pipe.writeEnd) }
    }
  }

  /// Lets everybody pass, now and later.
  public func open() {
    let waiting = state.withLock { state in
      if let pipe = state.pipe, !state.isOpen { close(pipe.writeEnd) }
      state.isOpen = true
      defer { state.waiting = [:] }
      return state.waiting
    }
    for continuation in waiting.values { continuation.resume(returning: true) }
  }

  // MARK: Tasks

  /// Waits until the gate is open.
  /// - Throws: `CancellationError` where the task is cancelled before.
  package func pass() async throws {
    if await !passes(obeyingCancellation: true) { throw CancellationError() }
  }

  /// Waits until the gate is open, also in a cancelled task.
  package func wait() async { _ = await passes(obeyingCancellation: false) }

  private func passes(obeyingCancellation: Bool) async -> Bool {
    let ticket = state.withLock { state in
      state.nextTicket += 1
      return state.nextTicket
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let passes = state.withLock { state -> Bool? in
          if state.isOpen { return true }
          if state.cancelled.contains(ticket) { return false }
          state.waiting[ticket] = continuation
          return nil
        }
        if let passes { continuation.resume(returning: passes) }
      }
    } onCancel: {
      guard obeyingCancellation else { return }
      let continuation = state.withLock { state in
        state.cancelled.insert(ticket)
        return state.waiting.removeValue(forKey: ticket)
      }
      continuation?.resume(returning: false)
    }
  }

  // MARK: Threads

  /// Blocks the calling thread until the gate is open.
  @available(*, noasync)
  package func block() {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while poll(&entry, 1, -1) <= 0 {}
  }

  /// A descriptor that can be read, to its end, once the gate is open: for threads that wait for something else as well.
  /// It is made when it is first wanted, since few of many gates need one.
  package var descriptor: Int32 {
    state.withLock { state in
      if let pipe = state.pipe { return pipe.readEnd }
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { fatalError("\(SystemFailure("pipe"))") }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      if state.isOpen { close(ends[1]) }
      state.pipe = (ends[0], ends[1])
      return ends[0]
    }
  }
}
