import Testing

@Suite("Section 6: the file of --output", .blocking)
struct OutputFileTests {
  @Test("records carry id, line and fingerprint, results also made_by, in this order")
  func orderOfFields() throws {
    let files = try OutputFolder()
    let input = article(1) + article(1, content: "Other.") + #"{"content":"c"}"# + "\nbad\n"
    try files.summarize(input, "-k").expect(.exited(1))
    let records = try files.records()
    let result = ["line", "fingerprint", "made_by", "summary", "sentiment", "keywords"]
    #expect(records.map(\.names) == [["id"] + result, ["id"] + result, result, ["line", "fingerprint", "error"]])
    #expect(records.map(\.line) == [1, 2, 3, 4])
    #expect(records.compactMap { $0["made_by"]?.string } == ["simulated", "simulated", "simulated"])
    let fingerprints = records.compactMap { $0["fingerprint"]?.string }
    #expect(Set(fingerprints).count == 4)
    #expect(fingerprints.allSatisfy { $0.count == 32 && $0.allSatisfy(\.isHexDigit) })
  }

  @Test("with --merge they come after the article's own fields; those of our names are dropped, and told once")
  func merged() throws {
    let files = try OutputFolder()
    let input = #"{"a":1,"fingerprint":"theirs","id":7,"key":5,"line":99,"content":"c"}"# + "\n"
    let outcome = try files.summarize(input + input, "-k", "--merge", "--tasks", "sentiment")
    outcome.expect(.exited(0))
    let names = ["a", "id", "key", "content", "line", "fingerprint", "made_by", "sentiment"]
    #expect(try files.records().map(\.names) == [names, names])
    #expect(outcome.messages.count { $0.contains("'line', 'fingerprint'") } == 1, "\(outcome)")
  }

  @Test("standard output is not touched: it may be closed, or its reader gone")
  func standardOutput() throws {
    let files = try OutputFolder()
    let outcome = try files.summarize(articles(1...3))
    outcome.expect(.exited(0))
    #expect(outcome.output.isEmpty)
    outcome.expectTimingSummary(articles: 3, ok: 3, failed: 0)

    var launch = files.launch(articles(1...3), ["--force"])
    launch.output = .closed
    try launch.run().expect(.exited(0))
    let (readEnd, writeEnd) = try makePipe()
    closeDescriptor(readEnd)
    launch.output = .descriptor(writeEnd)
    try launch.run().expect(.exited(0))
    closeDescriptor(writeEnd)
    #expect(try files.records().count == 3)
  }

  @Test(
    "each record is there at once, in the order of completion, whatever -k and --window say",
    arguments: [[], ["-k", "--window", "2"]])
  func atOnce(_ options: [String]) throws {
    let files = try OutputFolder()
    var launch = files.launch("", ["-j2"] + options)
    launch.input = .pipe
    let child = try launch.start()
    try child.write(article(1, ms: stuck))
    for id in 2...20 {
      try child.write(article(id))
      try child.wait("the record of \(id)") { _ in (try? files.records().compactMap(\.id)) == Array(2...id) }
    }
    #expect(child.ending == nil)
    child.kill(SIGKILL)
    _ = try child.outcome()
  }

  @Test("at the end -k puts it in the order of the input; without it, it stays as it was")
  func finalOrder() throws {
    let files = try OutputFolder()
    files.model = .waiting
    let input = files.reversed(1...3)
    try files.summarize(input, "-j3").expect(.exited(0))
    #expect(try files.records().compactMap(\.id) == [3, 2, 1])
    try files.summarize(input, "-j3", "-k", "--force").expect(.exited(0))
    #expect(try files.records().compactMap(\.id) == [1, 2, 3])
    #expect(files.names == ["out"])
  }

  @Test("with -k and the built-in engine two files are the same to the byte, however many are in flight")
  func reproducible() throws {
    let files = try OutputFolder()
    let input = mixedInput(200)
    for (name, jobs) in [("a", "-j1"), ("b", "-j7")] {
      _ = try Launch(["-k", jobs, "-o", files.path(name)], input: .text(input)).run()
    }
    #expect(files.text("a") == files.text("b"))
    #expect(try files.records("a").count == 200)
  }

  @Test("a file that is not empty needs --resume, named first, or --force", arguments: [true, false])
  func notEmpty(forErrors: Bool) throws {
    let files = try OutputFolder()
    try files.write("out", "precious\n")
    let child = try Launch(.instant + [forErrors ? "--errors" : "-o", files.out]).start()
    let outcome = try child.outcome()
    outcome.expectUsageError()
    let (resume, force) = (outcome.errors.firstRange(of: "--resume"), outcome.errors.firstRange(of: "--force"))
    #expect(resume != nil && force != nil && resume!.lowerBound < force!.lowerBound, "\(outcome)")
    #expect(files.text() == "precious\n")
  }

