import Testing

@Suite("A reader that goes away", .blocking)
struct BrokenPipeTests {
  @Test("| head -1 of an endless input ends it at once and quietly", arguments: orders)
  func head(_ options: [String]) throws {
    let child = try Launch(.instant + options).start()
    child.feed([], endless(from: 1))
    _ = try child.record()
    child.closeOutput()
    let outcome = try child.outcome(within: Child.promptly)
    outcome.expect(.died(SIGPIPE))
    outcome.expectQuiet()
  }

  @Test("with SIGPIPE ignored it ends with 141, as quietly")
  func ignoredSignal() throws {
    var launch = Launch(.instant)
    launch.ignoredSignals = [SIGPIPE]
    let child = try launch.start()
    child.feed([], endless(from: 1))
    _ = try child.record()
    child.closeOutput()
    let outcome = try child.outcome(within: Child.promptly)
    outcome.expect(.exited(141))
    outcome.expectQuiet()
  }

  @Test("while idle", arguments: [false, true])
  func whileIdle(ignored: Bool) throws {
    var launch = Launch(.instant)
    launch.ignoredSignals = ignored ? [SIGPIPE] : []
    let child = try launch.start()
    try child.write(article(1))
    _ = try child.record()
    child.closeOutput()
    let outcome = try child.outcome(within: Child.promptly)
    outcome.expect(ignored ? .exited(141) : .died(SIGPIPE))
    outcome.expectQuiet()
  }

  @Test("before anything was read")
  func beforeInput() throws {
    let child = try Launch(.instant).start()
    child.closeOutput()
    let outcome = try child.outcome(within: Child.promptly)
    outcome.expect(.died(SIGPIPE))
    outcome.expectQuiet()
  }

  @Test("while calls are under way, before and after the end of input", arguments: [false, true])
  func whileWaiting(inputEnds: Bool) throws {
    let child = try Launch(.instant + ["-j3"]).start()
    try child.write(articles(1...2, ms: stuck) + article(3))
    if inputEnds { child.closeInput() }
    _ = try child.record()
    child.closeOutput()
    let outcome = try child.outcome(within: Child.promptly)
    outcome.expect(.died(SIGPIPE))
    outcome.expectQuiet()
  }

  @Test("while the window is full and nothing is read")
  func whileHeldBack() throws {
    let child = try Launch(.instant + ["-k", "-j2"]).start()
    child.feed(Array(article(1, ms: stuck).utf8), endless(from: 2))
    try child.isHeldBack(for: .milliseconds(200))
    child.closeOutput()
    let outcome = try child.outcome(within: Child.promptly)
    outcome.expect(.died(SIGPIPE))
    outcome.expectQuiet()
  }

  @Test("while a record waits in a full pipe")
  func whileWriting() throws {
    let child = try Launch(.instant).start()
    child.output.isPaused = true
    child.feed([], endless(from: 1))
    try child.isHeldBack(for: .milliseconds(200))
    child.closeOutput()
    let outcome = try child.outcome(within: Child.promptly)
    outcome.expect(.died(SIGPIPE))
    outcome.expectQuiet()
  }

  @Test("a socket whose other side is gone ends it as well")
  func brokenSocket() throws {
    let (ours, theirs) = try makeSocketPair()
    var launch = Launch(.instant)
    launch.output = .descriptor(theirs)
    let child = try launch.start()
    closeDescriptor(theirs)
    child.output = CapturedStream(ours)
    try child.write(article(1))
    _ = try child.record()
    child.closeOutput()
    child.feed([], endless(from: 2))
    let outcome = try child.outcome(within: Child.promptly)
    outcome.expect(.died(SIGPIPE))
    outcome.expectQuiet()
  }

  @Test("it also ends a drain; death is then by the signal that began it", arguments: [SIGINT, SIGTERM, SIGHUP])
  func duringDrain(_ signal: Int32) throws {
    let child = try Launch(.instant + ["-j3", "--grace", "5m"]).start()
    try child.write(articles(1...2, ms: stuck) + article(3))
    _ = try child.record()
    try child.hasReadAll()
    try child.fallsAsleep()
    child.kill(signal)
    try child.message("stopping")
    child.closeOutput()
    let outcome = try child.outcome(within: Child.promptly)
    outcome.expect(.died(signal))
    #expect(!outcome.errors.contains("articles in"), "no summary: \(outcome)")
  }

  @Test("a terminal that hangs up ends the run")
  func hungUpTerminal() throws {
    let (controller, terminal) = try makeTerminal()
    var launch = Launch(.instant)
    launch.output = .descriptor(terminal)
    let child = try launch.start()
    close(terminal)
    child.output = CapturedStream(controller)
    try child.write(article(1))
    _ = try child.record()
    child.closeOutput()
    child.feed([], endless(from: 2))
    let outcome = try child.outcome(within: Child.promptly)
    #expect(outcome.ending != .exited(0), "\(outcome)")
  }

  @Test("/dev/null and regular files are no readers that go away")
  func noReader() throws {
    let folder = try TemporaryFolder()
    for file in ["/dev/null", folder.path + "/out"] {
      var launch = Launch(.instant)
      launch.output = .file(file)
      let child = try launch.start()
      try child.write(articles(1...3))
      try child.hasReadAll()
      try child.write(articles(4...6))
      let outcome = try child.finish()
      outcome.expect(.exited(0))
      outcome.expectTimingSummary(articles: 6, ok: 6, failed: 0)
    }
  }
}
