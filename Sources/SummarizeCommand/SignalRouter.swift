import BoundedConcurrency
import Reporting
import SystemIO

/// Takes signals from the first moment on, before a file is touched: until a run takes over, one that asks the process to
/// stop ends it at once, without the new versions of files that were begun.
final class SignalRouter: Sendable {
  private let handler = Lock<(@Sendable (Signal) -> Void)?>(nil)

  /// - Throws: where the system has no descriptor left.
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

  /// Hands over: from now on every signal goes to the handler.
  func run(_ handler: @escaping @Sendable (Signal) -> Void) {
    self.handler.withLock { $0 = handler }
  }
}
