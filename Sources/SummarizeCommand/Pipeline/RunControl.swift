import Locking
import Summarization
import SystemIO

/// Why and how a run ends: everything that can go wrong with a whole run, or stop it, is told to this one.
final class RunControl: Sendable {
  private struct State {
    /// The signal that asked the run to stop.
    var signal: Signal?
    /// Some input or the output failed: exit status 2.
    var hasFailed = false
  }

  private let state = Lock(State())
  private let admission: Admission
  private let calls: Calls
  private let reader: InputReader
  private let poller: Poller
  private let report: Report
  private let messages: Messages
  private let grace: Configuration.Grace
  private let keepsOrder: Bool
  /// Whoever started us ignores SIGPIPE: we cannot be seen to die by it.
  private let ignoresBrokenPipe: Bool

  init(
    configuration: Configuration, admission: Admission, calls: Calls, reader: InputReader, poller: Poller,
    report: Report, messages: Messages, ignoresBrokenPipe: Bool
  ) {
    self.admission = admission
    self.calls = calls
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
  var hasFailed: Bool { state.withLock { $0.hasFailed } }

  // MARK: What happens to the input

  func inputFailed(_ name: String, _ error: SystemError) {
    fail("cannot read \(name): \(error)")
  }

  func inputIsOutput(_ name: String) {
    fail("\(name) is also the output; write to another file and rename it")
  }

  /// Nothing after this can be read: the lines that were taken are finished, and no more are.
  func inputIsWide(_ name: String, _ encoding: String) {
    fail("\(name) looks like \(encoding); convert it with iconv -f \(encoding) -t UTF-8")
    admission.stop()
  }

  func hint(_ text: String) {
    messages.tell(text)
  }

  func fail(_ message: String) {
    state.withLock { $0.hasFailed = true }
    messages.tell(message, stopsRun: true)
  }

  // MARK: What happens to the output

  func handle(_ event: OutputWriter.Event) {
    switch event {
    case .written(let records):
      admission.wrote(records: records)
      report.observe(.written(records: records))
    case .failed(let error) where error == .brokenPipe:
      readerHasGone()
    case .failed(let error):
      // Nothing that is still made could be kept: the run ends without a drain.
      fail("write error: \(error)")
      stopReading()
      calls.interrupt()
    }
  }

  /// Ends the process at once and quietly: nobody wants what it makes.
  private func readerHasGone() -> Never {
    if let signal { signal.die() }
    if ignoresBrokenPipe { exitProcess(128 + Signal.brokenPipe.rawValue) }
    Signal.brokenPipe.die()
  }

  // MARK: Signals

  /// Stops reading and lets the calls on the wire finish, for as long as they are given. A second signal does not come
  /// here: it kills the process.
  func handle(_ signal: Signal) {
    state.withLock { $0.signal = signal }
    // Told first: once reading stops, an idle run is at its end before the next line of this, summary and all.
    messages.tell(stoppingMessage, stopsRun: true)
    stopReading()
    let time = signal == .terminate ? grace.afterTermination : grace.afterInterrupt
    poller.schedule(at: .now + time) { self.calls.interrupt() }
  }

  private var stoppingMessage: String {
    var parts: [String] = []
    let calls = calls.count
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
    return parts.isEmpty ? "stopping" : "stopping: \(parts.joined(separator: ", ")); again to drop them"
  }

  private func stopReading() {
    admission.stop()
    reader.stop()
  }
}
