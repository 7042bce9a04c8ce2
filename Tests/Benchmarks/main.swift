// Benchmarks <name> [arguments]: figures against a peer, in one run. `Tests/Benchmarks/run` builds and starts them.
let benchmarks: [String: @Sendable ([String]) async throws -> Void] = [
  "adaptive": { _ in try await adaptiveBenchmark() },
  "engine": { _ in try await engineBenchmark() },
  "engine-lines": { printEngineLines($0) },
  "html": { htmlBenchmark($0) },
  "operator": operatorBenchmark,
  "scan": { _ in scanBenchmark() },
  "transport": transportBenchmark,
]

let arguments = CommandLine.arguments.dropFirst()
guard let name = arguments.first, let benchmark = benchmarks[name] else {
  fatalError("usage: Benchmarks \(benchmarks.keys.sorted().joined(separator: "|")) [arguments]")
}
try await benchmark(Array(arguments.dropFirst()))
