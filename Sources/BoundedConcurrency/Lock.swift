#if TSAN
  // ThreadSanitizer does not see the futex inside `Synchronization.Mutex` on Linux and reports every contended lock as
  // a race. Sanitized tests are therefore built with -DTSAN and this pthread lock of the same interface.
  #if canImport(Darwin)
    public import Darwin
  #elseif canImport(Musl)
    public import Musl
  #else
    public import Glibc
  #endif

  /// A lock around the state it guards; see the other branch.
  public struct _Lock<State: ~Copyable>: ~Copyable, @unchecked Sendable {
    @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>
    @usableFromInline let state: UnsafeMutablePointer<State>

    @inlinable
    public init(_ initial: consuming sending State) {
      mutex = .allocate(capacity: 1)
      mutex.initialize(to: pthread_mutex_t())
      pthread_mutex_init(mutex, nil)
      state = .allocate(capacity: 1)
      state.initialize(to: initial)
    }

    @inlinable
    deinit {
      pthread_mutex_destroy(mutex)
      mutex.deallocate()
      state.deinitialize(count: 1)
      state.deallocate()
    }

    @inlinable
    public borrowing func withLock<Result: ~Copyable, Failure: Error>(
      _ body: (inout sending State) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
      pthread_mutex_lock(mutex)
      defer { pthread_mutex_unlock(mutex) }
      return try body(&state.pointee)
    }
  }
#else
  public import Synchronization

  /// A lock around the state it guards. Hold it for short critical sections only: never across an `await`, and never
  /// while a continuation is resumed or a task is cancelled.
  public struct _Lock<State: ~Copyable>: ~Copyable, Sendable {
    @usableFromInline let mutex: Mutex<State>

    @inlinable
    public init(_ initial: consuming sending State) { mutex = Mutex(initial) }

    @inlinable
    public borrowing func withLock<Result: ~Copyable, Failure: Error>(
      _ body: (inout sending State) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
      try mutex.withLock(body)
    }
  }
#endif

/// The lock's name within this package. `_Lock` is public only because the operator is inlined into its clients; it is
/// not part of the library's interface.
package typealias Lock<State: ~Copyable> = _Lock<State>
