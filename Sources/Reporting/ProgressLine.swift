package import Basics
import BoundedConcurrency
package import SystemIO

/// Shows the progress of a run: in a line on stderr that is overwritten a few times a second, and on request in a line
/// of its own.
package final class ProgressLine: Sendable {
  static let interval = Duration.milliseconds(200)

  private let metrics: RunMetricsRecorder
  private let console: MessageConsole
  private let poller: EventPoller
  private let start: Instant
  private let isShown: Bool
  private let hasEnded = Lock(false)

  package init(
    _ metrics: RunMetricsRecorder, _ console: MessageConsole, _ poller: EventPoller, since start: Instant,
    isShown: Bool
  ) {
    self.metrics = metrics
    self.console = console
    self.poller = poller
    self.start = start
    self.isShown = isShown
  }

  /// - Parameter delay: the time from the start of the run to the first line. A shorter run shows none.
  package func begin(after delay: Duration) {
    guard isShown else { return }
    if delay > .zero { poller.schedule(at: start + delay) { self.tick() } } else { tick() }
  }

  /// Removes the line.
  package func end() {
    guard isShown else { return }
    hasEnded.withLock { $0 = true }
    console.show(status: "")
  }

  /// Prints the progress in a line of its own (SIGUSR1).
  package func tell() {
    console.print(line + "\n")
  }

  private var line: String { metrics.current.progress(wall: .now - start) }

  private func tick() {
    // The lock is held while the line is written, so that no line is written after `end` has removed it.
    hasEnded.withLock { hasEnded in
      if hasEnded { return }
      // A wrapped line cannot be overwritten.
      let width = FileDescriptor.standardError.terminalWidth ?? 80
      console.show(status: String(line.prefix(width - 1)))
      poller.schedule(at: .now + Self.interval) { self.tick() }
    }
  }
}
