import Articles
import CallControl
import CommandSummarizer
import Pipeline
import Reporting
import ResultLog
import SimulatedSummarizer
import Summarization
import Testing

@testable import CommandLine

@Suite struct ConfigurationTests {
  private func configure(_ arguments: String...) throws -> RunConfiguration {
    try RunConfiguration(TypedArguments(parsing: arguments))
  }

  @Test func defaults() throws {
    let configuration = try configure()
    #expect(configuration.jobs >= 1)
    #expect(configuration.jobSettings == JobSettings(most: configuration.jobs))
    #expect(configuration.inputs == ["-"])
    #expect(configuration.request.tasks == .all)
    #expect(try configure("-m", "simulated").jobs == 5)
  }

  @Test func theLastOfARepeatedOptionHolds() throws {
    #expect(try configure("-j3", "--jobs", "7").jobs == 7)
    #expect(try configure("-q", "-v").verbosity == .verbose)
    #expect(try configure("-q").stats == .none)
    #expect(try configure("-q", "--stats", "json").stats == .json)
    #expect(try configure("--stats", "json", "-q").stats == .json)
    #expect(try configure("-v").stats == .text)
  }

  @Test(arguments: ["0", "-1", "x", "", "100001", "99999999999999999999", "1.5", "+5", "5 ", "0x5", "٥"])
  func badJobs(value: String) {
    #expect(throws: UsageError.self) { try configure("-j", value) }
  }

  @Test func theWindowHoldsTheJobs() throws {
    #expect(try configure("-k", "-j4", "--window", "4").jobSettings.window == 4)
    #expect(throws: UsageError.windowTooSmall(window: 3, jobs: 4)) { try configure("-kj4", "--window", "3") }
    // Without -k it has no effect, and no error either.
    #expect(try configure("-j4", "--window", "3").jobs == 4)
  }

