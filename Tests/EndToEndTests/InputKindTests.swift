import Testing

@Suite("Input that holds no lines of JSON", .blocking)
struct InputKindTests {
  private static let gzip: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x0A, 0x0A]

  @Test("of a compressed one nothing is made but a message that says what to put before it; FILE is left as it is")
  func compressed() throws {
    let files = try OutputFolder()
    for name in ["out", "errors", "trace"] { try files.write(name, "precious\n") }
    var launch = files.launch(
      "", ["--force", "--errors", files.path("errors"), "--trace", files.path("trace")])
    launch.input = .bytes(Self.gzip)
    let outcome = try launch.run()
    outcome.expect(.exited(2))
    #expect(outcome.output.isEmpty && outcome.errors.contains("gzip -dc | summarize"), "\(outcome)")
    for name in ["out", "errors", "trace"] { #expect(files.text(name) == "precious\n", "\(name)") }
  }

  @Test("a later FILE of another kind is passed over like one that cannot be read")
  func later() throws {
    let files = try OutputFolder()
    try files.write("a", article(1))
    try files.write("b", "%PDF-1.7\n")
    try files.write("c", article(3))
    let outcome = try run(.instant + ["-j1", files.path("a"), files.path("b"), files.path("c")])
    outcome.expect(.exited(2))
    #expect(try outcome.records().map(\.id) == [1, 3])
    #expect(outcome.errors.contains("pdftotext \(files.path("b"))"), "\(outcome)")
    // As the first one it ends the run.
    let first = try run(.instant + [files.path("b"), files.path("a")])
    first.expect(.exited(2))
    #expect(first.output.isEmpty)
  }

  @Test("with --force FILE keeps what it has until the first bytes of the input are seen")
  func force() throws {
    let files = try OutputFolder()
    try files.write("out", "precious\n")
    var launch = files.launch("", ["--force"])
    launch.input = .pipe
    let child = try launch.start()
    try child.write("{\"id\":1,")
    try child.wait("the file to be emptied") { _ in files.text() == "" }
    try child.write("\"content\":\"One.\"}\n")
    try child.finish().expect(.exited(0))
    #expect(try files.records().map(\.id) == [1])
  }

  @Test(
    "one hint says how to make articles of it",
    arguments: [
      ("[\n{\"id\":1}\n]\n", "jq -c '.[]'"), ("{\n\"id\":1\n}\n", "jq -c ."),
      (#"{"id":1,"content":"A."}{"id":2,"content":"B."}"# + "\n", "jq -c . puts"),
      ("{\"id\":1},\n{\"id\":2}\n", "sed 's/,"), ("\u{1E}{\"id\":1}\n", "jq --seq -c ."),
      ("id,title,content\n1,A,\"Text, here.\"\n", "mlr --icsv"), ("id\ttitle\n", "mlr --itsv"),
      ("<?xml version=\"1.0\"?>\n<rss/>\n", "xq -c"), ("# Title\n\nText.\n", "jq -Rsc"),
      ("It was a dark night.\nIt rained.\n", "jq -Rc"), ("data: {\"id\":1}\n\n", "sed -n"),
      ("\"A text.\"\n", "jq -c '{content:.}'"),
    ])
  func hints(text: String, command: String) throws {
    let outcome = try run(["-j1"], input: .text(text))
    outcome.expect(.exited(1))
    #expect(outcome.messages.count { $0.contains(command) } == 1, "\(outcome)")
  }

  @Test("a message about a missing text names what stands there, and what to do")
  func fields() throws {
    let lines = [
      (
        #"{"content":{"rendered":"Text."}}"#, "'content' is an object, not a string; jq -c '.content=.content.rendered'"
      ),
      (#"{"id":1,"headline":"H","story":"A text."}"#, "(it has: id, headline, story); --content-field story"),
      (#"{"content":[{"text":"a"}]}"#, "jq -c '.content|=map(.text?//.)'"),
    ]
    for (line, message) in lines {
      let outcome = try run(["-j1"], input: .text(line + "\n"))
      #expect(outcome.errors.contains(message), "\(outcome)")
    }
    let path = try run(
      ["--content-field", ".article.body"], input: .text(#"{"id":1,"article":{"body":"Text."}}"# + "\n"))
    #expect(path.errors.contains("(it has: id, article); jq -c '.content=.article.body'"), "\(path)")
  }

  @Test("markup is turned into text, unless --html says otherwise; what comes back is the article as it came")
  func html() throws {
    let line = #"{"id":1,"content":"<p>One &amp; only.</p>"}"# + "\n"
    let outcome = try run(["--merge", "--tasks", "summary"], input: .text(line))
    #expect(try outcome.records()[0]["summary"]?.string == "One & only.")
    #expect(outcome.text.contains(#""content":"<p>One &amp; only.</p>""#))
    let never = try run(["--html", "never", "--tasks", "summary"] + .instant, input: .text(line))
    #expect(try never.records()[0]["summary"]?.string?.hasPrefix("<p>") == true, "\(never)")
    let empty = try run(["-j1"], input: .text(#"{"id":1,"content":"<p></p><p> </p>"}"# + "\n"))
    #expect(try empty.records()[0].errorCode == "empty_content")
  }

  @Test("a FILE of three bytes or fewer does not run into the next, nor hides its byte order mark")
  func shortFile() throws {
    let files = try OutputFolder()
    try files.write("b", "\u{FEFF}" + article(2))
    for short in ["{}\n", "\n\n\n", "5\n6", "", "7"] {
      try files.write("a", short)
      let outcome = try run(.instant + ["-k", "-j1", files.path("a"), files.path("b")])
      let records = try outcome.records()
      #expect(records.last?.id == 2 && records.last?.errorCode == nil, "\(short) \(outcome)")
      #expect(records.count == short.split(separator: "\n").count + 1, "\(short) \(outcome)")
    }
  }
}
