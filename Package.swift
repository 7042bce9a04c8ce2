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

/// A room of the house; it may import only rooms listed before it.
func room(_ name: String, _ imports: Target.Dependency...) -> Target {
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
    // base
    room("Locking"),
    room("BoundedConcurrency", "Locking"),
    room("NDJSON"),
    room("Resilience"),
    .systemLibrary(name: "CEpoll"),
    .target(name: "CCurl"),
    room("SystemIO", "CEpoll", "Locking"),
    // domain
    room("Summarization"),
    // providers
    room("ExtractiveSummarizer", "Locking", "Summarization"),
    room("SimulatedSummarizer", "Locking", "NDJSON", "SystemIO", "Summarization"),
    room("HTTPTransport", "CCurl", "SystemIO", "Locking"),
    room("LanguageModels", "HTTPTransport", "NDJSON", "Locking", "Summarization"),
    // top
    room(
      "SummarizeCommand", "Locking", "BoundedConcurrency", "NDJSON", "Resilience", "SystemIO", "Summarization",
      "ExtractiveSummarizer", "SimulatedSummarizer", "HTTPTransport", "LanguageModels"),
    .executableTarget(name: "summarize", dependencies: ["SummarizeCommand"], swiftSettings: strict),

    tests(of: "Locking", "Locking"),
    tests(of: "BoundedConcurrency", "BoundedConcurrency", "Locking"),
    tests(of: "NDJSON", "NDJSON"),
    tests(of: "SystemIO", "SystemIO", "Locking"),
    tests(of: "Resilience", "Resilience"),
    tests(of: "HTTPTransport", "HTTPTransport", "TestServer", "SystemIO", "Locking"),
    tests(of: "LanguageModels", "LanguageModels", "HTTPTransport", "NDJSON", "Locking", "Summarization"),
    tests(of: "ExtractiveSummarizer", "ExtractiveSummarizer", "Summarization"),
    tests(of: "SimulatedSummarizer", "SimulatedSummarizer", "Summarization", "SystemIO"),
    tests(
      of: "SummarizeCommand", "SummarizeCommand", "Resilience", "SimulatedSummarizer", "LanguageModels",
      "Summarization", "NDJSON", "SystemIO", "Locking"),
    // A model server that misbehaves on command, for the tests of everything that speaks HTTP.
    .target(
      name: "TestServer", path: "Tests/TestServer", exclude: ["TLS/Certificates"], swiftSettings: strict),
    tests(of: "TestServer", "TestServer", "NDJSON", "Locking"),
    tests(of: "EndToEnd", "summarize", "TestServer", "Locking"),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "BoundedConcurrency", "ExtractiveSummarizer", "NDJSON", "Summarization", "SystemIO", "HTTPTransport",
      ],
      path: "Tests/Benchmarks",
      exclude: ["go", "run"], swiftSettings: strict),
  ]
)
