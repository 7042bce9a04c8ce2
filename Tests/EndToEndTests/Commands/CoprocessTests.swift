import Testing

@Suite("coprocess: copies of a command that stay", .blocking)
struct CoprocessTests {
  private func coprocess(_ command: String, _ options: String..., input: String = articles(1...4)) throws -> Outcome {
    try run(["-m", "coprocess:\(command)"] + options, input: .text(input))
  }

  /// Answers each article with its summary, in one line.
  private static let echo = "cat"

  private func summaries(_ outcome: Outcome) throws -> [String?] {
    try outcome.records().map { $0["summary"]?.string }
  }

  @Test("one line in, one line out", arguments: [1, 3])
  func lockStep(jobs: Int) throws {
    let outcome = try coprocess(Self.echo, "-k", "-j\(jobs)", input: echoables(1...500))
    outcome.expect(.exited(0))
    #expect(try summaries(outcome) == (1...500).map { "Summary \($0)." })
  }

  @Test("never more copies than articles in flight, and one by default")
  func copies() throws {
    let folder = try TemporaryFolder()
    let loads = folder.path + "/loads"
    let command = "echo $$ >> \(loads); while read -r line; do echo done; done"
    try coprocess(command, input: articles(1...50)).expect(.exited(0))
    #expect(lineCount(loads) == 1)
    try coprocess(command, "-j3", input: articles(1...50)).expect(.exited(0))
    #expect(lineCount(loads) <= 4)
  }

  @Test("lines of any length, both ways")
  func largeLines() throws {
    let large = (1...5).map { echoable($0, content: String(repeating: "Word ", count: 100_000)) }.joined()
    let outcome = try coprocess(Self.echo, "-j2", "-k", input: large)
    outcome.expect(.exited(0))
    #expect(try summaries(outcome) == (1...5).map { "Summary \($0)." })
  }

  @Test("what it says on standard error holds up nothing")
  func noise() throws {
    let outcome = try coprocess(
      "while read -r line; do head -c 200000 /dev/zero >&2; echo done; done", input: articles(1...5))
    outcome.expect(.exited(0))
    #expect(outcome.lines.count == 5)
  }

  // MARK: Copies that fail

  /// The beginning of a script that does something else the first time that it is started.
  private func first(_ folder: TemporaryFolder, _ script: String) -> String {
    "[ -e \(folder.path)/flag ] || { : > \(folder.path)/flag; \(script); }; exec cat"
  }

  @Test(
    "what fails is begun anew, and the article tried again",
    arguments: [
      "read -r line; echo oh >&2; exit 1",
      "read -r line; kill -9 $$",
      "read -r line; exec 1>&-; sleep 300",
      #"read -r line; echo '{"id":99,"summary":"S"}'; sleep 300"#,
      "read -r line; printf 'one\\ntwo\\n'; sleep 300",
      "read -r line; yes | tr -d '\\n'",
    ])
  func restarts(_ script: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try coprocess(
      first(folder, script), "--max-line", "64K", "--stats", "json", input: echoables(1...3))
    outcome.expect(.exited(0))
    #expect(Set(try summaries(outcome)) == ["Summary 1.", "Summary 2.", "Summary 3."])
    #expect(outcome.errors.contains(#""retries":1,"#), "\(outcome)")
  }

  @Test("one that ends after each answer, or says more later, costs no article anything")
  func endsBetweenArticles() throws {
    let folder = try TemporaryFolder()
    let child = try Launch(["-m", "coprocess:echo $$ >> \(folder.path)/pids; head -n 1"]).start()
    for id in 1...3 {
      try child.write(echoable(id))
      #expect(try child.record()["summary"]?.string == "Summary \(id).")
      let pids = Descendants.numbers(in: folder.path + "/pids")
      #expect(pids.count == id)
      if let pid = pids.last { Descendants.expectGone(pid) }
    }
    let outcome = try child.finish()
    outcome.expect(.exited(0))
    #expect(!outcome.errors.contains("retr"), "\(outcome)")
  }

