import LanguageModels
import Reporting
import SimulatedSummarizer
import Summarization
import SystemIO

/// What the command line means: the second of two steps.
struct Configuration {
  enum Model: Equatable {
    case extractive
    case simulated(SimulatedSummarizer.Settings)
    /// A model of this name behind a server.
    case language(LanguageModelProvider, String)
  }

  enum Stats: String {
    case text, json, none
  }

  /// Whether a line of progress is shown.
  enum Progress: String {
    /// On a terminal that can take a line back, unless results go there as well.
    case auto
    case always, never
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

  /// How failing calls are taken, and how fast calls may follow one another.
  struct CallPolicy: Equatable {
    var retries = 5
    /// For one attempt, from its beginning to the last byte of its answer.
    var timeout: Duration = .seconds(300)
    var rate: Rate?
    var tokenRate: Rate?
    /// How long a provider may be down before the run stops.
    var longestOutage: Duration = .seconds(300)
    /// How many articles may fail before the run stops; nil for any number.
    var mostFailures: Int?
  }

  /// What is asked of a language model, and where it is.
  struct LanguageModelOptions: Equatable {
    var prompt: TextSource?
    var language: String?
    var temperature: Double?
    var maximumTokens = 2048
    /// Further fields of the request as they were typed, `KEY=JSON`.
    var fields: [String] = []
    var baseURL: String?
    var keyFile: String?
    /// `Name: value`, or a file of such lines.
    var headers: [TextSource] = []
    var isDryRun = false
  }

  /// Where records go; standard output where there is no file.
  struct OutputFiles: Equatable {
    var output: String?
    var errors: String?
    var trace: String?
    var resumes = false
    var overwrites = false
  }

  var jobs = 1
  /// The limit on descriptors that has made them fewer than was asked for.
  var descriptorLimit: Int?
  var keepsOrder = false
  var window = 8
  var model = Model.extractive
  /// As it was typed, for `meta`.
  var modelName = "extractive"
  var request = SummaryRequest()
  var languageModel = LanguageModelOptions()
  /// What was made of them, files and environment; nil for models of other kinds.
  var languageModelSettings: LanguageModelSettings?
  var calls = CallPolicy()
  var files = OutputFiles()
  var fields = FieldNames()
  var longestLine = 16 << 20
  var merges = false
  var showsMeta = false
  var grace = Grace()
  var stats = Stats.text
  var progress = Progress.auto
  /// Whether failed articles leave the exit status at 0.
  var exitsWithZero = false
  /// Print these and do nothing else.
  var completions: CompletionShell?
  var verbosity = Console.Verbosity.normal
  /// Paths; `-` is standard input. Never empty.
  var inputs = ["-"]
  /// No operand was given: standard input by default, not by name.
  var readsStandardInputByDefault = true

  static let jobsRange = 1...100_000

  init() {}
}
