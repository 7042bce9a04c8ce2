import Basics
import BoundedConcurrency
import CommandLine
import Pipeline
import Reporting
import Summarization
import SystemIO

/// The end of a run, with its reasons. Everything that can fail or stop a whole run is reported to this object.
final class RunControl: Sendable {
  private struct RunState {
    /// The signal that asked the run to stop.
    var signal: ProcessSignal?
    /// Whether an input or the output failed, or the run had to stop: exit status 2.
    var hasFailed = false
    /// Whether output that no article depends on, such as a trace, could not be written: exit status 2 as well.
    var lacksExtras = false
    /// Whether all inputs were read to their ends.
    var inputHasEnded = false
    /// Whether a signal or another reason has begun to end the run.
    var isStopping = false
    /// When calls on the wire are given up, once the run stops.
    var deadline: Instant?
    var stopActions: [@Sendable () -> Void] = []
    var inputEndActions: [@Sendable () -> Void] = []
  }

  private let state = Lock(RunState())
  private let admission: AdmissionGate
  private let attempts: AttemptRunner
  private let reader: InputReader
  private let poller: EventPoller
  private let report: RunMetricsRecorder
  private let messages: MessageConsole
  private let grace: GracePeriods
  private let keepsOrder: Bool
  /// Whether SIGPIPE was ignored at start. When the reader of the output has gone, the process then ends with exit
  /// status 128 + SIGPIPE instead of by the signal.
  private let ignoresBrokenPipe: Bool

  init(
    configuration: RunConfiguration, admission: AdmissionGate, attempts: AttemptRunner, reader: InputReader,
    poller: EventPoller,
    report: RunMetricsRecorder, messages: MessageConsole, keepsOrder: Bool, ignoresBrokenPipe: Bool
  ) {
    self.admission = admission
    self.attempts = attempts
    self.reader = reader
    self.poller = poller
    self.report = report
    self.messages = messages
    self.ignoresBrokenPipe = ignoresBrokenPipe
    grace = configuration.grace
    self.keepsOrder = keepsOrder
  }

  /// The signal that ends the process after the last message.
  var signal: ProcessSignal? { state.withLock { $0.signal } }
  /// Whether the exit status is 2.
  var hasFailed: Bool { state.withLock { $0.hasFailed || $0.lacksExtras } }

  /// Whether all inputs were read to their ends.
  var hasReadWholeInput: Bool { state.withLock { $0.inputHasEnded } }

  /// Whether the whole input was read, and neither a failure nor a signal prevented answers.
  var isComplete: Bool { state.withLock { $0.inputHasEnded && !$0.hasFailed && $0.signal == nil } }

  /// Until when what is under way may go on after the last result.
  var deadlineOfCalls: Instant {
    let now = Instant.now
    // What was given up as late as that has some time left to end.
    return state.withLock { $0.deadline }.map { max($0, now + .seconds(1)) } ?? now + grace.afterTermination
  }

  /// Has something done when the run is to stop, before calls on the wire are given up.
  func whenStopping(_ action: @escaping @Sendable () -> Void) {
    state.withLock { $0.stopActions.append(action) }
  }

  /// Adds an action for the moment when all inputs have been read to their ends.
  func whenInputEnds(_ action: @escaping @Sendable () -> Void) {
    state.withLock { $0.inputEndActions.append(action) }
  }

  // MARK: Input events

  func handle(_ event: InputEvent) {
    switch event {
    case .ended: inputEnded()
    case .failed(let file, let error): fail(error.message(ofReading: file))
    case .isOutput(let file): fail("\(file) is also the output; write to another file and rename it")
    case .shape(let shape, let file): messages.tell(shape.message(of: file))
    case .refused(let format, let file, _): fail(format.message(of: file))
    }
  }

  private func inputEnded() {
    let actions = state.withLock { state in
      state.inputHasEnded = true
      defer { state.inputEndActions = [] }
      return state.inputEndActions
    }
    for action in actions { action() }
  }

  func fail(_ message: String) {
    state.withLock { $0.hasFailed = true }
    messages.tell(message, stopsRun: true)
  }

  // MARK: Output events

  /// - Parameter file: the name of the file with the records; nil for standard output.
  func handle(_ event: OutputWriter.WriterEvent, of file: String? = nil) {
    switch event {
    case .written(let records):
      admission.wrote(records: records)
      report.observe(.written(records: records))
    case .failed(let error) where error == .brokenPipe:
      readerHasGone()
    case .failed(let error):
      // Further results could not be kept, so the run ends without a drain.
      fail("cannot write \(file ?? "standard output"): \(error)")
      stopReading()
      attempts.interrupt()
    }
  }

  /// Ends the process at once and without a message: its output has no reader.
  private func readerHasGone() -> Never {
    if let signal { signal.die() }
    if ignoresBrokenPipe { exitProcess(128 + ProcessSignal.brokenPipe.rawValue) }
    ProcessSignal.brokenPipe.die()
  }

  /// Reports that the trace cannot be written. The run goes on without it.
  func traceFailed(_ name: String, _ error: SystemError) {
    state.withLock { $0.lacksExtras = true }
    messages.tellAlways("cannot write \(name): \(error); the run goes on without a trace")
  }

  func traceLacks(events: Int) {
    if events > 0 { messages.tell("\(events) events are not in the trace: its file is too slow") }
  }

  // MARK: Reasons to stop

  /// Ends a run that cannot succeed or must not go on. As after a signal, calls on the wire may finish within the grace
  /// period, and articles whose calls are given up get error records. Only the first reason counts.
  func stop(because reason: String) {
    let isFirst = state.withLock { state in
      state.hasFailed = true
      defer { state.isStopping = true }
      return !state.isStopping
    }
    guard isFirst else { return }
    let pending = attempts.count > 0 ? "; \(unfinished); Ctrl-C drops them" : ""
    messages.tell("stopping: \(reason)\(pending)", stopsRun: true)
    drain(for: grace.afterInterrupt)
  }

  // MARK: Signals

  /// Stops reading, and lets the calls on the wire finish within the grace period. A second signal is not handled here:
  /// it kills the process.
  func handle(_ signal: ProcessSignal) {
    state.withLock { state in
      state.signal = signal
      state.isStopping = true
    }
    // The message precedes the stop: once reading stops, an idle run can end, with its summary, before the next
    // statement here.
    let pending = unfinished
    messages.tell(pending.isEmpty ? "stopping" : "stopping: \(pending); again to drop them", stopsRun: true)
    drain(for: signal == .terminate ? grace.afterTermination : grace.afterInterrupt)
  }

  /// A description of the pending calls and results; empty if there are none.
  private var unfinished: String {
    var parts: [String] = []
    let calls = attempts.count
    if calls > 0 { parts.append("\(calls) \(calls == 1 ? "call" : "calls") on the wire") }
    let waiting = report.answeredUnwritten
    if waiting > 0 {
      let results = "\(waiting) \(waiting == 1 ? "result" : "results")"
      if keepsOrder, let oldest = admission.oldestUnwritten {
        parts.append("\(results) behind line \(oldest)")
      } else {
        parts.append("\(results) not yet written")
      }
    }
    return parts.joined(separator: ", ")
  }

  /// Stops reading and ends all waits. Calls on the wire are interrupted after `time`.
  private func drain(for time: Duration) {
    state.withLock { $0.deadline = .now + time }
    stopReading()
    poller.schedule(at: .now + time) { self.attempts.interrupt() }
  }

  private func stopReading() {
    admission.stop()
    reader.stop()
    for action in state.withLock({ $0.stopActions }) { action() }
  }
}
