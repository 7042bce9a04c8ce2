import Testing

@Suite("Sections 2 and 6: the file of --errors", .blocking)
struct ErrorsFileTests {
  private func summarize(_ files: OutputFolder, _ input: String, _ options: String...) throws -> Outcome {
    try run(.instant + ["-k", "--errors", files.path("errors")] + options, input: .text(input))
  }

  @Test("error records go there, results where they went before; the exit status stays")
  func apart() throws {
    let files = try OutputFolder()
    let outcome = try summarize(files, article(1) + "bad\n" + article(3) + article(4, content: " "))
    outcome.expect(.exited(1))
    #expect(try outcome.records().map(\.id) == [1, 3])
    #expect(try files.records("errors").map(\.line) == [2, 4])
    #expect(try files.records("errors").map(\.errorCode) == ["invalid_json", "empty_content"])
    outcome.expectTimingSummary(articles: 4, ok: 2, failed: 2)
  }

  @Test("each has the line of its article as it came in input, last, also with --merge and --meta")
  func input() throws {
    let files = try OutputFolder()
    let line = #"{ "id": 1.10,"content" : "", "z":[ 1 ]}"#
    for options in [[], ["--merge"], ["--meta"]] {
      let outcome = try run(
        ["-j1", "--errors", files.path("errors"), "--force"] + options, input: .text(" \t\(line)\t\r\n[1, 2]\n"))
      outcome.expect(.exited(1))
      #expect(files.text("errors")!.split(separator: "\n")[0].hasSuffix(#","input":\#(line)}"#))
      let records = try files.records("errors")
      #expect(records.allSatisfy { $0.names.last == "input" })
      #expect(records[1]["input"] == .array([.number("1"), .number("2")]))
      #expect(records[0].names.first == "id" && records[0].names.contains("z") == (options == ["--merge"]))
    }
  }

  @Test("what was not JSON is a string there, with U+FFFD where it was not UTF-8")
  func strings() throws {
    let files = try OutputFolder()
    let deep = #"{"a":\#(String(repeating: "[", count: 511) + String(repeating: "]", count: 511))}"#
    var bytes = Array("{\"a\":\"\u{1}\"\n\(deep)\nx\u{85}".utf8)
    bytes += [0xFF, 0x0A]
    _ = try run(["-k", "--errors", files.path("errors")], input: .bytes(bytes))
    let records = try files.records("errors")
    #expect(records.map(\.errorCode) == ["invalid_json", "missing_content", "invalid_utf8"])
    // An object that would be too deep for its readers, one level further down.
    #expect(records.map { $0["input"]?.string } == ["{\"a\":\"\u{1}\"", deep, "x\u{85}\u{FFFD}"])
    #expect(!contents(of: files.path("errors"))!.contains(0x85), "U+0085 is escaped")
  }

  @Test("of a line that was too long the first 4 KiB, and truncated")
  func tooLong() throws {
    let files = try OutputFolder()
    let line = String(repeating: "é", count: 5_000)
    _ = try summarize(files, line + "\n", "--max-line", "4K")
    let record = try files.records("errors")[0]
    #expect(record.names == ["line", "error", "truncated", "input"])
    #expect(record["truncated"] == .bool(true))
    #expect(record["input"]?.string == String(repeating: "é", count: 2_048))
  }

