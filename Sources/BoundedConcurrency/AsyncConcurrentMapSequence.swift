/// The results of `concurrentMap`: an asynchronous sequence that applies `work` to several elements of `Base` at once.
///
/// Each iterator is a separate run. A run starts at the first `next()`. From then on work proceeds whether or not the
/// consumer is waiting, until the window is full. A run ends when its iterator is released (`break`), when its consumer
/// is cancelled, or at the first failure; ending it cancels its work and releases the source.
public struct AsyncConcurrentMapSequence<Base: AsyncSequence, Output: Sendable, Failure: Error>: AsyncSequence, Sendable
where Base: Sendable, Base.Element: Sendable, Base.AsyncIterator: SendableMetatype {
  /// A result of the work.
  public typealias Element = Output

  @usableFromInline typealias Engine = ConcurrentMapEngine<Base, Output, Failure>

  @usableFromInline let base: Base
  @usableFromInline let bounds: ConcurrentMapBounds
  @usableFromInline let order: ConcurrentMapOrder
  @usableFromInline let work: Engine.Work

  @inlinable
  init(_ base: Base, _ bounds: ConcurrentMapBounds, order: ConcurrentMapOrder, work: @escaping Engine.Work) {
    self.base = base
    self.bounds = bounds
    self.order = order
    self.work = work
  }

  @inlinable
  func makeEngine() -> Engine { ConcurrentMapEngine(base, bounds, order: order, work: work) }

  /// Creates an iterator: a run of its own, which starts at the first `next()`.
  @inlinable
  public func makeAsyncIterator() -> Iterator {
    let engine = makeEngine()
    return Iterator(engine: engine, token: RunToken(engine))
  }

  /// An iterator over the results of one run.
  public struct Iterator: AsyncIteratorProtocol {
    @usableFromInline let engine: ConcurrentMapEngine<Base, Output, Failure>
    /// nil in the scoped form, where the scope ends the run.
    @usableFromInline let token: RunToken?
    @usableFromInline var resultsSinceWait = 0

    @inlinable
    init(engine: ConcurrentMapEngine<Base, Output, Failure>, token: RunToken?) {
      self.engine = engine
      self.token = token
    }

    /// Returns the next result; nil after the last one, and after a failure or cancellation was thrown.
    ///
    /// - Parameter actor: the actor that the caller is isolated to, and stays on.
    /// - Throws: the first failure of the work or the source, as soon as it has happened; `CancellationError` if the
    ///   calling task is cancelled and `Failure` can hold it (if it cannot, the sequence ends).
    /// - Precondition: no other task is waiting in `next` of the same run.
    /// - Complexity: O(1), amortised.
    @inlinable
    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(Failure) -> Output? {
      if let delivery = engine.request() {
        resultsSinceWait &+= 1
        return try delivery.get()
      }
      let spins = resultsSinceWait <= HandoffHints.shortRun
      resultsSinceWait = 0
      if spins, engine.hints.spinForArrival(), let delivery = engine.request() { return try delivery.get() }
      return try await engine.wait(isolation: actor).get()
    }

    /// Returns the next result, as `next(isolation:)` does, without staying on the caller's actor.
    ///
    /// - Throws: the first failure of the work or the source, or `CancellationError`, as `next(isolation:)` does.
    @inlinable
    public mutating func next() async throws(Failure) -> Output? {
      try await next(isolation: nil)
    }
  }

  /// Cancels the run when the iterator is released. Only the iterator holds the token; workers hold the engine, so that
  /// they do not keep an abandoned run alive.
  @usableFromInline
  final class RunToken {
    @usableFromInline let engine: ConcurrentMapEngine<Base, Output, Failure>

    @inlinable
    init(_ engine: ConcurrentMapEngine<Base, Output, Failure>) { self.engine = engine }

    deinit { engine.cancel() }
  }
}

@available(*, unavailable)
extension AsyncConcurrentMapSequence.Iterator: Sendable {}
