import BoundedConcurrency

/// Counts the calls of a server over all articles, for its script.
final class Counter: Sendable {
  private let count = Lock(0)

  /// 1 at the first time.
  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}
