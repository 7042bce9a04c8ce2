import LanguageModels
import Pipeline
import ResultLog
import Summarization
import SystemIO
import Testing

@testable import CommandLine

struct LanguageModelSetupTests {
  private func settings(
    _ arguments: [String] = [], of provider: LanguageModelProvider = .openAI, environment: [String: String] = [:],
    files: [String: String] = [:]
  ) throws -> LanguageModelSettings {
    var surroundings = ProgramSurroundings()
    surroundings.variable = { environment[$0] }
    surroundings.contents = { path throws(SystemError) in
      guard let text = files[path] else { throw SystemError(code: 2) }
      return Array(text.utf8)
    }
    let typed = try TypedArguments(parsing: ["-m", "\(provider.rawValue):m"] + arguments)
    return try #require(try RunConfiguration(typed, in: surroundings).languageModelSettings)
  }

  private func message(
    _ arguments: [String], of provider: LanguageModelProvider = .openAI, environment: [String: String] = [:],
    files: [String: String] = [:]
  ) -> String? {
    do {
      _ = try settings(arguments, of: provider, environment: environment, files: files)
      return nil
    } catch {
      return (error as? UsageError)?.message
    }
  }

  @Test func keysComeFromTheFileOrTheEnvironment() throws {
    let environment = ["OPENAI_API_KEY": "from-env\n", "ANTHROPIC_API_KEY": "other"]
    #expect(try settings(environment: environment).key == APIKey(parsing: "from-env"))
    #expect(try settings(of: .anthropic, environment: environment).key == APIKey(parsing: "other"))
    let named = try settings(["--key-file", "k"], environment: environment, files: ["k": " from-file \nmore"])
    #expect(named.key == (try APIKey(parsing: "from-file")))
    #expect(try settings(of: .ollama).key == nil)
  }

  @Test func aMissingKeyIsToldBeforeTheRun() throws {
    #expect(message([])?.contains("OPENAI_API_KEY") == true)
    #expect(message([], environment: ["OPENAI_API_KEY": ""])?.contains("OPENAI_API_KEY") == true)
    #expect(message([], of: .anthropic)?.contains("ANTHROPIC_API_KEY") == true)
    #expect(message(["--base-url", "http://localhost:1"]) == nil)
    #expect(message([], environment: ["OPENAI_BASE_URL": "http://localhost:1"]) == nil)
    #expect(message(["--header", "api-key: x"]) == nil)
    #expect(try settings(["--dry-run"]).key == nil)
  }

  @Test func badFilesAndKeysAreToldWithoutTheKey() {
    #expect(message(["--key-file", "gone"])?.hasPrefix("--key-file: cannot read gone: ") == true)
    #expect(message(["--key-file", "k"], files: ["k": "\n"])?.contains("no key") == true)
    let bad = message(["--key-file", "k"], files: ["k": "sk secret"])
    #expect(bad?.hasPrefix("--key-file k holds a key with characters") == true && bad?.contains("secret") == false)
    #expect(message([], environment: ["OPENAI_API_KEY": "a\u{7}b"])?.hasPrefix("OPENAI_API_KEY holds a key") == true)
  }

