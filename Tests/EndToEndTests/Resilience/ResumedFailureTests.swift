import Testing

/// An article that failed in an earlier run, and fails the same way in the next, stops nothing.
@Suite("failures that were there before", .blocking)
struct ResumedFailureTests {
  @Test("with --resume they count neither for five in a row nor for --max-failures")
  func knownFailures() throws {
    let folder = try OutputFolder()
    let out = folder.path("out.ndjson")
    let input = articles(1...8, simulated: #""status":400"#)
    // By ones: so that no run has five in a row.
    for count in [4, 8] {
      let lines = input.split(separator: "\n").prefix(count).map { "\($0)\n" }.joined()
      let outcome = try run(
        .instant + ["-j1", "--output", out] + (count == 4 ? [] : ["--resume"]), input: .text(lines))
      outcome.expect(.exited(1))
    }
    let outcome = try run(
      .instant + ["-j1", "--output", out, "--resume", "--max-failures", "1"], input: .text(input + articles(9...10)))
    outcome.expect(.exited(1))
    outcome.expectTimingSummary(articles: 10, ok: 2, failed: 8)
  }
}
