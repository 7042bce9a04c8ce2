import BoundedConcurrency
package import SystemIO

/// Shows how a run stands, in a line on stderr that is written over a few times a second, and in one line of its own when
/// it is asked to.
package final class ProgressLine: Sendable {
  static let interval = Duration.milliseconds(200)

  private let metrics: RunMetricsRecorder
  private let console: Console
  private let poller: Poller
  private let start: ContinuousClock.Instant
  private let isShown: Bool
  private let hasEnded = Lock(false)

  package init(
    _ metrics: RunMetricsRecorder, _ console: Console, _ poller: Poller, since start: ContinuousClock.Instant,
    isShown: Bool
  ) {
    self.metrics = metrics
    self.console = console
    self.poller = poller
    self.start = start
    self.isShown = isShown
  }

  /// - Parameter delay: a run that is over before that shows none.
  package func begin(after delay: Duration) {
    guard isShown else { return }
    if delay > .zero { poller.schedule(at: start + delay) { self.tick() } } else { tick() }
  }

  /// Takes the line away.
  package func end() {
    guard isShown else { return }
    hasEnded.withLock { $0 = true }
    console.show(status: "")
  }

  /// Tells how the run stands (SIGUSR1).
  package func tell() {
    console.print(line + "\n")
  }

  private var line: String { metrics.current.progress(wall: .now - start) }

  private func tick() {
    // The lock is held while the line is written: none may come after the last.
    hasEnded.withLock { hasEnded in
      if hasEnded { return }
      // A line that is wrapped could not be written over.
      let width = Descriptor.standardError.terminalWidth ?? 80
      console.show(status: String(line.prefix(width - 1)))
      poller.schedule(at: .now + Self.interval) { self.tick() }
    }
  }
}
