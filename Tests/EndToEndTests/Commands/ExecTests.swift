import Testing

@Suite("exec: a command for each article", .blocking)
struct ExecTests {
  private func exec(_ command: String, _ options: String..., input: String = article(1)) throws -> Outcome {
    try run(["-m", "exec:\(command)"] + options, input: .text(input))
  }

  // MARK: What goes in and comes out

  @Test("the article's line as it came is the input")
  func input() throws {
    let folder = try TemporaryFolder()
    let line = #" {"id": 7 , "title":"<b>T</b>","content":"<p>Text &amp; more</p>","x":1.10,"summary":"S"}"#
    let outcome = try exec("tee \(folder.path)/seen", input: line + "\r\n")
    outcome.expect(.exited(0))
    #expect(outcome.text == #"{"id":7,"summary":"S"}"# + "\n")
    #expect(contents(of: folder.path + "/seen") == Array((line + "\n").utf8))
  }

  @Test("plain text is the summary alone, of an object what was asked for is taken")
  func results() throws {
    #expect(try exec("echo A summary.").text == #"{"id":1,"summary":"A summary."}"# + "\n")
    let object = #"printf '{"summary":"S","sentiment":"positive","keywords":["a"],"id":1,"x":2}'"#
    #expect(try exec(object).text == #"{"id":1,"summary":"S","sentiment":"positive","keywords":["a"]}"# + "\n")
    #expect(try exec(object, "--tasks", "keywords").text == #"{"id":1,"keywords":["a"]}"# + "\n")
    let repeated = #"printf '{"keywords":["a","A","-","b","c"]}'"#
    #expect(
      try exec(repeated, "--tasks", "keywords", "--keywords", "2").text == #"{"id":1,"keywords":["a","b"]}"# + "\n")
  }

  @Test("what is no result is an error that shows how it begins", arguments: ["true", "echo {}", "echo '{\"id\":1'"])
  func badReplies(_ command: String) throws {
    let outcome = try exec(command)
    outcome.expect(.exited(1))
    let record = try #require(outcome.records().first)
    #expect(record.errorCode == "bad_reply" && record["error"]?["attempts"]?.integer == 3, "\(outcome)")
  }

  @Test("a command that does not read has not failed; one that reads gets all")
  func largeArticles() throws {
    let large = echoable(1, content: String(repeating: "Word ", count: 200_000))
    #expect(try exec("echo done", input: large).text == #"{"id":1,"summary":"done"}"# + "\n")
    #expect(try exec("cat", input: large).text == #"{"id":1,"summary":"Summary 1."}"# + "\n")
    #expect(try exec("wc -c", input: large).text == #"{"id":1,"summary":"\#(large.utf8.count)"}"# + "\n")
  }

  @Test("output without end is cut off")
  func endlessOutput() throws {
    let outcome = try exec("yes", "--max-line", "100K", "--retries", "0")
    outcome.expect(.exited(1))
    #expect(outcome.errors.contains("longer than 102400 bytes; raise --max-line"), "\(outcome)")
  }

