extension AsyncConcurrentMapSequence {
  /// The scoped form: gives the results of one run to `body`, and returns only when none of its work runs any more.
  ///
  ///     let first = try await articles.concurrentMap(limit: 5) { try await model.summary(of: $0) }
  ///       .withResults { summaries in
  ///         for try await summary in summaries where summary.isGood { return summary }
  ///         return nil
  ///       }
  ///
  /// However `body` ends (it returns early, it throws, the task is cancelled), what is still in work is cancelled and
  /// waited for. So the work may use what only lives as long as the caller does; and work that ignores cancellation
  /// delays the return, where a plain loop over the sequence leaves it behind.
  ///
  /// - Parameter body: reads the results; after it has returned they are at their end.
  /// - Returns: what `body` returns.
  /// - Throws: what `body` throws.
  @inlinable
  public func withResults<Return, BodyFailure: Error>(
    isolation: isolated (any Actor)? = #isolation,
    _ body: (AsyncConcurrentMapResults<Base, Output, Failure>) async throws(BodyFailure) -> Return
  ) async throws(BodyFailure) -> Return {
    try await makeEngine().scope(isolation: isolation, body)
  }
}

/// What the body of `withResults` reads: one run, and every iterator goes on where the last one stopped.
public struct AsyncConcurrentMapResults<Base: AsyncSequence, Output: Sendable, Failure: Error>: AsyncSequence, Sendable
where Base: Sendable, Base.Element: Sendable, Base.AsyncIterator: SendableMetatype {
  public typealias Element = Output
  public typealias AsyncIterator = AsyncConcurrentMapSequence<Base, Output, Failure>.Iterator

  @usableFromInline let engine: ConcurrentMapEngine<Base, Output, Failure>

  @inlinable
  init(engine: ConcurrentMapEngine<Base, Output, Failure>) { self.engine = engine }

  @inlinable
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(engine: engine, token: nil) }
}

extension ConcurrentMapEngine {
  /// Runs `body`, then ends the run and waits for its last worker.
  @inlinable
  func scope<Return, BodyFailure: Error>(
    isolation: isolated (any Actor)?,
    _ body: (AsyncConcurrentMapResults<Base, Output, Failure>) async throws(BodyFailure) -> Return
  ) async throws(BodyFailure) -> Return {
    let outcome: Result<Return, BodyFailure> = await withTaskCancellationHandler(
      operation: {
        do throws(BodyFailure) {
          return .success(try await body(AsyncConcurrentMapResults(engine: self)))
        } catch {
          return .failure(error)
        }
      },
      onCancel: { self.cancel() },
      isolation: isolation)
    cancel()
    await join(isolation: isolation)
    return try outcome.get()
  }
}
