import SimulatedSummarizer
import Summarization
import SystemIO

/// What the command line means: the second of two steps.
struct Configuration {
  enum Model: Equatable {
    case extractive
    case simulated(SimulatedSummarizer.Settings)
  }

  enum Stats {
    case text, none
  }

  enum Verbosity {
    case quiet, normal, verbose
  }

  /// The names of the fields that make an article.
  struct FieldNames: Equatable {
    var id = "id"
    var title = "title"
    /// The first of these that is there holds the text.
    var content = ["content", "text", "body"]
  }

  /// How long calls on the wire may go on after the signal that stops the run.
  struct Grace: Equatable {
    var afterInterrupt: Duration = .seconds(30)
    var afterTermination: Duration = .seconds(8)
  }

  var jobs = 1
  var keepsOrder = false
  var window = 8
  var model = Model.extractive
  /// As it was typed, for `meta`.
  var modelName = "extractive"
  var request = SummaryRequest()
  var fields = FieldNames()
  var longestLine = 16 << 20
  var merges = false
  var showsMeta = false
  var grace = Grace()
  var stats = Stats.text
  var verbosity = Verbosity.normal
  /// Paths; `-` is standard input. Never empty.
  var inputs = ["-"]
  /// No operand was given: standard input by default, not by name.
  var readsStandardInputByDefault = true

  static let jobsRange = 1...100_000

  init() {}

  init(_ typed: TypedArguments) throws(UsageError) {
    var window: Int?
    var jobs: Int?
    for option in typed.options {
      let value = option.value ?? ""
      func bad(_ wanted: String) -> UsageError { .badValue(option: option.spelling, value: value, wanted: wanted) }
      func count(in range: ClosedRange<Int>) throws(UsageError) -> Int {
        guard let count = Quantity.count(value), range.contains(count) else {
          throw bad(
            range.upperBound == .max
              ? "a number of at least \(range.lowerBound)"
              : "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return count
      }
      func name() throws(UsageError) -> String {
        if value.isEmpty { throw bad("the name of a field") }
        return value
      }

      switch option.name {
      case .jobs: jobs = try count(in: Self.jobsRange)
      case .keepOrder: keepsOrder = true
      case .window: window = try count(in: 1...Int.max)
      case .model:
        model = try Self.model(option)
        modelName = value
      case .tasks: request.tasks = try Self.tasks(option)
      case .sentences: request.sentences = try count(in: 1...Int.max)
      case .keywords: request.keywords = try count(in: 1...Int.max)
      case .idField: fields.id = try name()
      case .titleField: fields.title = try name()
      case .contentField: fields.content = [try name()]
      case .maxLine:
        guard let size = Quantity.size(value), size > 0 else { throw bad("a size such as 64K or 16M") }
        longestLine = size
      case .merge: merges = true
      case .meta: showsMeta = true
      case .grace:
        guard let time = Quantity.duration(value) else { throw bad("a time such as 500ms, 30s or 5m") }
        grace = Grace(afterInterrupt: time, afterTermination: time)
      case .stats:
        switch value {
        case "text": stats = .text
        case "none": stats = .none
        default: throw bad("text or none")
        }
      case .quiet: verbosity = .quiet
      case .verbose: verbosity = .verbose
      case .help, .version: break
      }
    }

    self.jobs = jobs ?? Self.defaultJobs(for: model)
    if let window, window < self.jobs, keepsOrder { throw .windowTooSmall(window: window, jobs: self.jobs) }
    self.window = max(window ?? 8 * self.jobs, self.jobs)
    if !typed.operands.isEmpty {
      inputs = typed.operands
      readsStandardInputByDefault = false
    }
  }

  private static func defaultJobs(for model: Model) -> Int {
    switch model {
    case .extractive: availableProcessors()
    case .simulated: 5
    }
  }

  private static func model(_ option: TypedArguments.Typed) throws(UsageError) -> Model {
    let value = option.value ?? ""
    let parts = value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    switch (parts.first, parts.count) {
    case ("extractive", 1): return .extractive
    case ("simulated", 1): return .simulated(SimulatedSummarizer.Settings())
    case ("simulated", _):
      do throws(SimulatedSummarizer.Settings.ParseError) {
        return .simulated(try SimulatedSummarizer.Settings(parsing: String(parts[1])))
      } catch {
        throw .badValue(option: option.spelling, value: value, wanted: "a model: \(error.message)")
      }
    default:
      throw .badValue(
        option: option.spelling, value: value, wanted: "a model (there are extractive and simulated[:KEY=VALUE,...])")
    }
  }

  private static func tasks(_ option: TypedArguments.Typed) throws(UsageError) -> SummaryTasks {
    let names: [Substring: SummaryTasks] = ["summary": .summary, "sentiment": .sentiment, "keywords": .keywords]
    var tasks: SummaryTasks = []
    for name in (option.value ?? "").split(separator: ",", omittingEmptySubsequences: false) {
      guard let task = names[name] else {
        throw .badValue(
          option: option.spelling, value: option.value ?? "", wanted: "a list of summary, sentiment and keywords")
      }
      tasks.insert(task)
    }
    return tasks
  }
}
