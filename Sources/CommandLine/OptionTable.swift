/// An option of the command line. The parser, the help and the completions all read the one table of options, and a
/// test compares the man page with it.
struct OptionDefinition: Sendable {
  let name: OptionName
  let short: Character?
  /// The name of the argument; nil for an option without one.
  let argument: String?
  let group: OptionGroup
  /// One line for `--help`. At most 52 characters fit into 80 columns.
  let summary: String
  let values: ValueCompletion
  let isRepeatable: Bool

  var long: String { name.rawValue }

  private init(
    _ name: OptionName, _ short: Character? = nil, _ argument: String? = nil, _ group: OptionGroup, _ summary: String,
    values: ValueCompletion = .free, isRepeatable: Bool = false
  ) {
    self.name = name
    self.short = short
    self.argument = argument
    self.group = group
    self.summary = summary
    self.values = values
    self.isRepeatable = isRepeatable
  }

  static let table: [OptionDefinition] = [
    OptionDefinition(.jobs, "j", "N", .concurrency, "articles in flight, 1 to 100000; auto finds the best"),
    OptionDefinition(.maxJobs, nil, "N", .concurrency, "with -j auto, articles in flight at most (64)"),
    OptionDefinition(.keepOrder, "k", nil, .concurrency, "write results in input order"),
    OptionDefinition(.window, nil, "W", .concurrency, "with -k: articles started and unwritten (8 x N)"),

    OptionDefinition(
      .model, "m", "MODEL", .model, "extractive (default), openai:NAME, ollama:NAME, ...", values: .model),
    OptionDefinition(
      .tasks, nil, "LIST", .model, "some of summary,sentiment,keywords (default: all)",
      values: .list(["summary", "sentiment", "keywords"])),
    OptionDefinition(.sentences, nil, "N", .model, "sentences in a summary, at most (default 3)"),
    OptionDefinition(.keywords, nil, "N", .model, "keywords, at most (default 5)"),

    OptionDefinition(.prompt, nil, "TEXT", .languageModel, "instructions in place of the built-in; @FILE"),
    OptionDefinition(.language, nil, "LANG", .languageModel, "language of the summary (default: the article's)"),
    OptionDefinition(.temperature, nil, "T", .languageModel, "sampling temperature, 0 to 2 (default: the server's)"),
    OptionDefinition(.maxTokens, nil, "N", .languageModel, "tokens in a reply, at most (default 2048)"),
    OptionDefinition(
      .option, nil, "KEY=JSON", .languageModel, "another field of the request, such as seed=1", isRepeatable: true),
    OptionDefinition(.baseURL, nil, "URL", .languageModel, "address of the server"),
    OptionDefinition(
      .keyFile, nil, "FILE", .languageModel, "file with the key (default: the environment)", values: .file),
    OptionDefinition(
      .header, nil, "HEADER", .languageModel, "another header, 'Name: value'; @FILE reads lines", isRepeatable: true),
    OptionDefinition(.dryRun, nil, nil, .languageModel, "print the first request and call nothing"),
    OptionDefinition(.estimate, nil, nil, .languageModel, "tell how many tokens would go, and call nothing"),

    OptionDefinition(.retries, nil, "N", .calls, "further attempts for a failed call (default 5)"),
    OptionDefinition(.timeout, nil, "TIME", .calls, "limit on an attempt (default 5m)"),
    OptionDefinition(.startTimeout, nil, "TIME", .calls, "limit on a coprocess's first answer (default 10m)"),
    OptionDefinition(.rate, nil, "RATE", .calls, "attempts, at most: 10/s, 500/m, 1000/h"),
    OptionDefinition(.tokenRate, nil, "RATE", .calls, "tokens, at most: 90000/m"),
    OptionDefinition(.maxOutage, nil, "TIME", .calls, "stop when the provider is down so long (default 5m)"),
    OptionDefinition(.maxFailures, nil, "N", .calls, "stop when N articles have failed"),

    OptionDefinition(.idField, nil, "NAME", .input, "field with the id (default id)"),
    OptionDefinition(.titleField, nil, "NAME", .input, "field with the title (default title)"),
    OptionDefinition(.contentField, nil, "NAME", .input, "field with the text (default content, text, body)"),
    OptionDefinition(
      .html, nil, "WHEN", .input, "take text for HTML: auto (default), always, never",
      values: .choice(["auto", "always", "never"])),
    OptionDefinition(.maxLine, nil, "SIZE", .input, "longest line, such as 64K (default 16M)"),

    OptionDefinition(.output, "o", "FILE", .output, "write to FILE, which --resume completes", values: .file),
    OptionDefinition(.resume, nil, nil, .output, "do only what FILE of --output lacks"),
    OptionDefinition(
      .resumeBy, nil, "WHAT", .output, "with --resume, know articles by id or fingerprint",
      values: .choice(["id", "fingerprint"])),
    OptionDefinition(.waitLock, nil, "TIME", .output, "wait so long for another run on FILE to end"),
    OptionDefinition(.force, nil, nil, .output, "begin files that are not empty anew"),
    OptionDefinition(
      .errors, nil, "FILE", .output, "write error records to FILE, with their input", values: .file),
    OptionDefinition(.merge, nil, nil, .output, "keep the article's fields before the results"),
    OptionDefinition(.meta, nil, nil, .output, "add line, model, attempts, latency, tokens"),

    OptionDefinition(.grace, nil, "TIME", .messages, "wait for calls after a signal (30s; SIGTERM 8s)"),
    OptionDefinition(
      .stats, nil, "FORM", .messages, "timing summary: text (default), json or none",
      values: .choice(["text", "json", "none"])),
    OptionDefinition(
      .progress, nil, "WHEN", .messages, "progress line: auto (default), always or never",
      values: .choice(["auto", "always", "never"])),
    OptionDefinition(.trace, nil, "FILE", .messages, "write a timeline for ui.perfetto.dev", values: .file),
    OptionDefinition(.exitZero, nil, nil, .messages, "exit with 0 where some articles failed"),
    OptionDefinition(.quiet, "q", nil, .messages, "print only what stops the run"),
    OptionDefinition(.verbose, "v", nil, .messages, "print each retry and wait as well"),
    OptionDefinition(
      .completions, nil, "SHELL", .messages, "print completions for bash, zsh or fish",
      values: .choice(["bash", "zsh", "fish"])),
    OptionDefinition(.help, "h", nil, .messages, "print this help"),
    OptionDefinition(.version, nil, nil, .messages, "print the version"),
  ]

