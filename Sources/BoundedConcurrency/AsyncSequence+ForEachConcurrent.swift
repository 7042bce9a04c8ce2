extension AsyncSequence where Self: Sendable, Element: Sendable, AsyncIterator: SendableMetatype {
  /// Calls `work` for every element, with at most `limit` elements in work at once, and returns when all work is done.
  ///
  /// The first failure, of the work or the source, cancels the remaining work and is thrown after that work has
  /// returned. `CancellationError` is thrown likewise if the calling task is cancelled and the failure type is
  /// `any Error`; with any other failure type a cancelled call returns early.
  ///
  ///     try await requests.forEachConcurrent(limit: 20) { try await $0.send() }
  ///
  /// - Precondition: `limit` is at least 1.
  @inlinable
  public func forEachConcurrent(
    limit: Int, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(Failure) -> Void
  ) async throws(Failure) {
    try await forEachConcurrent(within: ConcurrentMapBounds(limit: limit), isolation: isolation, work)
  }

  /// Calls `work` for every element of a sequence that cannot fail, with at most `limit` elements in work at once, and
  /// returns when all work is done.
  ///
  /// The failure type is that of `work`. Everything else is as with a fixed limit and equal failure types.
  @inlinable
  public func forEachConcurrent<WorkFailure: Error>(
    limit: Int, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(WorkFailure) -> Void
  ) async throws(WorkFailure) where Failure == Never {
    try await forEachConcurrent(within: ConcurrentMapBounds(limit: limit), isolation: isolation, work)
  }

  /// Calls `work`, which fails in another way than this sequence, for every element, with at most `limit` elements in
  /// work at once, and returns when all work is done.
  ///
  /// It throws `any Error`. Everything else is as with a fixed limit and equal failure types.
  @inlinable
  @_disfavoredOverload
  public func forEachConcurrent(
    limit: Int, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws -> Void
  ) async throws {
    try await forEachConcurrent(within: ConcurrentMapBounds(limit: limit), isolation: isolation, work)
  }

  /// Calls `work` for every element, under a limit that can change during the run, and returns when all work is done.
  ///
  /// The limit is a ``ConcurrencyLimit`` set by the program, or an ``AdaptiveConcurrencyLimit`` that finds its value
  /// itself. Everything else is as with a fixed limit and equal failure types.
  @inlinable
  public func forEachConcurrent(
    limit: ConcurrencyLimit, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(Failure) -> Void
  ) async throws(Failure) {
    try await forEachConcurrent(within: ConcurrentMapBounds(limit: limit), isolation: isolation, work)
  }

  /// Calls `work` for every element of a sequence that cannot fail, under a limit that can change during the run, and
  /// returns when all work is done.
  ///
  /// The failure type is that of `work`. Everything else is as with a fixed limit and equal failure types.
  @inlinable
  public func forEachConcurrent<WorkFailure: Error>(
    limit: ConcurrencyLimit, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(WorkFailure) -> Void
  ) async throws(WorkFailure) where Failure == Never {
    try await forEachConcurrent(within: ConcurrentMapBounds(limit: limit), isolation: isolation, work)
  }

  /// Calls `work`, which fails in another way than this sequence, for every element, under a limit that can change
  /// during the run, and returns when all work is done.
  ///
  /// It throws `any Error`. Everything else is as with a fixed limit and equal failure types.
  @inlinable
  @_disfavoredOverload
  public func forEachConcurrent(
    limit: ConcurrencyLimit, isolation: isolated (any Actor)? = #isolation,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws -> Void
  ) async throws {
    try await forEachConcurrent(within: ConcurrentMapBounds(limit: limit), isolation: isolation, work)
  }

  /// Runs every form: with no results to keep, the order of completion costs least.
  @inlinable
  func forEachConcurrent<WorkFailure: Error>(
    within bounds: ConcurrentMapBounds, isolation: isolated (any Actor)?,
    _ work: nonisolated(nonsending) @escaping @Sendable (Element) async throws(WorkFailure) -> Void
  ) async throws(WorkFailure) {
    let engine = ConcurrentMapEngine(self, bounds, order: .completion, keepsResults: false, work: work)
    try await engine.run(isolation: isolation)
  }
}

extension ConcurrentMapEngine {
  /// Runs an engine that keeps no results to its end.
  @inlinable
  func run(isolation: isolated (any Actor)?) async throws(Failure) {
    try await scope(isolation: isolation) { (results) async throws(Failure) -> Void in
      var iterator = results.makeAsyncIterator()
      _ = try await iterator.next(isolation: isolation)
    }
  }
}
