package import Articles
import CallControl
package import CommandSummarizer
package import LanguageModels
package import Pipeline
package import PlainText
package import Reporting
package import ResultLog
package import SimulatedSummarizer
package import Summarization
import SystemIO

/// The meaning of the command line. Parsing has two steps; this is the second, after `TypedArguments`.
package struct RunConfiguration {
  package enum ModelChoice: Equatable {
    case extractive
    case simulated(SimulatedSettings)
    /// A model of this name on a server of this provider.
    case language(LanguageModelProvider, String)
    case command(CommandKind, ExternalCommand)
  }

  /// How a command is used.
  package enum CommandKind: String, CaseIterable, Sendable {
    /// It is started for each article.
    case exec
    /// Copies of it stay, and take one article after the other.
    case coprocess
  }

  package enum StatisticsFormat: String {
    case text, json, none
  }

  /// The rule that decides whether a line of progress is shown.
  enum ProgressRule: String {
    /// If stderr is a terminal whose lines can be overwritten and results go elsewhere: to `--output`, or to a standard
    /// output that is neither a terminal nor a pipe.
    case auto
    case always, never
  }

  /// The options of a language model.
  struct LanguageModelOptions: Equatable {
    var prompt: TextSource?
    var language: String?
    var temperature: Double?
    var maximumTokens = 2048
    /// Further fields of the request as they were typed, `KEY=JSON`.
    var fields: [String] = []
    var baseURL: String?
    var keyFile: String?
    /// Headers `Name: value`, or files of such lines.
    var headers: [TextSource] = []
    var isDryRun = false
    var isEstimate = false
    /// Whether the run makes no calls, and only reports what it would do.
    var callsNothing: Bool { isDryRun || isEstimate }
  }

  /// The settings for the number of articles in flight: the maximum, and how the number is chosen.
  package private(set) var jobSettings = JobSettings(most: 1)
  /// The maximum number of articles in flight.
  package var jobs: Int { jobSettings.most }
  /// The limit on descriptors that has reduced `jobs`; nil if it has not.
  private(set) var descriptorLimit: Int?
  package private(set) var keepsOrder = false
  package private(set) var model = ModelChoice.extractive
  /// The name of the model as it was typed, for `meta`.
  package private(set) var modelName = "extractive"
  /// Whether the model comes from the environment.
  private var modelIsFromEnvironment = false
  package private(set) var request = SummaryRequest()
  private(set) var languageModel = LanguageModelOptions()
  /// The settings made from `languageModel`, files and the environment; nil for models of other kinds.
  package private(set) var languageModelSettings: LanguageModelSettings?
  package private(set) var calls = CallSettings()
  /// How long the first answer of a coprocess may take.
  package private(set) var startTimeout = Duration.seconds(600)
  package private(set) var files = OutputFileSettings()
  package private(set) var fields = ArticleFieldNames()
  /// The treatment of markup in titles and texts.
  package private(set) var html = HTMLMode.auto
  package private(set) var longestLine = 16 << 20
  package private(set) var merges = false
  package private(set) var showsMeta = false
  package private(set) var grace = GracePeriods()
  /// The form of the timing summary: `-q` means none where no form is given.
  package var stats: StatisticsFormat { statsForm ?? (verbosity == .quiet ? .none : .text) }
  private var statsForm: StatisticsFormat?
  private var progress = ProgressRule.auto
  /// Whether failed articles leave the exit status at 0.
  package private(set) var exitsWithZero = false
  /// The completions to print instead of a run; nil for a run.
  package private(set) var completions: CompletionShell?
  package private(set) var verbosity = MessageConsole.ConsoleVerbosity.normal
  /// The paths of the inputs, never empty; `-` is standard input.
  package private(set) var inputs = ["-"]
  /// Whether no operand was given: standard input is then read by default, not by name.
  package private(set) var readsStandardInputByDefault = true

  /// Whether a line of progress is shown.
  package private(set) var showsProgress = false
  /// The duration of a run before its progress is shown.
  package private(set) var progressDelay = Duration.zero
  /// Whether standard error is a terminal that supports the escape for clearing a line.
  package private(set) var takesEscapes = false

  /// Every option that was given, in order.
  private(set) var typedOptions: [OptionName] = []

  /// Whether to print the request for the first article, and make no calls.
  package var isDryRun: Bool { languageModel.isDryRun }
  /// Whether to estimate the tokens of a run, and make no calls.
  package var isEstimate: Bool { languageModel.isEstimate }

  /// Creates a configuration from typed arguments.
  package init(_ typed: TypedArguments, in surroundings: ProgramSurroundings = ProgramSurroundings())
    throws(UsageError)
  {
    if !typed.options.contains(where: { $0.name == .model }) {
      try takeModel(from: surroundings.variable(Self.modelVariable))
    }
    for operand in typed.operands where ModelSuggestion.isKey(operand) { throw .keyAsArgument("FILE") }
    var window: Int?
    var jobs: JobsOption?
    var mostJobs: Int?
    typedOptions = typed.options.map(\.name)
    for option in typed.options {
      let value = OptionValue(option)
      switch option.name {
      case .jobs: jobs = try JobsOption(value)
      case .maxJobs: mostJobs = try value.count(in: JobsOption.range)
      case .keepOrder: keepsOrder = true
      case .window: window = try value.count(in: 1...Int.max)

      case .model:
        model = try Self.model(value)
        modelName = value.text
      case .tasks: request.tasks = try Self.tasks(value)
      case .sentences: request.sentences = try value.count(in: 1...Int.max)
      case .keywords: request.keywords = try value.count(in: 1...Int.max)

      case .prompt: languageModel.prompt = try value.textOrFile("instructions, or @ and the file that holds them")
      case .language: languageModel.language = try value.name("a language such as en or French")
      case .temperature: languageModel.temperature = try value.number(in: 0...2)
      case .maxTokens: languageModel.maximumTokens = try value.count(in: 1...Int(Int32.max))
      case .option: languageModel.fields.append(try value.name("a field of the request such as seed=1"))
      case .baseURL: languageModel.baseURL = try value.name("a URL such as http://127.0.0.1:8080/v1")
      case .keyFile:
        if ModelSuggestion.isKey(value.text) { throw .keyAsArgument("--key-file") }
        languageModel.keyFile = try value.name("the name of a file")
      case .header: languageModel.headers.append(try value.textOrFile("a header such as 'Name: value'"))
      case .dryRun: languageModel.isDryRun = true
      case .estimate: languageModel.isEstimate = true

      case .retries: calls.retries = try value.count(in: 0...Int.max)
      case .timeout: calls.timeout = try value.positiveDuration()
      case .startTimeout: startTimeout = try value.positiveDuration()
      case .rate: calls.rate = try value.rate()
      case .tokenRate: calls.tokenRate = try value.rate()
      case .maxOutage:
        calls.longestOutage = try value.positiveDuration()
        calls.longestFirstContact = nil
      case .maxFailures: calls.mostFailures = try value.count(in: 1...Int.max)

      case .idField: fields.id = try value.name("the name of a field")
      case .titleField: fields.title = try value.name("the name of a field")
      case .contentField: fields.content = [try value.name("the name of a field")]
      case .html:
        guard let mode = HTMLMode(rawValue: value.text) else { throw value.bad("auto, always or never") }
        html = mode
      case .maxLine: longestLine = try value.size()

      case .output: files.output = try value.name("the name of a file")
      case .resume: files.resumes = true
      case .resumeBy:
        guard ["id", "fingerprint"].contains(value.text) else { throw value.bad("id or fingerprint") }
        files.resumesByID = value.text == "id"
      case .waitLock: files.waitForLock = try value.duration()
      case .force: files.overwrites = true
      case .errors: files.errors = try value.name("the name of a file")
      case .merge: merges = true
      case .meta: showsMeta = true

      case .grace:
        let time = try value.duration()
        (grace.afterInterrupt, grace.afterTermination) = (time, time)
      case .stats:
        guard let form = StatisticsFormat(rawValue: value.text) else { throw value.bad("text, json or none") }
        statsForm = form
      case .progress:
        guard let when = ProgressRule(rawValue: value.text) else { throw value.bad("auto, always or never") }
        progress = when
      case .trace: files.trace = try value.name("the name of a file")
      case .quiet: verbosity = .quiet
      case .verbose: verbosity = .verbose
      case .exitZero: exitsWithZero = true
      case .completions:
        guard let shell = CompletionShell(rawValue: value.text) else { throw value.bad("bash, zsh or fish") }
        completions = shell
      case .help, .version: break
      }
    }

    if files.resumes, files.overwrites { throw .resumeAndForce }
    if files.resumes, files.output == nil { throw .resumeWithoutOutput }
    if languageModel.callsNothing, case .language = model {
    } else if languageModel.callsNothing {
      let option = isDryRun ? "--dry-run shows the request" : "--estimate counts the tokens that go"
      throw .languageModel("\(option) to a language model; \(shownModel) is none")
    }
    jobSettings = try jobSettings(jobs, atMost: mostJobs, window: keepsOrder ? window : nil, in: surroundings)
    if !typed.operands.isEmpty {
      inputs = typed.operands
      readsStandardInputByDefault = false
    }
    showsProgress = isShown(progress, in: surroundings)
    progressDelay = progress == .auto ? .seconds(1) : .zero
    takesEscapes = surroundings.takesEscapes
    if case .language(let provider, let name) = model {
      languageModelSettings = try LanguageModelSetup(options: languageModel, surroundings: surroundings).settings(
        provider, model: name)
      fitDescriptors(surroundings, each: 1)
    }
    // Three pipes and one to see when it ends; for a moment the other ends as well.
    if case .command = model { fitDescriptors(surroundings, each: 4) }
    if languageModel.callsNothing { keepFilesThatAreRead() }
  }

  /// Drops the output files, since a run without calls writes none. An estimate keeps a file that is resumed: its
  /// results are left out of the count.
  private mutating func keepFilesThatAreRead() {
    let given = files
    files = OutputFileSettings()
    if isEstimate, given.resumes {
      files.output = given.output
      files.resumes = true
    }
  }

  private func isShown(_ progress: ProgressRule, in surroundings: ProgramSurroundings) -> Bool {
    switch progress {
    case .never: false
    case .always: verbosity != .quiet
    case .auto:
      // Results on the same terminal would be written into the line, and so would the output of a program that reads
      // them from a pipe.
      verbosity != .quiet && surroundings.hasStatusLine
        && (files.output != nil || !surroundings.outputIsTerminal && !surroundings.outputIsPipe)
    }
  }

  /// Has no more calls in flight than descriptors are left by everything else.
  /// - Parameter each: how many a call needs.
  private mutating func fitDescriptors(_ surroundings: ProgramSurroundings, each: Int) {
    let others = 64
    let limit = surroundings.raiseDescriptorLimit(each * jobs + others)
    guard limit < each * jobs + others else { return }
    jobSettings.most = max(1, (limit - others) / each)
    descriptorLimit = limit
  }

  /// The variable that names the model if no option does.
  private static let modelVariable = "SUMMARIZE_MODEL"

  private mutating func takeModel(from value: String?) throws(UsageError) {
    guard let value, !value.isEmpty else { return }
    model = try Self.model(OptionValue(.init(name: .model, spelling: Self.modelVariable, value: value)))
    modelName = value
    modelIsFromEnvironment = true
  }

  /// A line of the summary about a model from the environment; empty for a model that was typed.
  package var modelNotice: String {
    modelIsFromEnvironment ? "summarize: model \(shownModel), from \(Self.modelVariable)\n" : ""
  }

  /// The model as messages name it: of a command no more than its first word, as the others may hold secrets.
  package var shownModel: String {
    if case .command(let kind, let command) = model { "\(kind.rawValue):\(command.name)" } else { modelName }
  }

  private static func model(_ value: OptionValue) throws(UsageError) -> ModelChoice {
    if ModelSuggestion.isKey(value.text) { throw .keyAsArgument("-m") }
    let parts = value.text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    switch (parts.first, parts.count) {
    case ("extractive", 1): return .extractive
    case ("simulated", 1): return .simulated(SimulatedSettings())
    case ("simulated", _):
      do throws(SimulatedSettingsError) {
        return .simulated(try SimulatedSettings(parsing: String(parts[1])))
      } catch {
        throw value.bad("a model: \(error.message)")
      }
    case (let name?, 2) where CommandKind(rawValue: String(name)) != nil:
      guard let kind = CommandKind(rawValue: String(name)), let command = ExternalCommand(String(parts[1])) else {
        throw value.bad("a model: name a command, as in \(name):COMMAND")
      }
      return .command(kind, command)
    case (let name?, 2):
      guard let provider = LanguageModelProvider(rawValue: String(name)) else { fallthrough }
      if parts[1].isEmpty { throw value.bad("a model: name one, as in \(name):MODEL") }
      return .language(provider, String(parts[1]))
    default:
      let meant = ModelSuggestion.model(for: value.text).map { "; did you mean \($0)?" } ?? ""
      throw value.bad(
        "a model (there are extractive, openai:MODEL, anthropic:MODEL, ollama:MODEL, exec:COMMAND, coprocess:COMMAND "
          + "and simulated[:KEY=VALUE,...])"
          + meant)
    }
  }

  private static func tasks(_ value: OptionValue) throws(UsageError) -> SummaryTasks {
    let names: [Substring: SummaryTasks] = ["summary": .summary, "sentiment": .sentiment, "keywords": .keywords]
    var tasks: SummaryTasks = []
    for name in value.text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let task = names[name] else { throw value.bad("a list of summary, sentiment and keywords") }
      tasks.insert(task)
    }
    return tasks
  }
}
