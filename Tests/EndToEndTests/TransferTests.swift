import Testing

@Suite("Reads and writes that come to less", .blocking)
struct TransferTests {
  @Test("a non-blocking standard input works and stays non-blocking")
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

  @Test("a blocking standard input and output stay blocking, as others share them")
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

  @Test("a non-blocking standard output with a slow reader loses nothing")
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

  @Test("one socket as standard input and output, as inetd gives it")
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

  @Test("short writes are continued")
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

  @Test("signals that do not stop a run do not disturb it")
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

  @Test("stopped and continued it goes on")
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
}
