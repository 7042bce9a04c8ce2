import CLibrary

/// A signal that the process handles, or dies by.
public struct ProcessSignal: RawRepresentable, Hashable, Sendable {
  public let rawValue: Int32

  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  public static let interrupt = ProcessSignal(rawValue: SIGINT)
  public static let terminate = ProcessSignal(rawValue: SIGTERM)
  public static let hangUp = ProcessSignal(rawValue: SIGHUP)
  public static let brokenPipe = ProcessSignal(rawValue: SIGPIPE)
  /// Asks for a report on the progress of the run.
  public static let user1 = ProcessSignal(rawValue: SIGUSR1)
  public static let fileSizeLimit = ProcessSignal(rawValue: SIGXFSZ)
  public static let kill = ProcessSignal(rawValue: SIGKILL)
  /// A child has ended.
  public static let child = ProcessSignal(rawValue: SIGCHLD)

  /// Whether the signal is ignored. Until `ignore` is called or a handler is installed, this tells whether the process
  /// was started with the signal ignored (nohup, a background job of a script).
  public var isIgnored: Bool { system_signal_is_ignored(rawValue) }

  /// Ignores the signal. The calls that caused it then return an error (EPIPE, EFBIG), which can be told apart and
  /// reported.
  public func ignore() { system_signal_ignore(rawValue) }

  /// Makes the signal do nothing until a handler is installed, unless it was ignored at start. A request for a report
  /// must not end the process because it comes too early.
  public func holdOff() {
    if !isIgnored { system_signal_handle(rawValue) { _ in } }
  }

  /// Has the signal do what it does by itself, whatever it was started with.
  public func reset() { system_signal_reset(rawValue) }

  /// The system's own words, such as "Killed".
  public var name: String { String(cString: strsignal(rawValue)) }

  /// Ends the process by this signal, so that whoever waits for it sees what happened; with the status 128 + its number
  /// where the system does not let the process die by it, as it does with the first process of a container.
  public func die() -> Never { system_die_by_signal(rawValue) }
}

/// The signals that ask a run to stop. The first is written to a pipe, which the poller reads. A second one, of any
/// kind, ends the process in the handler itself, so that no other thread has to be alive.
enum StopSignals {
  /// The time after the first signal, in nanoseconds, within which others belong to the same request. Some senders
  /// signal the process and then its whole group (`timeout`), or the process and its wrapper (Ctrl-C under a task
  /// runner).
  static let sameRequest: Int64 = 20_000_000

  /// Installs handlers for those of the signals that were not ignored at start. To be called once.
  /// - Parameter notices: signals that stop nothing, and are handled as often as they are sent.
  static func trap(_ signals: [ProcessSignal], notices: [ProcessSignal]) throws(SystemError) -> WakeupPipe {
    let pipe = try WakeupPipe()
    stopSignalPipe = pipe.writeEnd
    firstStopSignal = 0
    for signal in signals where !signal.isIgnored { system_signal_handle(signal.rawValue, onStopSignal) }
    for signal in notices where !signal.isIgnored { system_signal_handle(signal.rawValue, onNotice) }
    return pipe
  }
}

// The only state that the handlers touch: plain integers, set before the handlers are installed.
nonisolated(unsafe) private var stopSignalPipe: Int32 = -1
nonisolated(unsafe) private var firstStopSignal: Int64 = 0

/// Calls async-signal-safe functions only: clock_gettime, write, signal, kill, _exit and the like.
private func onStopSignal(_ number: Int32) {
  let saved = system_errno()
  defer { system_set_errno(saved) }
  let now = system_monotonic_time()
  if firstStopSignal == 0 {
    firstStopSignal = now
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(stopSignalPipe, &byte, 1)
  } else if now - firstStopSignal > StopSignals.sameRequest {
    system_die_by_signal(number)
  }
}

/// Calls async-signal-safe functions only.
private func onNotice(_ number: Int32) {
  let saved = system_errno()
  defer { system_set_errno(saved) }
  var byte = UInt8(truncatingIfNeeded: number)
  _ = write(stopSignalPipe, &byte, 1)
}
