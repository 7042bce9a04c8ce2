import BoundedConcurrency
import CommandLine
import Pipeline
import Reporting
import Summarization
import SystemIO

/// Why and how a run ends: everything that can go wrong with a whole run, or stop it, is told to this one.
final class RunControl: Sendable {
  private struct State {
    /// The signal that asked the run to stop.
    var signal: Signal?
    /// Some input or the output failed, or the run had to stop: exit status 2.
    var hasFailed = false
    /// Something that no article depends on could not be written: exit status 2, too.
    var lacksExtras = false
    /// All inputs were read to their ends.
    var inputHasEnded = false
    /// A signal or a reason of our own has begun to end the run.
    var isStopping = false
    /// When calls on the wire are given up, once the run stops.
    var deadline: ContinuousClock.Instant?
    var stopActions: [@Sendable () -> Void] = []
    var inputEndActions: [@Sendable () -> Void] = []
  }

  private let state = Lock(State())
  private let admission: Admission
  private let attempts: AttemptRunner
  private let reader: InputReader
  private let poller: Poller
  private let report: RunMetricsRecorder
  private let messages: Console
  private let grace: GracePeriods
  private let keepsOrder: Bool
  /// Whoever started us ignores SIGPIPE: we cannot be seen to die by it.
  private let ignoresBrokenPipe: Bool

  init(
    configuration: Configuration, admission: Admission, attempts: AttemptRunner, reader: InputReader, poller: Poller,
    report: RunMetricsRecorder, messages: Console, ignoresBrokenPipe: Bool
  ) {
    self.admission = admission
    self.attempts = attempts
    self.reader = reader
    self.poller = poller
    self.report = report
    self.messages = messages
    self.ignoresBrokenPipe = ignoresBrokenPipe
    grace = configuration.grace
    keepsOrder = configuration.keepsOrder
  }

  /// The signal to die by when all is told.
  var signal: Signal? { state.withLock { $0.signal } }
  /// Whether the exit status is 2.
  var hasFailed: Bool { state.withLock { $0.hasFailed || $0.lacksExtras } }

  /// All inputs were read to their ends.
  var hasReadWholeInput: Bool { state.withLock { $0.inputHasEnded } }

  /// The whole input was read, and nothing stopped its articles from being answered.
  var isComplete: Bool { state.withLock { $0.inputHasEnded && !$0.hasFailed && $0.signal == nil } }

  /// Until when what is under way may go on after the last result.
  var deadlineOfCalls: ContinuousClock.Instant {
    let now = ContinuousClock.now
    // What was given up as late as that has some time left to end.
    return state.withLock { $0.deadline }.map { max($0, now + .seconds(1)) } ?? now + grace.afterTermination
  }

  /// Has something done when the run is to stop, before calls on the wire are given up.
  func whenStopping(_ action: @escaping @Sendable () -> Void) {
    state.withLock { $0.stopActions.append(action) }
  }

  /// Has something done when all inputs have been read to their ends.
  func whenInputEnds(_ action: @escaping @Sendable () -> Void) {
    state.withLock { $0.inputEndActions.append(action) }
  }

  // MARK: What happens to the input

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

  // MARK: What happens to the output

  /// - Parameter file: the name of the file that records go to; nil for standard output.
  func handle(_ event: OutputWriter.Event, of file: String? = nil) {
    switch event {
    case .written(let records):
      admission.wrote(records: records)
      report.observe(.written(records: records))
    case .failed(let error) where error == .brokenPipe:
      readerHasGone()
    case .failed(let error):
      // Nothing that is still made could be kept: the run ends without a drain.
      fail("cannot write \(file ?? "standard output"): \(error)")
      stopReading()
      attempts.interrupt()
    }
  }

  /// Ends the process at once and quietly: nobody wants what it makes.
  private func readerHasGone() -> Never {
    if let signal { signal.die() }
    if ignoresBrokenPipe { exitProcess(128 + Signal.brokenPipe.rawValue) }
    Signal.brokenPipe.die()
  }

  /// The trace cannot be written: the run goes on without it.
  func traceFailed(_ name: String, _ error: SystemError) {
    state.withLock { $0.lacksExtras = true }
    messages.tellAlways("cannot write \(name): \(error); the run goes on without a trace")
  }

  func traceLacks(events: Int) {
    if events > 0 { messages.tell("\(events) events are not in the trace: its file is too slow") }
  }

  // MARK: Reasons to stop

  /// Ends a run that has no hope, or is not to go on: as after a signal calls on the wire may finish, and what they are
  /// given up for is written. Only the first reason counts.
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

  /// Stops reading and lets the calls on the wire finish, for as long as they are given. A second signal does not come
  /// here: it kills the process.
  func handle(_ signal: Signal) {
    state.withLock { state in
      state.signal = signal
      state.isStopping = true
    }
    // Told first: once reading stops, an idle run is at its end before the next line of this, summary and all.
    let pending = unfinished
    messages.tell(pending.isEmpty ? "stopping" : "stopping: \(pending); again to drop them", stopsRun: true)
    drain(for: signal == .terminate ? grace.afterTermination : grace.afterInterrupt)
  }

  /// What is under way, in words; empty where nothing is.
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

  /// Nothing more is read and no wait goes on; calls on the wire have some time left.
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