  @Test func theOptionOutranksTheEnvironment() throws {
    let environment = ["OPENAI_BASE_URL": "http://env/v1", "OPENAI_API_KEY": "k-1", "OLLAMA_HOST": "box:1"]
    #expect(try settings(environment: environment).endpoint.description == "http://env/v1")
    #expect(
      try settings(["--base-url", "http://opt"], environment: environment).endpoint.description
        == "http://opt/v1")
    #expect(try settings(of: .ollama, environment: environment).endpoint.description == "http://box:1")
    #expect(
      try settings(of: .ollama, environment: ["OLLAMA_HOST": ""]).endpoint.description == "http://127.0.0.1:11434")
    #expect(message(["--base-url", "http://localhost:99999"]) == "--base-url: 99999 is not a port")
    #expect(message(["--base-url", "http://user:secret"]) == "--base-url has no port behind its colon")
    let bad = message(["--base-url", "http://u:secret@"])
    #expect(bad?.hasPrefix("--base-url ") == true && bad?.contains("secret") == false)
    #expect(message([], environment: ["OPENAI_BASE_URL": "x"])?.hasPrefix("OPENAI_BASE_URL must begin") == true)
  }

  @Test func headersOptionsAndPrompt() throws {
    let files = ["h": "X-A: 1\nX-B: 2\n", "p": "Be brief.\n"]
    let all = try settings(
      [
        "--header", "X-C: 3", "--header", "@h", "--option", "seed=1", "--prompt", "@p", "--max-tokens", "9",
        "--timeout", "7s", "--temperature", "0.5", "--language", "fr",
      ],
      of: .ollama, files: files)
    #expect(all.headers.map(\.name) == ["X-C", "X-A", "X-B"])
    #expect(all.options.map(\.name) == ["seed"] && all.prompt == "Be brief.\n" && all.language == "fr")
    #expect(all.maximumTokens == 9 && all.temperature == 0.5)
    for bad in [
      ["--header", "x"], ["--header", "@gone"], ["--option", "seed"], ["--option", "seed=x"], ["--prompt", "@gone"],
    ] {
      #expect(message(bad, of: .ollama)?.hasPrefix(bad[0]) == true, "\(bad)")
    }
  }

  private func configure(_ arguments: String...) throws -> RunConfiguration {
    var surroundings = ProgramSurroundings()
    surroundings.variable = { $0.hasSuffix("_API_KEY") ? "k" : nil }
    return try RunConfiguration(try TypedArguments(parsing: arguments), in: surroundings)
  }

  @Test func models() throws {
    #expect(try configure("-m", "openai:a:b").model == .language(.openAI, "a:b"))
    #expect(try configure("-m", "openai:a").jobs == 5 && configure("-m", "anthropic:a").jobs == 5)
    #expect(try configure("-m", "ollama:qwen3:4b").jobs == 1)
    for bad in ["openai", "openai:", "gpt:4", "ollama:"] {
      #expect(throws: UsageError.self) { try configure("-m", bad) }
    }
    #expect(throws: UsageError.self) { try configure("--dry-run") }
    #expect(throws: UsageError.self) { try configure("-m", "simulated", "--dry-run") }
    #expect(try configure("-m", "ollama:x", "--dry-run").languageModel.isDryRun)
  }

  @Test func noMoreInFlightThanDescriptorsAllow() throws {
    func jobs(_ jobs: Int, limit: Int, hard: Int) throws -> (Int, warnings: Int) {
      var surroundings = ProgramSurroundings()
      surroundings.variable = { _ in nil }
      surroundings.raiseDescriptorLimit = { $0 <= limit ? limit : min($0, hard) }
      let typed = try TypedArguments(parsing: ["-m", "ollama:x", "-j", "\(jobs)"])
      let configuration = try RunConfiguration(typed, in: surroundings)
      return (configuration.jobs, configuration.warnings.count)
    }
    #expect(try jobs(5, limit: 1024, hard: 1024) == (5, 0))
    #expect(try jobs(960, limit: 256, hard: 4096) == (960, 0))
    #expect(try jobs(1000, limit: 256, hard: 256) == (192, 1))
    #expect(try jobs(5, limit: 20, hard: 20) == (1, 1))
  }

  @Test func onlyExposedServersAreWarnedAbout() throws {
    func warnings(_ url: String, key: Bool = false, proxy: String? = nil) throws -> [String] {
      var surroundings = ProgramSurroundings()
      surroundings.variable = { ["OPENAI_API_KEY": key ? "k-1" : nil, "http_proxy": proxy][$0] ?? nil }
      let typed = try TypedArguments(parsing: ["-m", "openai:m", "--base-url", url])
      return try RunConfiguration(typed, in: surroundings).warnings
    }
    #expect(try warnings("http://localhost:8080").isEmpty && warnings("https://example.com").isEmpty)
    let warning = try warnings("http://user:password@example.com?key=secret", key: true).first
    #expect(
      warning == "articles and the key go unencrypted to http://example.com/v1; use https where the server has it")
    #expect(
      try warnings("http://example.com", key: true, proxy: "http://user:secret@proxy:3128/") == [
        "articles and the key go unencrypted to http://example.com/v1 through the proxy proxy:3128 (http_proxy), "
          + "which can read them; use https where the server has it"
      ])
    #expect(try warnings("https://example.com", key: true, proxy: "http://proxy:3128").isEmpty)
    #expect(try configure().warnings.isEmpty)
  }

  @Test func anAddressWithoutALanguageModelIsWarnedAbout() throws {
    #expect(
      try configure("--base-url", "http://localhost:8080").warnings == [
        "--base-url is of no use to the model extractive; name the server's with -m"
      ])
    #expect(try configure("-m", "simulated", "--key-file", "k").warnings.count == 1)
    #expect(try configure("-m", "ollama:x", "--base-url", "http://localhost:8080").warnings.isEmpty)
  }

  @Test(arguments: [
    ("gpt-4o-mini", "openai:gpt-4o-mini"), ("qwen3:4b", "ollama:qwen3:4b"), ("opneai:x", "openai:x"),
    ("claude-haiku-4-5", "anthropic:claude-haiku-4-5"), ("llama3.2", "ollama:llama3.2"),
    ("gpt-oss:20b", "ollama:gpt-oss:20b"), ("meta-llama/Llama-3", "openai:meta-llama/Llama-3"),
    ("extractve", "extractive"), ("antropic:claude", "anthropic:claude"),
  ]) func whatLooksLikeAModelGetsTheFormThatWasMeant(_ typed: String, _ meant: String) throws {
    #expect {
      try configure("-m", typed)
    } throws: {
      ($0 as? UsageError)?.message.hasSuffix("; did you mean \(meant)?") == true
    }
  }

  @Test func aKeyIsNoArgumentAndNotRepeated() {
    let key = "sk-proj-0123456789abcdef"
    for arguments in [["-m", key], ["-m", "openai:\(key)"], ["--key-file", key], [key]] {
      let message = message(arguments, of: .ollama) ?? ""
      #expect(message.contains("keys are not arguments") && !message.contains(key), "\(message)")
    }
    #expect(!ModelSuggestion.isKey("sk-articles/2024.ndjson") && !ModelSuggestion.isKey("openai:gpt-4o-mini"))
  }

  @Test func aModelFromTheEnvironmentGivesWayToAnOption() throws {
    func configuration(_ arguments: [String], _ value: String?) throws -> RunConfiguration {
      var surroundings = ProgramSurroundings()
      surroundings.variable = { $0 == "SUMMARIZE_MODEL" ? value : nil }
      return try RunConfiguration(try TypedArguments(parsing: arguments), in: surroundings)
    }
    let found = try configuration([], "ollama:x")
    #expect(found.model == .language(.ollama, "x") && found.jobs == 1)
    #expect(found.modelNotice == "summarize: model ollama:x, from SUMMARIZE_MODEL\n")
    #expect(try configuration([], "").model == .extractive && configuration([], nil).modelNotice == "")
    #expect(try configuration(["-m", "extractive"], "ollama:x").model == .extractive)
    #expect {
      try configuration([], "gpt-4o-mini")
    } throws: {
      ($0 as? UsageError)?.message.hasPrefix("SUMMARIZE_MODEL: 'gpt-4o-mini' is not a model") == true
    }
  }

  @Test func anEstimateReadsOnlyWhatIsThere() throws {
    let resumed = try configure("-m", "ollama:x", "--estimate", "-o", "f", "--resume", "--errors", "e")
    #expect(resumed.files.output == "f" && resumed.files.resumes && resumed.files.errors == nil)
    #expect(try configure("-m", "ollama:x", "--estimate", "-o", "f", "--force").files.output == nil)
    #expect(throws: UsageError.self) { try configure("--estimate") }
  }
}
