import Testing

@Suite("Options, help, exit status", .blocking)
struct CommandLineTests {
  @Test("exit status 0, 1 and 2")
  func exitStatus() throws {
    try run(.instant, input: .text(article(1))).expect(.exited(0))
    try run(.instant, input: .text(article(1) + "{bad\n")).expect(.exited(1))
    try run(.instant + ["/no/such/file", "-"], input: .text("{bad\n")).expect(.exited(2))
  }

  @Test("options combined, with =, apart, and -- before a FILE that looks like one")
  func forms() throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("-file", articles(1...3))
    for options in [
      ["-kj5"], ["-k", "-j", "5"], ["--keep-order", "--jobs=5"], ["--jobs", "5", "-k"], ["-kqj", "5"],
    ] {
      var launch = Launch(.instant + options + ["--", "-file"])
      launch.directory = folder.path
      let outcome = try launch.run()
      outcome.expect(.exited(0))
      #expect(try outcome.records().compactMap(\.id) == [1, 2, 3])
    }
  }

  @Test("options and operands in any order")
  func permuted() throws {
    let folder = try TemporaryFolder()
    let outcome = try run([try folder.file("a", articles(1...3)), "-k", "-m", "simulated:latency=0", "-j5"])
    outcome.expect(.exited(0))
    #expect(try outcome.records().compactMap(\.id) == [1, 2, 3])
  }

  @Test("the last of a repeated option holds")
  func lastHolds() throws {
    let child = try Launch(
      ["-j1", "-m", "extractive", "--tasks", "keywords"] + .instant + ["-j", "3", "--tasks=summary"]
    ).start()
    child.feed(Array((article(1) + articles(2...6, ms: stuck)).utf8))
    #expect(try child.record().names == ["id", "summary"])
    try child.hasInFlight(3)
  }

  @Test(
    "an unknown option is told in one line with the one that is near",
    arguments: [
      ("--job", "--jobs"), ("--keep-orde", "--keep-order"), ("--widnow", "--window"), ("--modle=x", "--model"),
      ("--stat", "--stats"), ("--verison", "--version"),
    ])
  func didYouMean(typed: String, meant: String) throws {
    let outcome = try run([typed], input: .text(article(1)))
    outcome.expectUsageError()
    #expect(outcome.errors.contains(meant), "\(outcome)")
  }

  @Test(
    "usage errors are one line, exit status 2, and nothing on standard output",
    arguments: [
      ["--nonsense-of-no-kind"], ["-y"], ["-ky"], ["-j"], ["--jobs"], ["--keep-order=yes"], ["-m", "gpt"], ["-m", ""],
      ["-m", "extractive:x"], ["-m", "simulated:x"], ["-m", "simulated:latency=9-1"], ["-m", "simulated:seed=x"],
      ["--tasks", ""], ["--tasks", "poem"], ["--tasks", "summary,"], ["--sentences", "0"], ["--keywords", "-1"],
      ["--max-line", "0"], ["--max-line", "many"], ["--grace", "soon"], ["--stats", "xml"],
      ["-k", "-j5", "--window", "4"],
      ["--window", "0"], ["--id-field", ""], ["-j5", "-j0"],
    ])
  func usageErrors(_ arguments: [String]) throws {
    try run(arguments, input: .text(article(1))).expectUsageError()
  }

  @Test("--exit-zero: failed articles leave the exit status at 0, a run that cannot go on does not")
  func exitZero() throws {
    try run(.instant + ["--exit-zero"], input: .text("{bad\n")).expect(.exited(0))
    try run(.instant + ["--exit-zero", "/nonexistent"], input: .text("")).expect(.exited(2))
  }

  @Test("the completions of each shell name every option", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let outcome = try run(["--completions", shell], input: .text(""))
    outcome.expect(.exited(0))
    for option in ["jobs", "keep-order", "model", "exit-zero"] {
      #expect(String(decoding: outcome.output, as: UTF8.self).contains(option))
    }
  }

  @Test("without -k a small window has no effect")
  func windowWithoutOrder() throws {
    try run(.instant + ["-j5", "--window", "4"], input: .text(article(1))).expect(.exited(0))
  }

  @Test(
    "help and version, before all other options", arguments: [["--help"], ["-h"], ["-j0", "--help"], ["-kh"]])
  func help(_ arguments: [String]) throws {
    let outcome = try run(arguments, input: .closed)
    outcome.expect(.exited(0))
    outcome.expectQuiet()
    for part in ["usage: summarize", "--jobs", "--keep-order", "--model", "Exit status"] {
      #expect(outcome.text.contains(part), "\(outcome)")
    }
    #expect(outcome.text.split(separator: "\n").allSatisfy { $0.count <= 120 })
  }

  @Test("the version")
  func version() throws {
    let outcome = try run(["--version"], input: .closed)
    outcome.expect(.exited(0))
    let numbers = outcome.text.dropFirst("summarize ".count).dropLast().split(separator: ".")
    #expect(
      outcome.text.hasPrefix("summarize ") && numbers.count == 3 && numbers.allSatisfy { Int($0) != nil }, "\(outcome)")
  }

  @Test("help that cannot be written is an error", arguments: ["--help", "--version"])
  func helpToNowhere(_ option: String) throws {
    var launch = Launch([option], input: .nothing)
    launch.output = .closed
    let outcome = try launch.run()
    outcome.expect(.exited(2))
    #expect(outcome.errors.hasPrefix("summarize: "), "\(outcome)")
    guard access("/dev/full", W_OK) == 0 else { return }
    launch.output = .file("/dev/full")
    let full = try launch.run()
    full.expect(.exited(2))
    #expect(full.errors.contains(String(cString: strerror(ENOSPC))), "\(full)")
  }

  @Test("-q prints nothing but what stops the run")
  func quiet() throws {
    let folder = try TemporaryFolder()
    let outcome = try run(.instant + ["-q", try folder.file("a", article(1) + "{bad\n")])
    outcome.expect(.exited(1))
    outcome.expectQuiet()
    #expect(outcome.lines.count == 2)
    let stopped = try run(.instant + ["-q"], input: .closed)
    stopped.expect(.exited(2))
    #expect(stopped.messages.count == 1, "\(stopped)")
  }

  @Test("every message begins with the name of the program", arguments: [[], ["-v"]])
  func prefix(_ options: [String]) throws {
    let outcome = try run(.instant + options + ["/no/such/file", "-"], input: .text(article(1) + "{bad\n[]\n"))
    outcome.expect(.exited(2))
    for message in outcome.messages {
      #expect(message.hasPrefix("summarize: ") && !message.hasSuffix("."), "\(outcome)")
    }
  }

  @Test("--stats none leaves the messages, but not the summary")
  func noStats() throws {
    let outcome = try run(.instant + ["--stats", "none"], input: .text("{bad\n"))
    outcome.expect(.exited(1))
    #expect(outcome.messages.count == 1 && outcome.errors.hasPrefix("summarize: line 1: "), "\(outcome)")
  }
}
