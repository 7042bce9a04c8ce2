import Testing

/// What is told about a run while it goes on, and about the whole of it to programs.
@Suite(.timeLimit(.minutes(20))) struct ProgressTests {
  /// What a run to its end writes to a terminal as its stderr.
  private func onTerminal(_ options: [String], _ environment: [String: String]) throws -> String {
    let (controller, terminal) = try makeTerminal()
    var launch = Launch(["-m", "simulated:latency=150", "-j", "2"] + options, input: .text(articles(1...4)))
    launch.errors = .descriptor(terminal)
    launch.environment.merge(environment) { $1 }
    let child = try launch.start()
    closeDescriptor(terminal)
    child.errors = CapturedStream(controller)
    return try child.outcome().errors
  }

  @Test("a line of progress on a terminal, taken away at the end")
  func progress() throws {
    let text = try onTerminal(["--progress", "always"], ["TERM": "xterm"])
    #expect(text.contains("\rsummarize: "), "\(text)")
    #expect(text.contains("\u{1B}[K"))
    #expect(text.contains("in flight)"))
    // The terminal makes of every newline a carriage return and a newline.
    #expect(text.split(separator: "\r\n").last?.hasPrefix("summarize: latency ") == true, "\(text)")
  }

  @Test("NO_COLOR, no escapes") func noColor() throws {
    let text = try onTerminal(["--progress", "always"], ["TERM": "xterm", "NO_COLOR": "1"])
    #expect(text.contains("\rsummarize: ") && !text.contains("\u{1B}"), "\(text)")
  }

  @Test("none on a dumb terminal, with never, where results go into a pipe, or when only what stops the run is told")
  func noProgress() throws {
    let cases = [
      ([String](), ["TERM": "dumb"]), ([], [:]), ([], ["TERM": "xterm"]), (["--progress", "never"], ["TERM": "xterm"]),
      (["-q"], ["TERM": "xterm"]),
    ]
    for (options, environment) in cases {
      let text = try onTerminal(options, environment)
      #expect(!text.contains("\u{1B}") && !text.contains(" in flight)\r s"), "\(text)")
      #expect(!text.hasPrefix("\r"), "\(text)")
    }
  }

  @Test("no carriage return and no escape in a file") func intoFile() throws {
    var launch = Launch(.instant, input: .text(articles(1...4)))
    launch.environment["TERM"] = "xterm"
    let errors = try launch.start().finish().errors
    #expect(!errors.contains("\r") && !errors.contains("\u{1B}"))
  }

  @Test("SIGUSR1 tells how the run stands, as often as it comes, and stops nothing") func user1() throws {
    let child = try Launch(.instant + ["-j2", "--grace", "5m"]).start()
    try child.write(article(1) + article(2, ms: stuck))
    _ = try child.record()
    try child.hasInFlight(1)
    try child.fallsAsleep()
    let before = child.errors.text.count { $0 == "\n" }
    for round in (before + 1)...(before + 3) {
      child.kill(SIGUSR1)
      try child.wait("line \(round) of progress") {
        $0.errors.text.split(separator: "\n").filter { $0.hasPrefix("summarize: 1 article in ") }.count == round
      }
    }
    #expect(child.errors.text.contains(": 1 ok, 0 failed ("))
    #expect(child.errors.text.contains("/s, 1 in flight)\n"))
    try child.write(article(3))
    _ = try child.record()
    child.kill(SIGINT)
    try child.message("stopping")
    child.kill(SIGUSR1)
    try child.message("2 articles in ")
    #expect(child.ending == nil)
  }

  @Test("SIGUSR1 that was ignored at the start stays ignored") func user1Ignored() throws {
    var launch = Launch(.instant)
    launch.ignoredSignals = [SIGUSR1]
    let child = try launch.start()
    try child.write(article(1))
    _ = try child.record()
    child.kill(SIGUSR1)
    let outcome = try child.finish()
    outcome.expect(.exited(0))
    outcome.expectTimingSummary(articles: 1, ok: 1, failed: 0)
    #expect(outcome.messages.count == 2, "\(outcome)")
  }

  @Test("--stats json is one line of JSON, last") func statsJSON() throws {
    let outcome = try Launch(.instant + ["--stats", "json"], input: .text(articles(1...3) + "x\n")).start().finish()
    outcome.expect(.exited(1))
    let stats = try JSON(parsing: Array(try #require(outcome.messages.last).utf8))
    #expect(stats["articles"] == .number("4") && stats["ok"] == .number("3") && stats["failed"] == .number("1"))
    #expect(stats["latency"]?["p95"] != nil && stats["latency"]?["p99"] != nil && stats["input_tokens"] == .null)
    #expect(stats["failures"]?["invalid_json"] == .number("1") && stats["read_whole_input"] == .bool(true))
  }
}
