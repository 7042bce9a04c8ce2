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
    limit: some ConcurrencyLimiting, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(Failure) -> Void
  ) async throws(Failure) {
    checkBounds(limit: limit, window: nil)
    let engine = ConcurrentMapEngine(
      self, limit: limit, window: nil, order: .completion, keepsResults: false, work: work)
    try await engine.run(isolation: isolation)
  }

  /// As above, of a sequence that cannot fail: the failure type is that of `work`.
  @inlinable
  @_disfavoredOverload
  public func forEachConcurrent<WorkFailure: Error>(
    limit: some ConcurrencyLimiting, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(WorkFailure) -> Void
  ) async throws(WorkFailure) where Failure == Never {
    checkBounds(limit: limit, window: nil)
    let engine = ConcurrentMapEngine(
      self, limit: limit, window: nil, order: .completion, keepsResults: false, work: work)
    try await engine.run(isolation: isolation)
  }

  /// As above, of a sequence and work whose failures differ.
  @inlinable
  @_disfavoredOverload
  public func forEachConcurrent(
    limit: some ConcurrencyLimiting, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws -> Void
  ) async throws {
    checkBounds(limit: limit, window: nil)
    let engine = ConcurrentMapEngine(
      self, limit: limit, window: nil, order: .completion, keepsResults: false, work: work)
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
