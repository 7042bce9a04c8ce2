internal import Synchronization

/// What `concurrentMap` takes as its limit: a fixed `Int`, or a `ConcurrencyLimit` that can change while it runs.
public protocol ConcurrencyLimiting: Sendable {
  /// How many elements may be in work at once, now; at least 1.
  var concurrencyLimit: Int { get }
}

extension Int: ConcurrencyLimiting {
  public var concurrencyLimit: Int { self }
}

/// A limit that can be changed while operators run under it.
///
/// Raising it starts more work at once, if the source has more; lowering it lets running work finish and starts no
/// more until fewer than the new limit are running. One limit may serve several operators; it bounds each of them by
/// itself.
public final class ConcurrencyLimit: ConcurrencyLimiting {
  private let current: Atomic<Int>
  private let followers = Lock<[ObjectIdentifier: Follower]>([:])

  /// A weak reference, so that a limit which outlives its operators keeps none of them.
  private struct Follower: Sendable {
    weak let engine: (any LimitFollower)?
  }

  /// - Precondition: `value` is at least 1.
  public init(_ value: Int) {
    Self.check(value)
    current = Atomic(value)
  }

  public var concurrencyLimit: Int { value }

  /// How many elements may be in work at once. Setting it takes time linear in the number of operators that run under
  /// it.
  ///
  /// - Precondition: at least 1.
  public var value: Int {
    get { current.load(ordering: .acquiring) }
    set {
      Self.check(newValue)
      current.store(newValue, ordering: .releasing)
      // Each follower reads the value anew, so that of two changes at the same time the last one holds for all.
      let engines = followers.withLock { $0.values.compactMap(\.engine) }
      for engine in engines { engine.limitChanged() }
    }
  }

  func follow(_ engine: any LimitFollower) {
    followers.withLock { $0[ObjectIdentifier(engine)] = Follower(engine: engine) }
  }

  func unfollow(_ engine: ObjectIdentifier) {
    _ = followers.withLock { $0.removeValue(forKey: engine) }
  }

  static func check(_ value: Int) {
    precondition(value >= 1, "a concurrency limit of \(value) would let nothing run: it must be at least 1")
  }
}

/// An engine that wants to hear of changes of its limit.
protocol LimitFollower: AnyObject, Sendable {
  func limitChanged()
}
