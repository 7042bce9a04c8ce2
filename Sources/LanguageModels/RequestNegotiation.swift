import BoundedConcurrency

/// The request shape that the server accepts, as found by the calls of a run.
///
/// After an unclear refusal, one call leads: it repeats the request without one part after another, and all other calls
/// wait for its result.
final class RequestNegotiation: Sendable {
  /// The role of a call after an unclear refusal.
  enum NegotiationRole: Equatable {
    /// Runs the trials, and then calls `ended`.
    case lead
    /// Repeats the request in this shape, which was found after the request was made.
    case again(RequestShape)
    /// Fails. The trials have not helped, or the server has accepted a request before: the refusal is about the
    /// article.
    case refused
  }

  private struct NegotiationState {
    var shape = RequestShape()
    var hasSucceeded = false
    /// The number of times that a call may still lead. The first refusal may be about its article, so a second one is
    /// examined as well.
    var trialsLeft = 2
    var isTrying = false
    var nextWaiter = 0
    var waiters: [Int: UnsafeContinuation<Void, Never>] = [:]
    /// The keys of waiters that were cancelled before they began to wait.
    var cancelled: Set<Int> = []
  }

  private let state = Lock(NegotiationState())

  /// Returns the shape for requests. Waits while a call leads.
  func currentShape() async -> RequestShape {
    while true {
      let (shape, isTrying) = state.withLock { ($0.shape, $0.isTrying) }
      if !isTrying || Task.isCancelled { return shape }
      await wait()
    }
  }

  /// Records that the server accepted a request of this shape.
  /// - Returns: messages for the user about the differences that are new.
  func succeeded(with shape: RequestShape) -> [String] {
    state.withLock { state in
      state.hasSucceeded = true
      let known = state.shape
      state.shape = known.union(shape)
      // A longer article may leave less room than others do, so the first lowered limit is kept.
      if let limit = known.maximumTokens { state.shape.maximumTokens = limit }
      var news = RequestShape(without: state.shape.without.subtracting(known.without))
      if state.shape.maximumTokens != known.maximumTokens { news.maximumTokens = state.shape.maximumTokens }
      return news.notices
    }
  }

  /// Returns the role of a call whose request met an unclear refusal. Waits while another call leads.
  func role(after sent: RequestShape) async -> NegotiationRole {
    let role = state.withLock { state -> NegotiationRole? in
      if state.isTrying { return nil }
      return Self.role(after: sent, &state)
    }
    if let role { return role }
    let found = await currentShape().union(sent)
    return found == sent ? .refused : .again(found)
  }

  private static func role(after sent: RequestShape, _ state: inout NegotiationState) -> NegotiationRole {
    if state.shape.union(sent) != sent { return .again(state.shape.union(sent)) }
    if state.hasSucceeded || state.trialsLeft == 0 { return .refused }
    state.isTrying = true
    state.trialsLeft -= 1
    return .lead
  }

  /// Ends the trials of the call that leads, and resumes the waiting calls.
  /// - Parameter isConclusive: whether a trial succeeded or all were made; false if another failure, such as an outage,
  ///   ended the trials. They may then be repeated.
  func ended(isConclusive: Bool) {
    let waiters = state.withLock { state in
      state.isTrying = false
      if !isConclusive { state.trialsLeft += 1 }
      defer { state.waiters = [:] }
      return Array(state.waiters.values)
    }
    for waiter in waiters { waiter.resume() }
  }

  private func wait() async {
    let key = state.withLock { state in
      defer { state.nextWaiter += 1 }
      return state.nextWaiter
    }
    await withTaskCancellationHandler {
      await withUnsafeContinuation { (waiter: UnsafeContinuation<Void, Never>) in
        let mayWait = state.withLock { state in
          guard state.isTrying, state.cancelled.remove(key) == nil else { return false }
          state.waiters[key] = waiter
          return true
        }
        if !mayWait { waiter.resume() }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        let waiter = state.waiters.removeValue(forKey: key)
        if waiter == nil, state.isTrying { state.cancelled.insert(key) }
        return waiter
      }
      waiter?.resume()
    }
    state.withLock { _ = $0.cancelled.remove(key) }
  }
}