  static func named(_ long: Substring) -> OptionDefinition? { table.first { $0.long == long } }
  static func named(_ short: Character) -> OptionDefinition? { table.first { $0.short == short } }
}

enum OptionName: String, CaseIterable, Sendable {
  case jobs
  case maxJobs = "max-jobs"
  case keepOrder = "keep-order"
  case window
  case model
  case tasks
  case sentences
  case keywords
  case prompt
  case language
  case temperature
  case maxTokens = "max-tokens"
  case option
  case baseURL = "base-url"
  case keyFile = "key-file"
  case header
  case dryRun = "dry-run"
  case estimate
  case retries
  case timeout
  case startTimeout = "start-timeout"
  case rate
  case tokenRate = "token-rate"
  case maxOutage = "max-outage"
  case maxFailures = "max-failures"
  case idField = "id-field"
  case titleField = "title-field"
  case contentField = "content-field"
  case html
  case maxLine = "max-line"
  case output
  case resume
  case resumeBy = "resume-by"
  case waitLock = "wait-lock"
  case force
  case errors
  case merge
  case meta
  case grace
  case stats
  case progress
  case trace
  case exitZero = "exit-zero"
  case quiet
  case verbose
  case completions
  case help
  case version
}

enum OptionGroup: String, CaseIterable, Sendable {
  case concurrency = "Concurrency"
  case model = "Model"
  case languageModel = "Language models"
  case calls = "Calls"
  case input = "Input"
  case output = "Output"
  case messages = "Messages"
}

/// The kind of value that an option takes, for the completions of shells.
enum ValueCompletion: Sendable, Equatable {
  /// A value that a shell cannot complete.
  case free
  case file
  case model
  case choice([String])
  /// Some of these words, separated by commas.
  case list([String])
}
