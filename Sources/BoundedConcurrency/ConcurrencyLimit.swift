internal import Synchronization

/// A limit that can be changed while operators run under it.
///
/// Raising it starts more work at once, if the source has more; lowering it lets running work finish and starts no
/// more until fewer than the new limit are running. One limit may serve several operators; it bounds each of them by
/// itself.
///
/// `AdaptiveConcurrencyLimit` is one that changes itself.
// Unchecked, since a class with a subclass cannot be checked: what is stored is constant, atomic or behind a lock.
public class ConcurrencyLimit: @unchecked Sendable {
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

  /// How many elements may be in work at once. Setting it takes time linear in the number of operators that run under
  /// it.
  ///
  /// - Precondition: at least 1.
  public var value: Int {
    get { current.load(ordering: .acquiring) }
    set {
      store(newValue)
      tellFollowers()
    }
  }

  final func store(_ newValue: Int) {
    Self.check(newValue)
    current.store(newValue, ordering: .releasing)
  }

  /// Each follower reads the value anew, so that of two changes at the same time the last one holds for all.
  final func tellFollowers() {
    for engine in engines { engine.limitChanged() }
  }

  /// An operator under this limit has as much in work as it may have, so that a higher limit would start more.
  package final var isReached: Bool { engines.contains { $0.isAtLimit } }

  private var engines: [any LimitFollower] { followers.withLock { $0.values.compactMap(\.engine) } }

  /// How many operators follow it.
  final var followerCount: Int { followers.withLock { $0.count } }

  final func follow(_ engine: any LimitFollower) {
    followers.withLock { $0[ObjectIdentifier(engine)] = Follower(engine: engine) }
  }

  final func unfollow(_ engine: ObjectIdentifier) {
    _ = followers.withLock { $0.removeValue(forKey: engine) }
  }

  static func check(_ value: Int) {
    precondition(value >= 1, "a concurrency limit of \(value) would let nothing run: it must be at least 1")
  }
}

/// An engine that wants to hear of changes of its limit.
protocol LimitFollower: AnyObject, Sendable {
  func limitChanged()
  var isAtLimit: Bool { get }
}
