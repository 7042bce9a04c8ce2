import Testing

private let hasFullDevice = access("/dev/full", W_OK) == 0

@Suite("Descriptors and errors of input and output", .blocking)
struct DescriptorTests {
  @Test("a closed standard input is reported", arguments: [[], ["-"]])
  func closedInput(_ operands: [String]) throws {
    let outcome = try run(.instant + operands, input: .closed)
    outcome.expectFailureToStart()
    #expect(outcome.errors.contains("standard input: "), "\(outcome)")
  }

  @Test("a closed standard input does not matter where a FILE is read")
  func closedInputUnused() throws {
    let folder = try TemporaryFolder()
    let outcome = try run(.instant + [try folder.file("a", article(1))], input: .closed)
    outcome.expect(.exited(0))
    #expect(outcome.lines.count == 1)
  }

  @Test("a closed standard output is reported before anything is read")
  func closedOutput() throws {
    var launch = Launch(.instant)
    launch.output = .closed
    let child = try launch.start()
    child.feed(Array(article(1).utf8))
    let outcome = try child.outcome()
    outcome.expectFailureToStart()
    #expect(outcome.errors.contains("standard output"), "\(outcome)")
  }

  @Test(
    "a full disk is reported and ends the run", .enabled(if: hasFullDevice, "needs /dev/full"),
    arguments: [[], ["-k"]])
  func fullOutput(_ options: [String]) throws {
    var launch = Launch(.instant + options)
    launch.output = .file("/dev/full")
    let child = try launch.start()
    child.feed([], endless(from: 1))
    let outcome = try child.outcome()
    outcome.expect(.exited(2))
    #expect(outcome.errors.contains(String(cString: strerror(ENOSPC))), "\(outcome)")
  }

  @Test(
    "also while the input stays open and nothing more comes", .enabled(if: hasFullDevice, "needs /dev/full"))
  func fullOutputWhileWaiting() throws {
    var launch = Launch(.instant + ["-j2"])
    launch.output = .file("/dev/full")
    let child = try launch.start()
    try child.write(article(1, ms: stuck) + article(2))
    let outcome = try child.outcome()
    outcome.expect(.exited(2))
  }

  @Test("a limit on the size of files is an error of the write, not a loop")
  func fileSizeLimit() throws {
    let folder = try TemporaryFolder()
    var launch = Launch(.instant, input: .generated(endless(from: 1))).limited(by: "-f 8")
    launch.output = .file(folder.path + "/out")
    let outcome = try launch.run()
    outcome.expect(.exited(2))
    #expect(outcome.errors.contains(String(cString: strerror(EFBIG))), "\(outcome)")
  }

  @Test("descriptors that are open the wrong way round")
  func wrongDirection() throws {
    let folder = try TemporaryFolder()
    let (reading, writing) = (open("/dev/null", O_RDONLY), open(folder.path + "/f", O_WRONLY | O_CREAT, 0o600))
    defer {
      close(reading)
      close(writing)
    }
    try Launch(.instant, input: .descriptor(writing)).run().expectFailureToStart()
    var launch = Launch(.instant, input: .text(article(1)))
    launch.output = .descriptor(reading)
    let outcome = try launch.run()
    outcome.expect(.exited(2))
    #expect(outcome.errors.hasPrefix("summarize: "), "\(outcome)")
  }

  @Test("with all three closed, a FILE opened in their place is neither read as input nor written to")
  func allClosed() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("a", article(1) + "{bad\n")
    var launch = Launch(.instant + [file], input: .closed)
    launch.output = .closed
    launch.errors = .closed
    try launch.run().expect(.exited(2))
    #expect(contents(of: file) == Array((article(1) + "{bad\n").utf8))
    launch.output = .captured
    let outcome = try launch.run()
    outcome.expect(.exited(1))
    #expect(try outcome.records().count == 2)
  }

  @Test(
    "an input that fails midway is told, and what came before is answered",
    .enabled(if: contents(of: "/proc/self/stat") != nil, "needs /proc"))
  func failingInput() throws {
    let folder = try TemporaryFolder()
    let outcome = try run(
      .instant + ["-k", try folder.file("a", article(1)), "/proc/self/mem", try folder.file("b", article(2))])
    outcome.expect(.exited(2))
    #expect(try outcome.records().compactMap(\.id) == [1, 2])
    #expect(outcome.errors.contains("/proc/self/mem: " + String(cString: strerror(EIO))), "\(outcome)")
  }

  @Test("a closed or full standard error harms no data", .enabled(if: hasFullDevice, "needs /dev/full"))
  func uselessStandardError() throws {
    for errors in [Launch.Output.closed, .file("/dev/full")] {
      var launch = Launch(.instant + ["-k"], input: .text(article(1) + "{bad\n" + article(3)))
      launch.errors = errors
      let outcome = try launch.run()
      outcome.expect(.exited(1))
      #expect(try outcome.records().map(\.id) == [1, nil, 3])
    }
  }

  @Test("a standard error whose reader is gone harms no data")
  func brokenStandardError() throws {
    let (readEnd, writeEnd) = try makePipe()
    closeDescriptor(readEnd)
    var launch = Launch(.instant + ["-k"], input: .text(article(1) + "{bad\n" + article(3)))
    launch.errors = .descriptor(writeEnd)
    let outcome = try launch.run()
    closeDescriptor(writeEnd)
    outcome.expect(.exited(1))
    #expect(try outcome.records().map(\.id) == [1, nil, 3])
  }
}
