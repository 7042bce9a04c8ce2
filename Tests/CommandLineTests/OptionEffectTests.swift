import Testing

@testable import CommandLine

/// What each option changes in the configuration, and that it changes nothing else.
@Suite struct OptionEffectTests {
  /// The properties that differ from those without the arguments, with their values, in the order of their declaration.
  private func changes(_ arguments: [String]) throws -> String {
    var surroundings = ProgramSurroundings()
    surroundings.cores = { 3 }
    func values(_ arguments: [String]) throws -> [(String, String)] {
      let configuration = try RunConfiguration(TypedArguments(parsing: arguments), in: surroundings)
      return Mirror(reflecting: configuration).children.map { ($0.label ?? "", "\($0.value)") }
    }
    return zip(try values([]), try values(arguments)).filter { $0.0.1 != $0.1.1 }
      .filter { $0.1.0 != "typedOptions" }
      .map { "\($0.1.0): \($0.1.1)" }.joined(separator: "; ")
  }

  @Test(arguments: Self.effects) func anOptionChangesWhatItSays(_ arguments: String, _ effect: String) throws {
    let found = try changes(arguments.split(separator: " ").map(String.init))
    #expect(found == effect)
  }

  private static let effects: [(String, String)] = [
    ("a.nd", "inputs: [\"a.nd\"]; readsStandardInputByDefault: false"),
    ("- b.nd", "inputs: [\"-\", \"b.nd\"]; readsStandardInputByDefault: false"),
    ("-j 4", "jobSettings: JobSettings(most: 4, choice: Pipeline.JobSettings.LimitChoice.given, window: nil)"),
    ("-j auto", "jobSettings: JobSettings(most: 3, choice: Pipeline.JobSettings.LimitChoice.cores, window: nil)"),
    ("--max-jobs 7", ""),
    ("-k", "keepsOrder: true"),
    (
      "-k --window 9",
      "jobSettings: JobSettings(most: 3, choice: Pipeline.JobSettings.LimitChoice.given, window: Optional(9"
        + ")); keepsOrder: true"
    ),
    (
      "--tasks summary",
      "request: SummaryRequest(tasks: Summarization.SummaryTasks(rawValue: 1), sentences: 3, keywords: 5)"
    ),
    (
      "--tasks keywords,sentiment",
      "request: SummaryRequest(tasks: Summarization.SummaryTasks(rawValue: 6), sentences: 3, keywords: 5)"
    ),
    (
      "--sentences 2",
      "request: SummaryRequest(tasks: Summarization.SummaryTasks(rawValue: 7), sentences: 2, keywords: 5)"
    ),
    (
      "--keywords 9",
      "request: SummaryRequest(tasks: Summarization.SummaryTasks(rawValue: 7), sentences: 3, keywords: 9)"
    ),
    (
      "--retries 7",
      "calls: CallSettings(retries: 7, timeout: 300.0 seconds, rate: nil, tokenRate: nil, longestOutage: 30"
        + "0.0 seconds, longestFirstContact: Optional(30.0 seconds), mostFailures: nil)"
    ),
    (
      "--timeout 5s",
      "calls: CallSettings(retries: 5, timeout: 5.0 seconds, rate: nil, tokenRate: nil, longestOutage: 300."
        + "0 seconds, longestFirstContact: Optional(30.0 seconds), mostFailures: nil)"
    ),
    ("--start-timeout 2m", "startTimeout: 120.0 seconds"),
    (
      "--rate 3/s",
      "calls: CallSettings(retries: 5, timeout: 300.0 seconds, rate: Optional(CallControl.CallRate(count: 3"
        + ".0, per: 1.0 seconds)), tokenRate: nil, longestOutage: 300.0 seconds, longestFirstContact: Optional("
        + "30.0 seconds), mostFailures: nil)"
    ),
    (
      "--token-rate 900/m",
      "calls: CallSettings(retries: 5, timeout: 300.0 seconds, rate: nil, tokenRate: Optional(CallControl.C"
        + "allRate(count: 900.0, per: 60.0 seconds)), longestOutage: 300.0 seconds, longestFirstContact: Option"
        + "al(30.0 seconds), mostFailures: nil)"
    ),
    (
      "--max-outage 1h",
      "calls: CallSettings(retries: 5, timeout: 300.0 seconds, rate: nil, tokenRate: nil, longestOutage: 36"
        + "00.0 seconds, longestFirstContact: nil, mostFailures: nil)"
    ),
    (
      "--max-failures 4",
      "calls: CallSettings(retries: 5, timeout: 300.0 seconds, rate: nil, tokenRate: nil, longestOutage: 30"
        + "0.0 seconds, longestFirstContact: Optional(30.0 seconds), mostFailures: Optional(4))"
    ),
    (
      "--id-field a",
      "fields: ArticleFieldNames(id: \"a\", title: \"title\", content: [\"content\", \"text\", \"body\"])"
    ),
    (
      "--title-field a",
      "fields: ArticleFieldNames(id: \"id\", title: \"a\", content: [\"content\", \"text\", \"body\"])"
    ),
    ("--content-field a", "fields: ArticleFieldNames(id: \"id\", title: \"title\", content: [\"a\"])"),
    ("--html never", "html: never"),
    ("--max-line 4k", "longestLine: 4096"),
    (
      "-o f",
      "files: OutputFileSettings(output: Optional(\"f\"), errors: nil, trace: nil, resumes: false, resumesB"
        + "yID: false, overwrites: false, waitForLock: 0.0 seconds)"
    ),
    (
      "-o f --resume",
      "files: OutputFileSettings(output: Optional(\"f\"), errors: nil, trace: nil, resumes: true, resumesBy"
        + "ID: false, overwrites: false, waitForLock: 0.0 seconds)"
    ),
    (
      "-o f --resume --resume-by id",
      "files: OutputFileSettings(output: Optional(\"f\"), errors: nil, trace: nil, resumes: true, resumesBy"
        + "ID: true, overwrites: false, waitForLock: 0.0 seconds)"
    ),
    (
      "-o f --resume --resume-by fingerprint",
      "files: OutputFileSettings(output: Optional(\"f\"), errors: nil, trace: nil, resumes: true, resumesBy"
        + "ID: false, overwrites: false, waitForLock: 0.0 seconds)"
    ),
    (
      "-o f --wait-lock 3s",
      "files: OutputFileSettings(output: Optional(\"f\"), errors: nil, trace: nil, resumes: false, resumesB"
        + "yID: false, overwrites: false, waitForLock: 3.0 seconds)"
    ),
    (
      "-o f --force",
      "files: OutputFileSettings(output: Optional(\"f\"), errors: nil, trace: nil, resumes: false, resumesB"
        + "yID: false, overwrites: true, waitForLock: 0.0 seconds)"
    ),
    (
      "--errors f",
      "files: OutputFileSettings(output: nil, errors: Optional(\"f\"), trace: nil, resumes: false, resumesB"
        + "yID: false, overwrites: false, waitForLock: 0.0 seconds)"
    ),
    ("--merge", "merges: true"),
    ("--meta", "showsMeta: true"),
    ("--grace 9s", "grace: GracePeriods(afterInterrupt: 9.0 seconds, afterTermination: 9.0 seconds)"),
    ("--stats json", "statsForm: Optional(CommandLine.RunConfiguration.StatisticsFormat.json)"),
    ("--progress always", "progress: always; showsProgress: true; progressDelay: 0.0 seconds"),
    ("--progress never", "progress: never; progressDelay: 0.0 seconds"),
    (
      "--trace f",
      "files: OutputFileSettings(output: nil, errors: nil, trace: Optional(\"f\"), resumes: false, resumesB"
        + "yID: false, overwrites: false, waitForLock: 0.0 seconds)"
    ),
    ("-q", "verbosity: quiet"),
    ("-v", "verbosity: verbose"),
    ("--exit-zero", "exitsWithZero: true"),
    ("--completions zsh", "completions: Optional(CommandLine.CompletionShell.zsh)"),
    (
      "-m simulated",
      "jobSettings: JobSettings(most: 5, choice: Pipeline.JobSettings.LimitChoice.given, window: nil); mode"
        + "l: simulated(SimulatedSummarizer.SimulatedSettings(latency: ClosedRange(500...1500), seed: 1, errorR"
        + "ate: 0.0, rateLimit: nil)); modelName: simulated"
    ),
    (
      "-m exec:cat",
      "model: command(CommandLine.RunConfiguration.CommandKind.exec, CommandSummarizer.ExternalCommand(text"
        + ": \"cat\", words: [\"cat\"])); modelName: exec:cat"
    ),
    (
      "--language fr",
      "languageModel: LanguageModelOptions(prompt: nil, language: Optional(\"fr\"), temperature: nil, maxim"
        + "umTokens: 2048, fields: [], baseURL: nil, keyFile: nil, headers: [], isDryRun: false, isEstimate: fa"
        + "lse)"
    ),
    (
      "--temperature 0.5",
      "languageModel: LanguageModelOptions(prompt: nil, language: nil, temperature: Optional(0.5), maximumT"
        + "okens: 2048, fields: [], baseURL: nil, keyFile: nil, headers: [], isDryRun: false, isEstimate: false"
        + ")"
    ),
    (
      "--max-tokens 9",
      "languageModel: LanguageModelOptions(prompt: nil, language: nil, temperature: nil, maximumTokens: 9, "
        + "fields: [], baseURL: nil, keyFile: nil, headers: [], isDryRun: false, isEstimate: false)"
    ),
    (
      "--option a=1",
      "languageModel: LanguageModelOptions(prompt: nil, language: nil, temperature: nil, maximumTokens: 204"
        + "8, fields: [\"a=1\"], baseURL: nil, keyFile: nil, headers: [], isDryRun: false, isEstimate: false)"
    ),
    (
      "--prompt be-short",
      "languageModel: LanguageModelOptions(prompt: Optional(CommandLine.TextSource.text(\"be-short\")), lan"
        + "guage: nil, temperature: nil, maximumTokens: 2048, fields: [], baseURL: nil, keyFile: nil, headers: "
        + "[], isDryRun: false, isEstimate: false)"
    ),
    (
      "--base-url http://127.0.0.1:9/v1",
      "languageModel: LanguageModelOptions(prompt: nil, language: nil, temperature: nil, maximumTokens: 204"
        + "8, fields: [], baseURL: Optional(\"http://127.0.0.1:9/v1\"), keyFile: nil, headers: [], isDryRun: fa"
        + "lse, isEstimate: false)"
    ),
    (
      "--header A:b",
      "languageModel: LanguageModelOptions(prompt: nil, language: nil, temperature: nil, maximumTokens: 204"
        + "8, fields: [], baseURL: nil, keyFile: nil, headers: [CommandLine.TextSource.text(\"A:b\")], isDryRun"
        + ": false, isEstimate: false)"
    ),
  ]
}
