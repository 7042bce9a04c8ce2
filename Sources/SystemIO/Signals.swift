#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

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

  /// Whether the process was started with the signal ignored (nohup, a background job of a script); false after
  /// `ignore` too, so ask first.
  public var isIgnored: Bool {
    var action = sigaction()
    sigaction(rawValue, nil, &action)
    #if canImport(Darwin)
      return unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
    #elseif canImport(Musl)
      return unsafeBitCast(action.__sa_handler.sa_handler, to: Int.self) == 1
    #else
      return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    #endif
  }

  /// Has failing calls return an error instead (EPIPE, EFBIG), which can be told apart and reported.
  public func ignore() {
    _ = system_signal(rawValue, SIG_IGN)
  }

  /// Ends the process by this signal, so that whoever waits for it sees what happened.
  public func die() -> Never {
    _ = system_signal(rawValue, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, rawValue)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    kill(getpid(), rawValue)
    // Delivered by now, unless the signal is one that does not kill.
    _exit(128 + rawValue)
  }
}

/// The signals that ask a run to stop. The first is written to a pipe for the poller to read; a second one, of whatever
/// kind, kills the process on the spot, in the handler: no other thread has to be alive for that.
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
    install(onStopSignal, for: signals)
    install(onNotice, for: notices)
    return pipe
  }

  private static func install(_ handler: @escaping @convention(c) (Int32) -> Void, for signals: [Signal]) {
    var action = sigaction()
    #if canImport(Darwin)
      action.__sigaction_u.__sa_handler = handler
    #elseif canImport(Musl)
      action.__sa_handler.sa_handler = handler
    #else
      action.__sigaction_handler.sa_handler = handler
    #endif
    action.sa_flags = Int32(SA_RESTART)
    sigemptyset(&action.sa_mask)
    for signal in signals where !signal.isIgnored {
      sigaction(signal.rawValue, &action, nil)
    }
  }
}

// What the handler may touch: plain integers, set before it is installed.
nonisolated(unsafe) private var stopSignalPipe: Int32 = -1
nonisolated(unsafe) private var firstStopSignal: Int64 = 0

/// Only calls that are safe in a signal handler: clock_gettime, write, signal, raise.
private func onStopSignal(_ number: Int32) {
  let saved = errno
  defer { errno = saved }
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  let now = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  if firstStopSignal == 0 {
    firstStopSignal = now
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(stopSignalPipe, &byte, 1)
  } else if now - firstStopSignal > StopSignals.sameRequest {
    _ = system_signal(number, SIG_DFL)
    raise(number)
  }
}

/// Only calls that are safe in a signal handler.
private func onNotice(_ number: Int32) {
  let saved = errno
  defer { errno = saved }
  var byte = UInt8(truncatingIfNeeded: number)
  _ = write(stopSignalPipe, &byte, 1)
}

#if canImport(Darwin)
  private func system_signal(_ number: Int32, _ handler: sig_t?) -> sig_t? { signal(number, handler) }
#else
  private func system_signal(_ number: Int32, _ handler: __sighandler_t?) -> __sighandler_t? { signal(number, handler) }
#endif
