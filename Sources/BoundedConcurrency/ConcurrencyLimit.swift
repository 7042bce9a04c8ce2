internal import Synchronization

/// A limit that can be changed while operators run under it.
///
/// A raised limit starts more work at once, if the source has more elements. A lowered limit lets running work finish
/// and starts none until fewer elements than the new limit are in work. One limit may serve several operators; it
/// bounds each of them separately.
///
/// ``AdaptiveConcurrencyLimit`` is a limit that changes itself.
// Unchecked, since a non-final class cannot be checked: what it stores is constant, atomic or behind a lock.
public class ConcurrencyLimit: @unchecked Sendable {
  private let current: Atomic<Int>
  private let followers = Lock<[ObjectIdentifier: WeakFollower]>([:])

  /// A weak reference, so that a limit that outlives its operators keeps none of them alive.
  private struct WeakFollower: Sendable {
    weak let engine: (any LimitFollower)?
  }

  /// Creates a limit.
  ///
  /// - Parameter value: the number of elements that may be in work at once.
  /// - Precondition: `value` is at least 1.
  public init(_ value: Int) {
    Self.check(value)
    current = Atomic(value)
  }

  /// The number of elements that may be in work at once. Setting it takes time linear in the number of operators under
  /// this limit.
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

  /// Notifies each follower, which reads the value again: of two concurrent changes the last one holds for all
  /// followers.
  final func tellFollowers() {
    for engine in engines { engine.limitChanged() }
  }

  /// An operator under this limit has as much in work as it may have, so that a higher limit would start more.
  package final var isReached: Bool { engines.contains { $0.isAtLimit } }

  private var engines: [any LimitFollower] { followers.withLock { $0.values.compactMap(\.engine) } }

  /// The number of operators under this limit.
  final var followerCount: Int { followers.withLock { $0.count } }

  final func follow(_ engine: any LimitFollower) {
    followers.withLock { $0[ObjectIdentifier(engine)] = WeakFollower(engine: engine) }
  }

  final func unfollow(_ engine: ObjectIdentifier) {
    _ = followers.withLock { $0.removeValue(forKey: engine) }
  }

  static func check(_ value: Int) {
    precondition(value >= 1, "a concurrency limit of \(value) would let nothing run: it must be at least 1")
  }
}

/// An engine that is notified of changes of its limit.
protocol LimitFollower: AnyObject, Sendable {
  func limitChanged()
  var isAtLimit: Bool { get }
}
