extension AsyncSequence where Self: Sendable, Element: Sendable, AsyncIterator: SendableMetatype {
  /// Calls `work` for every element, with at most `limit` in work at once, and returns when all of it is done.
  ///
  /// The first failure, of the work or the source, cancels the rest and is thrown after the rest has returned. So is
  /// `CancellationError` where the calling task is cancelled and the failure type is `any Error`; if it is not, a
  /// cancelled call returns early.
  ///
  ///     try await requests.forEachConcurrent(limit: 20) { try await $0.send() }
  ///
  /// - Precondition: `limit` is at least 1.
  @inlinable
  public func forEachConcurrent(
    limit: Int, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(Failure) -> Void
  ) async throws(Failure) {
    let bounds = ConcurrentMapBounds(limit: limit)
    let engine = ConcurrentMapEngine(self, bounds, order: .completion, keepsResults: false, work: work)
    try await engine.run(isolation: isolation)
  }

  /// Calls `work` for every element, with at most `limit` in work at once, and returns when all of it is done.
  ///
  /// This sequence cannot fail, and the failure type is that of `work`.
  /// All else is as with a fixed limit and equal failure types.
  @inlinable
  public func forEachConcurrent<WorkFailure: Error>(
    limit: Int, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(WorkFailure) -> Void
  ) async throws(WorkFailure) where Failure == Never {
    let bounds = ConcurrentMapBounds(limit: limit)
    let engine = ConcurrentMapEngine(self, bounds, order: .completion, keepsResults: false, work: work)
    try await engine.run(isolation: isolation)
  }

  /// Calls `work` for every element, with at most `limit` in work at once, and returns when all of it is done.
  ///
  /// The failure types of this sequence and of `work` differ, and what is thrown is `any Error`.
  /// All else is as with a fixed limit and equal failure types.
  @inlinable
  @_disfavoredOverload
  public func forEachConcurrent(
    limit: Int, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws -> Void
  ) async throws {
    let bounds = ConcurrentMapBounds(limit: limit)
    let engine = ConcurrentMapEngine(self, bounds, order: .completion, keepsResults: false, work: work)
    try await engine.run(isolation: isolation)
  }

  /// Calls `work` for every element, with at most `limit` in work at once under a limit that can change meanwhile.
  ///
  /// The limit is a `ConcurrencyLimit` that somebody sets, or an `AdaptiveConcurrencyLimit` that finds its value by itself.
  /// All else is as with a fixed limit and equal failure types.
  @inlinable
  public func forEachConcurrent(
    limit: ConcurrencyLimit, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(Failure) -> Void
  ) async throws(Failure) {
    let bounds = ConcurrentMapBounds(limit: limit)
    let engine = ConcurrentMapEngine(self, bounds, order: .completion, keepsResults: false, work: work)
    try await engine.run(isolation: isolation)
  }

  /// Calls `work` for every element, with at most `limit` in work at once under a limit that can change meanwhile.
  ///
  /// This sequence cannot fail, and the failure type is that of `work`.
  /// All else is as with a fixed limit and equal failure types.
  @inlinable
  public func forEachConcurrent<WorkFailure: Error>(
    limit: ConcurrencyLimit, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(WorkFailure) -> Void
  ) async throws(WorkFailure) where Failure == Never {
    let bounds = ConcurrentMapBounds(limit: limit)
    let engine = ConcurrentMapEngine(self, bounds, order: .completion, keepsResults: false, work: work)
    try await engine.run(isolation: isolation)
  }

  /// Calls `work` for every element, with at most `limit` in work at once under a limit that can change meanwhile.
  ///
  /// The failure types of this sequence and of `work` differ, and what is thrown is `any Error`.
  /// All else is as with a fixed limit and equal failure types.
  @inlinable
  @_disfavoredOverload
  public func forEachConcurrent(
    limit: ConcurrencyLimit, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws -> Void
  ) async throws {
    let bounds = ConcurrentMapBounds(limit: limit)
    let engine = ConcurrentMapEngine(self, bounds, order: .completion, keepsResults: false, work: work)
    try await engine.run(isolation: isolation)
  }
}

extension ConcurrentMapEngine {
  /// Runs to the end, of an engine that keeps no results.
  @inlinable
  func run(isolation: isolated (any Actor)?) async throws(Failure) {
    try await scope(isolation: isolation) { (results) async throws(Failure) -> Void in
      var iterator = results.makeAsyncIterator()
      _ = try await iterator.next(isolation: isolation)
    }
  }
}
