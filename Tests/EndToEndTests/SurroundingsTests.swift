import Testing

/// Limits of the system, the first process of a container, and signals that come before there is a run.
@Suite("Surroundings", .blocking)
struct SurroundingsTests {
  // MARK: Limits

  /// The program under a limit, as a user who has no other process: the limit of threads is one of the user's, and does
  /// not hold for root.
  private static func limited(by option: String, user: Int, _ arguments: [String] = .instant) -> Launch {
    var launch = Launch(
      ["--reuid=\(user)", "--regid=\(user)", "--clear-groups", tool("prlimit") ?? "", option, Binary.path] + arguments)
    launch.executable = tool("setpriv") ?? ""
    return launch
  }

  private static let canLimit: Bool = {
    guard geteuid() == 0, tool("setpriv") != nil, tool("prlimit") != nil else { return false }
    var launch = limited(by: "--nofile=64", user: 61_000, ["--version"])
    launch.input = .nothing
    return (try? launch.run().ending) == .exited(0)
  }()

  private func expectResultsOrRefusal(_ launch: Launch) throws {
    var launch = launch
    launch.input = .text(articles(1...5))
    let outcome = try launch.run()
    // The loader of shared libraries has a status of its own for what it has no memory for.
    if outcome.ending == .exited(127), !outcome.errors.hasPrefix("summarize: ") { return }
    if outcome.ending == .exited(0) {
      #expect(outcome.lines.count == 5, "\(outcome)")
    } else {
      outcome.expect(.exited(2))
      #expect(outcome.output.isEmpty, "\(outcome)")
      // Within some kilobytes of the least memory, the runtime of the language has something to say first.
      let message = outcome.errors.split(separator: "\n").drop { $0.hasPrefix("swift runtime: ") }
      #expect(message.first?.hasPrefix("summarize: ") == true, "\(outcome)")
      #expect(outcome.errors.contains("raise the limits"), "\(outcome)")
    }
  }

  @Test(
    "with too few threads it says so instead of waiting for one",
    .enabled(if: canLimit, "needs root, setpriv, prlimit and a program that others may run"), arguments: 1...16)
  func threads(_ limit: Int) throws {
    try expectResultsOrRefusal(Self.limited(by: "--nproc=\(limit)", user: 61_000 + limit))
  }

  @Test(
    "three threads are too few, and a hundred more than there are processors are enough",
    .enabled(if: canLimit, "needs root, setpriv, prlimit and a program that others may run"))
  func threadsThatAreEnough() throws {
    var launch = Self.limited(by: "--nproc=3", user: 61_101)
    launch.input = .text(articles(1...5))
    try launch.run().expectFailureToStart()
    launch = Self.limited(by: "--nproc=\(sysconf(Int32(_SC_NPROCESSORS_ONLN)) + 100)", user: 61_102)
    launch.input = .text(articles(1...5))
    try launch.run().expect(.exited(0))
  }

  @Test(
    "with too little memory for its threads it says so",
    .enabled(if: canLimit, "needs root, setpriv, prlimit and a program that others may run"),
    arguments: [20, 25, 30, 40, 60, 100, 150, 215, 220, 250, 292, 300, 340, 400, 600])
  func addressSpace(_ megabytes: Int) throws {
    try expectResultsOrRefusal(Self.limited(by: "--as=\(megabytes * 1_024_000)", user: 61_000))
  }

  // MARK: The first process of a container

  private static let canIsolate: Bool = {
    guard let unshare = tool("unshare") else { return false }
    var launch = Launch(["--pid", "--fork", "--mount-proc", "true"], input: .nothing)
    launch.executable = unshare
    return (try? launch.run().ending) == .exited(0)
  }()

  @Test(
    "the second signal ends it where the system kills the process by none",
    .enabled(if: canIsolate, "needs a namespace of processes"),
    arguments: [SIGINT, SIGTERM])
  func secondSignalToTheFirstProcess(_ signal: Int32) throws {
    var launch = Launch(
      ["--pid", "--fork", "--mount-proc", "--kill-child", Binary.path] + .instant + ["-j2", "--grace", "5m"])
    launch.executable = tool("unshare")!
    let child = try launch.start()
    try child.write(article(1) + articles(2...3, ms: stuck))
    #expect(try child.record().id == 1)
    try child.hasReadAll()
    let children = contents(of: "/proc/\(child.pid)/task/\(child.pid)/children") ?? []
    let first = try #require(pid_t(String(decoding: children, as: UTF8.self).split(separator: " ").first ?? ""))
    kill(first, signal)
    try child.message("stopping")
    // What comes right after the first is taken for the same request.
    try child.wait("the second signal to be heard") { child in
      kill(first, signal)
      return child.ending != nil
    }
    try child.outcome().expect(.exited(128 + signal))
  }

  @Test(
    "where /proc does not show it, it says so instead of crashing", .enabled(if: canIsolate, "needs a namespace"))
  func foreignProcesses() throws {
    var launch = Launch(["--pid", "--fork", "--kill-child", Binary.path] + .instant)
    launch.executable = tool("unshare")!
    launch.input = .text(articles(1...5))
    let outcome = try launch.run()
    outcome.expectFailureToStart()
    #expect(outcome.errors.contains("mount -t proc"), "\(outcome)")
  }

  @Test("small stacks are those of the main thread alone", arguments: [64, 128, 1024])
  func stacks(_ kilobytes: Int) throws {
    let command = #"ulimit -s "$1" && shift && exec "$@""#
    var launch = Launch(["-c", command, "sh", "\(kilobytes)", Binary.path, "-m", "extractive"])
    launch.executable = "/bin/sh"
    launch.input = .text(articles(1...5))
    let outcome = try launch.run()
    outcome.expect(.exited(0))
    #expect(outcome.lines.count == 5, "\(outcome)")
  }

  // MARK: Before there is a run

  @Test("signals that come while files are made ready", arguments: [SIGTERM, SIGINT, SIGHUP])
  func beforeTheRun(_ signal: Int32) throws {
    let files = try OutputFolder()
    let record = #"{"line":1,"error":{"code":"empty_content","message":"the text is empty"}}"# + "\n"
    try files.write("errors", record)
    // Opening a FIFO waits for its reader, who never comes.
    let fifo = try files.folder.fifo("trace")
    let child = try files.launch(
      article(1), ["--resume", "--errors", files.path("errors"), "--trace", fifo]
    ).start()
    try child.wait("the new version of the file of errors") { _ in files.names.contains(".errors.summarize-new") }
    child.kill(SIGUSR1)
    try child.message("getting ready")
    child.kill(signal)
    let outcome = try child.outcome()
    outcome.expect(.died(signal))
    #expect(outcome.lines.isEmpty)
    #expect(!files.names.contains(".errors.summarize-new"))
    #expect(files.text("errors") == record)
  }
}
