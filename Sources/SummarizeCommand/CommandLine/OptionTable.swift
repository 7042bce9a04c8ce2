/// The one table of options: the parser, the help and (by a test) the man page all read it.
struct Option: Sendable {
  enum Name: String, CaseIterable, Sendable {
    case jobs
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
    case retries
    case timeout
    case rate
    case tokenRate = "token-rate"
    case maxOutage = "max-outage"
    case maxFailures = "max-failures"
    case idField = "id-field"
    case titleField = "title-field"
    case contentField = "content-field"
    case maxLine = "max-line"
    case output
    case resume
    case force
    case errors
    case merge
    case meta
    case grace
    case stats
    case progress
    case trace
    case quiet
    case verbose
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

  let name: Name
  let short: Character?
  /// What its argument is called; nil for an option without one.
  let argument: String?
  let group: Group
  /// One line for `--help`.
  let summary: String

  var long: String { name.rawValue }

  private init(_ name: Name, _ short: Character? = nil, _ argument: String? = nil, _ group: Group, _ summary: String) {
    self.name = name
    self.short = short
    self.argument = argument
    self.group = group
    self.summary = summary
  }

  static let table: [Option] = [
    Option(.jobs, "j", "N", .concurrency, "at most N articles in flight, 1 to 100000 (default: by model)"),
    Option(.keepOrder, "k", nil, .concurrency, "write results in the order of the input"),
    Option(.window, nil, "W", .concurrency, "with -k, at most W articles started and unwritten (default 8 x N)"),

    Option(.model, "m", "MODEL", .model, "extractive (default), openai:NAME, anthropic:NAME, ollama:NAME, simulated"),
    Option(.tasks, nil, "LIST", .model, "what is made: any of summary,sentiment,keywords (default: all)"),
    Option(.sentences, nil, "N", .model, "at most N sentences in a summary (default 3)"),
    Option(.keywords, nil, "N", .model, "at most N keywords (default 5)"),

    Option(.prompt, nil, "TEXT", .languageModel, "instructions instead of the built-in ones; @FILE reads them"),
    Option(.language, nil, "LANG", .languageModel, "the language of the summary (default: that of the article)"),
    Option(.temperature, nil, "T", .languageModel, "the sampling temperature, 0 to 2 (default: the server's)"),
    Option(.maxTokens, nil, "N", .languageModel, "at most N tokens in a reply (default 2048)"),
    Option(.option, nil, "KEY=JSON", .languageModel, "any other field of the request, such as seed=1; repeatable"),
    Option(.baseURL, nil, "URL", .languageModel, "where the server is, such as http://127.0.0.1:8080/v1"),
    Option(.keyFile, nil, "FILE", .languageModel, "the file that holds the key (default: from the environment)"),
    Option(.header, nil, "HEADER", .languageModel, "'Name: value' to send along; @FILE reads lines; repeatable"),
    Option(.dryRun, nil, nil, .languageModel, "print the request of the first article and call nothing"),

    Option(.retries, nil, "N", .calls, "try a failed call again up to N times (default 5)"),
    Option(.timeout, nil, "TIME", .calls, "the longest an attempt may take (default 5m)"),
    Option(.rate, nil, "RATE", .calls, "at most so many attempts, such as 10/s, 500/m or 1000/h"),
    Option(.tokenRate, nil, "RATE", .calls, "at most so many tokens, such as 90000/m"),
    Option(.maxOutage, nil, "TIME", .calls, "stop when the provider is down for so long (default 5m)"),
    Option(.maxFailures, nil, "N", .calls, "stop when N articles have failed"),

    Option(.idField, nil, "NAME", .input, "the field that holds the id (default id)"),
    Option(.titleField, nil, "NAME", .input, "the field that holds the title (default title)"),
    Option(.contentField, nil, "NAME", .input, "the field that holds the text (default content, then text, body)"),
    Option(.maxLine, nil, "SIZE", .input, "the longest line accepted, such as 64K or 16M (default 16M)"),

    Option(.output, "o", "FILE", .output, "write to FILE, which survives a killed run (default: standard output)"),
    Option(.resume, nil, nil, .output, "do only what FILE of --output lacks"),
    Option(.force, nil, nil, .output, "begin files that are not empty anew"),
    Option(.errors, nil, "FILE", .output, "write error records to FILE, with the article in them"),
    Option(.merge, nil, nil, .output, "keep the article's own fields before the results"),
    Option(.meta, nil, nil, .output, "add line, model, attempts and latency to each record"),

    Option(.grace, nil, "TIME", .messages, "after a signal, wait so long for calls (default 30s; SIGTERM 8s)"),
    Option(.stats, nil, "FORM", .messages, "the timing summary: text (default), json or none"),
    Option(.progress, nil, "WHEN", .messages, "a line of progress: auto (default: at a terminal), always or never"),
    Option(.trace, nil, "FILE", .messages, "write a timeline to FILE, for chrome://tracing or ui.perfetto.dev"),
    Option(.quiet, "q", nil, .messages, "print only what stops the run"),
    Option(.verbose, "v", nil, .messages, "tell more about the run"),
    Option(.help, "h", nil, .messages, "print this help"),
    Option(.version, nil, nil, .messages, "print the version"),
  ]

  static func named(_ long: Substring) -> Option? { table.first { $0.long == long } }
  static func named(_ short: Character) -> Option? { table.first { $0.short == short } }
}
