public import BoundedConcurrency
import CLibrary

/// Lends objects that are expensive to make, each to one caller at a time. A thread gets the object that it had last,
/// if that is free, since its memory is still in the caches of the thread's core.
///
/// There are never more objects than there were simultaneous callers. O(objects) for each loan. Public and inlinable for
/// the reason that `DeadlineHeap` is.
public final class ThreadAffinePool<Element: Sendable>: Sendable {
  @usableFromInline let idle = _Lock<[(thread: UInt, element: Element)]>([])
  @usableFromInline let make: @Sendable () -> Element

  /// - Parameter make: makes an object when all are lent; called without a lock held.
  @inlinable
  public init(_ make: @escaping @Sendable () -> Element) { self.make = make }

  @inlinable
  public func take() -> Element {
    let thread = currentThread
    let kept = idle.withLock { idle -> Element? in
      guard !idle.isEmpty else { return nil }
      let own = idle.lastIndex { $0.thread == thread }
      return idle.remove(at: own ?? 0).element
    }
    return kept ?? make()
  }

  @inlinable
  public func giveBack(_ element: Element) {
    let thread = currentThread
    idle.withLock { $0.append((thread, element)) }
  }

  /// An identifier that is the same for all calls of a living thread. A later thread may get that of an ended one.
  @usableFromInline var currentThread: UInt { system_current_thread() }
}
