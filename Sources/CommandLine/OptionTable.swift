/// An option of the command line. The parser, the help and the completions all read the one table of options, and a
/// test compares the man page with it.
struct Option: Sendable {
  enum Name: String, CaseIterable, Sendable {
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

  enum Group: String, CaseIterable, Sendable {
    case concurrency = "Concurrency"
    case model = "Model"
    case languageModel = "Language models"
    case calls = "Calls"
    case input = "Input"
    case output = "Output"
    case messages = "Messages"
  }

  /// The kind of value that an option takes, for the completions of shells.
  enum Values: Sendable, Equatable {
    /// A value that a shell cannot complete.
    case free
    case file
    case model
    case choice([String])
    /// Some of these words, separated by commas.
    case list([String])
  }

  let name: Name
  let short: Character?
  /// The name of the argument; nil for an option without one.
  let argument: String?
  let group: Group
  /// One line for `--help`. At most 52 characters fit into 80 columns.
  let summary: String
  let values: Values
  let isRepeatable: Bool

  var long: String { name.rawValue }

  private init(
    _ name: Name, _ short: Character? = nil, _ argument: String? = nil, _ group: Group, _ summary: String,
    values: Values = .free, isRepeatable: Bool = false
  ) {
    self.name = name
    self.short = short
    self.argument = argument
    self.group = group
    self.summary = summary
    self.values = values
    self.isRepeatable = isRepeatable
  }

  static let table: [Option] = [
    Option(.jobs, "j", "N", .concurrency, "articles in flight, 1 to 100000; auto finds the best"),
    Option(.maxJobs, nil, "N", .concurrency, "with -j auto, articles in flight at most (64)"),
    Option(.keepOrder, "k", nil, .concurrency, "write results in input order"),
    Option(.window, nil, "W", .concurrency, "with -k: articles started and unwritten (8 x N)"),

    Option(.model, "m", "MODEL", .model, "extractive (default), openai:NAME, ollama:NAME, ...", values: .model),
    Option(
      .tasks, nil, "LIST", .model, "some of summary,sentiment,keywords (default: all)",
      values: .list(["summary", "sentiment", "keywords"])),
    Option(.sentences, nil, "N", .model, "sentences in a summary, at most (default 3)"),
    Option(.keywords, nil, "N", .model, "keywords, at most (default 5)"),

    Option(.prompt, nil, "TEXT", .languageModel, "instructions in place of the built-in; @FILE"),
    Option(.language, nil, "LANG", .languageModel, "language of the summary (default: the article's)"),
    Option(.temperature, nil, "T", .languageModel, "sampling temperature, 0 to 2 (default: the server's)"),
    Option(.maxTokens, nil, "N", .languageModel, "tokens in a reply, at most (default 2048)"),
    Option(
      .option, nil, "KEY=JSON", .languageModel, "another field of the request, such as seed=1", isRepeatable: true),
    Option(.baseURL, nil, "URL", .languageModel, "address of the server"),
    Option(
      .keyFile, nil, "FILE", .languageModel, "file with the key (default: the environment)", values: .file),
    Option(
      .header, nil, "HEADER", .languageModel, "another header, 'Name: value'; @FILE reads lines", isRepeatable: true),
    Option(.dryRun, nil, nil, .languageModel, "print the first request and call nothing"),
    Option(.estimate, nil, nil, .languageModel, "tell how many tokens would go, and call nothing"),

    Option(.retries, nil, "N", .calls, "further attempts for a failed call (default 5)"),
    Option(.timeout, nil, "TIME", .calls, "limit on an attempt (default 5m)"),
    Option(.startTimeout, nil, "TIME", .calls, "limit on a coprocess's first answer (default 10m)"),
    Option(.rate, nil, "RATE", .calls, "attempts, at most: 10/s, 500/m, 1000/h"),
    Option(.tokenRate, nil, "RATE", .calls, "tokens, at most: 90000/m"),
    Option(.maxOutage, nil, "TIME", .calls, "stop when the provider is down so long (default 5m)"),
    Option(.maxFailures, nil, "N", .calls, "stop when N articles have failed"),

    Option(.idField, nil, "NAME", .input, "field with the id (default id)"),
    Option(.titleField, nil, "NAME", .input, "field with the title (default title)"),
    Option(.contentField, nil, "NAME", .input, "field with the text (default content, text, body)"),
    Option(
      .html, nil, "WHEN", .input, "take text for HTML: auto (default), always, never",
      values: .choice(["auto", "always", "never"])),
    Option(.maxLine, nil, "SIZE", .input, "longest line, such as 64K (default 16M)"),

    Option(.output, "o", "FILE", .output, "write to FILE, which --resume completes", values: .file),
    Option(.resume, nil, nil, .output, "do only what FILE of --output lacks"),
    Option(
      .resumeBy, nil, "WHAT", .output, "with --resume, know articles by id or fingerprint",
      values: .choice(["id", "fingerprint"])),
    Option(.waitLock, nil, "TIME", .output, "wait so long for another run on FILE to end"),
    Option(.force, nil, nil, .output, "begin files that are not empty anew"),
    Option(
      .errors, nil, "FILE", .output, "write error records to FILE, with their input", values: .file),
    Option(.merge, nil, nil, .output, "keep the article's fields before the results"),
    Option(.meta, nil, nil, .output, "add line, model, attempts, latency, tokens"),

    Option(.grace, nil, "TIME", .messages, "wait for calls after a signal (30s; SIGTERM 8s)"),
    Option(
      .stats, nil, "FORM", .messages, "timing summary: text (default), json or none",
      values: .choice(["text", "json", "none"])),
    Option(
      .progress, nil, "WHEN", .messages, "progress line: auto (default), always or never",
      values: .choice(["auto", "always", "never"])),
    Option(.trace, nil, "FILE", .messages, "write a timeline for ui.perfetto.dev", values: .file),
    Option(.exitZero, nil, nil, .messages, "exit with 0 where some articles failed"),
    Option(.quiet, "q", nil, .messages, "print only what stops the run"),
    Option(.verbose, "v", nil, .messages, "print each retry and wait as well"),
    Option(
      .completions, nil, "SHELL", .messages, "print completions for bash, zsh or fish",
      values: .choice(["bash", "zsh", "fish"])),
    Option(.help, "h", nil, .messages, "print this help"),
    Option(.version, nil, nil, .messages, "print the version"),
  ]

  static func named(_ long: Substring) -> Option? { table.first { $0.long == long } }
  static func named(_ short: Character) -> Option? { table.first { $0.short == short } }
}
