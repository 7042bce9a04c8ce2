extension AsyncSequence where Self: Sendable, Element: Sendable, AsyncIterator: SendableMetatype {
  /// Returns the results of `work` for every element, with at most `limit` elements in work at once.
  ///
  ///     for try await summary in articles.concurrentMap(limit: 5) { try await model.summary(of: $0) } { … }
  ///
  /// Elements are taken from this sequence one at a time, as slots become free. While it has elements ready and the
  /// window has room, exactly `limit` elements are in work. A finished result is delivered as soon as its turn has
  /// come, even while this sequence is waiting for its next element.
  ///
  /// The first failure, of `work` or of this sequence, cancels the work in progress and is thrown by the next `next()`,
  /// ahead of results that were ready. A cancelled consumer gets `CancellationError` if the failure type can hold it
  /// (it is `any Error`), else the end. Leaving the loop also cancels the work in progress, without waiting for it; see
  /// ``AsyncConcurrentMapSequence/withResults(isolation:_:)`` for a form that waits.
  ///
  /// The failure type is that of this sequence and of `work` if they are the same or one of them cannot fail, else
  /// `any Error`.
  ///
  /// - Parameters:
  ///   - limit: the number of elements that may be in work at once.
  ///   - window: the number of elements that may be in work, or finished and not yet delivered. With the default,
  ///     `limit`, a slow element soon holds the others back in input order. A larger window lets them proceed, and
  ///     takes memory for as many results.
  ///   - order: the order of this sequence, or that in which elements finish.
  ///   - work: runs in tasks of its own, with the priority and task locals of the first `next()`. It must not block its
  ///     thread, and should obey cancellation.
  /// - Precondition: `limit` is at least 1, and `window` at least `limit`.
  /// - Complexity: O(1) for each element, amortised. Memory for at most `window` results and `limit` tasks, allocated
  ///   as needed.
  @inlinable
  public func concurrentMap<Output: Sendable>(
    limit: Int, window: ConcurrentMapWindow = .limit, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(Failure) -> Output
  ) -> AsyncConcurrentMapSequence<Self, Output, Failure> {
    AsyncConcurrentMapSequence(self, ConcurrentMapBounds(limit: limit, window: window), order: order, work: work)
  }

  /// Returns the results of `work` for every element of a sequence that cannot fail, with at most `limit` elements in
  /// work at once.
  ///
  /// The failure type is that of `work`. Everything else is as with a fixed limit and equal failure types.
  @inlinable
  @_disfavoredOverload
  public func concurrentMap<Output: Sendable, WorkFailure: Error>(
    limit: Int, window: ConcurrentMapWindow = .limit, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(WorkFailure) -> Output
  ) -> AsyncConcurrentMapSequence<Self, Output, WorkFailure> where Failure == Never {
    AsyncConcurrentMapSequence(self, ConcurrentMapBounds(limit: limit, window: window), order: order, work: work)
  }

  /// Returns the results of `work`, which fails in another way than this sequence, for every element, with at most
  /// `limit` elements in work at once.
  ///
  /// The failure type of the results is `any Error`. Everything else is as with a fixed limit and equal failure types.
  @inlinable
  @_disfavoredOverload
  public func concurrentMap<Output: Sendable>(
    limit: Int, window: ConcurrentMapWindow = .limit, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws -> Output
  ) -> AsyncConcurrentMapSequence<Self, Output, any Error> {
    AsyncConcurrentMapSequence(self, ConcurrentMapBounds(limit: limit, window: window), order: order, work: work)
  }

  /// Returns the results of `work` for every element, under a limit that can change during the run.
  ///
  /// The limit is a ``ConcurrencyLimit`` set by the program, or an ``AdaptiveConcurrencyLimit`` that finds its value
  /// itself. Everything else is as with a fixed limit and equal failure types.
  @inlinable
  public func concurrentMap<Output: Sendable>(
    limit: ConcurrencyLimit, window: ConcurrentMapWindow = .limit, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(Failure) -> Output
  ) -> AsyncConcurrentMapSequence<Self, Output, Failure> {
    AsyncConcurrentMapSequence(self, ConcurrentMapBounds(limit: limit, window: window), order: order, work: work)
  }

  /// Returns the results of `work` for every element of a sequence that cannot fail, under a limit that can change
  /// during the run.
  ///
  /// The failure type is that of `work`. Everything else is as with a fixed limit and equal failure types.
  @inlinable
  @_disfavoredOverload
  public func concurrentMap<Output: Sendable, WorkFailure: Error>(
    limit: ConcurrencyLimit, window: ConcurrentMapWindow = .limit, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(WorkFailure) -> Output
  ) -> AsyncConcurrentMapSequence<Self, Output, WorkFailure> where Failure == Never {
    AsyncConcurrentMapSequence(self, ConcurrentMapBounds(limit: limit, window: window), order: order, work: work)
  }

  /// Returns the results of `work`, which fails in another way than this sequence, for every element, under a limit
  /// that can change during the run.
  ///
  /// The failure type of the results is `any Error`. Everything else is as with a fixed limit and equal failure types.
  @inlinable
  @_disfavoredOverload
  public func concurrentMap<Output: Sendable>(
    limit: ConcurrencyLimit, window: ConcurrentMapWindow = .limit, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws -> Output
  ) -> AsyncConcurrentMapSequence<Self, Output, any Error> {
    AsyncConcurrentMapSequence(self, ConcurrentMapBounds(limit: limit, window: window), order: order, work: work)
  }
}
