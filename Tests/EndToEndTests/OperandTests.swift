import Testing

@Suite("What is read: files, pipes, terminals", .blocking)
struct OperandTests {
  @Test("a folder is no input", arguments: [true, false])
  func folder(asOperand: Bool) throws {
    let outcome = try asOperand ? run(.instant + ["/"]) : run(.instant, input: .file("/"))
    outcome.expectFailureToStart()
    #expect(outcome.errors.contains(String(cString: strerror(EISDIR)).dropFirst()), "\(outcome)")
  }

  @Test("an address is no input")
  func address() throws {
    let outcome = try run(.instant + ["https://example.org/a"])
    outcome.expect(.exited(2))
    #expect(outcome.errors.contains("summarize does not fetch pages: curl -s 'https://example.org/a'"), "\(outcome)")
  }

  @Test("a file is not read and written at once", arguments: [true, false])
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

  @Test("a terminal as standard input gets the short usage")
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

  @Test("summarize - reads the terminal")
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

  @Test("operands in order, - among them, as cat reads them")
  func operands() throws {
    let folder = try TemporaryFolder()
    let (a, b) = (try folder.file("a", article(1) + "\n{bad"), try folder.file("b", article(4)))
    let outcome = try run(.instant + ["-k", a, "-", b], input: .text(article(3)))
    outcome.expect(.exited(1))
    #expect(try outcome.records().map { $0.id ?? $0.line } == [1, 3, 3, 4])
    #expect(outcome.errors.contains("summarize: \(a):3: "), "\(outcome)")
  }

  @Test("a missing FILE is told, the others are read, the end is 2")
  func missingFile() throws {
    let folder = try TemporaryFolder()
    let (a, b) = (try folder.file("a", article(1)), try folder.file("b", article(2)))
    let outcome = try run(.instant + ["-k", a, "\(folder.path)/no", b])
    outcome.expect(.exited(2))
    #expect(try outcome.records().compactMap(\.id) == [1, 2])
    #expect(outcome.errors.contains("summarize: ") && outcome.errors.contains("\(folder.path)/no: "), "\(outcome)")
    #expect(outcome.errors.contains(String(cString: strerror(ENOENT)).dropFirst()), "\(outcome)")
  }

  @Test("a named pipe is read as lines come")
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

  @Test("a named pipe that nobody has opened yet does not hold up the signal that ends the run")
  func waitingForWriter() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("a", article(1))
    let child = try Launch(.instant + ["-k", file, try folder.fifo("fifo")]).start()
    _ = try child.record()
    child.kill(SIGINT)
    try child.outcome().expect(.died(SIGINT))
  }

  @Test("no descriptors are leaked, and inherited ones are left alone")
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
    "few descriptors, little memory: an answer, and no crash",
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
