import Testing

@Suite("What --resume knows an article by", .blocking)
struct ArticleIdentityTests {
  private func line(_ id: Int?, _ text: String, _ more: String = "") -> String {
    let id = id.map { #""id":\#($0),"# } ?? ""
    return #"{\#(id)"content":"\#(text)"\#(more)}"# + "\n"
  }

  private func summaries(_ files: OutputFolder) throws -> [String] {
    try files.records().map { $0["summary"]?.string ?? $0.errorCode ?? "" }
  }

  @Test("an article whose text has changed is another one; the old result stays, and is not made again")
  func changedText() throws {
    let files = try OutputFolder()
    try files.summarize(line(1, "It is closed."), "-k").expect(.exited(0))
    let second = try files.summarize(line(1, "It is open.") + line(1, "It is closed."), "--resume", "-k")
    second.expect(.exited(0))
    second.expectAlreadyDone(1)
    #expect(try summaries(files) == ["It is open.", "It is closed."])
    #expect(try files.records().map(\.line) == [1, 1])
    try files.summarize(line(1, "It is open again."), "--resume", "-k").expect(.exited(0))
    #expect(try files.records().count == 3)
  }

  @Test("lines of one id may change places")
  func swapped() throws {
    let files = try OutputFolder()
    let (a, b) = (line(1, "One."), line(1, "Two."))
    try files.summarize(a + b).expect(.exited(0))
    try files.summarize(b + a, "--resume", "-k").expectAlreadyDone(2)
    #expect(try summaries(files) == ["Two.", "One."])
  }

  @Test("fields that are no part of id, title and text do not matter; id and title do")
  func parts() throws {
    let files = try OutputFolder()
    try files.summarize(line(1, "One.")).expect(.exited(0))
    try files.summarize(line(1, "One.", #","title":null,"date":"today""#), "--resume").expectAlreadyDone(1)
    for other in [line(2, "One."), line(nil, "One."), line(1, "One.", #","title":"T""#)] {
      let outcome = try files.summarize(other, "--resume")
      outcome.expectTimingSummary(articles: 1, ok: 1, failed: 0)
      #expect(!outcome.errors.contains("already done"))
    }
  }

  @Test("an article's own fields with names of other tasks do not hinder")
  func ownFields() throws {
    let files = try OutputFolder()
    let input = line(1, "One.", #","keywords":["own"],"key":"own","made_by":"me""#)
    try files.summarize(input, "--merge", "--tasks", "summary").expect(.exited(0))
    try files.summarize(input, "--merge", "--tasks", "summary", "--resume").expectAlreadyDone(1)
    try files.summarize(input, "--tasks", "summary", "--resume").expectAlreadyDone(1)
    #expect(try files.records().count == 1)
  }

  @Test("of two equal articles of which one failed, one is done again")
  func oneOfAPair() throws {
    let files = try OutputFolder()
    let good = line(1, "One.", #","simulated":{"ms":0}"#)
    let bad = line(1, "One.", #","simulated":{"status":413}"#)
    try files.summarize(bad + good, "-j1").expect(.exited(1))
    let second = try files.summarize(good + good, "--resume", "-k")
    second.expect(.exited(0))
    second.expectAlreadyDone(1)
    #expect(try summaries(files) == ["One.", "One."])
  }

  @Test("with --resume-by id a present id says all")
  func byID() throws {
    let files = try OutputFolder()
    let first = line(1, "One.") + line(nil, "Two.") + line(3, "")
    try files.summarize(first).expect(.exited(1))
    let again = line(1, "One, revised.") + line(nil, "Two.") + line(nil, "Two, revised.") + line(3, "Three.")
    let second = try files.summarize(again, "--resume", "-k", "--resume-by", "id")
    second.expect(.exited(0))
    second.expectAlreadyDone(2)
    #expect(try summaries(files) == ["One.", "Two.", "Two, revised.", "Three."])
    try files.summarize("", "--resume", "--resume-by", "title").expectUsageError()
  }

  @Test("results of another model stay; one line tells how many they are and how to do them anew")
  func anotherModel() throws {
    let files = try OutputFolder()
    try files.summarize(line(1, "One.") + line(2, "Two.")).expect(.exited(0))
    let outcome = try run(
      ["-k", "-o", files.out, "--resume"], input: .text(line(1, "One.") + line(2, "Two.") + line(3, "Three.")))
    outcome.expect(.exited(0))
    outcome.expectAlreadyDone(2)
    #expect(try files.records().map { $0["made_by"]?.string } == ["simulated", "simulated", "extractive"])
    let told = outcome.messages.filter { $0.contains("2 results of another model") }
    #expect(told.count == 1 && told[0].contains(#"("simulated")"#) && told[0].contains("jq"), "\(outcome)")
    // The settings of the simulator are no other model.
    let same = try run(
      ["-m", "simulated:latency=1", "-o", files.out, "--resume"], input: .text(line(1, "One.") + line(2, "Two.")))
    #expect(same.messages.contains { $0.contains("1 result of another model") }, "\(same)")
  }

  @Test("the record of a line that a killed producer left torn goes with the next run")
  func tornInput() throws {
    let files = try OutputFolder()
    let whole = (1...20).map { (id: Int) in line(id, "Text \(id). É.") }.joined()
    for cut in [whole.utf8.count - 8, whole.utf8.count - 5] {
      let bytes = Array(whole.utf8.prefix(cut))
      var launch = files.launch("", ["--resume"])
      launch.input = .bytes(bytes)
      try launch.run().expect(.exited(1))
      #expect(try files.records().count { $0["error"]?["torn"] == .bool(true) } == 1)
      // The same again: it is there once.
      try launch.run().expect(.exited(1))
      #expect(try files.records().count == 20)
      try files.summarize(whole, "--resume", "-k").expect(.exited(0))
      #expect(try files.records().compactMap(\.id) == Array(1...20))
      unlink(files.out)
    }
  }

  @Test("a bad line that has its newline, and one that is no object, keep their records")
  func notTorn() throws {
    let files = try OutputFolder()
    for bad in ["{\n", "12", "{}"] {
      try files.summarize(bad, "--resume").expect(.exited(1))
      try files.summarize(line(1, "One."), "--resume").expect(.exited(0))
      #expect(try files.records().count == 2 && files.records()[0]["error"]?["torn"] == nil)
      unlink(files.out)
    }
  }

  @Test("a file of an earlier version is refused with a message that says so")
  func earlierVersion() throws {
    let files = try OutputFolder()
    let text = #"{"id":1,"line":1,"summary":"s","sentiment":"neutral","keywords":[]}"# + "\n"
    try files.write("out", text)
    let outcome = try files.summarize(line(1, "One."), "--resume")
    outcome.expectUsageError()
    #expect(outcome.errors.contains("earlier version"), "\(outcome)")
    #expect(files.text() == text)
  }

  @Test("--wait-lock waits for the run that has the file, and goes on with what that made", arguments: [[], ["-k"]])
  func waitLock(_ options: [String]) throws {
    let files = try OutputFolder()
    var launch = files.launch("", ["--resume"] + options)
    launch.input = .pipe
    let first = try launch.start()
    try first.write(line(2, "Two.") + line(1, "One."))
    try first.wait("two records") { _ in (try? files.records().count) == 2 }
    let late = try files.summarize(line(1, "One."), "--resume", "--wait-lock", "1ms")
    late.expectFailureToStart()
    let second = try files.launch(
      line(1, "One.") + line(2, "Two.") + line(3, "Three."), ["--resume", "-k", "--wait-lock", "5m"]
    ).start()
    try first.write(line(4, "Four."))
    try first.finish().expect(.exited(0))
    let outcome = try second.outcome()
    outcome.expect(.exited(0))
    outcome.expectAlreadyDone(2)
    #expect(try files.records().compactMap(\.id) == [4, 1, 2, 3])
    #expect(files.names == ["out"])
  }
}