  @Test("--force begins it anew, but only after options, key and inputs were found good")
  func force() throws {
    let files = try OutputFolder()
    try files.write("out", "precious\n")
    for bad in [["--window", "x"], ["/nonexistent"], ["/"], ["", "-"]] {
      try files.launch(article(1), ["--force"] + bad).run().expectFailureToStart()
      #expect(files.text() == "precious\n")
    }
    var launch = files.launch("", ["--force"])
    launch.input = .closed
    try launch.run().expectFailureToStart()
    #expect(files.text() == "precious\n")
    try files.summarize(article(1), "--force").expect(.exited(0))
    #expect(try files.records().compactMap(\.id) == [1])
  }

  @Test("--resume with --force, and --resume without --output, are usage errors")
  func usage() throws {
    let files = try OutputFolder()
    try files.summarize(article(1), "--resume", "--force").expectUsageError()
    try run(["--resume"]).expectUsageError()
    #expect(files.names.isEmpty)
  }

  @Test("neither file may be an input or the other one, by whatever name")
  func distinct() throws {
    let files = try OutputFolder()
    try files.write("in", article(1))
    symlink("in", files.path("soft"))
    link(files.path("in"), files.path("hard"))
    for name in ["in", "soft", "hard", "new"] {
      for option in ["--output", "--errors"] {
        for force in [[], ["--force"]] {
          try run([option, files.path(name)] + force + [files.path(name == "new" ? "new" : "in")])
            .expectFailureToStart()
        }
      }
    }
    try run(["--output", files.path("soft"), "--force"], input: .file(files.path("in"))).expectFailureToStart()
    try run(["-o", files.path("new"), "--errors", "\(files.folder.path)/./new"], input: .text(article(2)))
      .expectFailureToStart()
    // One that is there already is told as that, not as one that another run writes.
    try files.write("old", article(1))
    link(files.path("old"), files.path("old-too"))
    for other in ["old", "old-too"] {
      let outcome = try run(
        ["-o", files.path("old"), "--errors", files.path(other), "--force"], input: .text(article(2)))
      outcome.expectFailureToStart()
      #expect(outcome.errors.contains("is also the file of --output"))
    }
    #expect(files.text("in") == article(1) && files.text("old") == article(1))
    #expect(files.names == ["in", "soft", "hard", "old", "old-too"])
  }

  @Test("nor may one be the file that standard output or standard error leads to", arguments: ["--output", "--errors"])
  func standardDescriptors(option: String) throws {
    let files = try OutputFolder()
    for redirectsErrors in [true, false] {
      var launch = Launch(.instant + [option, files.out], input: .text(article(1)))
      if redirectsErrors { launch.errors = .file(files.out) } else { launch.output = .file(files.out) }
      try launch.run().expect(.exited(2))
      #expect(files.text()?.contains("sentiment") == false)
    }
  }

  @Test("an empty input makes an empty file")
  func emptyInput() throws {
    let files = try OutputFolder()
    try files.summarize("").expect(.exited(0))
    #expect(files.text() == "")
    try files.summarize(article(1)).expect(.exited(0))
    try files.summarize("\n", "--force").expect(.exited(0))
    #expect(files.text() == "")
  }

  @Test("links are followed, the mode is kept, also where the file is put in order")
  func linksAndModes() throws {
    let files = try OutputFolder()
    try files.write("real", "")
    chmod(files.path("real"), 0o640)
    symlink("real", files.out)
    let before = files.inode("real")
    files.model = .waiting
    try files.summarize(files.reversed(1...2), "-k", "-j2").expect(.exited(0))
    #expect(try files.records("real").compactMap(\.id) == [1, 2])
    #expect(files.names == ["out", "real"])
    #expect(files.inode("real") != before && files.mode("real") == 0o640)
    #expect(files.inode("out") != files.inode("real"))
  }

  @Test("a new file has the mode that the shell gives one")
  func newMode() throws {
    let files = try OutputFolder()
    var launch = files.launch(article(1), [])
    launch.arguments = ["-c", "umask 027; exec \"$0\" \"$@\"", launch.executable] + launch.arguments
    launch.executable = "/bin/sh"
    try launch.run().expect(.exited(0))
    #expect(files.mode() == 0o640)
  }

