extension AsyncSequence where Self: Sendable, Element: Sendable, AsyncIterator: SendableMetatype {
  /// The results of `work` for every element, with at most `limit` elements in work at once.
  ///
  ///     for try await summary in articles.concurrentMap(limit: 5) { try await model.summary(of: $0) } { … }
  ///
  /// Elements are taken from this sequence one at a time, as slots become free; whenever as many are there, exactly
  /// `limit` are in work. A finished result is delivered at once where its turn has come, also while this sequence has
  /// nothing new.
  ///
  /// The first failure, of `work` or of this sequence, cancels what is in work and is thrown by the next `next()`, ahead
  /// of results that were ready. A cancelled consumer gets `CancellationError` where the failure type can hold it (it is
  /// `any Error`), else the end. Leaving the loop cancels what is in work, too, without waiting for it; see
  /// `withResults` for a form that waits.
  ///
  /// The failure type is that of this sequence and of `work` where they are the same or one cannot fail, else
  /// `any Error`.
  ///
  /// - Parameters:
  ///   - limit: how many elements may be in work at once.
  ///   - window: how many elements may be in work or finished and not yet delivered. With the default of `limit` a slow
  ///     element soon holds the others back in input order. A larger one lets them go on, in memory for as many results.
  ///   - order: that of this sequence, or that in which elements finish.
  ///   - work: runs in tasks of its own, with the priority and task locals of the first `next()`. It must not block its
  ///     thread, and should obey cancellation.
  /// - Precondition: `limit` is at least 1, and `window` at least `limit`.
  /// - Complexity: O(1) for each element, amortised; memory for at most `window` results and `limit` tasks, as they
  ///   come to be needed.
  @inlinable
  public func concurrentMap<Output: Sendable>(
    limit: Int, window: ConcurrentMapWindow = .limit, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(Failure) -> Output
  ) -> AsyncConcurrentMapSequence<Self, Output, Failure> {
    AsyncConcurrentMapSequence(self, ConcurrentMapBounds(limit: limit, window: window), order: order, work: work)
  }

  /// The results of `work` for every element, with at most `limit` elements in work at once.
  ///
  /// This sequence cannot fail, and the failure type is that of `work`.
  /// All else is as with a fixed limit and equal failure types.
  @inlinable
  @_disfavoredOverload
  public func concurrentMap<Output: Sendable, WorkFailure: Error>(
    limit: Int, window: ConcurrentMapWindow = .limit, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(WorkFailure) -> Output
  ) -> AsyncConcurrentMapSequence<Self, Output, WorkFailure> where Failure == Never {
    AsyncConcurrentMapSequence(self, ConcurrentMapBounds(limit: limit, window: window), order: order, work: work)
  }

  /// The results of `work` for every element, with at most `limit` elements in work at once.
  ///
  /// The failure types of this sequence and of `work` differ, and that of the results is `any Error`.
  /// All else is as with a fixed limit and equal failure types.
  @inlinable
  @_disfavoredOverload
  public func concurrentMap<Output: Sendable>(
    limit: Int, window: ConcurrentMapWindow = .limit, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws -> Output
  ) -> AsyncConcurrentMapSequence<Self, Output, any Error> {
    AsyncConcurrentMapSequence(self, ConcurrentMapBounds(limit: limit, window: window), order: order, work: work)
  }

  /// The results of `work` for every element, with at most `limit` elements in work at once, a limit that can change meanwhile.
  ///
  /// The limit is a `ConcurrencyLimit` that somebody sets, or an `AdaptiveConcurrencyLimit` that finds its value by itself.
  /// All else is as with a fixed limit and equal failure types.
  @inlinable
  public func concurrentMap<Output: Sendable>(
    limit: ConcurrencyLimit, window: ConcurrentMapWindow = .limit, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(Failure) -> Output
  ) -> AsyncConcurrentMapSequence<Self, Output, Failure> {
    AsyncConcurrentMapSequence(self, ConcurrentMapBounds(limit: limit, window: window), order: order, work: work)
  }

  /// The results of `work` for every element, with at most `limit` elements in work at once, a limit that can change meanwhile.
  ///
  /// This sequence cannot fail, and the failure type is that of `work`.
  /// All else is as with a fixed limit and equal failure types.
  @inlinable
  @_disfavoredOverload
  public func concurrentMap<Output: Sendable, WorkFailure: Error>(
    limit: ConcurrencyLimit, window: ConcurrentMapWindow = .limit, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(WorkFailure) -> Output
  ) -> AsyncConcurrentMapSequence<Self, Output, WorkFailure> where Failure == Never {
    AsyncConcurrentMapSequence(self, ConcurrentMapBounds(limit: limit, window: window), order: order, work: work)
  }

  /// The results of `work` for every element, with at most `limit` elements in work at once, a limit that can change meanwhile.
  ///
  /// The failure types of this sequence and of `work` differ, and that of the results is `any Error`.
  /// All else is as with a fixed limit and equal failure types.
  @inlinable
  @_disfavoredOverload
  public func concurrentMap<Output: Sendable>(
    limit: ConcurrencyLimit, window: ConcurrentMapWindow = .limit, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws -> Output
  ) -> AsyncConcurrentMapSequence<Self, Output, any Error> {
    AsyncConcurrentMapSequence(self, ConcurrentMapBounds(limit: limit, window: window), order: order, work: work)
  }
}
