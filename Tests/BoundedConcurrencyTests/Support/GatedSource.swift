import BoundedConcurrency
import Testing

/// A source that the test feeds by hand, and which notes how it is used.
final class GatedSource<Failure: Error>: Sendable {
  private enum Event: Sendable {
    case element(Int)
    case end
    case failure(Failure)
  }

  private struct State {
    var queue: [Event] = []
    var waiting: CheckedContinuation<Event, Never>?
    var isOver = false
    var pulls = 0
    var inside = 0
    var overlapped = false
    var pullsAfterEnd = 0
    var cancelled = false
  }

  private let state = Lock(State())

  var pulls: Int { state.withLock { $0.pulls } }
  /// Two `next()` at the same time were seen.
  var overlapped: Bool { state.withLock { $0.overlapped } }
  var pullsAfterEnd: Int { state.withLock { $0.pullsAfterEnd } }
  var isWaiting: Bool { state.withLock { $0.waiting != nil } }

  func yield(_ elements: Int...) { for element in elements { send(.element(element)) } }
  func yield(_ elements: Range<Int>) { for element in elements { send(.element(element)) } }
  func finish() { send(.end) }
  func fail(_ failure: Failure) { send(.failure(failure)) }

  private func send(_ event: Event) {
    let waiting = state.withLock { state in
      if state.waiting == nil { state.queue.append(event) }
      return state.waiting.take()
    }
    waiting?.resume(returning: event)
  }

  fileprivate func next() async throws(Failure) -> Int? {
    state.withLock { state in
      state.pulls += 1
      state.inside += 1
      if state.inside > 1 { state.overlapped = true }
      if state.isOver { state.pullsAfterEnd += 1 }
    }
    let event: Event = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ready = state.withLock { state -> Event? in
          if !state.queue.isEmpty { return state.queue.removeFirst() }
          if state.isOver || state.cancelled { return .end }
          state.waiting = continuation
          return nil
        }
        if let ready { continuation.resume(returning: ready) }
      }
    } onCancel: {
      let waiting = state.withLock { state in
        state.cancelled = true
        return state.waiting.take()
      }
      waiting?.resume(returning: .end)
    }
    state.withLock { state in
      state.inside -= 1
      if case .element = event {} else { state.isOver = true }
    }
    switch event {
    case .element(let element): return element
    case .end: return nil
    case .failure(let failure): throw failure
    }
  }
}

extension GatedSource: AsyncSequence {
  struct AsyncIterator: AsyncIteratorProtocol {
    let source: GatedSource
    mutating func next(isolation: isolated (any Actor)?) async throws(Failure) -> Int? { try await source.next() }
    mutating func next() async throws(Failure) -> Int? { try await source.next() }
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(source: self) }
}

/// The integers of a range, without suspending, and an object to watch for release.
struct Integers<Failure: Error>: AsyncSequence, Sendable {
  let range: Range<Int>
  let companion: Tracked?
  /// The element in whose place the failure is thrown.
  let failure: (at: Int, error: Failure)?

  init(_ range: Range<Int>, companion: Tracked? = nil, failing failure: (at: Int, error: Failure)? = nil) {
    self.range = range
    self.companion = companion
    self.failure = failure
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(source: self, next: range.lowerBound) }

  struct AsyncIterator: AsyncIteratorProtocol {
    let source: Integers
    var next: Int

    mutating func next(isolation: isolated (any Actor)?) async throws(Failure) -> Int? {
      guard next < source.range.upperBound else { return nil }
      if let failure = source.failure, failure.at == next { throw failure.error }
      defer { next += 1 }
      return next
    }

    mutating func next() async throws(Failure) -> Int? { try await next(isolation: nil) }
  }
}

/// Integers that cannot fail.
func integers(_ range: Range<Int>, companion: Tracked? = nil) -> Integers<Never> {
  Integers(range, companion: companion)
}

extension AsyncSequence {
  /// All elements.
  func collect(isolation: isolated (any Actor)? = #isolation) async throws(Failure) -> [Element] {
    var elements: [Element] = []
    var iterator = makeAsyncIterator()
    while let element = try await iterator.next(isolation: isolation) { elements.append(element) }
    return elements
  }
}

/// The iterator says that there is nothing more, and does not fail.
func expectEnd<Iterator: AsyncIteratorProtocol>(
  _ iterator: inout Iterator, isolation: isolated (any Actor)? = #isolation,
  sourceLocation: SourceLocation = #_sourceLocation
) async {
  do {
    let element = try await iterator.next(isolation: isolation)
    #expect(element == nil, sourceLocation: sourceLocation)
  } catch {
    Issue.record(error, sourceLocation: sourceLocation)
  }
}
