import BoundedConcurrency
import Reporting
import SystemIO

/// Handles signals from the start, before a file is touched. Until a run takes over, a signal that asks the process to
/// stop ends it at once, and temporary files with new versions of files are removed.
final class SignalRouter: Sendable {
  private let handler = Lock<(@Sendable (Signal) -> Void)?>(nil)

  /// - Throws: if the system has no descriptor left.
  init(_ poller: Poller, _ console: Console) throws(SystemError) {
    try poller.trap([.interrupt, .terminate, .hangUp], notices: [.user1]) { signal in
      if let handler = self.handler.withLock({ $0 }) {
        handler(signal)
      } else if signal == .user1 {
        console.tellAlways("getting ready; no article has been read yet")
      } else {
        TemporaryFiles.discardAll()
        signal.die()
      }
    }
  }

  /// Passes every signal to the handler from now on.
  func run(_ handler: @escaping @Sendable (Signal) -> Void) {
    self.handler.withLock { $0 = handler }
  }
}
