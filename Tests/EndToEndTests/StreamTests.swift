import Testing

/// Both orders of results, and one and several in flight.
let orders: [[String]] = [["-j1"], ["-j5"], ["-k", "-j1"], ["-k", "-j5"]]

@Suite("Streaming", .blocking)
struct StreamTests {
  @Test("a result before the end of input", arguments: orders)
  func resultBeforeEnd(_ options: [String]) throws {
    let child = try Launch(.instant + options).start()
    try child.write(article(1))
    #expect(try child.record().id == 1)
    let outcome = try child.finish()
    outcome.expect(.exited(0))
    #expect(outcome.lines.count == 1)
  }

  @Test("also with the default model")
  func resultOfTheDefaultModel() throws {
    let child = try Launch([]).start()
    try child.write(article(1))
    #expect(try child.record()["summary"]?.string?.isEmpty == false)
    try child.finish().expect(.exited(0))
  }

  @Test("never one record behind", arguments: orders)
  func neverBehind(_ options: [String]) throws {
    let child = try Launch(.instant + options).start()
    for id in 1...5 {
      try child.write(article(id))
      #expect(try child.record().id == id)
    }
    try child.finish().expect(.exited(0))
  }

  @Test("bad lines are answered before the next one, too", arguments: orders)
  func errorsNeverBehind(_ options: [String]) throws {
    let child = try Launch(.instant + options).start()
    for line in 1...5 {
      try child.write("{bad\n")
      #expect(try child.record().line == line)
    }
    try child.finish().expect(.exited(1))
  }

  @Test("half a line, then the other half, is one record")
  func halfLines() throws {
    let child = try Launch(.instant + ["-j1"]).start()
    try child.write(#"{"id""#)
    try child.hasReadAll()
    try child.write(#":1,"content":"A text."}"# + "\n" + #"{"id":2,"#)
    #expect(try child.record().id == 1)
    try child.hasReadAll()
    try child.write(#""content":"A text."}"# + "\n")
    #expect(try child.record().id == 2)
    try child.finish().expect(.exited(0))
  }

  @Test("byte by byte, through the middle of characters")
  func byteByByte() throws {
    let child = try Launch(.instant + ["-j1"]).start()
    let text = "Größe 漢字 😀 ist alles."
    for byte in Array(article(1, content: text).utf8) {
      child.feed([byte])
      try child.hasReadAll()
    }
    #expect(try child.record()["summary"]?.string == text)
    try child.finish().expect(.exited(0))
  }

  @Test("lines of one read begin in the order of the input")
  func manyLinesInOneRead() throws {
    // Article 1 holds one of the two slots; through the other all that follow can only pass one after another.
    let child = try Launch(.instant + ["-j2"]).start()
    try child.write(article(1, ms: stuck) + articles(2...1000))
    #expect(try child.records(999).compactMap(\.id) == Array(2...1000))
  }

  @Test("results come as they finish")
  func completionOrder() throws {
    let child = try Launch(.instant + ["-j3"]).start()
    try child.write(articles(1...2, ms: stuck) + article(3, ms: 0))
    #expect(try child.record().id == 3)
  }

  @Test("large records are never mixed")
  func largeRecords() throws {
    let sizes = [1 << 16, 1 << 17, 1 << 18]
    let lines = (1...48).map { id in
      article(
        id, ms: 0, content: String(repeating: Character(UnicodeScalar(UInt8(97 + id % 26))), count: sizes[id % 3]))
    }
    let outcome = try run(.instant + ["-j16"], input: .text(lines.joined()))
    outcome.expect(.exited(0))
    let records = try outcome.records()
    #expect(records.compactMap(\.id).sorted() == Array(1...48))
    for record in records {
      let id = try #require(record.id)
      let summary = try #require(record["summary"]?.string)
      #expect(
        summary.utf8.count == sizes[id % 3] && Set(summary.utf8) == [UInt8(97 + id % 26)], "record \(id) is mixed")
    }
  }

  @Test("an empty input gives an empty output")
  func emptyInput() throws {
    for input in [Launch.Input.nothing, .bytes([])] {
      let outcome = try run(.instant, input: input)
      outcome.expect(.exited(0))
      #expect(outcome.output.isEmpty)
      #expect(outcome.messages.count == 1 && outcome.messages[0].hasPrefix("summarize: 0 articles in "), "\(outcome)")
    }
  }

  @Test("a result is written at once to a regular file as well")
  func flushToFile() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/out"
    var launch = Launch(.instant)
    launch.output = .file(file)
    let child = try launch.start()
    for id in 1...3 {
      try child.write(article(id))
      try child.wait("record \(id) in the file") { _ in (contents(of: file) ?? []).count(where: { $0 == 0x0A }) == id }
    }
    try child.finish().expect(.exited(0))
  }

  @Test("through jq --unbuffered in less than the end of input", .enabled(if: tool("jq") != nil, "needs jq"))
  func throughJQ() throws {
    let (readEnd, writeEnd) = try makePipe()
    var filter = Launch(["--unbuffered", "-c", ".id"], input: .descriptor(readEnd))
    filter.executable = tool("jq")!
    let jq = try filter.start()
    var launch = Launch(.instant)
    launch.output = .descriptor(writeEnd)
    let child = try launch.start()
    closeDescriptor(readEnd)
    closeDescriptor(writeEnd)
    for id in 1...3 {
      try child.write(article(id))
      #expect(try jq.line() == "\(id)")
    }
    try child.finish().expect(.exited(0))
    try jq.finish().expect(.exited(0))
  }

  @Test("at the end of input the run ends with the last answer", arguments: [["-j4"], ["-k", "-j4"]])
  func endOfInput(_ options: [String]) throws {
    let outcome = try run(
      .instant + options, input: .text(articles(1...3) + article(4, ms: 300)))
    outcome.expect(.exited(0))
    #expect(try outcome.records().compactMap(\.id).sorted() == [1, 2, 3, 4])
  }
}
