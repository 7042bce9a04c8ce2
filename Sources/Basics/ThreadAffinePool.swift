import BoundedConcurrency
import CLibrary

/// Lends out objects that are dear to make, each to one caller at a time. A thread gets the one that it had last, where
/// that is free: its memory is still in the caches of that thread's core.
///
/// There are never more objects than callers at the same time. O(objects) for each loan.
package final class ThreadAffinePool<Element: Sendable>: Sendable {
  private let idle = Lock<[(thread: UInt, element: Element)]>([])
  private let make: @Sendable () -> Element

  /// - Parameter make: called without a lock held, when all objects are lent.
  package init(_ make: @escaping @Sendable () -> Element) { self.make = make }

  package func take() -> Element {
    let thread = Self.currentThread
    let kept = idle.withLock { idle -> Element? in
      guard !idle.isEmpty else { return nil }
      let own = idle.lastIndex { $0.thread == thread }
      return idle.remove(at: own ?? 0).element
    }
    return kept ?? make()
  }

  package func giveBack(_ element: Element) {
    let thread = Self.currentThread
    idle.withLock { $0.append((thread, element)) }
  }

  /// The same for all calls of a living thread; an ended thread's may be seen again.
  private static var currentThread: UInt {
    system_current_thread()
  }
}
