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
  ///   - limit: how many elements may be in work at once: an `Int`, or a `ConcurrencyLimit` that can be changed.
  ///   - window: how many elements may be in work or finished and not yet delivered; nil: as many as `limit`, so that
  ///     in input order a slow element soon holds the others back. A larger one lets them go on, in memory for as many
  ///     results.
  ///   - order: that of this sequence, or that in which elements finish.
  ///   - work: runs in tasks of its own, with the priority and task locals of the first `next()`. It must not block its
  ///     thread, and should obey cancellation.
  /// - Precondition: `limit` is at least 1, and `window` at least `limit` (of a limit that changes: at this time).
  /// - Complexity: O(1) for each element, amortised; memory for at most `window` results and `limit` tasks, as they
  ///   come to be needed.
  @inlinable
  public func concurrentMap<Output: Sendable>(
    limit: some ConcurrencyLimiting, window: Int? = nil, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(Failure) -> Output
  ) -> ConcurrentMapSequence<Self, Output, Failure> {
    checkBounds(limit: limit, window: window)
    return ConcurrentMapSequence {
      ConcurrentMapEngine(self, limit: limit, window: window, order: order, work: work)
    }
  }

  /// As above, of a sequence that cannot fail: the failure type is that of `work`.
  @inlinable
  @_disfavoredOverload
  public func concurrentMap<Output: Sendable, WorkFailure: Error>(
    limit: some ConcurrencyLimiting, window: Int? = nil, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(WorkFailure) -> Output
  ) -> ConcurrentMapSequence<Self, Output, WorkFailure> where Failure == Never {
    checkBounds(limit: limit, window: window)
    return ConcurrentMapSequence {
      ConcurrentMapEngine(self, limit: limit, window: window, order: order, work: work)
    }
  }

  /// As above, of a sequence and work whose failures differ.
  @inlinable
  @_disfavoredOverload
  public func concurrentMap<Output: Sendable>(
    limit: some ConcurrencyLimiting, window: Int? = nil, order: ConcurrentMapOrder = .input,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws -> Output
  ) -> ConcurrentMapSequence<Self, Output, any Error> {
    checkBounds(limit: limit, window: window)
    return ConcurrentMapSequence {
      ConcurrentMapEngine(self, limit: limit, window: window, order: order, work: work)
    }
  }
}

/// Stops the program, with the reason, where nothing could run or the limit could never be reached.
@usableFromInline
func checkBounds(limit: some ConcurrencyLimiting, window: Int?) {
  let limit = limit.concurrencyLimit
  ConcurrencyLimit.check(limit)
  if let window {
    precondition(window >= limit, "a window of \(window) is smaller than the limit of \(limit): it must be as large")
  }
}