  @Test(
    "a second run on the same file is refused while the first goes on, by whatever name",
    arguments: [["--resume"], ["--force"], []])
  func lock(_ options: [String]) throws {
    let files = try OutputFolder()
    symlink("out", files.path("link"))
    var launch = files.launch("", [])
    launch.input = .pipe
    let first = try launch.start()
    try first.write(article(1))
    try first.wait("the first record") { _ in files.text()?.isEmpty == false }
    for name in ["out", "link"] {
      let second = try Launch(.instant + ["-o", files.path(name)] + options, input: .text(article(2))).run()
      second.expectFailureToStart()
      #expect(second.errors.contains("another run"), "\(second)")
    }
    try first.finish().expect(.exited(0))
    #expect(try files.records().compactMap(\.id) == [1])
    try files.summarize(article(1) + article(2), "--resume").expect(.exited(0))
  }

  @Test("a pipe is written like standard output, in the order of the input with -k; --resume refuses it")
  func fifo() throws {
    let files = try OutputFolder()
    let fifo = try files.folder.fifo("out")
    let reader = open(fifo, O_RDONLY | O_NONBLOCK)
    let child = try files.launch(article(1, ms: 200) + article(2), ["-k", "-j2"]).start()
    child.output = CapturedStream(reader)
    let outcome = try child.outcome()
    outcome.expect(.exited(0))
    #expect(try outcome.records().compactMap(\.id) == [1, 2])
    #expect(try outcome.records().map(\.line) == [1, 2])
    try files.launch(article(1), ["--resume"]).run().expectFailureToStart()
  }

  @Test("a pipe whose reader goes away ends the run as standard output does")
  func brokenFifo() throws {
    let files = try OutputFolder()
    let reader = open(try files.folder.fifo("out"), O_RDONLY | O_NONBLOCK)
    let child = try files.launch(article(1) + article(2, ms: stuck), []).start()
    child.output = CapturedStream(reader)
    _ = try child.record()
    child.closeOutput()
    let outcome = try child.outcome()
    outcome.expect(.died(SIGPIPE))
    outcome.expectQuiet()
  }

  @Test("a device that is full ends the run", .enabled(if: access("/dev/full", W_OK) == 0, "needs /dev/full"))
  func fullDevice() throws {
    let outcome = try run(.instant + ["-o", "/dev/full"], input: .text(articles(1...10)))
    outcome.expect(.exited(2))
    #expect(outcome.errors.contains("cannot write /dev/full: " + String(cString: strerror(ENOSPC))), "\(outcome)")
    try run(.instant + ["-o", "/dev/null"], input: .file("/dev/null")).expect(.exited(0))
  }

  @Test("what cannot be opened is told before anything is read")
  func unopenable() throws {
    let files = try OutputFolder()
    for path in [files.path("no/such"), "/", files.folder.path] {
      let child = try Launch(.instant + ["-o", path]).start()
      try child.outcome().expectFailureToStart()
    }
    var launch = Launch(.instant + ["-o", "x"], input: .text(article(1)))
    launch.arguments =
      ["-c", "mkdir gone && cd gone && rmdir ../gone && exec \"$0\" \"$@\"", launch.executable] + launch.arguments
    launch.executable = "/bin/sh"
    launch.directory = files.folder.path
    try launch.run().expectFailureToStart()
  }

  @Test("a file that is moved while it is written is told, and keeps what it has")
  func moved() throws {
    let files = try OutputFolder()
    files.model = .waiting
    var launch = files.launch("", ["-k", "-j2"])
    launch.input = .pipe
    let child = try launch.start()
    try child.write(article(1, until: record(of: 2), in: files.path("elsewhere")) + article(2))
    try child.wait("a record") { _ in files.text()?.isEmpty == false }
    rename(files.out, files.path("elsewhere"))
    let outcome = try child.finish()
    outcome.expect(.exited(2))
    #expect(outcome.errors.contains("moved or removed"), "\(outcome)")
    #expect(try files.records("elsewhere").compactMap(\.id) == [2, 1])
    #expect(files.names == ["elsewhere"])
  }

  @Test("a disk that fills up leaves whole records, exit 2, and --resume completes them", arguments: [[], ["-k"]])
  func fileSizeLimit(_ options: [String]) throws {
    let files = try OutputFolder()
    let input = articles(1...300)
    let outcome = try files.launch(input, options).limited(by: "-f 8").run()
    outcome.expect(.exited(2))
    #expect(outcome.errors.contains("cannot write \(files.out): " + String(cString: strerror(EFBIG))), "\(outcome)")
    let written = try files.records().count
    #expect(written > 10 && written < 300)
    let second = try files.summarize(input, "--resume", "-k")
    second.expect(.exited(0))
    #expect(second.messages.last == "summarize: \(written) articles already done")
    #expect(try files.records().compactMap(\.id) == Array(1...300))
  }

