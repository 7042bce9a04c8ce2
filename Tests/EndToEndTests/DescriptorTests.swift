import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

private let hasFullDevice = access("/dev/full", W_OK) == 0

@Suite("A.3 descriptors and errors of input and output", .blocking)
struct DescriptorTests {
  @Test("item 44: a closed standard input is reported", arguments: [[], ["-"]])
  func closedInput(_ operands: [String]) throws {
    let outcome = try run(.instant + operands, input: .closed)
    outcome.expectFailureToStart()
    #expect(outcome.errors.contains("standard input: "), "\(outcome)")
  }

  @Test("item 44: a closed standard input does not matter where a FILE is read")
  func closedInputUnused() throws {
    let folder = try TemporaryFolder()
    let outcome = try run(.instant + [try folder.file("a", article(1))], input: .closed)
    outcome.expect(.exited(0))
    #expect(outcome.lines.count == 1)
  }

  @Test("item 45: a closed standard output is reported before anything is read")
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
    "item 46: a full disk is reported and ends the run", .enabled(if: hasFullDevice, "needs /dev/full"),
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
    "item 46: also while the input stays open and nothing more comes", .enabled(if: hasFullDevice, "needs /dev/full"))
  func fullOutputWhileWaiting() throws {
    var launch = Launch(.instant + ["-j2"])
    launch.output = .file("/dev/full")
    let child = try launch.start()
    try child.write(article(1, ms: stuck) + article(2))
    let outcome = try child.outcome()
    outcome.expect(.exited(2))
  }

  @Test("item 46: a limit on the size of files is an error of the write, not a loop")
  func fileSizeLimit() throws {
    let folder = try TemporaryFolder()
    var launch = Launch(.instant, input: .generated(endless(from: 1))).limited(by: "-f 8")
    launch.output = .file(folder.path + "/out")
    let outcome = try launch.run()
    outcome.expect(.exited(2))
    #expect(outcome.errors.contains(String(cString: strerror(EFBIG))), "\(outcome)")
  }

  @Test("items 44 and 46: descriptors that are open the wrong way round")
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

  @Test("item 44: with all three closed, a FILE opened in their place is neither read as input nor written to")
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
    "item 46: an input that fails midway is told, and what came before is answered",
    .enabled(if: contents(of: "/proc/self/stat") != nil, "needs /proc"))
  func failingInput() throws {
    let folder = try TemporaryFolder()
    let outcome = try run(
      .instant + ["-k", try folder.file("a", article(1)), "/proc/self/mem", try folder.file("b", article(2))])
    outcome.expect(.exited(2))
    #expect(try outcome.records().compactMap(\.id) == [1, 2])
    #expect(outcome.errors.contains("/proc/self/mem: " + String(cString: strerror(EIO))), "\(outcome)")
  }

  @Test("item 47: a closed or full standard error harms no data", .enabled(if: hasFullDevice, "needs /dev/full"))
  func uselessStandardError() throws {
    for errors in [Launch.Output.closed, .file("/dev/full")] {
      var launch = Launch(.instant + ["-k"], input: .text(article(1) + "{bad\n" + article(3)))
      launch.errors = errors
      let outcome = try launch.run()
      outcome.expect(.exited(1))
      #expect(try outcome.records().map(\.id) == [1, nil, 3])
    }
  }

  @Test("item 47: a standard error whose reader is gone harms no data")
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

  @Test("item 51: a non-blocking standard input works and stays non-blocking")
  func nonBlockingInput() throws {
    let (readEnd, writeEnd) = try makePipe()
    makeNonBlocking(readEnd)
    let child = try Launch(.instant, input: .descriptor(readEnd)).start()
    for id in 1...3 {
      try writeAll(writeEnd, article(id))
      #expect(try child.record().id == id)
    }
    #expect(isNonBlocking(readEnd))
    closeDescriptor(writeEnd)
    try child.outcome().expect(.exited(0))
    closeDescriptor(readEnd)
  }

  @Test("item 51: a blocking standard input and output stay blocking, as others share them")
  func flagsStay() throws {
    let (inputRead, inputWrite) = try makePipe()
    let (outputRead, outputWrite) = try makePipe()
    var launch = Launch(.instant, input: .descriptor(inputRead))
    launch.output = .descriptor(outputWrite)
    let child = try launch.start()
    child.output = CapturedStream(outputRead)
    try writeAll(inputWrite, article(1))
    _ = try child.record()
    #expect(!isNonBlocking(inputRead) && !isNonBlocking(outputWrite))
    closeDescriptor(inputWrite)
    closeDescriptor(outputWrite)
    try child.outcome().expect(.exited(0))
    #expect(!isNonBlocking(inputRead))
    closeDescriptor(inputRead)
  }

  @Test("item 52: a non-blocking standard output with a slow reader loses nothing")
  func nonBlockingOutput() throws {
    let (readEnd, writeEnd) = try makePipe()
    makeNonBlocking(writeEnd)
    var launch = Launch(.instant + ["-k"])
    launch.output = .descriptor(writeEnd)
    let child = try launch.start()
    child.feed(Array(articles(1...5_000).utf8))
    child.closeInput()
    try child.isHeldBack()
    #expect(isNonBlocking(writeEnd))
    closeDescriptor(writeEnd)
    makeNonBlocking(readEnd)
    child.output = CapturedStream(readEnd)
    let outcome = try child.outcome()
    outcome.expect(.exited(0))
    #expect(try outcome.records().compactMap(\.id) == Array(1...5_000))
  }

  @Test("item 52: one socket as standard input and output, as inetd gives it")
  func socket() throws {
    let (ours, theirs) = try makeSocketPair()
    var launch = Launch(.instant, input: .descriptor(theirs))
    launch.output = .descriptor(theirs)
    let child = try launch.start()
    closeDescriptor(theirs)
    child.output = CapturedStream(ours)
    for id in 1...3 {
      try writeAll(ours, article(id))
      #expect(try child.record().id == id)
    }
    shutdown(ours, Int32(SHUT_WR))
    makeNonBlocking(ours)
    try child.outcome().expect(.exited(0))
  }

  @Test("item 53: short writes are continued")
  func shortWrites() throws {
    let (readEnd, writeEnd) = try makePipe()
    #if !canImport(Darwin)
      _ = fcntl(writeEnd, 1031 /* F_SETPIPE_SZ */, 4096)
    #endif
    var launch = Launch(.instant + ["-k"])
    launch.output = .descriptor(writeEnd)
    let child = try launch.start()
    closeDescriptor(writeEnd)
    makeNonBlocking(readEnd)
    child.output = CapturedStream(readEnd)
    let text = String(repeating: "x", count: 1 << 20)
    try child.write((1...3).map { article($0, content: text) }.joined())
    let outcome = try child.finish()
    outcome.expect(.exited(0))
    #expect(try outcome.records().map { $0["summary"]?.string == text } == [true, true, true])
  }

  @Test("item 54: signals that do not stop a run do not disturb it")
  func interruptedCalls() throws {
    let child = try Launch(.instant + ["-k", "-j4"]).start()
    child.feed(Array((1...400).map { article($0, ms: $0 % 5) }.joined().utf8))
    for round in 0..<50 {
      for signal in [SIGWINCH, SIGURG, SIGCONT, SIGCHLD] { child.kill(signal) }
      try child.wait("some records") { $0.output.bytes.count(where: { $0 == 0x0A }) >= round * 7 }
    }
    let outcome = try child.finish()
    outcome.expect(.exited(0))
    #expect(try outcome.records().compactMap(\.id) == Array(1...400))
  }

  @Test("item 54: stopped and continued it goes on")
  func stopAndContinue() throws {
    let child = try Launch(.instant + ["-k"]).start()
    try child.write(article(1))
    _ = try child.record()
    child.kill(SIGSTOP)
    try child.write(articles(2...3))
    child.kill(SIGCONT)
    #expect(try child.records(2).compactMap(\.id) == [2, 3])
    try child.finish().expect(.exited(0))
  }

  @Test("item 55: a folder is no input", arguments: [true, false])
  func folder(asOperand: Bool) throws {
    let outcome = try asOperand ? run(.instant + ["/"]) : run(.instant, input: .file("/"))
    outcome.expectFailureToStart()
    #expect(outcome.errors.contains(String(cString: strerror(EISDIR)).dropFirst()), "\(outcome)")
  }

  @Test("item 56: a file is not read and written at once", arguments: [true, false])
  func inputIsOutput(asOperand: Bool) throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("f", article(1))
    let descriptor = open(file, O_WRONLY | O_APPEND)
    defer { close(descriptor) }
    var launch = Launch(.instant + (asOperand ? [file] : []), input: asOperand ? .nothing : .file(file))
    launch.output = .descriptor(descriptor)
    let outcome = try launch.run()
    outcome.expect(.exited(2))
    #expect(outcome.errors.hasPrefix("summarize: "), "\(outcome)")
    #expect(contents(of: file) == Array(article(1).utf8))
  }

  @Test("item 57: a terminal as standard input gets the short usage")
  func terminalInput() throws {
    let (controller, terminal) = try makeTerminal()
    defer { close(controller) }
    let outcome = try Launch([], input: .descriptor(terminal)).run()
    close(terminal)
    outcome.expect(.exited(2))
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("usage: summarize"), "\(outcome)")
    #expect(outcome.messages.count <= 5, "short: \(outcome)")
  }

  @Test("item 57: summarize - reads the terminal")
  func terminalByName() throws {
    let (controller, terminal) = try makeTerminal()
    defer { close(controller) }
    let child = try Launch(.instant + ["-"], input: .descriptor(terminal)).start()
    close(terminal)
    try writeAll(controller, article(1))
    #expect(try child.record().id == 1)
    try writeAll(controller, "\u{4}")
    try child.outcome().expect(.exited(0))
  }

  @Test("a terminal as standard output gets whole records at once")
  func terminalOutput() throws {
    let (controller, terminal) = try makeTerminal()
    var launch = Launch(.instant)
    launch.output = .descriptor(terminal)
    let child = try launch.start()
    close(terminal)
    makeNonBlocking(controller)
    child.output = CapturedStream(controller)
    for id in 1...3 {
      try child.write(article(id))
      #expect(try child.record().id == id)
    }
    child.closeOutput()
  }

  @Test("item 58: operands in order, - among them, as cat reads them")
  func operands() throws {
    let folder = try TemporaryFolder()
    let (a, b) = (try folder.file("a", article(1) + "\n{bad"), try folder.file("b", article(4)))
    let outcome = try run(.instant + ["-k", a, "-", b], input: .text(article(3)))
    outcome.expect(.exited(1))
    #expect(try outcome.records().map { $0.id ?? $0.line } == [1, 3, 3, 4])
    #expect(outcome.errors.contains("summarize: \(a):3: "), "\(outcome)")
  }

  @Test("item 58: a missing FILE is told, the others are read, the end is 2")
  func missingFile() throws {
    let folder = try TemporaryFolder()
    let (a, b) = (try folder.file("a", article(1)), try folder.file("b", article(2)))
    let outcome = try run(.instant + ["-k", a, "\(folder.path)/no", b])
    outcome.expect(.exited(2))
    #expect(try outcome.records().compactMap(\.id) == [1, 2])
    #expect(outcome.errors.contains("summarize: ") && outcome.errors.contains("\(folder.path)/no: "), "\(outcome)")
    #expect(outcome.errors.contains(String(cString: strerror(ENOENT)).dropFirst()), "\(outcome)")
  }

  @Test("item 58: a named pipe is read as lines come")
  func namedPipe() throws {
    let folder = try TemporaryFolder()
    let fifo = try folder.fifo("fifo")
    // Read and write: the open does not wait for the child.
    let writer = open(fifo, O_RDWR)
    let child = try Launch(.instant + [fifo]).start()
    for id in 1...3 {
      try writeAll(writer, article(id))
      #expect(try child.record().id == id)
    }
    close(writer)
    try child.outcome().expect(.exited(0))
  }

  @Test("item 58: a named pipe that nobody has opened yet does not hold up the signal that ends the run")
  func waitingForWriter() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("a", article(1))
    let child = try Launch(.instant + ["-k", file, try folder.fifo("fifo")]).start()
    _ = try child.record()
    child.kill(SIGINT)
    try child.outcome().expect(.died(SIGINT))
  }

  @Test("item 59: no descriptors are leaked, and inherited ones are left alone")
  func descriptors() throws {
    let folder = try TemporaryFolder()
    let files = try (1...40).map { try folder.file("f\($0)", article($0)) }
    let child = try Launch(.instant + files + ["-"]).start()
    _ = try child.records(40)
    try child.write(article(41))
    _ = try child.record()
    let open = child.openDescriptors
    #expect(open.count < 20, "40 files were read, \(open) are open")
    try child.finish().expect(.exited(0))
  }

  @Test(
    "item 60: few descriptors, little memory: an answer, and no crash",
    arguments: ["-n 16", "-v 1000000", "-s 512", "-n 12"])
  func lowLimits(_ limit: String) throws {
    let outcome = try Launch(.instant + ["-j50"], input: .text(articles(1...200, ms: 5))).limited(by: limit).run()
    if outcome.ending == .exited(0) {
      #expect(try outcome.records().count == 200)
    } else {
      outcome.expect(.exited(2))
      #expect(outcome.errors.hasPrefix("summarize: "), "\(outcome)")
    }
  }
}
