import BoundedConcurrency

/// A door: who passes waits until it is open. Waiting ends with `CancellationError` where the task is cancelled.
final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var nextTicket = 0
    var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
    var cancelled: Set<Int> = []
  }

  private let state = Lock(State())

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [:] }
      return state.waiting
    }
    for continuation in waiting.values { continuation.resume(returning: true) }
  }

  /// - Parameter obeying: false: cancellation is ignored.
  func pass(obeyingCancellation obeying: Bool = true) async throws {
    let ticket = state.withLock { state in
      state.nextTicket += 1
      return state.nextTicket
    }
    let passed = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let verdict = state.withLock { state -> Bool? in
          if state.isOpen { return true }
          if state.cancelled.contains(ticket) { return false }
          state.waiting[ticket] = continuation
          return nil
        }
        if let verdict { continuation.resume(returning: verdict) }
      }
    } onCancel: {
      guard obeying else { return }
      let continuation = state.withLock { state in
        state.cancelled.insert(ticket)
        return state.waiting.removeValue(forKey: ticket)
      }
      continuation?.resume(returning: false)
    }
    if !passed { throw CancellationError() }
  }

  func wait() async { try? await pass(obeyingCancellation: false) }
}

/// A gate for each element.
final class Gates: Sendable {
  private let gates = Lock<[Int: Gate]>([:])

  subscript(index: Int) -> Gate {
    gates.withLock { gates in
      if let gate = gates[index] { return gate }
      let gate = Gate()
      gates[index] = gate
      return gate
    }
  }
}
