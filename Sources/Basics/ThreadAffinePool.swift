import BoundedConcurrency
import CLibrary

/// Lends objects that are expensive to make, each to one caller at a time. A thread gets the object that it had last,
/// if that is free, since its memory is still in the caches of the thread's core.
///
/// There are never more objects than there were simultaneous callers. O(objects) for each loan.
package final class ThreadAffinePool<Element: Sendable>: Sendable {
  private let idle = Lock<[(thread: UInt, element: Element)]>([])
  private let make: @Sendable () -> Element

  /// - Parameter make: makes an object when all are lent; called without a lock held.
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

  /// An identifier that is the same for all calls of a living thread. A later thread may get that of an ended one.
  private static var currentThread: UInt {
    system_current_thread()
  }
}
