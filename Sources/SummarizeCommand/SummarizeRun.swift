import Basics
import Articles
import CallControl
import CommandLine
import Pipeline
import Reporting
import ResultLog
import Summarization
import SystemIO

/// One run of the pipeline with all its parts, which are made from a configuration.
struct SummarizeRun {
  let control: RunControl
  let report = RunMetricsRecorder()
  let messages: MessageConsole
  let configuration: RunConfiguration
  private let poller: EventPoller
  let pipeline: ArticlePipeline
  private let sink: RecordSink
  private let trace: TraceWriter?
  private let progress: ProgressLine
  private let start: Instant
  /// The filter of articles that are already done; nil without `--output`.
  private let resume: ResumeFilter?
  private let articles: ArticleReader
  private let jobs: JobLimit
  private let scheduler: SharedCallScheduler
  private let summarizer: any Summarizer

  /// The reason why a run cannot start.
  enum StartFailure: Error {
    /// The system has no descriptor or thread left.
    case system(SystemError)
    /// A file must not be written to.
    case refused(OutputFileRefusal)
    /// There is no libcurl for a model that needs it, or no such command.
    case unavailable(String)
  }

  /// - Parameters:
  ///   - output: the destination of records without `--output`; closed at the end.
  ///   - start: the time at which the process began.
  ///   - poller: the poller of the process; nil to create one.
  ///   - console: the destination of messages; nil to create one.
  ///   - ignoresBrokenPipe: whether SIGPIPE was ignored at start.
  ///   - summarizer: a summarizer to use instead of the one that the configuration names.
  init(
    _ configuration: RunConfiguration, output: FileDescriptor, since start: Instant = .now,
    poller givenPoller: EventPoller? = nil, console: MessageConsole? = nil, ignoresBrokenPipe: Bool = false,
    summarizer: (any Summarizer)? = nil
  ) throws(StartFailure) {
    self.configuration = configuration
    self.start = start
    messages = console ?? MessageConsole(configuration.verbosity, takesLinesBack: configuration.takesEscapes)
    let articles = ArticleReader(configuration.articles)
    self.articles = articles
    let files = try SummarizeRun.refusing { () throws(OutputFileRefusal) in
      try OutputFiles(
        configuration.files, inputs: configuration.inputs, rules: configuration.logRules, articles: articles,
        keepsOrder: configuration.keepsOrder)
    }
    for warning in files.warnings { messages.tell(warning.message) }
    poller = try SummarizeRun.starting { () throws(SystemError) in
      if let givenPoller { return givenPoller }
      return try EventPoller()
    }
    let reader = try SummarizeRun.starting { () throws(SystemError) in try InputReader() }
    let summarizer = try SummarizeRun.summarizer(summarizer, configuration, poller, messages)
    self.summarizer = summarizer
    // Nothing was found wrong: from here on files are changed. What the run opens besides must not be what fails it.
    if configuration.files != OutputFileSettings() {
      try SummarizeRun.starting { () throws(SystemError) in try FileDescriptor.requireSpare(12) }
    }
    let begun = try SummarizeRun.refusing { () throws(OutputFileRefusal) in try files.begin() }
    resume = begun.resume
    // The final pass puts a log in input order, and one at a time results come in it by themselves.
    let keepsOrder = configuration.keepsOrder && !begun.isLog && configuration.jobSettings.most > 1
    let jobs = JobLimit(configuration.jobSettings, keepsOrder: keepsOrder)
    self.jobs = jobs
    let admission = jobs.admission
    let attempts = AttemptRunner(poller: poller, timeoutAdvice: "--timeout gives it longer")
    let control = RunControl(
      configuration: configuration, admission: admission, attempts: attempts, reader: reader, poller: poller,
      report: report, messages: messages, keepsOrder: keepsOrder, ignoresBrokenPipe: ignoresBrokenPipe)
    self.control = control
    progress = ProgressLine(report, messages, poller, since: start, isShown: configuration.showsProgress)
    let trace = try SummarizeRun.starting { () throws(SystemError) -> TraceWriter? in
      guard let target = begun.trace else { return nil }
      return try TraceWriter(to: target.descriptor, since: start) { control.traceFailed(target.name, $0) }
    }
    self.trace = trace
    let observer: any RunObserver = if let trace { RunObserverGroup([report, trace]) } else { report }
    sink = try SummarizeRun.starting { () throws(SystemError) in
      try RecordSink(begun, standardOutput: output) { control.handle($0, of: $1) }
    }
    let notices = CallNoticeHandler(
      longestOutage: configuration.calls.longestOutage, jobs: jobs, control: control, observer: observer,
      console: messages)
    let callSettings = CallSchedulerSettings(configuration.calls, configuration.jobSettings)
    let scheduler = SharedCallScheduler(callSettings, jobs: jobs, poller: poller) { notices.handle($0) }
    self.scheduler = scheduler
    if callSettings.findsLevel { observer.observe(.levelChanged(to: 1, at: start)) }
    let runner = CallRunner(
      summarizer, configuration.calls, scheduler: scheduler, attempts: attempts, observer: observer, console: messages)
    control.whenStopping { scheduler.stop() }
    control.whenInputEnds { scheduler.inputEnded() }
    pipeline = ArticlePipeline(
      lines: LineIntake(
        inputs: configuration.inputs, longestLine: configuration.longestLine,
        outputs: begun.descriptors(standardOutput: output), resume: resume, reader: reader, admission: admission,
        observer: observer, tell: { control.handle($0) },
        begin: {
          do throws(OutputFileRefusal) {
            try begun.empty()
            trace?.begin()
            return true
          } catch {
            control.fail(error.message)
            return false
          }
        }),
      articles: articles,
      summarizer: summarizer,
      runner: runner,
      scheduler: scheduler,
      records: RecordEncoder(configuration.records),
      output: sink,
      observer: observer,
      console: messages,
      keepsOrder: keepsOrder)
  }