  @Test("where there is no room for the final form the log stays, exit 2, and --resume makes it")
  func noRoomForFinalForm() throws {
    let files = try OutputFolder()
    // A folder in which no file can be made stands for a full disk: the name of the new version is taken.
    mkdir(files.path(".out.summarize-new"), 0o700)
    defer { rmdir(files.path(".out.summarize-new")) }
    files.model = .waiting
    let input = files.reversed(1...2)
    let outcome = try files.summarize(input, "-k", "-j2")
    outcome.expect(.exited(2))
    #expect(outcome.errors.contains("final form"), "\(outcome)")
    #expect(try files.records().compactMap(\.id) == [2, 1])
    rmdir(files.path(".out.summarize-new"))
    try files.summarize(input, "-k", "--resume").expect(.exited(0))
    #expect(try files.records().compactMap(\.id) == [1, 2])
  }

  @Test(
    "a real disk that is full: for records, and for the final form", .enabled(if: getuid() == 0, "needs root to mount"))
  func tmpfs() throws {
    let files = try OutputFolder()
    let disk = files.path("disk")
    mkdir(disk, 0o700)
    defer { rmdir(disk) }
    guard try command("mount", "-t", "tmpfs", "-o", "size=256k", "none", disk).ending == .exited(0) else { return }
    defer { _ = try? command("umount", disk) }
    let out = "disk/out"
    func summarize(_ input: String, _ options: String..., by model: [String] = .instant) throws -> Outcome {
      try run(model + ["-j2", "--merge", "-o", files.path(out)] + options, input: .text(input))
    }
    // More records than the disk takes.
    let long = String(repeating: "x", count: 1_000)
    let many = (1...400).map { article($0, content: long) }.joined()
    let full = try summarize(many)
    full.expect(.exited(2))
    #expect(full.errors.contains(String(cString: strerror(ENOSPC))), "\(full)")
    #expect(try files.records(out).count > 50)
    try summarize(many, "--resume", "-k").expect(.exited(2))

    // More than half of it is taken: the log has room, its final form has not.
    let longer = String(repeating: "x", count: 9_000)
    let half =
      article(1, until: record(of: 2), in: files.path(out)) + (2...20).map { article($0, content: longer) }.joined()
    let unordered = try summarize(half, "-k", "--force", by: .waiting)
    unordered.expect(.exited(2))
    #expect(unordered.errors.contains("final form: " + String(cString: strerror(ENOSPC))), "\(unordered)")
    #expect(try files.records(out).compactMap(\.id).sorted() == Array(1...20))
    #expect(access(files.path("disk/.out.summarize-new"), F_OK) != 0)
    _ = try command("mount", "-o", "remount,size=1m", disk)
    try summarize(half, "--resume", "-k", by: .waiting).expect(.exited(0))
    #expect(try files.records(out).compactMap(\.id) == Array(1...20))
  }

  private func command(_ words: String...) throws -> Outcome {
    var launch = Launch([], input: .nothing)
    launch.executable = "/usr/bin/env"
    launch.arguments = words
    return try launch.run()
  }

  @Test(
    "in a folder that may not be written the log is written, and its final form is not",
    .enabled(if: getuid() != 0 || tool("setpriv") != nil, "needs setpriv where it is run by root"))
  func readOnlyFolder() throws {
    let files = try OutputFolder()
    mkdir(files.path("folder"), 0o755)
    try files.write("folder/out", "")
    chmod(files.path("folder/out"), 0o666)
    chmod(files.folder.path, 0o755)
    chmod(files.path("folder"), 0o555)
    defer {
      chmod(files.path("folder"), 0o755)
      unlink(files.path("folder/out"))
      rmdir(files.path("folder"))
    }
    func summarize(_ name: String) throws -> Outcome {
      var launch = Launch(
        .waiting + ["-k", "-j2", "-o", files.path(name)], input: .text(files.reversed(1...2, in: name)))
      if getuid() == 0 {
        launch.arguments =
          ["--reuid", "65534", "--regid", "65534", "--clear-groups", launch.executable] + launch.arguments
        launch.executable = tool("setpriv")!
      }
      return try launch.run()
    }
    let outcome = try summarize("folder/out")
    outcome.expect(.exited(2))
    #expect(outcome.errors.contains("final form: " + String(cString: strerror(EACCES))), "\(outcome)")
    #expect(try files.records("folder/out").compactMap(\.id) == [2, 1])
    try summarize("folder/new").expectFailureToStart()
  }

  @Test("what a killed run left beside it is removed, and nothing else")
  func leftover() throws {
    let files = try OutputFolder()
    try files.write(".out.summarize-new", "half a new ver")
    try files.write(".other.summarize-new", "somebody else's")
    try files.summarize(article(1)).expect(.exited(0))
    #expect(files.names == ["out", ".other.summarize-new"])
  }
}
