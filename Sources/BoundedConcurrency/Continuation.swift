// Debug builds check that every continuation is resumed exactly once; release builds trust the state machine.
#if DEBUG
  @usableFromInline typealias Continuation<Value> = CheckedContinuation<Value, Never>

  @inlinable
  func suspend<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: (Continuation<Value>) -> Void
  ) async -> sending Value {
    await withCheckedContinuation(isolation: isolation, body)
  }
#else
  @usableFromInline typealias Continuation<Value> = UnsafeContinuation<Value, Never>

  @inlinable
  func suspend<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: (Continuation<Value>) -> Void
  ) async -> sending Value {
    await withUnsafeContinuation(isolation: isolation, body)
  }
#endif