  @Test("results go to a file and are taken up, plain text too")
  func resume() throws {
    let folder = try OutputFolder()
    try folder.write("in", articles(1...3))
    let options = ["-m", "exec:echo Text.", "-o", folder.out, "--resume", folder.path("in")]
    try run(options).expect(.exited(0))
    let records = try folder.records()
    #expect(
      records.count == 3 && records.allSatisfy { $0.names == ["id", "line", "fingerprint", "made_by", "summary"] })
    let again = try run(options)
    #expect(again.errors.contains("3 articles were already done") || again.errors.contains("already done"), "\(again)")
    #expect(try folder.records() == records)
  }

  // MARK: Failures

  @Test("an exit status is an error with the end of what the command said, and not tried again")
  func exitStatus() throws {
    let outcome = try exec(#"yes noise | head -c 1000000 >&2; printf '\nbad \033[31mthing\n' >&2; exit 3"#)
    outcome.expect(.exited(1))
    let error = try #require(outcome.records().first?["error"])
    #expect(error["code"]?.string == "command_failed" && error["attempts"]?.integer == 1)
    let message = error["message"]?.string ?? ""
    #expect(message.hasPrefix("the command exited with status 3: noise "), "\(outcome)")
    #expect(message.hasSuffix(" bad \u{1B}[31mthing") && message.utf8.count < 400, "\(outcome)")
    #expect(outcome.errors.contains(#"bad \x1b[31mthing"#), "\(outcome)")
  }

  @Test("status 75 and death by a signal are tried again", arguments: ["exit 75", "kill -9 $$"])
  func temporaryFailures(_ failure: String) throws {
    let folder = try TemporaryFolder()
    let counter = folder.path + "/attempts"
    let outcome = try exec("echo x >> \(counter); [ $(wc -l < \(counter)) -ge 3 ] && echo done || \(failure)")
    outcome.expect(.exited(0))
    #expect(lineCount(counter) == 3)
    #expect(outcome.errors.contains("2 retries"), "\(outcome)")
  }

  @Test("a command that is not there is reported before anything is read or emptied")
  func missingCommand() throws {
    let folder = try OutputFolder()
    try folder.write("out", "kept\n")
    let outcome = try run(["-m", "exec:no-such-command -x", "--force", "-o", folder.out], input: .text(article(1)))
    outcome.expectFailureToStart()
    #expect(outcome.errors.contains("no-such-command"), "\(outcome)")
    #expect(folder.text() == "kept\n")
  }

  @Test("one that the shell cannot run stops the run")
  func missingCommandInShell() throws {
    let outcome = try exec("no-such-command | cat; no-such-command", "-j1", input: articles(1...50))
    outcome.expect(.exited(2))
    #expect(outcome.lines.count == 1, "\(outcome)")
    #expect(outcome.errors.contains("stopping: no call can succeed: the command cannot be run"), "\(outcome)")
  }

  @Test("a secret is in no message")
  func secrets() throws {
    var launch = Launch(
      ["-v", "-m", "exec:TOKEN=hunter2secret sh -c 'echo $TOKEN $OPENAI_API_KEY >&2; exit 3'", "--meta"],
      input: .text(article(1)))
    launch.environment["OPENAI_API_KEY"] = "sk-abcdefghij"
    let outcome = try launch.run()
    outcome.expect(.exited(1))
    for text in [outcome.text, outcome.errors] {
      #expect(!text.contains("hunter2secret") && !text.contains("sk-abcdefghij"), "\(outcome)")
      #expect(text.contains("*** ***"), "\(outcome)")
    }
  }

  @Test("an empty command is none", arguments: ["exec:", "coprocess: "])
  func emptyCommand(_ model: String) throws {
    try run(["-m", model]).expectUsageError()
  }

  // MARK: Surroundings of the command

  @Test("the command gets three descriptors, default signals and a group of its own")
  func surroundings() throws {
    var launch = Launch(["-j2", "-m", "exec:ls /proc/self/fd; grep -E '^Sig(Blk|Ign)' /proc/self/status"])
    launch.ignoredSignals = [SIGPIPE, SIGHUP, SIGUSR1]
    // Not here, even for a moment: the system would forget how the children of other tests ended.
    let inherited = "trap '' CHLD; exec 7</dev/null 9>&1; exec \"$0\" \"$@\""
    launch.arguments = ["-c", inherited, launch.executable] + launch.arguments
    launch.executable = "/bin/sh"
    launch.input = .text(articles(1...4))
    let outcome = try launch.run()
    outcome.expect(.exited(0))
    for record in try outcome.records() {
      let lines = (record["summary"]?.string ?? "").split(separator: "\n").map(String.init)
      // The last is the folder that ls reads.
      #expect(Array(lines.prefix(4)) == ["0", "1", "2", "3"], "\(outcome)")
      let masks = lines.dropFirst(4).compactMap { $0.split(separator: "\t").last }.map { UInt64($0, radix: 16) }
      // Signals from 32 on are the C library's own.
      #expect(masks.count == 2 && masks.allSatisfy { $0.map { $0 & 0x7FFF_FFFF } == 0 }, "\(outcome)")
    }
    let direct = try exec("cat /proc/self/stat")
    // Number and group are the same.
    let fields = (try direct.records().first?["summary"]?.string ?? "").split(separator: " ")
    #expect(fields.count > 5 && fields[0] == fields[4], "\(direct)")
  }

  @Test("nothing that a command has started outlives it, nor holds up its result")
  func leftovers() throws {
    let folder = try TemporaryFolder()
    let child = try Launch(["-m", "exec:sleep 300 & echo $! > \(folder.path)/pid; echo done"]).start()
    try child.write(article(1))
    #expect(try child.record()["summary"]?.string == "done")
    Descendants.expectGone(try Descendants.pid(in: folder.path + "/pid", of: child))
    try child.finish().expect(.exited(0))
  }

  @Test("a time-out kills the command and all that it has started")
  func timeout() throws {
    // A command that a slow host lets do nothing in its time has started nothing.
    for _ in 1...20 {
      let folder = try TemporaryFolder()
      let command = "sleep 300 & echo $! > \(folder.path)/pid; echo loading >&2; wait"
      let child = try Launch(["-m", "exec:\(command)", "--timeout", "2s", "--retries", "0"]).start()
      try child.write(article(1))
      let record = try child.record()
      #expect(record.errorCode == "timeout")
      guard let pid = Descendants.numbers(in: folder.path + "/pid").first else { continue }
      Descendants.expectGone(pid)
      try child.finish().expect(.exited(1))
      return
    }
    Issue.record("the command never began")
  }

  // MARK: The end of a run

  /// A run with a command that never ends, and the process that it has started.
  /// - Parameter startsSlowly: whether the thread that starts the command is held up while the command runs.
  private func stuckRun(_ folder: TemporaryFolder, _ options: [String] = [], startsSlowly: Bool = false) throws
    -> (Child, Int)
  {
    var launch = Launch(["-m", "exec:sleep 300 & echo $! > \(folder.path)/pid; wait"] + options)
    if startsSlowly {
      launch.environment.merge(FaultyLibrary.environment(.delays, "posix_spawn", from: 1)) { $1 }
    }
    let child = try launch.start()
    try child.write(article(1))
    return (child, try Descendants.pid(in: folder.path + "/pid", of: child))
  }

  @Test("a stopped run gives its commands the grace, and kills them", arguments: [SIGINT, SIGTERM])
  func grace(_ signal: Int32) throws {
    let folder = try TemporaryFolder()
    let (child, pid) = try stuckRun(folder, ["--grace", "200ms"])
    child.kill(signal)
    let outcome = try child.outcome()
    outcome.expect(.died(signal))
    #expect(try outcome.records().map(\.errorCode) == ["interrupted"])
    Descendants.expectGone(pid)
  }

  @Test("a second signal leaves nothing behind either", arguments: FaultyLibrary.path == nil ? [false] : [false, true])
  func secondSignal(startsSlowly: Bool) throws {
    let folder = try TemporaryFolder()
    let (child, pid) = try stuckRun(folder, ["--grace", "5m"], startsSlowly: startsSlowly)
    child.kill(SIGINT)
    try child.message("again to drop them")
    #expect(Descendants.isRunning(pid))
    usleep(40_000)
    child.kill(SIGINT)
    try child.outcome().expect(.died(SIGINT))
    Descendants.expectGone(pid)
  }

  @Test("nor does a reader that goes away")
  func readerHasGone() throws {
    let folder = try TemporaryFolder()
    let (child, pid) = try stuckRun(folder)
    child.closeOutput()
    try child.outcome().expect(.died(SIGPIPE))
    Descendants.expectGone(pid)
  }

  @Test("nor does a run that ends while a command is being started", .enabled(if: FaultyLibrary.path != nil))
  func endWhileStarting() throws {
    let folder = try TemporaryFolder()
    let (child, pid) = try stuckRun(folder, startsSlowly: true)
    child.closeOutput()
    try child.outcome().expect(.died(SIGPIPE))
    Descendants.expectGone(pid)
  }

  @Test("a command that ends within the grace has its result")
  func endsWithinGrace() throws {
    let folder = try TemporaryFolder()
    let gate = try folder.fifo("gate")
    let command = "exec:echo > \(folder.path)/begun; cat \(gate); echo done"
    let child = try Launch(["--grace", "4m", "-m", command]).start()
    try child.write(article(1))
    try child.wait("the command to begin") { _ in lineCount(folder.path + "/begun") == 1 }
    child.kill(SIGTERM)
    try child.message("stopping")
    var writer: Int32 = -1
    try child.wait("the command to read") { _ in
      writer = open(gate, O_WRONLY | O_NONBLOCK)
      return writer >= 0
    }
    closeDescriptor(writer)
    let outcome = try child.outcome()
    outcome.expect(.died(SIGTERM))
    #expect(try outcome.records().map { $0["summary"]?.string } == ["done"])
  }

  @Test("many at once, each answered once and no descriptor left")
  func many() throws {
    let child = try Launch(["-j", "20", "-m", "exec:cat"]).start()
    try child.write(echoables(1...200))
    let ids = try child.records(200).map { $0.id ?? 0 }
    #expect(ids.sorted() == Array(1...200))
    let before = child.openDescriptors.count
    try child.write(echoables(201...400))
    _ = try child.records(200)
    #expect(child.openDescriptors.count <= before + 2)
    try child.finish().expect(.exited(0))
  }
}
