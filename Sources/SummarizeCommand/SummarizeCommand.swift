import Basics
import BoundedConcurrency
import CommandLine
import Reporting
import ResultLog
import SystemIO

/// The command `summarize`: reads its options, runs, and ends the process.
public enum SummarizeCommand {
  /// - Parameter arguments: the arguments without the name of the program.
  public static func main(_ arguments: [String]) -> Never {
    ProcessSignal.user1.holdOff()
    let start = Instant.now
    // This must precede the first task: the runtime opens descriptors of its own, which must not become 0, 1 or 2.
    StandardDescriptors.secure()
    let configuration = configure(arguments)
    refuseTerminal(configuration)
    // This must precede the first article, which may cost money.
    if configuration.files.output == nil, !FileDescriptor.standardOutput.isWritable {
      fail("cannot write standard output: \(SystemError.badDescriptor)")
    }

    guard SystemThread.areVisible else {
      fail("/proc does not show this process, and Swift's runtime looks there; mount it: mount -t proc proc /proc")
    }

    // From here on, a closed pipe and a file that grows too large are write errors instead of fatal signals.
    let ignoresBrokenPipe = ProcessSignal.brokenPipe.isIgnored
    ProcessSignal.brokenPipe.ignore()
    ProcessSignal.fileSizeLimit.ignore()

    let console = MessageConsole(configuration.verbosity, takesLinesBack: configuration.takesEscapes)
    let poller: EventPoller
    let signals: SignalRouter
    do throws(SystemError) {
      // This must precede any change to a file. The runtime has a thread for each processor and one that manages them;
      // the run has one each for deadlines, input, output and messages, and one for every other file.
      let files = [configuration.files.errors, configuration.files.trace].count { $0 != nil }
      let commands = if case .command = configuration.model { 1 } else { 0 }
      try SystemThread.requireSpare(availableProcessors() + 5 + files + commands)
      poller = try EventPoller()
      signals = try SignalRouter(poller, console)
    } catch {
      failToStart(error)
    }

    let run: SummarizeRun
    do throws(SummarizeRun.StartFailure) {
      run = try SummarizeRun(
        configuration, output: .standardOutput, since: start, poller: poller, console: console,
        ignoresBrokenPipe: ignoresBrokenPipe)
    } catch {
      switch error {
      case .system(let error): failToStart(error)
      case .refused(let refusal): fail(refusal.message)
      case .unavailable(let message): fail(message)
      }
    }
    do throws(SystemError) {
      // The runtime opens these descriptors when the first task starts, and has no way to report a failure.
      try FileDescriptor.requireSpare(5)
    } catch {
      failToStart(error)
    }
    run.takeSignals(from: signals)
    Task.detached {
      if configuration.isDryRun {
        await run.showRequest()
      } else if configuration.isEstimate {
        await run.tellEstimate()
      } else {
        await run.execute()
      }
      if let signal = run.control.signal { signal.die() }
      exitProcess(run.exitStatus)
    }
    parkThread()
  }

  // MARK: Before the run

  private static func configure(_ arguments: [String]) -> RunConfiguration {
    do throws(UsageError) {
      let typed = try TypedArguments(parsing: arguments)
      if typed.asksForHelp { show(HelpText.full) }
      if typed.asksForVersion { show(HelpText.version) }
      let configuration = try RunConfiguration(typed)
      if let shell = configuration.completions { show(shell.script) }
      return configuration
    } catch {
      fail(error.message)
    }
  }

  /// Prints the short usage and exits if standard input is a terminal and there is no FILE. Articles are not typed by
  /// hand: the user wants to know what the command does.
  private static func refuseTerminal(_ configuration: RunConfiguration) {
    guard configuration.readsStandardInputByDefault, FileDescriptor.standardInput.isTerminal else { return }
    try? FileDescriptor.standardError.write(HelpText.shortUsage)
    exitProcess(2)
  }

  private static func show(_ text: String) -> Never {
    do throws(SystemError) {
      try FileDescriptor.standardOutput.write(text)
      try FileDescriptor.standardOutput.close()
    } catch {
      fail("cannot write standard output: \(error)")
    }
    exitProcess(0)
  }

  private static func failToStart(_ error: SystemError) -> Never {
    fail("cannot start: \(error); raise the limits on open files, threads and memory (ulimit -n, -u, -v)")
  }

  private static func fail(_ message: String) -> Never {
    TemporaryFiles.discardAll()
    try? FileDescriptor.standardError.write("summarize: \(visible(message))\n")
    exitProcess(2)
  }
}

/// Handles signals from the start, before a file is touched. Until a run takes over, a signal that asks the process to
/// stop ends it at once, and temporary files with new versions of files are removed.
final class SignalRouter: Sendable {
  private let handler = Lock<(@Sendable (ProcessSignal) -> Void)?>(nil)

  /// - Throws: if the system has no descriptor left.
  init(_ poller: EventPoller, _ console: MessageConsole) throws(SystemError) {
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

  /// Passes every signal to the handler from now on.
  func run(_ handler: @escaping @Sendable (ProcessSignal) -> Void) {
    self.handler.withLock { $0 = handler }
  }
}
