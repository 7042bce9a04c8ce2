import BoundedConcurrency

/// What the calls of a run have found out about what their server takes, and who is finding out.
///
/// A refusal in words that are not known is looked into by one call, which tries the request without one part after the
/// other; all others wait for what it finds.
final class RequestNegotiation: Sendable {
  /// What a call is to do that was refused in words that are not known.
  enum Role: Equatable {
    /// Try what helps, and then call `ended`.
    case lead
    /// Something has been found out since the request was made: make it again.
    case again(RequestShape)
    /// Nothing helps, or the server has taken such a request before: the refusal is about the article.
    case refused
  }

  private struct State {
    var shape = RequestShape()
    var hasSucceeded = false
    /// The first refusal may be about its article after all: a second one is looked into as well.
    var trialsLeft = 2
    var isTrying = false
    var nextWaiter = 0
    var waiters: [Int: UnsafeContinuation<Void, Never>] = [:]
    /// Those who were cancelled before they began to wait.
    var cancelled: Set<Int> = []
  }

  private let state = Lock(State())

  /// The shape that requests are to have. Waits while it is being found out.
  func currentShape() async -> RequestShape {
    while true {
      let (shape, isTrying) = state.withLock { ($0.shape, $0.isTrying) }
      if !isTrying || Task.isCancelled { return shape }
      await wait()
    }
  }

  /// The server has taken a request of this shape.
  /// - Returns: what is new about it, in words for people.
  func succeeded(with shape: RequestShape) -> [String] {
    state.withLock { state in
      state.hasSucceeded = true
      let known = state.shape
      state.shape = known.union(shape)
      // A longer article may leave less room than others do.
      if let limit = known.maximumTokens { state.shape.maximumTokens = limit }
      var news = RequestShape(without: state.shape.without.subtracting(known.without))
      if state.shape.maximumTokens != known.maximumTokens { news.maximumTokens = state.shape.maximumTokens }
      return news.notices
    }
  }

  /// A request was refused in words that are not known.
  func role(after sent: RequestShape) async -> Role {
    let role = state.withLock { state -> Role? in
      if state.isTrying { return nil }
      return Self.role(after: sent, &state)
    }
    if let role { return role }
    let found = await currentShape().union(sent)
    return found == sent ? .refused : .again(found)
  }

  private static func role(after sent: RequestShape, _ state: inout State) -> Role {
    if state.shape.union(sent) != sent { return .again(state.shape.union(sent)) }
    if state.hasSucceeded || state.trialsLeft == 0 { return .refused }
    state.isTrying = true
    state.trialsLeft -= 1
    return .lead
  }

  /// The call that led has done its part.
  /// - Parameter isConclusive: whether everything was tried; not where the server was down meanwhile.
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