  @Test func jobsThatAreFound() throws {
    func settings(_ arguments: String..., cores: Int = 3) throws -> JobSettings {
      var surroundings = ProgramSurroundings()
      surroundings.cores = { cores }
      return try RunConfiguration(TypedArguments(parsing: arguments), in: surroundings).jobSettings
    }
    #expect(try settings("-m", "simulated", "-j", "auto") == JobSettings(most: 64, choice: .found))
    #expect(
      try settings("-m", "simulated", "-kjauto", "--max-jobs", "9", "--window", "20")
        == JobSettings(most: 9, choice: .found, window: 20))
    // A window that was given is no error where the maximum was not.
    #expect(
      try settings("-m", "simulated", "-kjauto", "--window", "20")
        == JobSettings(most: 20, choice: .found, window: 20))
    // More than there are cores cannot compute at once.
    #expect(try settings("-jauto") == JobSettings(most: 3, choice: .cores))
    #expect(try settings("-jauto", "--max-jobs", "64") == JobSettings(most: 3, choice: .cores))
    #expect(try settings("-jauto", "--max-jobs", "2") == JobSettings(most: 2, choice: .cores))
    #expect(try settings() == JobSettings(most: 3))
    #expect(throws: UsageError.windowTooSmall(window: 8, jobs: 9, option: "--max-jobs")) {
      try settings("-m", "simulated", "-kjauto", "--max-jobs", "9", "--window", "8")
    }
    for bad in ["0", "x", "auto", "100001"] {
      #expect(throws: UsageError.self) { try settings("-jauto", "--max-jobs", bad) }
    }
    #expect(
      throws: UsageError.badValue(
        option: "-j", value: "0", wanted: "a number from 1 to 100000; auto finds the best one")
    ) { try settings("-j", "0") }
  }

  @Test func models() throws {
    #expect(try configure("-m", "extractive").model == .extractive)
    var settings = SimulatedSettings()
    settings.latency = 10...20
    settings.seed = 7
    #expect(try configure("-m", "simulated:latency=10-20,seed=7").model == .simulated(settings))
    settings.latency = 5...5
    #expect(try configure("-m", "simulated:seed=7,latency=5").model == .simulated(settings))
    for bad in [
      "", "x", "extractive:", "simulated:", "simulated:latency", "simulated:latency=2-1", "simulated:latency=-1",
      "simulated:seed=x", "simulated:color=red", "simulated:latency=1-99999999",
    ] {
      #expect(throws: UsageError.self) { try configure("-m", bad) }
    }
  }

  @Test func commands() throws {
    let exec = try configure("-m", "exec:wc -c")
    #expect(exec.model == .command(.exec, try #require(ExternalCommand("wc -c"))))
    #expect(exec.jobs == (try configure("-m", "extractive").jobs))
    let coprocess = try configure("-m", "coprocess:K=v ./run --token t:1", "--start-timeout", "2m")
    #expect(coprocess.model == .command(.coprocess, try #require(ExternalCommand("K=v ./run --token t:1"))))
    #expect(coprocess.jobs == 1 && coprocess.startTimeout == .seconds(120))
    #expect(coprocess.modelInWords == "coprocess:./run")
    #expect(try configure("-m", "exec:a", "--start-timeout", "2m").warnings.count == 1)
    #expect(try configure("-m", "coprocess:a", "--start-timeout", "2m", "--timeout", "1s").warnings.isEmpty)
    #expect(try configure("-m", "exec:a", "--sentences", "2", "--temperature", "1").warnings.count == 2)
    for bad in ["exec:", "exec", "coprocess:", "coprocess: ", "exce:a"] {
      #expect(throws: UsageError.self) { try configure("-m", bad) }
    }
  }

  @Test func tasks() throws {
    #expect(try configure("--tasks", "keywords,summary").request.tasks == [.summary, .keywords])
    for bad in ["", "summary,", "sumary", "summary keywords", ","] {
      #expect(throws: UsageError.self) { try configure("--tasks", bad) }
    }
  }

  @Test func sizesAndTimes() throws {
    #expect(try configure("--max-line", "64K").longestLine == 65_536)
    #expect(try configure("--max-line", "1g").longestLine == 1 << 30)
    #expect(try configure("--max-line", "100").longestLine == 100)
    for same in ["64KB", "64kb", "64KiB", "64k"] {
      #expect(try configure("--max-line", same).longestLine == 65_536)
    }
    // The last of them is 1G beyond 2⁶⁴: what is left of an overflow looks like a good size.
    for bad in ["", "0", "K", "-1", "1T", "99999999999999999999", "99999999999999999999G", "17179869185G"] {
      #expect(throws: UsageError.self) { try configure("--max-line", bad) }
    }
    #expect(try configure("--grace", "500ms").grace.afterInterrupt == .milliseconds(500))
    #expect(try configure("--grace", "1.5m").grace.afterTermination == .seconds(90))
    #expect(try configure("--grace", "5min").grace.afterInterrupt == .seconds(300))
    #expect(try configure("--grace", "2").grace.afterInterrupt == .seconds(2))
    for bad in ["", "s", "-1s", "1d", "inf", "1e3", "nan", "1..2"] {
      #expect(throws: UsageError.self) { try configure("--grace", bad) }
    }
  }

  @Test func rates() throws {
    #expect(try configure("--rate", "10/s").calls.rate == CallRate(count: 10, per: .seconds(1)))
    #expect(try configure("--token-rate", "90000/m").calls.tokenRate == CallRate(count: 90_000, per: .seconds(60)))
    #expect(try configure("--rate", "0.5/h").calls.rate == CallRate(count: 0.5, per: .seconds(3600)))
    #expect(try configure("--rate", "10/min").calls.rate == CallRate(count: 10, per: .seconds(60)))
    for bad in [
      "10/", "10/ms", "0.000001/h", "0.\(String(repeating: "0", count: 40))1/s", "", "10", "/s", "0/s", "-1/s", "1/d",
      "1 /s", "nan/s",
      "inf/s", "1e3/s",
    ] {
      #expect(throws: UsageError.self) { try configure("--rate", bad) }
    }
  }

  @Test func callPolicy() throws {
    #expect(try configure("--retries", "0").calls.retries == 0)
    #expect(try configure("--timeout", "90s").calls.timeout == .seconds(90))
    #expect(try configure("--max-outage", "1m").calls.longestOutage == .seconds(60))
    #expect(try configure("--max-failures", "3").calls.mostFailures == 3)
    for bad in [["--retries", "-1"], ["--timeout", "0"], ["--max-outage", "0s"], ["--max-failures", "0"]] {
      #expect(throws: UsageError.self) { try configure(bad[0], bad[1]) }
    }
  }

  @Test func languageModelOptions() throws {
    let typed = try configure(
      "--prompt", "Be brief", "--temperature", "0.2", "--max-tokens", "300", "--option", "seed=1", "--option", "n=2",
      "--header", "A: b", "--header", "@h", "--base-url", "http://x/v1", "--key-file", "k", "--language", "fr")
    var options = RunConfiguration.LanguageModelOptions()
    options.prompt = .text("Be brief")
    options.temperature = 0.2
    options.maximumTokens = 300
    options.fields = ["seed=1", "n=2"]
    options.headers = [.text("A: b"), .file("h")]
    options.baseURL = "http://x/v1"
    options.keyFile = "k"
    options.language = "fr"
    #expect(typed.languageModel == options)
    #expect(try configure("--prompt", "@p").languageModel.prompt == .file("p"))
    for bad in [
      ["--prompt", ""], ["--prompt", "@"], ["--temperature", "3"], ["--temperature", "x"], ["--header", ""],
    ] {
      #expect(throws: UsageError.self) { try configure(bad[0], bad[1]) }
    }
  }

  @Test func outputFiles() throws {
    #expect(try configure("-o", "f", "--resume").files.resumes)
    #expect(try configure("-of", "--force", "--errors", "e").files.errors == "e")
    #expect(throws: UsageError.resumeAndForce) { try configure("-of", "--resume", "--force") }
    #expect(throws: UsageError.resumeWithoutOutput) { try configure("--resume") }
    #expect(throws: UsageError.self) { try configure("-o", "") }
  }

  @Test(arguments: [
    (["--language", "fr"], "--language is of no use to the model extractive"),
    (["-m", "simulated", "--temperature", "1"], "--temperature is of no use to the model simulated"),
    (["--retries", "1"], "--retries is of no use to the model extractive"),
    (["--window", "99"], "--window has no effect without -k"),
    (["--max-jobs", "9"], "--max-jobs has no effect without -j auto"),
    (["-k", "--window", "99", "-o", "f"], "--window has no effect with --output"),
    (["--tasks", "sentiment", "--sentences", "2"], "--sentences has no effect without the task summary"),
    (
      ["--tasks", "summary", "--keywords", "2", "--keywords", "3"], "--keywords has no effect without the task keywords"
    ),
  ]) func anOptionWithoutEffectIsToldInOneLine(arguments: [String], message: String) throws {
    #expect(try RunConfiguration(TypedArguments(parsing: arguments)).warnings == [message])
  }

  @Test(arguments: [
    ["-m", "simulated", "--retries", "1"], ["-k", "--window", "99"], ["--sentences", "2", "--rate", "5/s"],
  ])
  func anOptionWithAnEffectIsNot(arguments: [String]) throws {
    #expect(try RunConfiguration(TypedArguments(parsing: arguments)).warnings == [])
  }

  @Test(arguments: [
    // Results go to a file or a device; to a terminal; into a pipe; and with --output it does not matter.
    (terminal: false, pipe: false, arguments: [], shown: true), (true, false, [], false), (false, true, [], false),
    (false, true, ["-o", "f"], true), (true, false, ["-o", "f"], true), (false, true, ["--progress", "always"], true),
    (false, false, ["--progress", "never"], false), (false, false, ["-q"], false),
  ]) func progressIsShownWhereItGarblesNothing(
    terminal: Bool, pipe: Bool, arguments: [String], shown: Bool
  ) throws {
    var surroundings = ProgramSurroundings()
    surroundings.variable = { $0 == "TERM" ? "xterm" : nil }
    surroundings.errorsGoToTerminal = true
    (surroundings.outputIsTerminal, surroundings.outputIsPipe) = (terminal, pipe)
    #expect(try RunConfiguration(TypedArguments(parsing: arguments), in: surroundings).showsProgress == shown)
  }

  @Test func whatIsTooSmallIsToldItsLeast() {
    #expect(throws: UsageError.tooSmall(option: "--sentences", least: 1)) { try configure("--sentences", "0") }
    #expect(UsageError.tooSmall(option: "--sentences", least: 1).message == "--sentences must be at least 1")
  }

  @Test func everyMessageIsOneLineThatSaysWhatToDo() {
    let errors: [UsageError] = [
      .unknownOption("--x", near: nil), .unknownOption("--job", near: "--jobs"), .missingValue("-j", argument: "N"),
      .needlessValue("--merge"), .badValue(option: "-j", value: "0", wanted: "a number from 1 to 100000"),
      .windowTooSmall(window: 1, jobs: 2), .resumeAndForce, .resumeWithoutOutput,
    ]
    for message in errors.map(\.message) {
      #expect(!message.contains("\n"))
      #expect(message.last != ".")
    }
  }
}
