extension AsyncSequence where Self: Sendable, Element: Sendable, AsyncIterator: SendableMetatype {
  /// The results of `work` for every element, with at most `limit` elements in work at once.
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

@usableFromInline
func checkBounds(limit: some ConcurrencyLimiting, window: Int?) {
  let limit = limit.concurrencyLimit
  ConcurrencyLimit.check(limit)
  if let window {
    precondition(window >= limit, "a window of \(window) is smaller than the limit of \(limit): it must be as large")
  }
}
