import ExtractiveSummarizer
import SimulatedSummarizer
import Summarization
import SystemIO

/// The command `summarize`: reads its options, runs the pipeline, tells how it went, and ends the process.
public enum SummarizeCommand {
  /// - Parameter arguments: without the name of the program.
  public static func main(_ arguments: [String]) -> Never {
    let start = ContinuousClock.now
    // Before the first task: the runtime opens descriptors of its own, which must not land on 0, 1 or 2.
    let standard = StandardDescriptors.secure()
    let configuration = configure(arguments)
    refuseTerminal(configuration)
    if standard.closed.contains(.standardOutput) {
      fail("cannot write standard output: \(SystemError.badDescriptor)")
    }

    // From here on a reader that goes away and a file that grows too large are errors of a write, not sudden deaths.
    let ignoresBrokenPipe = Signal.brokenPipe.isIgnored
    Signal.brokenPipe.ignore()
    Signal.fileSizeLimit.ignore()

    Task.detached { await run(configuration, since: start, ignoresBrokenPipe: ignoresBrokenPipe) }
    parkThread()
  }

  private static func run(
    _ configuration: Configuration, since start: ContinuousClock.Instant, ignoresBrokenPipe: Bool
  ) async -> Never {
    let messages = Messages(configuration.verbosity)
    let report = Report()
    let control: RunControl
    do throws(SystemError) {
      control = try await runPipeline(configuration, messages, report, ignoresBrokenPipe: ignoresBrokenPipe)
    } catch {
      fail("cannot start: \(error)")
    }

    messages.tellCounts()
    if configuration.stats == .text, configuration.verbosity != .quiet {
      messages.print(report.summary(wall: .now - start))
    }
    await messages.flush()
    if let signal = control.signal { signal.die() }
    exitProcess(control.hasFailed ? 2 : report.failed > 0 ? 1 : 0)
  }

  /// - Returns: what knows why the run ended.
  private static func runPipeline(
    _ configuration: Configuration, _ messages: Messages, _ report: Report, ignoresBrokenPipe: Bool
  ) async throws(SystemError) -> RunControl {
    let poller = try Poller()
    let reader = try InputReader()
    let admission = Admission(capacity: configuration.keepsOrder ? configuration.window : configuration.jobs)
    let calls = Calls()
    let control = RunControl(
      configuration: configuration, admission: admission, calls: calls, reader: reader, poller: poller,
      report: report, messages: messages, ignoresBrokenPipe: ignoresBrokenPipe)
    let output = try OutputWriter(.standardOutput, closesAtEnd: true) { control.handle($0) }
    try poller.trap([.interrupt, .terminate, .hangUp]) { control.handle($0) }

    let order = configuration.keepsOrder ? "input order" : "order of completion"
    messages.tellVerbose("model \(configuration.modelName), at most \(configuration.jobs) in flight, \(order)")
    let pipeline = Pipeline(
      lines: Intake(
        inputs: configuration.inputs, longestLine: configuration.longestLine, output: .standardOutput,
        reader: reader, admission: admission, control: control, observer: report),
      articles: ArticleReader(fields: configuration.fields, longestLine: configuration.longestLine),
      summarizer: summarizer(for: configuration, poller),
      calls: calls,
      records: RecordRenderer(configuration),
      output: output,
      observer: report,
      messages: messages)
    await pipeline.run(configuration)
    return control
  }

  private static func summarizer(for configuration: Configuration, _ poller: Poller) -> any Summarizer {
    switch configuration.model {
    case .extractive: ExtractiveSummarizer(configuration.request)
    case .simulated(let settings):
      SimulatedSummarizer(configuration.request, settings: settings, poller: poller)
    }
  }

  // MARK: Before the run

  private static func configure(_ arguments: [String]) -> Configuration {
    do throws(UsageError) {
      let typed = try TypedArguments(parsing: arguments)
      if typed.options.contains(where: { $0.name == .help }) { show(Help.full) }
      if typed.options.contains(where: { $0.name == .version }) { show(Help.version) }
      return try Configuration(typed)
    } catch {
      fail(error.message)
    }
  }

  /// Nobody types articles by hand: without a FILE and without a pipe there is a question behind the call.
  private static func refuseTerminal(_ configuration: Configuration) {
    guard configuration.readsStandardInputByDefault, Descriptor.standardInput.isTerminal else { return }
    try? Descriptor.standardError.write(Help.shortUsage)
    exitProcess(2)
  }

  private static func show(_ text: String) -> Never {
    do throws(SystemError) {
      try Descriptor.standardOutput.write(text)
      try Descriptor.standardOutput.close()
    } catch {
      fail("write error: \(error)")
    }
    exitProcess(0)
  }

  private static func fail(_ message: String) -> Never {
    try? Descriptor.standardError.write("summarize: \(visible(message))\n")
    exitProcess(2)
  }
}
