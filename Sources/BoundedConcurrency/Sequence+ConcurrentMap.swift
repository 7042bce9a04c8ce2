extension Sequence where Self: Sendable, Element: Sendable, Iterator: SendableMetatype {
  /// Returns the results of `work` for every element of a synchronous sequence, with at most `limit` elements in work
  /// at once.
  ///
  ///     for try await page in urls.concurrentMap(limit: 8) { try await fetch($0) } { … }
  ///
  /// The sequence is treated as an asynchronous one that never waits; the rest is as documented there.
  @inlinable
  public func concurrentMap<Output: Sendable, WorkFailure: Error>(
    limit: Int, window: ConcurrentMapWindow = .limit, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(WorkFailure) -> Output
  ) -> AsyncConcurrentMapSequence<ConcurrentMapElements<Self>, Output, WorkFailure> {
    AsyncConcurrentMapSequence(
      ConcurrentMapElements(self), ConcurrentMapBounds(limit: limit, window: window), order: order, work: work)
  }

  /// Returns the results of `work` for every element of a synchronous sequence, under a limit that can change during
  /// the run.
  @inlinable
  public func concurrentMap<Output: Sendable, WorkFailure: Error>(
    limit: ConcurrencyLimit, window: ConcurrentMapWindow = .limit, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(WorkFailure) -> Output
  ) -> AsyncConcurrentMapSequence<ConcurrentMapElements<Self>, Output, WorkFailure> {
    AsyncConcurrentMapSequence(
      ConcurrentMapElements(self), ConcurrentMapBounds(limit: limit, window: window), order: order, work: work)
  }

  /// Calls `work` for every element of a synchronous sequence, with at most `limit` elements in work at once, and
  /// returns when all work is done.
  @inlinable
  public func forEachConcurrent<WorkFailure: Error>(
    limit: Int, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(WorkFailure) -> Void
  ) async throws(WorkFailure) {
    try await ConcurrentMapElements(self)
      .forEachConcurrent(within: ConcurrentMapBounds(limit: limit), isolation: isolation, work)
  }

  /// Calls `work` for every element of a synchronous sequence, under a limit that can change during the run, and
  /// returns when all work is done.
  @inlinable
  public func forEachConcurrent<WorkFailure: Error>(
    limit: ConcurrencyLimit, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(WorkFailure) -> Void
  ) async throws(WorkFailure) {
    try await ConcurrentMapElements(self)
      .forEachConcurrent(within: ConcurrentMapBounds(limit: limit), isolation: isolation, work)
  }
}

/// The elements of a sequence as an asynchronous sequence that never waits.
public struct ConcurrentMapElements<Base: Sequence>: AsyncSequence, Sendable
where Base: Sendable, Base.Iterator: SendableMetatype {
  /// An element of the sequence.
  public typealias Element = Base.Element
  /// A synchronous sequence cannot fail.
  public typealias Failure = Never

  @usableFromInline let base: Base

  @inlinable
  init(_ base: Base) { self.base = base }

  /// Creates an iterator over the elements, from the first one.
  @inlinable
  public func makeAsyncIterator() -> Iterator { Iterator(base.makeIterator()) }

  /// An iterator over the elements.
  public struct Iterator: AsyncIteratorProtocol {
    @usableFromInline var base: Base.Iterator

    @inlinable
    init(_ base: Base.Iterator) { self.base = base }

    /// Returns the next element; nil after the last one. It never waits.
    ///
    /// - Parameter actor: the actor that the caller is isolated to, and stays on.
    @inlinable
    public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async -> Element? { base.next() }

    /// Returns the next element, as `next(isolation:)` does, without staying on the caller's actor.
    @inlinable
    public mutating func next() async -> Element? { base.next() }
  }
}