  private static func starting<Part>(_ make: () throws(SystemError) -> Part) throws(StartFailure) -> Part {
    do throws(SystemError) { return try make() } catch { throw .system(error) }
  }

  private static func refusing<Part>(_ make: () throws(OutputFileRefusal) -> Part) throws(StartFailure) -> Part {
    do throws(OutputFileRefusal) { return try make() } catch { throw .refused(error) }
  }

  private static func summarizer(
    _ given: (any Summarizer)?, _ configuration: RunConfiguration, _ poller: EventPoller, _ messages: MessageConsole
  ) throws(StartFailure) -> any Summarizer {
    if let given { return given }
    return try summarizer(for: configuration, poller, messages)
  }

  func takeSignals(from router: SignalRouter) {
    router.run { [control, progress] signal in
      if signal == .user1 { progress.tell() } else { control.handle(signal) }
    }
  }

  /// Runs the pipeline to its end and prints the summary.
  func execute() async {
    let order = configuration.keepsOrder ? "input order" : "order of completion"
    for warning in configuration.warnings { messages.tell(warning) }
    messages.tellVerbose("model \(configuration.modelInWords), \(configuration.jobsInWords), \(order)")
    progress.begin(after: configuration.progressDelay)
    await pipeline.run(jobs)
    await finishOutput()
    if let trace { control.traceLacks(events: await trace.finish()) }
    progress.end()
    messages.tellCounts()
    tellFields()
    tellSummary()
    // Of what is kept between calls nothing is told, and nobody waits for it who waits for the results.
    await summarizer.finish(by: control.deadlineOfCalls)
    await messages.flush()
  }

  /// Prints what was done with the fields of articles and may be unintended.
  private func tellFields() {
    func list(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }
    if let mixture = articles.textFields.mixture {
      let count = "\(mixture.articles) \(mixture.articles == 1 ? "article has its" : "articles have their")"
      messages.tell("\(count) text in \(list(mixture.fields)), the first one has it in \(list([mixture.firstField]))")
    }
    let dropped = pipeline.records.droppedFieldNames
    if !dropped.isEmpty {
      messages.tell("fields of articles that results have as well were left out: \(list(dropped))")
    }
  }

  private func tellSummary() {
    let ending = RunEnding(
      wall: Instant.now - start, alreadyDone: resume?.alreadyDone ?? 0,
      readWholeInput: control.hasReadWholeInput, level: levelFinding)
    switch configuration.stats {
    case .none: break
    case .text:
      messages.print(report.current.summary(ending) + configuration.modelNotice)
    case .json: messages.print(report.current.json(ending))
    }
  }

  /// The number of articles in flight that `-j auto` found; nil without this option.
  private var levelFinding: LevelFinding? {
    switch configuration.jobSettings.choice {
    case .given: nil
    case .cores: LevelFinding(level: configuration.jobs, bound: .cores)
    case .found: scheduler.finding.map { LevelFinding($0) }
    }
  }

  /// Returns when all records are written and files are in their final form.
  func finishOutput() async {
    await sink.finish(
      isComplete: { [control] in control.isComplete }, isStopped: { [control] in control.signal != nil },
      tell: { [control] in control.fail($0.message) })
  }

  var exitStatus: Int32 {
    if control.hasFailed { return 2 }
    return report.failed > 0 && !configuration.exitsWithZero ? 1 : 0
  }
}

extension RunConfiguration {
  fileprivate var articles: ArticleReaderSettings {
    var settings = ArticleReaderSettings { $0.message }
    settings.fields = fields
    settings.longestLine = longestLine
    settings.html = html
    return settings
  }

  fileprivate var records: RecordEncoderSettings {
    var settings = RecordEncoderSettings()
    // The words of a command may hold secrets.
    if case .command = model { settings.model = ModelOrigin.text(of: modelName) } else { settings.model = modelName }
    if case .command = model { settings.omitsMissing = true }
    settings.madeBy = ModelOrigin.text(of: modelName)
    settings.tasks = request.tasks
    settings.showsMeta = showsMeta
    settings.idField = fields.id
    settings.merges = merges
    settings.hasFile = files.output != nil
    settings.showsInput = files.errors != nil
    return settings
  }

  /// The conditions that a file of results must meet to be resumed.
  fileprivate var logRules: RecoveryRules {
    // Commands may answer with plain text, which is the summary alone.
    let isCommand = if case .command = model { true } else { false }
    return RecoveryRules(
      tasks: request.tasks, optionalTasks: isCommand ? .all : [], merges: merges,
      madeBy: ModelOrigin.text(of: modelName))
  }
}
