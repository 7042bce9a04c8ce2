import CLibrary

/// A signal that the process knows how to take, or to die by.
public struct Signal: RawRepresentable, Hashable, Sendable {
  public let rawValue: Int32

  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  public static let interrupt = Signal(rawValue: SIGINT)
  public static let terminate = Signal(rawValue: SIGTERM)
  public static let hangUp = Signal(rawValue: SIGHUP)
  public static let brokenPipe = Signal(rawValue: SIGPIPE)
  /// Asks for a word about how things stand.
  public static let user1 = Signal(rawValue: SIGUSR1)
  public static let fileSizeLimit = Signal(rawValue: SIGXFSZ)
  public static let kill = Signal(rawValue: SIGKILL)
  /// A child has ended.
  public static let child = Signal(rawValue: SIGCHLD)

  /// Whether the process was started with the signal ignored (nohup, a background job of a script); false after
  /// `ignore` too, so ask first.
  public var isIgnored: Bool { system_signal_is_ignored(rawValue) }

  /// Has failing calls return an error instead (EPIPE, EFBIG), which can be told apart and reported.
  public func ignore() { system_signal_ignore(rawValue) }

  /// Has the signal do nothing until somebody takes it, where it was not ignored at start: asking too early how things
  /// stand must not end the process.
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

/// The signals that ask a run to stop. The first is written to a pipe for the poller to read; a second one, of whatever
/// kind, ends the process in the handler itself: no other thread has to be alive for that.
enum StopSignals {
  /// Some senders signal the process and then its whole group (`timeout`), or it and its wrapper (Ctrl-C under a task
  /// runner): what comes within this time of the first is the same request.
  static let sameRequest: Int64 = 20_000_000

  /// Traps those of the signals that were not ignored at start. To be called once.
  /// - Parameter notices: stop nothing, and come as often as they are sent.
  static func trap(_ signals: [Signal], notices: [Signal]) throws(SystemError) -> Wakeup {
    let pipe = try Wakeup()
    stopSignalPipe = pipe.writeEnd
    firstStopSignal = 0
    for signal in signals where !signal.isIgnored { system_signal_handle(signal.rawValue, onStopSignal) }
    for signal in notices where !signal.isIgnored { system_signal_handle(signal.rawValue, onNotice) }
    return pipe
  }
}

// What the handlers may touch: plain integers, set before they are installed.
nonisolated(unsafe) private var stopSignalPipe: Int32 = -1
nonisolated(unsafe) private var firstStopSignal: Int64 = 0

/// Only calls that are safe in a signal handler: clock_gettime, write, signal, kill, _exit.
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

/// Only calls that are safe in a signal handler.
private func onNotice(_ number: Int32) {
  let saved = system_errno()
  defer { system_set_errno(saved) }
  var byte = UInt8(truncatingIfNeeded: number)
  _ = write(stopSignalPipe, &byte, 1)
}
