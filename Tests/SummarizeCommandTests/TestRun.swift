import CommandLine
import Pipeline
import Reporting
import Summarization
import SystemIO

@testable import SummarizeCommand
import TestSupport

/// A run to its end: what it wrote, and how it ended.
struct TestRun {
  struct Written {
    let text: String

    /// The line of input: from `line`, or from the keyword that `Echo` puts there, or one above the id.
    var number: Int {
      for (prefix, offset) in [("\"line\":", 0), ("[\"line ", 0), ("\"id\":", 1)] {
        guard let start = text.utf8.firstRange(of: Array(prefix.utf8)) else { continue }
        return Int(String(text.utf8[start.upperBound...].prefix { (0x30...0x39).contains($0) })!)! + offset
      }
      return -1
    }
  }

  let records: [Written]
  let status: Int32
  let report: RunMetricsRecorder
  let summary: String

  init(
    _ lines: [String], jobs: Int, keepsOrder: Bool, grace: Duration = .seconds(30), summarizer: any Summarizer,
    meanwhile: @escaping @Sendable (SummarizeRun) async -> Void = { _ in }
  ) async throws {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    try await self.init(
      inputs: [folder.file("in", Self.text(lines))], jobs: jobs, keepsOrder: keepsOrder, grace: grace,
      summarizer: summarizer, meanwhile: meanwhile)
  }

  init(
    inputs: [String], jobs: Int, keepsOrder: Bool, grace: Duration = .seconds(30), summarizer: any Summarizer,
    meanwhile: @escaping @Sendable (SummarizeRun) async -> Void = { _ in }
  ) async throws {
    let order = keepsOrder ? ["-k"] : []
    let (seconds, fraction) = grace.components
    let configuration = try RunConfiguration(
      TypedArguments(
        parsing: ["-q", "-j", "\(jobs)", "--grace", "\(seconds * 1000 + fraction / 1_000_000_000_000_000)ms"] + order
          + inputs))
    let folder = try TemporaryFolder()
    let output = try folder.file("out")
    let run = try SummarizeRun(
      configuration, output: FileDescriptor(rawValue: open(output, O_WRONLY | O_CLOEXEC)), summarizer: summarizer)
    async let others: Void = meanwhile(run)
    await run.execute()
    await others
    status = run.exitStatus
    report = run.report
    summary = run.report.current.summary(RunEnding(wall: .seconds(1)))
    records = Self.lines(of: output).map(Written.init)
    withExtendedLifetime(folder) {}
  }

  /// The lines, each ended.
  static func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  static func lines(of path: String) -> [String] {
    (contents(of: path) ?? []).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
  }
}
