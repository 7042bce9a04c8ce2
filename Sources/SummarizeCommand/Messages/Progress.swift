import BoundedConcurrency
import SystemIO

/// Shows how a run stands, in a line on stderr that is written over a few times a second, and in one line of its own when
/// it is asked to.
final class Progress: Sendable {
  static let interval = Duration.milliseconds(200)

  private let report: Report
  private let messages: Messages
  private let poller: Poller
  private let start: ContinuousClock.Instant
  private let isShown: Bool
  private let hasEnded = Lock(false)

  init(
    _ report: Report, _ messages: Messages, _ poller: Poller, since start: ContinuousClock.Instant, isShown: Bool
  ) {
    self.report = report
    self.messages = messages
    self.poller = poller
    self.start = start
    self.isShown = isShown
  }

  func begin() {
    if isShown { tick() }
  }

  /// Takes the line away.
  func end() {
    guard isShown else { return }
    hasEnded.withLock { $0 = true }
    messages.show(status: "")
  }

  /// Tells how the run stands (SIGUSR1).
  func tell() {
    messages.print(line + "\n")
  }

  private var line: String { report.current.progress(wall: .now - start) }

  private func tick() {
    // The lock is held while the line is written: none may come after the last.
    hasEnded.withLock { hasEnded in
      if hasEnded { return }
      // A line that is wrapped could not be written over.
      let width = Descriptor.standardError.terminalWidth ?? 80
      messages.show(status: String(line.prefix(width - 1)))
      poller.schedule(at: .now + Self.interval) { self.tick() }
    }
  }
}

extension Configuration {
  /// Whether a line of progress is shown.
  var showsProgress: Bool {
    switch progress {
    case .never: false
    case .always: verbosity != .quiet
    case .auto:
      // Results on the same terminal would be written into the line.
      verbosity != .quiet && Descriptor.standardError.isTerminal && !Self.isDumbTerminal
        && (files.output != nil || !Descriptor.standardOutput.isTerminal)
    }
  }

  /// Whether stderr may be sent escapes.
  var takesLinesBack: Bool {
    Descriptor.standardError.isTerminal && !Self.isDumbTerminal && (environmentVariable("NO_COLOR") ?? "").isEmpty
  }

  private static var isDumbTerminal: Bool {
    let terminal = environmentVariable("TERM") ?? ""
    return terminal.isEmpty || terminal == "dumb"
  }
}
