// swift-tools-version: 6.2
import PackageDescription

// Every target is held to the same rules: Swift 6 language mode (the default of these tools), no warning, and imports
// that say what they use.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A target of the product; it may import only targets listed before it.
func target(_ name: String, _ imports: Target.Dependency...) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: strict)
}

func tests(of name: String, _ imports: Target.Dependency...) -> Target {
  .testTarget(name: "\(name)Tests", dependencies: imports, swiftSettings: strict)
}

let package = Package(
  name: "summarize",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "summarize", targets: ["summarize"]),
    .library(name: "BoundedConcurrency", targets: ["BoundedConcurrency"]),
  ],
  targets: [
    target("BoundedConcurrency"),
    .target(name: "CLibrary"),
    target("Basics", "BoundedConcurrency", "CLibrary"),
    target("JSONLines", "Basics"),
    target("PlainText", "Basics"),
    target("SystemIO", "BoundedConcurrency", "CLibrary", "Basics"),
    target("Summarization", "Basics"),
    target("CallControl", "BoundedConcurrency", "Basics", "Summarization"),
    target("ExtractiveSummarizer", "Basics", "PlainText", "Summarization"),
    target("SimulatedSummarizer", "Basics", "BoundedConcurrency", "JSONLines", "SystemIO", "Summarization"),
    target("CommandSummarizer", "BoundedConcurrency", "Basics", "JSONLines", "SystemIO", "Summarization"),
    target("HTTPClient", "CLibrary", "Basics", "SystemIO"),
    target("LanguageModels", "BoundedConcurrency", "Basics", "JSONLines", "Summarization", "HTTPClient"),
    target("Articles", "Basics", "JSONLines", "PlainText", "Summarization"),
    target("ResultLog", "BoundedConcurrency", "Basics", "JSONLines", "SystemIO", "Summarization", "Articles"),
    target("Reporting", "BoundedConcurrency", "Basics", "JSONLines", "SystemIO", "Summarization", "Articles"),
    target(
      "Pipeline", "CallControl", "BoundedConcurrency", "Basics", "JSONLines", "SystemIO", "Summarization", "Articles",
      "Reporting", "ResultLog"),
    target(
      "CommandLine", "Articles", "ResultLog", "Reporting", "Pipeline", "CallControl", "SystemIO", "Summarization",
      "SimulatedSummarizer", "CommandSummarizer", "LanguageModels", "PlainText"),
    target(
      "SummarizeCommand", "ResultLog", "Pipeline", "CommandLine", "Articles", "Reporting", "Basics",
      "BoundedConcurrency", "CallControl", "SystemIO", "Summarization", "ExtractiveSummarizer", "SimulatedSummarizer",
      "CommandSummarizer", "HTTPClient", "LanguageModels"),
    .executableTarget(name: "summarize", dependencies: ["SummarizeCommand"], swiftSettings: strict),

    // Servers that an adaptive limit is judged by, simulated; shared by tests and benchmarks.
    .target(
      name: "ServerModels", dependencies: ["BoundedConcurrency", "TestSupport"], path: "Tests/ServerModels",
      swiftSettings: strict),
    tests(of: "BoundedConcurrency", "BoundedConcurrency", "ServerModels", "TestSupport"),
    tests(of: "Basics", "Basics", "BoundedConcurrency", "TestSupport"),
    tests(of: "JSONLines", "JSONLines", "TestSupport"),
    tests(of: "PlainText", "PlainText"),
    tests(of: "SystemIO", "SystemIO", "Basics", "BoundedConcurrency", "CLibrary", "TestSupport"),
    tests(of: "CallControl", "CallControl", "Basics", "BoundedConcurrency", "Summarization", "TestSupport"),
    tests(of: "HTTPClient", "HTTPClient", "Basics", "TestServer", "TestSupport", "SystemIO", "BoundedConcurrency"),
    tests(
      of: "LanguageModels", "LanguageModels", "TestServer", "Basics", "HTTPClient", "JSONLines", "BoundedConcurrency",
      "Summarization", "TestSupport"),
    tests(of: "ExtractiveSummarizer", "ExtractiveSummarizer", "Summarization", "TestSupport"),
    tests(of: "SimulatedSummarizer", "SimulatedSummarizer", "Basics", "Summarization", "SystemIO"),
    tests(of: "CommandSummarizer", "CommandSummarizer", "Summarization"),
    tests(
      of: "CommandLine", "CommandLine", "Articles", "ResultLog", "Reporting", "Pipeline", "CallControl", "SystemIO",
      "Summarization", "SimulatedSummarizer", "CommandSummarizer", "LanguageModels"),
    tests(of: "Pipeline", "Pipeline", "Summarization", "SystemIO"),
    tests(of: "Articles", "Articles", "Basics", "JSONLines", "PlainText", "Summarization", "TestSupport"),
    tests(
      of: "ResultLog", "ResultLog", "Articles", "Basics", "JSONLines", "SystemIO", "Summarization", "TestSupport"),
    tests(of: "Reporting", "Reporting", "Basics", "Summarization", "TestSupport"),
    tests(
      of: "SummarizeCommand", "SummarizeCommand", "CommandLine", "Pipeline", "Reporting", "LanguageModels",
      "Summarization", "JSONLines", "SystemIO", "BoundedConcurrency", "TestSupport"),
    // What tests of several targets use.
    .target(
      name: "TestSupport", dependencies: ["BoundedConcurrency"], path: "Tests/TestSupport", swiftSettings: strict),
    // A model server that misbehaves on command, for the tests of everything that speaks HTTP.
    .target(
      name: "TestServer", dependencies: ["TestSupport"], path: "Tests/TestServer", exclude: ["TLS/Certificates"],
      swiftSettings: strict),
    tests(of: "TestServer", "TestServer", "JSONLines", "BoundedConcurrency", "TestSupport"),
    tests(of: "EndToEnd", "summarize", "TestServer", "TestSupport", "BoundedConcurrency"),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Articles", "BoundedConcurrency", "ServerModels", "ExtractiveSummarizer", "JSONLines", "PlainText",
        "Summarization", "SystemIO", "HTTPClient", "TestSupport",
      ],
      path: "Tests/Benchmarks",
      exclude: ["README.md", "cost.txt", "go", "picture", "python", "run", "suite"], swiftSettings: strict),
  ]
)
