import Summarization
import SystemIO

/// One run of the pipeline with everything that it needs, put together from a configuration.
struct Run {
  let control: RunControl
  let report = Report()
  let messages: Messages
  let configuration: Configuration
  private let poller: Poller
  let pipeline: Pipeline

  /// - Parameters:
  ///   - output: where records go; closed at the end.
  ///   - ignoresBrokenPipe: whether SIGPIPE was ignored at start.
  ///   - summarizer: instead of the one that the configuration names.
  /// - Throws: `SystemError` where the system has no descriptor or thread left, `HTTPTransportUnavailable` where there
  ///   is no libcurl for a model that needs it.
  init(
    _ configuration: Configuration, output: Descriptor, ignoresBrokenPipe: Bool = false,
    summarizer: (any Summarizer)? = nil
  ) throws {
    self.configuration = configuration
    messages = Messages(configuration.verbosity)
    poller = try Poller()
    let reader = try InputReader()
    // With -k the window counts what is unwritten; without it, what is unwritten is in flight.
    let admission = Admission(capacity: configuration.keepsOrder ? configuration.window : configuration.jobs)
    let calls = Calls()
    let control = RunControl(
      configuration: configuration, admission: admission, calls: calls, reader: reader, poller: poller,
      report: report, messages: messages, ignoresBrokenPipe: ignoresBrokenPipe)
    self.control = control
    pipeline = Pipeline(
      lines: Intake(
        inputs: configuration.inputs, longestLine: configuration.longestLine, output: output,
        reader: reader, admission: admission, control: control, observer: report),
      articles: ArticleReader(fields: configuration.fields, longestLine: configuration.longestLine),
      summarizer: try summarizer ?? Run.summarizer(for: configuration, poller, messages),
      calls: calls,
      records: RecordRenderer(configuration),
      output: try OutputWriter(output, closesAtEnd: true) { control.handle($0) },
      observer: report,
      messages: messages)
  }

  func trapSignals() throws(SystemError) {
    try poller.trap([.interrupt, .terminate, .hangUp]) { [control] in control.handle($0) }
  }

  /// Runs to the end, and tells how it went.
  func execute(since start: ContinuousClock.Instant) async {
    let order = configuration.keepsOrder ? "input order" : "order of completion"
    for warning in configuration.warnings { messages.tell(warning) }
    messages.tellVerbose("model \(configuration.modelInWords), at most \(configuration.jobs) in flight, \(order)")
    await pipeline.run(configuration)
    messages.tellCounts()
    if configuration.stats == .text, configuration.verbosity != .quiet {
      messages.print(report.summary(wall: .now - start))
    }
    await messages.flush()
  }

  var exitStatus: Int32 { control.hasFailed ? 2 : report.failed > 0 ? 1 : 0 }
}
