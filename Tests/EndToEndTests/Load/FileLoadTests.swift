import Testing

/// With `--output`, what other tests ask of standard output: poor surroundings, slow producers and slow readers.
@Suite("load and surroundings, with files", .blocking)
struct FileLoadTests {
  private static let input = mixedInput(100, ms: 3)

  private func reference() throws -> String? {
    let files = try OutputFolder()
    try files.summarize(Self.input, "-k").expect(.exited(1))
    return files.text()
  }

  @Test(
    "few descriptors, little memory: every record, or a message and nothing lost", arguments: ["-n 32", "-v 1000000"])
  func lowLimits(_ limit: String) throws {
    let files = try OutputFolder()
    let options = ["-k", "-j50", "--resume", "--errors", files.path("errors")]
    let outcome = try files.launch(Self.input, options).limited(by: limit).run()
    if outcome.ending != .exited(1) {
      outcome.expect(.exited(2))
      #expect(limit != "-n 32" && outcome.errors.hasPrefix("summarize: "), "\(outcome)")
      try files.launch(Self.input, options).run().expect(.exited(1))
    }
    #expect(try files.records().count + files.records("errors").count == 100)
  }

  @Test(
    "the surroundings change no byte",
    arguments: [
      ["LC_ALL": "C"], ["LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"], [:],
      ["HOME": "/nonexistent", "TMPDIR": "/nonexistent", "TZ": "Asia/Kathmandu"],
    ])
  func surroundings(_ environment: [String: String]) throws {
    let files = try OutputFolder()
    var launch = files.launch(Self.input, ["-k", "--resume"])
    launch.environment = environment
    try launch.run().expect(.exited(1))
    #expect(try files.text() == reference())
  }

  @Test("in a working folder that is gone a file with a whole path is written, and one without is refused")
  func noWorkingFolder() throws {
    let (files, gone) = (try OutputFolder(), try TemporaryFolder())
    func run(_ file: String) throws -> Outcome {
      mkdir(gone.path, 0o700)
      let command = ["-c", "rmdir \"$0\" && exec \"$@\"", gone.path, Binary.path] + .instant
      var launch = Launch(command + ["-k", "--resume", "-o", file], input: .text(Self.input))
      launch.executable = "/bin/sh"
      launch.directory = gone.path
      return try launch.run()
    }
    try run(files.out).expect(.exited(1))
    #expect(try files.text() == reference())
    try run("out").expectUsageError()
  }

  @Test("a producer that drips: a record is in the file when its line is whole")
  func drip() throws {
    let files = try OutputFolder()
    var launch = files.launch("", ["-k"])
    launch.input = .pipe
    let child = try launch.start()
    for id in 1...3 {
      for byte in article(id).utf8 {
        child.feed([byte])
        try child.hasReadAll()
      }
      try child.wait("record \(id)") { _ in (try? files.records().count) == id }
    }
    try child.finish().expect(.exited(0))
    #expect(try files.records().compactMap(\.id) == [1, 2, 3])
  }

  @Test("a reader that takes now and then gets everything in order, and holds the producer back")
  func slowReader() throws {
    let child = try Launch(.instant + ["-k", "-j8"]).start()
    child.feed([], endless(from: 1))
    for _ in 0..<5 {
      child.output.isPaused = true
      try child.isHeldBack(for: .milliseconds(100))
      let taken = child.output.bytes.count
      child.output.isPaused = false
      try child.wait("the reader to go on") { $0.output.bytes.count > taken + 100_000 }
    }
    #expect(child.bytesFed < 2 * child.output.bytes.count + 1 << 20)
    child.kill(SIGINT)
    let outcome = try child.outcome()
    outcome.expect(.died(SIGINT))
    let ids = try outcome.records().compactMap(\.id)
    #expect(ids == Array(1..<ids.count + 1))
  }
}