  @Test("a copy that hangs is killed with all that it has started")
  func hang() throws {
    let folder = try TemporaryFolder()
    let script = "sleep 300 & echo $! > \(folder.path)/pid; read -r line; echo first; wait"
    let child = try Launch(["-m", "coprocess:\(script)", "--timeout", "1s", "--retries", "0"]).start()
    try child.write(article(1) + article(2))
    #expect(try child.record()["summary"]?.string == "first")
    let record = try child.record()
    #expect(record.errorCode == "timeout" && (record["error"]?["message"]?.string ?? "").contains("--timeout"))
    Descendants.expectGone(try Descendants.pid(in: folder.path + "/pid", of: child))
    try child.finish().expect(.exited(1))
  }

  @Test("the first answer has a time of its own")
  func startTimeout() throws {
    let outcome = try coprocess(
      "sleep 300", "--timeout", "200ms", "--start-timeout", "400ms", "--retries", "0", input: article(1))
    outcome.expect(.exited(1))
    #expect(outcome.errors.contains("no answer within 0.4 s; --start-timeout gives it longer"), "\(outcome)")
    // Within it a slow start is none the worse.
    try coprocess("sleep 1; exec cat", "--timeout", "200ms", "--retries", "0", input: echoable(1)).expect(.exited(0))
  }

  @Test("a command that never answers stops the run")
  func neverAnswers() throws {
    let folder = try TemporaryFolder()
    let outcome = try coprocess(
      "echo $$ >> \(folder.path)/starts; echo no model >&2; exit 1", "-j1", input: articles(1...20))
    outcome.expect(.exited(2))
    #expect(lineCount(folder.path + "/starts") == 3)
    #expect(outcome.errors.contains("ended before any answer") && outcome.errors.contains("no model"), "\(outcome)")
  }

  @Test("it may say that it cannot do an article")
  func ownErrors() throws {
    let outcome = try coprocess(
      #"while read -r line; do echo '{"error":{"message":"too odd"}}'; done"#, input: articles(1...2))
    outcome.expect(.exited(1))
    #expect(try outcome.records().allSatisfy { $0.errorCode == "command_failed" }, "\(outcome)")
    #expect(outcome.errors.contains("the command says: too odd"), "\(outcome)")
  }

  // MARK: The end of a run

  @Test("at the end its input is closed, and it is waited for")
  func cleanShutdown() throws {
    let folder = try TemporaryFolder()
    let outcome = try coprocess(
      "while read -r line; do echo done; done; head -c 300000 /dev/zero; echo bye >> \(folder.path)/bye", "-j2",
      "--grace", "4m",
      input: articles(1...10))
    outcome.expect(.exited(0))
    #expect((1...2).contains(lineCount(folder.path + "/bye")))
  }

  @Test("what does not end then is killed")
  func killedAtEnd() throws {
    let folder = try TemporaryFolder()
    let child = try Launch([
      "--grace", "200ms", "-m",
      "coprocess:trap '' TERM; echo $$ > \(folder.path)/pid; while :; do read -r line && echo done || sleep 1; done",
    ]).start()
    try child.write(article(1))
    _ = try child.record()
    let pid = try Descendants.pid(in: folder.path + "/pid", of: child)
    try child.finish().expect(.exited(0))
    Descendants.expectGone(pid)
  }

  @Test("a stopped run leaves no copy behind", arguments: [SIGINT, SIGTERM, SIGPIPE])
  func stopped(_ signal: Int32) throws {
    let folder = try TemporaryFolder()
    let command =
      "sleep 300 & echo $! >> \(folder.path)/pid; while read -r l; do case $l in *stuck*) wait; esac; echo ok; done"
    let child = try Launch(["-j2", "--grace", "200ms", "-m", "coprocess:\(command)"]).start()
    try child.write(article(1))
    _ = try child.record()
    try child.write(article(2, content: "stuck"))
    try child.hasReadAll()
    let pid = try Descendants.pid(in: folder.path + "/pid", of: child)
    if signal == SIGPIPE { child.closeOutput() } else { child.kill(signal) }
    try child.outcome().expect(.died(signal))
    Descendants.expectGone(pid)
  }
}
