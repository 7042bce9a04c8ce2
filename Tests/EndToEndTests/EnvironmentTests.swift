import Testing

@Suite("Summary and environment", .blocking)
struct EnvironmentTests {
  private static let input =
    articles(1...3) + article(4, content: "Größe İstanbul ΑΣ 1,5 Mio. ist ein großer Erfolg.") + "{bad\n"

  @Test("no progress and no escapes where standard error is no terminal")
  func noProgress() throws {
    let outcome = try run(.instant, input: .text(Self.input))
    #expect(!outcome.errors.contains("\r") && !outcome.errors.contains("\u{1B}"))
  }

  @Test("the timing summary comes last, in its two lines", arguments: [["-j1"], ["-j5"], ["-k", "-j5"]])
  func summary(_ options: [String]) throws {
    let outcome = try run(.instant + options, input: .text(articles(1...9, ms: 20) + "{bad\n"))
    outcome.expect(.exited(1))
    outcome.expectTimingSummary(articles: 10, ok: 9, failed: 1)
  }

  @Test("its units follow the median, and speed is told as it was")
  func summaryFigures() throws {
    let outcome = try run(.instant + ["-j5"], input: .text(articles(1...10, ms: 1_100)))
    let summary = try #require(TimingSummary(outcome.messages), "\(outcome)")
    #expect(summary.seconds >= 2.2 && (1...5).contains(summary.peak))
    #expect(outcome.messages.last!.contains(" s median"), "\(outcome)")
  }

  @Test(
    "the summary on every way out", arguments: ["end", "SIGINT", "SIGTERM", "write error", "missing file"])
  func everyWayOut(_ way: String) throws {
    let outcome: Outcome
    switch way {
    case "SIGINT", "SIGTERM":
      let child = try Launch(.instant).start()
      try child.write(article(1))
      _ = try child.record()
      child.kill(way == "SIGINT" ? SIGINT : SIGTERM)
      outcome = try child.outcome()
    case "write error":
      guard access("/dev/full", W_OK) == 0 else { return }
      var launch = Launch(.instant, input: .text(article(1)))
      launch.output = .file("/dev/full")
      outcome = try launch.run()
      #expect(outcome.messages.contains { $0.hasPrefix("summarize: 1 article in ") }, "\(outcome)")
      return
    case "missing file": outcome = try run(.instant + ["/no/such/file", "-"], input: .text(article(1)))
    default: outcome = try run(.instant, input: .text(article(1)))
    }
    outcome.expectTimingSummary(articles: 1, ok: 1, failed: 0)
  }

  @Test("the locale changes no byte", arguments: ["C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8", "xx"])
  func locale(_ name: String) throws {
    func output(_ locale: String) throws -> [UInt8] {
      var launch = Launch(["-k"], input: .text(Self.input))
      launch.environment["LC_ALL"] = locale
      launch.environment["LANG"] = locale
      launch.environment["TZ"] = "Asia/Kathmandu"
      return try launch.run().output
    }
    #expect(try output(name) == output("C"))
  }

  @Test("an empty environment will do")
  func emptyEnvironment() throws {
    var launch = Launch(["-k"], input: .text(Self.input))
    launch.environment = [:]
    let outcome = try launch.run()
    outcome.expect(.exited(1))
    #expect(try outcome.records().count == 5)
  }

  @Test("no home, no place for temporary files")
  func noHome() throws {
    var launch = Launch(["-k"], input: .text(Self.input))
    launch.environment["HOME"] = "/nonexistent"
    launch.environment["TMPDIR"] = "/nonexistent"
    let outcome = try launch.run()
    outcome.expect(.exited(1))
    #expect(try outcome.records().count == 5)
  }

  @Test("the working directory may be gone")
  func noWorkingDirectory() throws {
    let folder = try TemporaryFolder()
    var launch = Launch(
      ["-c", "rmdir \"$0\" && exec \"$@\"", folder.path, Binary.path, "-k"], input: .text(Self.input))
    launch.executable = "/bin/sh"
    launch.directory = folder.path
    let outcome = try launch.run()
    outcome.expect(.exited(1))
    #expect(try outcome.records().count == 5)
  }
}