  @Test("jq -rc .input tries them again", .enabled(if: tool("jq") != nil, "needs jq"))
  func triedAgain() throws {
    let files = try OutputFolder()
    let bad = [#"{"id":1,"content":""}"#, #"{"id":2,"text":3}"#, "no JSON \\ \"", "[4]", "{\"id\":5"]
    _ = try summarize(files, bad.map { $0 + "\n" }.joined() + article(6), "-j1")
    var again = Launch(["-c", "jq -rc .input \"$1\" | \"$0\" -j1 --errors \"$2\"", Binary.path], input: .nothing)
    again.executable = "/bin/sh"
    again.arguments += [files.path("errors"), files.path("again")]
    try again.run().expect(.exited(1))
    let inputs = try (files.records("errors"), files.records("again"))
    #expect(inputs.0.count == 5)
    #expect(inputs.0.map { $0["input"] } == inputs.1.map { $0["input"] })
    #expect(inputs.0.map(\.errorCode) == inputs.1.map(\.errorCode))
  }

  @Test("a file that is not empty is begun anew with --force only")
  func notEmpty() throws {
    let files = try OutputFolder()
    try files.write("errors", "precious\n")
    try summarize(files, "bad\n").expectUsageError()
    #expect(files.text("errors") == "precious\n")
    try summarize(files, "bad\n", "--force").expect(.exited(1))
    #expect(try files.records("errors").map(\.line) == [1])
  }

  @Test("each is there at once, whoever waits for its turn in the output")
  func atOnce() throws {
    let files = try OutputFolder()
    let child = try Launch(.instant + ["--errors", files.path("errors")]).start()
    for line in 1...5 {
      try child.write("bad\n")
      try child.wait("the record") { _ in (try? files.records("errors").count) == line }
    }
    try child.finish().expect(.exited(1))
  }

  @Test(
    "a write that fails is told and ends the run, exit 2",
    .enabled(if: access("/dev/full", W_OK) == 0, "needs /dev/full"))
  func fullDevice() throws {
    let child = try Launch(.instant + ["--errors", "/dev/full"]).start()
    child.feed([]) { Array("bad\n".utf8) }
    let outcome = try child.outcome()
    outcome.expect(.exited(2))
    #expect(outcome.errors.contains("cannot write /dev/full: " + String(cString: strerror(ENOSPC))), "\(outcome)")
  }

  @Test("a disk that fills up leaves whole records")
  func fileSizeLimit() throws {
    let files = try OutputFolder()
    let launch = Launch(.instant + ["--errors", files.path("errors")], input: .generated { Array("bad line\n".utf8) })
    let outcome = try launch.limited(by: "-f 8").run()
    outcome.expect(.exited(2))
    #expect(outcome.errors.contains("cannot write \(files.path("errors")): "), "\(outcome)")
    #expect(try files.records("errors").count > 10)
  }

  // MARK: With --resume

  @Test("with --resume the old records of articles that were not read are kept, those of read ones go")
  func resumed() throws {
    let files = try OutputFolder()
    let errors = ["--errors", files.path("errors")]
    let failing = #""status":413"#
    let sound = #""ms":0"#
    let first = articles(1...2, simulated: failing) + article(3, simulated: sound) + "bad\n"
    try files.launch(first, errors).run().expect(.exited(1))
    #expect(try files.records("errors").count == 3)
    chmod(files.path("errors"), 0o640)
    // 1 fails again, 2 has a result now, the bad line is not read.
    let input = article(1, simulated: failing) + article(2, simulated: sound)
    try files.launch(input, errors + ["--resume"]).run().expect(.exited(1))
    let records = try files.records("errors")
    #expect(records.map { $0.id ?? -1 } == [1, -1])
    #expect(records.map(\.errorCode) == ["too_long", "invalid_json"])
    #expect(files.mode("errors") == 0o640)
    #expect(try Set(files.records().compactMap(\.id)) == [2, 3])
    try files.launch(articles(1...3, simulated: sound), errors + ["--resume"]).run().expect(.exited(0))
    #expect(try files.records("errors").map(\.errorCode) == ["invalid_json"])
    #expect(files.names == ["out", "errors"])
  }

  @Test("the new file takes the name when the run ends, early too; until then the old one stands")
  func takesTheName() throws {
    let files = try OutputFolder()
    let errors = ["--errors", files.path("errors"), "--grace", "0s"]
    try files.launch(article(1, content: "") + article(9, content: ""), errors).run().expect(.exited(1))
    let old = files.text("errors")
    for signal in [SIGKILL, SIGINT] {
      var launch = files.launch("", errors + ["--resume"])
      launch.input = .pipe
      let child = try launch.start()
      try child.write(article(1, content: "") + article(2, ms: stuck) + article(3))
      try child.wait("a result") { _ in files.text()?.contains("\"id\":3") == true }
      #expect(files.text("errors") == old)
      child.kill(signal)
      try child.outcome().expect(.died(signal))
      if signal == SIGKILL {
        #expect(files.text("errors") == old)
        try files.write("out", "")
      }
    }
    let records = try files.records("errors")
    #expect(records.last?.id == 9 && records.last?.errorCode == "empty_content", "kept behind the new ones")
    let new = records.dropLast().map { "\($0.id ?? 0) \($0.errorCode ?? "")" }
    #expect(new.sorted() == ["1 empty_content", "2 interrupted"])
    #expect(files.names == ["out", "errors"])
  }

  @Test("with --resume it must be absent, empty or begin with an error record")
  func mustBeOurs() throws {
    let files = try OutputFolder()
    let options = ["--resume", "--errors", files.path("errors")]
    try files.launch("bad\n", options).run().expect(.exited(1))
    #expect(try files.records("errors").count == 1)
    try files.write("errors", "")
    try files.launch("bad\n", options).run().expect(.exited(1))
    #expect(try files.records("errors").count == 1)
    for text in ["x\n", #"{"id":1,"line":1,"summary":"s","sentiment":"neutral","keywords":[]}"# + "\n", "{}\n"] {
      try files.write("errors", text)
      try files.launch("bad\n", options).run().expectUsageError()
      #expect(files.text("errors") == text)
    }
    #expect(files.names == ["out", "errors"])
  }

  @Test("with --merge an article's own input is dropped, so that no record has two")
  func ownInput() throws {
    let files = try OutputFolder()
    let line = #"{"id":1,"input":5,"truncated":6,"content":""}"#
    let outcome = try summarize(files, line + "\n", "--merge")
    let record = try files.records("errors")[0]
    #expect(record.names == ["id", "content", "line", "error", "input"])
    #expect(files.text("errors")!.contains(#""input":\#(line)}"#))
    #expect(outcome.errors.contains("'input', 'truncated'"), "\(outcome)")
  }

  @Test("a second run is refused also where there was no file, with --resume and without", arguments: [true, false])
  func lockWhereAbsent(resumes: Bool) throws {
    let files = try OutputFolder()
    let errors = ["--errors", files.path("errors")]
    func options(_ out: String) -> [String] {
      .instant + errors + (resumes ? ["--resume", "-o", files.path(out)] : [])
    }
    let first = try Launch(options("first")).start()
    try first.write("bad\n")
    // Its reading has begun.
    try first.wait("the record") { _ in
      size(of: files.path(resumes ? ".errors.summarize-new" : "errors")) > 0
    }
    let second = try run(options("second") + (resumes ? [] : ["--force"]), input: .text("worse\n"))
    second.expectFailureToStart()
    #expect(second.errors.contains("another run"), "\(second)")
    #expect(!files.names.contains("second"), "what was made for it goes again")
    try first.finish().expect(.exited(1))
    #expect(try files.records("errors").map { $0["input"]?.string } == ["bad"])
    #expect(files.names == (resumes ? ["first", "errors"] : ["errors"]))
  }

  @Test("a second run on the same file is refused")
  func lock() throws {
    let files = try OutputFolder()
    let first = try Launch(.instant + ["--errors", files.path("errors")]).start()
    try first.write("bad\n")
    try first.wait("the record") { _ in files.text("errors")?.isEmpty == false }
    try summarize(files, "bad\n", "--force").expectFailureToStart()
    try first.finish().expect(.exited(1))
  }
}
