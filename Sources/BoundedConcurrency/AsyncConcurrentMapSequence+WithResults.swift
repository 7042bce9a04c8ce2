extension AsyncConcurrentMapSequence {
  /// Passes the results of one run to `body`, and returns only when none of its work runs any more.
  ///
  ///     let first = try await articles.concurrentMap(limit: 5) { try await model.summary(of: $0) }
  ///       .withResults { summaries in
  ///         for try await summary in summaries where summary.isGood { return summary }
  ///         return nil
  ///       }
  ///
  /// However `body` ends (it returns early, it throws, the task is cancelled), the work still running is cancelled and
  /// waited for. The work may therefore use values whose lifetime ends with the caller's. Work that ignores
  /// cancellation delays the return; a plain loop over the sequence would not wait for it.
  ///
  /// - Parameters:
  ///   - isolation: the actor that the caller is isolated to. `body` runs on it.
  ///   - body: reads the results. They end when it returns.
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

/// The results that the body of `withResults` reads: one run. Every iterator continues where the last one stopped.
public struct AsyncConcurrentMapResults<Base: AsyncSequence, Output: Sendable, Failure: Error>: AsyncSequence, Sendable
where Base: Sendable, Base.Element: Sendable, Base.AsyncIterator: SendableMetatype {
  /// A result of the work.
  public typealias Element = Output
  /// An iterator over the results of the run.
  public typealias AsyncIterator = AsyncConcurrentMapSequence<Base, Output, Failure>.Iterator

  @usableFromInline let engine: ConcurrentMapEngine<Base, Output, Failure>

  @inlinable
  init(engine: ConcurrentMapEngine<Base, Output, Failure>) { self.engine = engine }

  /// Creates an iterator that continues where the last one stopped.
  @inlinable
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(engine: engine, token: nil) }
}

extension ConcurrentMapEngine {
  /// Calls `body`, then ends the run and waits for its last worker.
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
