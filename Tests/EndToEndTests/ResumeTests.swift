import Testing

@Suite("Section 6: --resume", .blocking)
struct ResumeTests {
  @Test("articles with a result are not done again, and are counted in the summary")
  func notAgain() throws {
    let files = try OutputFolder()
    try files.summarize(articles(1...5), "--resume", "-j1").expect(.exited(0))
    let before = (files.text(), files.inode())
    // They would take for ever.
    let outcome = try files.summarize(articles(1...5, ms: stuck), "--resume", "-k")
    outcome.expect(.exited(0))
    #expect(outcome.messages.count == 2 && outcome.messages[0].hasPrefix("summarize: 0 articles in "), "\(outcome)")
    #expect(outcome.messages.last == "summarize: 5 articles already done")
    #expect(files.text() == before.0 && files.inode() == before.1, "there was nothing to put in order")

    let more = try files.summarize(articles(4...7), "--resume", "-k")
    more.expect(.exited(0))
    #expect(more.messages.last == "summarize: 2 articles already done")
    #expect(try files.records().compactMap(\.id) == Array(1...7))
  }

  /// The file as a killed run leaves it, cut off at any byte.
  @Test("killed at any byte of the log, it ends with every article once, in order")
  func everyPrefix() throws {
    let input = mixedInput(60)
    let whole = try OutputFolder()
    try whole.summarize(input, "-k").expect(.exited(1))
    let expected = whole.text()
    let unordered = try OutputFolder()
    try unordered.summarize(mixedInput(60, ms: 20), "-j9").expect(.exited(1))
    let log = contents(of: unordered.out)!
    #expect(unordered.text() != expected)

    let files = try OutputFolder()
    for count in stride(from: 0, through: log.count, by: 97) {
      try files.write("out", String(decoding: log[..<count], as: UTF8.self))
      let outcome = try files.summarize(input, "-k", "--resume")
      outcome.expect(.exited(1))
      #expect(files.text() == expected, "killed after \(count) bytes: \(outcome)")
      // A result that was there is there for good.
      let results = log[..<count].split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
        .count { !$0.contains(UInt8(ascii: "\0")) && String(decoding: $0, as: UTF8.self).contains("sentiment") }
      if results > 0 { #expect(outcome.errors.contains(" already done"), "\(outcome)") }
    }
  }

  @Test("killed at random moments again and again, the same command completes the file", arguments: [[], ["-k"]])
  func killedAtRandom(_ options: [String]) throws {
    let rounds = isHeavy ? 100 : 6
    let input = mixedInput(300, ms: 3)
    let whole = try OutputFolder()
    try whole.summarize(input, "-k").expect(.exited(1))
    for round in 0..<rounds {
      var random = SplitMix64(seed: UInt64(round))
      let files = try OutputFolder()
      var kills = 0
      var results: [String] = []
      while true {
        let child = try files.launch(input, ["-j8", "--resume"] + options).start()
        let goal = (files.text()?.utf8.count ?? 0) + Int.random(in: 0..<20_000, using: &random)
        try child.wait("the moment") { child in
          child.ending != nil || (contents(of: files.out)?.count ?? 0) >= goal && Bool.random(using: &random)
        }
        child.kill(SIGKILL)
        let outcome = try child.outcome()
        // Nothing that was there is done again, or lost.
        let now = Set((files.text() ?? "").split(separator: "\n", omittingEmptySubsequences: true).map(String.init))
        for result in results { #expect(now.contains(result)) }
        results = now.filter { $0.hasSuffix("}") && $0.contains("sentiment") }
        if outcome.ending != .died(SIGKILL) {
          outcome.expect(.exited(1))
          break
        }
        kills += 1
      }
      let records = try files.records()
      #expect(records.count == 300 && Set(records.compactMap(\.line)) == Set(1...300), "after \(kills) kills")
      if options == ["-k"] { #expect(files.text() == whole.text(), "after \(kills) kills") }
      #expect(files.names == ["out"])
    }
  }

  @Test("killed while it is put in order, the file is the log or its final form, and is completed")
  func killedInCompaction() throws {
    let files = try OutputFolder()
    let filler = String(repeating: "x", count: 20_000)
    let input = (1...150).map { article($0, ms: 151 - $0, content: "Number \($0). \(filler)") }.joined()
    let whole = try OutputFolder()
    _ = try whole.summarize(input, "-k", "--merge", "-j150", within: .seconds(300))
    var met = 0
    var round = 0
    // A starved host looks too late: more rounds are made until one was in time.
    while round < 8 || met == 0 && round < 60 {
      defer { round += 1 }
      let child = try files.launch(input, ["-k", "--merge", "-j150", "--resume"]).start()
      // Without the pauses of a wait: the pass is short.
      let deadline = ContinuousClock.now + .seconds(60)
      while access(files.path(".out.summarize-new"), F_OK) != 0, child.ending == nil, .now < deadline {
        try child.wait("nothing") { _ in true }
      }
      usleep(UInt32(round % 8 * 500))
      child.kill(SIGKILL)
      if try child.outcome(within: .seconds(300)).ending == .died(SIGKILL) { met += 1 }
      #expect(try files.records().count == 150)
      // Out of order again.
      if round % 3 == 2 || round >= 8 {
        let lines = files.text()!.split(separator: "\n")
        try files.write("out", (lines.reversed() + [""]).joined(separator: "\n"))
      }
    }
    #expect(met > 0, "the final pass was never met")
    let last = try files.summarize(input, "-k", "--merge", "--resume", within: .seconds(300))
    last.expect(.exited(0))
    #expect(files.text() == whole.text())
    #expect(files.names == ["out"])
  }

  @Test("failed articles are done again, and their older error records go", arguments: [[], ["-k"]])
  func failedAgain(_ options: [String]) throws {
    let files = try OutputFolder()
    let failing = mixedInput(100).split(separator: "\n").enumerated().map { number, line in
      number % 10 == 4 ? line.dropLast() + #","simulated":{"status":413}}"# + "\n" : line + "\n"
    }.joined()
    let first = try files.launch(failing, options).run()
    first.expect(.exited(1))
    #expect(try files.records().count { $0.errorCode == "too_long" } == 10)
    // The same again: no article has two records.
    try files.launch(failing, ["--resume"] + options).run().expect(.exited(1))
    #expect(try files.records().count == 100)
    let second = try files.launch(mixedInput(100), ["--resume"] + options).run()
    second.expect(.exited(1))
    second.expectAlreadyDone(90 - badLines(100))
    let records = try files.records()
    #expect(records.count == 100 && records.count { $0.errorCode != nil } == badLines(100))
    if options == ["-k"] { #expect(records.compactMap(\.line) == Array(1...100)) }
  }

  @Test("wherever their new record went")
  func newRecordElsewhere() throws {
    let files = try OutputFolder()
    let input = article(1) + article(2, content: "") + article(3)
    try files.summarize(input).expect(.exited(1))
    try files.summarize(input, "--resume", "--errors", files.path("errors")).expect(.exited(1))
    #expect(try Set(files.records().compactMap(\.id)) == [1, 3])
    #expect(try files.records("errors").compactMap(\.id) == [2])
  }

  @Test("interrupted articles are done again; a run that stops early leaves the log as it is")
  func interrupted() throws {
    let files = try OutputFolder()
    var launch = files.launch("", ["-j3", "-k", "--grace", "0s"])
    launch.input = .pipe
    let child = try launch.start()
    try child.write(article(1, ms: stuck) + article(2) + article(3) + article(4, ms: stuck))
    try child.wait("two records") { _ in (try? files.records().count) == 2 }
    child.kill(SIGINT)
    try child.outcome().expect(.died(SIGINT))
    let records = try files.records()
    #expect(Set(records[..<2].compactMap(\.id)) == [2, 3], "in the order of completion")
    #expect(records[2...].allSatisfy { $0.errorCode == "interrupted" })

    let second = try files.summarize(articles(1...5), "--resume", "-k")
    second.expect(.exited(0))
    second.expectAlreadyDone(2)
    #expect(try files.records().compactMap(\.id) == Array(1...5))
  }

  @Test("an older error beside a newer record, as an early end leaves it, goes at the next end")
  func olderErrorBesideResult() throws {
    let files = try OutputFolder()
    let sound = article(1, simulated: #""ms":0"#)
    try files.summarize(article(1, simulated: #""status":413"#) + article(2), "-j1").expect(.exited(1))
    var launch = files.launch("", ["--resume", "--grace", "0s"])
    launch.input = .pipe
    let child = try launch.start()
    try child.write(sound)
    try child.wait("the third record") { _ in (try? files.records().count) == 3 }
    child.kill(SIGTERM)
    try child.outcome().expect(.died(SIGTERM))
    #expect(try files.records().compactMap(\.id) == [1, 2, 1])
    try files.summarize(sound + article(2), "--resume").expect(.exited(0))
    #expect(try files.records().map(\.id) == [2, 1])
    #expect(try files.records().allSatisfy { $0.errorCode == nil })
  }

  @Test("with -k the records of other inputs come first, by line; their errors stay as well")
  func otherInputs() throws {
    let files = try OutputFolder()
    files.model = .waiting
    try files.summarize(files.reversed(11...12) + article(13, content: ""), "-j3").expect(.exited(1))
    let ids = try files.records().compactMap(\.id)
    #expect(ids.count == 3 && ids.filter { $0 != 13 } == [12, 11])
    try files.summarize(articles(1...2), "--resume", "-k").expect(.exited(0))
    #expect(try files.records().compactMap(\.id) == [11, 12, 13, 1, 2])
    // And back: what is of this input comes last, whenever it was made.
    try files.summarize(files.reversed(11...12), "--resume", "-k").expect(.exited(0))
    #expect(try files.records().compactMap(\.id) == [1, 2, 13, 11, 12])
  }

  @Test("no result is ever dropped, not even a second one of an article")
  func nothingDropped() throws {
    let files = try OutputFolder()
    try files.summarize(articles(1...3), "-k").expect(.exited(0))
    try files.write("out", files.text()! + files.text()!)
    for options in [[], ["-k"]] {
      try files.launch(articles(1...4), ["--resume"] + options).run().expect(.exited(0))
      #expect(try files.records().count == 7)
    }
    #expect(try files.records().compactMap(\.id) == [1, 2, 3, 1, 2, 3, 4], "the first result of each is of this input")
  }

  @Test("lines may move, come and go between runs")
  func movingLines() throws {
    let files = try OutputFolder()
    let unnamed = { (text: String) in #"{"content":"\#(text). More."}"# + "\n" }
    try files.summarize(article(1) + unnamed("a") + article(2) + unnamed("b") + article(3)).expect(.exited(0))
    let outcome = try files.summarize(unnamed("b") + article(3) + article(4) + unnamed("a"), "--resume", "-k")
    outcome.expect(.exited(0))
    outcome.expectAlreadyDone(3)
    #expect(
      try files.records().map { $0.id.map(String.init) ?? $0["summary"]!.string! } == ["1", "2", "b.", "3", "4", "a."])
  }

  @Test("of equal lines, as many are done as the file has results")
  func equalLines() throws {
    let files = try OutputFolder()
    let line = #"{"content":"The same."}"# + "\n"
    try files.summarize(line + line, "-j1").expect(.exited(0))
    #expect(Set(try files.records().map { $0["fingerprint"]?.string }).count == 1)
    let outcome = try files.summarize(line + line + article(1) + line + line, "--resume", "-k")
    outcome.expect(.exited(0))
    outcome.expectAlreadyDone(2)
    #expect(try files.records().map(\.line) == [1, 2, 3, 4, 5])
  }

  @Test("killed at random, equal lines end with one record each; which of them is whose does not matter")
  func equalLinesKilled() throws {
    let input = (1...60).map { #"{"content":"The same.","simulated":{"ms":\#($0 * 7 % 10)}}"# + "\n" }.joined()
    for round in 0..<3 {
      var random = SplitMix64(seed: UInt64(round))
      let files = try OutputFolder()
      while true {
        let child = try files.launch(input, ["-j8", "-k", "--resume"]).start()
        let goal = (files.text()?.utf8.count ?? 0) + Int.random(in: 0..<4_000, using: &random)
        try child.wait("the moment") { child in
          child.ending != nil || (contents(of: files.out)?.count ?? 0) >= goal
        }
        child.kill(SIGKILL)
        if try child.outcome().ending == .exited(0) { break }
      }
      let records = try files.records()
      #expect(records.count == 60 && records.allSatisfy { $0.errorCode == nil })
      #expect(Set(records.map { $0["fingerprint"]?.string }).count == 1)
    }
  }

  @Test("an id is known by what it says if it is a string, else by its bytes")
  func identity() throws {
    let files = try OutputFolder()
    let line = { (id: String) in #"{"id":\#(id),"content":"c"}"# + "\n" }
    try files.summarize(line(#""a""#) + line("1.10") + line(#"["\u007f",1]"#)).expect(.exited(0))
    let same = try files.summarize(line(#""\u0061""#) + line("1.10") + line(#"["\u007f",1]"#), "--resume")
    same.expectAlreadyDone(3)
    let others = try files.summarize(line(#""1.10""#) + line("1.1") + line(#"["\u007f", 1]"#), "--resume")
    others.expectTimingSummary(articles: 3, ok: 3, failed: 0)
    #expect(!others.errors.contains("already done"))
  }

  @Test("a torn last line is cut off, one that merely lacks its newline is kept")
  func tornLine() throws {
    let files = try OutputFolder()
    try files.summarize(articles(1...3), "-k").expect(.exited(0))
    let whole = files.text()!
    let lines = whole.split(separator: "\n").map(String.init)
    for (text, done) in [
      (String(whole.dropLast()), 3), (String(whole.dropLast(2)), 2), (lines[0] + "\n" + #"{"id":2"#, 1),
      (lines[0], 1), (#"{"id":1,"li"#, 0), (#"{""#, 0), ("", 0),
    ] {
      try files.write("out", text)
      let outcome = try files.summarize(articles(1...3), "--resume", "-k")
      outcome.expect(.exited(0))
      if done > 0 { outcome.expectAlreadyDone(done) }
      #expect(files.text() == whole, "\(text)")
    }
  }

  @Test(
    "a file that is not ours is refused and left as it is",
    arguments: [
      "x", "12\n", "[1]", "{}\n", "\n", #"{"id":1,"summary":"s","sentiment":"neutral","keywords":[]}"# + "\n",
      #"{"id":1,"line":1,"summary":"s","sentiment":"neutral","keywords":[]}"# + "\n",
      #"{"line":1,"content":"c"}"#, #"{"torn":"# + "\n", "{\"line\":1,\"error\":{}}\n",
    ])
  func notOurs(_ text: String) throws {
    let files = try OutputFolder()
    try files.write("out", text)
    let outcome = try files.summarize(article(1), "--resume")
    outcome.expectUsageError()
    #expect(files.text() == text)
    #expect(files.names == ["out"])
  }

  @Test("so is one with other tasks than are asked for, unless an article's own fields may have their names")
  func otherTasks() throws {
    let files = try OutputFolder()
    try files.summarize(article(1), "--tasks", "summary,keywords").expect(.exited(0))
    let before = files.text()
    for (tasks, word) in [("summary", "keywords"), ("summary,sentiment,keywords", "sentiment"), ("sentiment", "")] {
      let outcome = try files.summarize(article(1), "--resume", "--tasks", tasks)
      outcome.expectUsageError()
      #expect(outcome.errors.contains(word), "\(outcome)")
      #expect(files.text() == before)
    }
    try files.summarize(article(1), "--resume", "--tasks", "summary", "--merge").expect(.exited(0))
    try files.summarize(article(1), "--resume", "--tasks", "sentiment", "--merge").expectUsageError()
    try files.summarize(article(1), "--resume", "--tasks", "keywords,summary").expect(.exited(0))
  }

  @Test("an error record alone says nothing of tasks")
  func errorsHaveNoTasks() throws {
    let files = try OutputFolder()
    try files.summarize(article(1, simulated: #""status":413"#), "--tasks", "summary").expect(.exited(1))
    try files.summarize(article(1, simulated: #""ms":0"#), "--resume", "--tasks", "keywords").expect(.exited(0))
    #expect(try files.records().map(\.names) == [["id", "line", "fingerprint", "made_by", "keywords"]])
  }

  @Test("a line that is an article only with other options takes its old error along")
  func becomesAnArticle() throws {
    let files = try OutputFolder()
    let input = #"{"prose":"One. Two."}"# + "\n" + #"{"prose":"\#(String(repeating: "x", count: 5_000))"}"# + "\n"
    try files.summarize(input, "--max-line", "4900").expect(.exited(1))
    #expect(try Set(files.records().compactMap(\.errorCode)) == ["missing_content", "line_too_long"])
    try files.summarize(input, "--resume", "-k", "--content-field", "prose").expect(.exited(0))
    #expect(try files.records().map(\.errorCode) == [nil, nil])
  }

  @Test("an input that could not be read to its end leaves the log as it is")
  func unreadInput() throws {
    let files = try OutputFolder()
    try files.write("a", files.reversed(1...2))
    let outcome = try Launch(.waiting + ["-k", "-j2", "-o", files.out, files.path("a"), files.path("no")]).run()
    outcome.expect(.exited(2))
    #expect(try files.records().compactMap(\.id) == [2, 1])
    try files.write("no", article(3))
    try Launch(.waiting + ["-k", "--resume", "-o", files.out, files.path("a"), files.path("no")]).run()
      .expect(.exited(0))
    #expect(try files.records().compactMap(\.id) == [1, 2, 3])
  }
}

extension Outcome {
  /// The summary says how many articles were passed over.
  func expectAlreadyDone(_ count: Int, sourceLocation: SourceLocation = #_sourceLocation) {
    let line = "summarize: \(count) \(count == 1 ? "article" : "articles") already done"
    #expect(messages.contains(line), "\(self)", sourceLocation: sourceLocation)
  }
}
