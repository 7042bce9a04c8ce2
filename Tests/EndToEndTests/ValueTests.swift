import Testing

@Suite("Values of a line", .blocking)
struct ValueTests {
  @Test("an escaped NUL makes the round trip")
  func escapedNull() throws {
    let outcome = try answers(to: #"{"id":"x\u0000y","content":"a\u0000b."}"# + "\n")
    outcome.expect(.exited(0))
    #expect(outcome.text.contains(#""x\u0000y""#))
    #expect(try outcome.records().map { $0["id"]?.string } == ["x\0y"])
  }

  @Test(
    "lines around and far beyond the size of a pipe", arguments: [65_535, 65_536, 65_537, 200_000, 1 << 20])
  func longLines(_ size: Int) throws {
    let frame = article(1, content: "").utf8.count
    let outcome = try answers(to: article(1, content: String(repeating: "x", count: size - frame)) + article(2))
    outcome.expect(.exited(0))
    #expect(try outcome.records().map { $0["summary"]?.string?.utf8.count } == [size - frame, 19])
  }

  @Test("a line over --max-line is discarded in bounded memory, and the next one is fine")
  func tooLongLine() throws {
    let child = try Launch(.instant + ["-k", "--max-line", "1M"]).start()
    var blocks = 64
    child.feed([]) {
      blocks -= 1
      return blocks >= 0 ? [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20) : nil
    }
    try child.wait("64 MiB to be read") { _ in blocks < 0 }
    try child.write("\n" + article(2))
    let records = try child.records(2)
    #expect(records[0].errorCode == "line_too_long" && records[0].line == 1)
    #expect(records[1].id == 2)
    if let peak = child.peakMemory { #expect(peak < 32 << 20) }
    try child.finish().expect(.exited(1))
  }

  @Test("the limit itself is accepted, one byte more is not", arguments: ["\n", "\r\n"])
  func lineAtTheLimit(_ newline: String) throws {
    func line(_ size: Int) -> String {
      let frame = article(1, content: "").utf8.count - 1
      return article(1, content: String(repeating: "x", count: size - frame)).dropLast() + newline
    }
    let outcome = try answers(to: line(1000) + line(1001 + newline.utf8.count - 1), ["--max-line", "1000"])
    #expect(try outcome.records().map(\.errorCode) == [nil, "line_too_long"])
  }

  @Test("a long line that comes in small reads takes linear time")
  func linearScan() throws {
    func time(_ size: Int) throws -> Duration {
      let child = try Launch(.instant + ["-q"]).start()
      let block = [UInt8](repeating: UInt8(ascii: "x"), count: 4096)
      var left = size / block.count
      try child.write(#"{"id":1,"content":""#)
      child.feed([]) {
        left -= 1
        return left >= 0 ? block : nil
      }
      let start = ContinuousClock.now
      try child.wait("\(size) bytes to be taken", within: .seconds(300)) { _ in left < 0 }
      try child.write("\"}\n")
      #expect(try child.record().id == 1)
      return ContinuousClock.now - start
    }
    // Linear is 4 times, quadratic 16 times as long. Told, not judged: the splitter's own tests count what is scanned.
    let (short, long) = (try time(1 << 20), try time(4 << 20))
    print("a line in small reads: 1 MiB in \(short), 4 MiB in \(long)")
  }

  @Test("deep nesting is an error of its line, in any field", arguments: [("[", "]"), (#"{"a":"#, "}")])
  func deepNesting(open: String, close: String) throws {
    func line(_ depth: Int) -> String {
      let value = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
      return #"{"id":1,"content":"A text.","x":\#(value)}"# + "\n"
    }
    // The article's own object is the first level.
    let outcome = try answers(to: line(511) + line(512) + line(100_000) + article(2), ["--merge"])
    outcome.expect(.exited(1))
    #expect(try outcome.records().map(\.errorCode) == [nil, "invalid_json", "invalid_json", nil])
  }

  @Test("the last of equal keys wins")
  func duplicateKeys() throws {
    let outcome = try answers(to: #"{"id":"1","id":"2","content":"First.","content":"Last."}"# + "\n")
    #expect(try outcome.records().map { $0["id"]?.string } == ["2"])
    #expect(try outcome.records().map { $0["summary"]?.string } == ["Last."])
  }

  @Test("a lone surrogate becomes U+FFFD")
  func loneSurrogates() throws {
    let cases = [
      (#"\ud800"#, "\u{FFFD}"), (#"\udc00"#, "\u{FFFD}"), (#"\ud800\u0041"#, "\u{FFFD}A"),
      (#"\ud83d\ude00"#, "😀"), (#"\ude00\ud83d"#, "\u{FFFD}\u{FFFD}"), (#"\ud800\ud83d\ude00"#, "\u{FFFD}😀"),
    ]
    for (escaped, expected) in cases {
      let outcome = try answers(to: #"{"id":"\#(escaped)","content":"\#(escaped)."}"# + "\n")
      outcome.expect(.exited(0))
      let record = try #require(try outcome.records().first)
      #expect(record["id"] == .string(expected))
      #expect(record["summary"] == .string(expected + "."))
    }
  }

  @Test(
    "what is taken over keeps its digits",
    arguments: ["12345678901234567890", "1.10", "-0", "1e999", "12345678901234567890123", "0.1e-7", "1E+2"])
  func numbers(_ number: String) throws {
    let outcome = try answers(to: #"{"id":\#(number),"content":"A text.","x":[\#(number)]}"# + "\n", ["--merge"])
    outcome.expect(.exited(0))
    #expect(outcome.text.hasPrefix(#"{"id":\#(number),"content":"A text.","x":[\#(number)],"#), "\(outcome)")
  }

  @Test(
    "what is no JSON is refused",
    arguments: [
      #"{"id":NaN,"content":"a"}"#, #"{"id":1,"content":"a",}"#, #"{"id":1,"content":"a"} // x"#,
      #"{'id':1,'content':'a'}"#, "\u{1E}" + #"{"id":1,"content":"a"}"#, #"{"id":01,"content":"a"}"#,
      #"{"id":-Infinity,"content":"a"}"#, #"{"id":1 "content":"a"}"#, #"{"id":1,"content":"\x"}"#,
      #"{"id":+1,"content":"a"}"#,
      #"{"id":1,"content":"a"}{"id":2,"content":"b"}"#, #"{"id":1,"content":"a"} {"id":2,"content":"b"}"#, "nul", "{",
    ])
  func notJSON(_ line: String) throws {
    let outcome = try answers(to: article(1) + line + "\n" + article(3))
    outcome.expect(.exited(1))
    #expect(try outcome.records().map(\.errorCode) == [nil, "invalid_json", nil], "the next line is read")
    #expect(try outcome.records()[1].line == 2)
    #expect(outcome.errors.contains("summarize: line 2: "), "\(outcome)")
  }

  @Test("values that are no objects", arguments: ["1", "null", "[1]", "\"text\"", "true", "[{}]"])
  func notAnObject(_ line: String) throws {
    let outcome = try answers(to: article(1) + line + "\n" + article(3))
    outcome.expect(.exited(1))
    #expect(try outcome.records().map(\.errorCode) == [nil, "not_an_object", nil])
  }

  @Test(
    "errors of an article's fields",
    arguments: [
      (#"{"id":1}"#, "missing_content"), (#"{"id":1,"content":7}"#, "missing_content"),
      (#"{"id":1,"content":null,"text":null}"#, "missing_content"),
      (#"{"id":1,"content":" \n\t\u00a0"}"#, "empty_content"),
      (#"{"id":1,"content":""}"#, "empty_content"), ("{}", "missing_content"),
    ])
  func badFields(line: String, code: String) throws {
    let outcome = try answers(to: line + "\n")
    outcome.expect(.exited(1))
    let record = try #require(try outcome.records().first)
    #expect(record.errorCode == code)
    #expect(record.names == (line == "{}" ? ["line", "error"] : ["id", "line", "error"]))
    #expect(record["error"]?.names == ["code", "message"], "no status and no attempts where no call was made")
  }

  @Test("control characters are visible in messages")
  func visibleMessages() throws {
    let outcome = try run(["no\u{1B}]0;x\u{7}such\u{202E}file\n"], input: .nothing)
    outcome.expect(.exited(2))
    #expect(
      outcome.errors.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && $0 != "\u{202E}") }, "\(outcome)")
  }

  @Test("a record is one line, whatever the text holds")
  func oneLine() throws {
    let escaped = #"a\n\r\t\u2028\"\\\/b\ud83d\ude00é\u0001."#
    let outcome = try answers(to: #"{"id":"\#(escaped)","content":"\#(escaped)"}"# + "\n")
    outcome.expect(.exited(0))
    #expect(outcome.lines.count == 1)
    let record = try #require(try outcome.records().first)
    #expect(record["id"] == .string("a\n\r\t\u{2028}\"\\/b😀é\u{1}."))
    #expect(outcome.text.contains("é"))
  }

  @Test("U+007F to U+009F come out escaped, wherever they came from")
  func escapedControls() throws {
    let outcome = try answers(to: "{\"id\":\"\u{7F}\u{9F}\",\"content\":\"\u{80}.\",\"x\":\"\u{85}\"}\n", ["--merge"])
    outcome.expect(.exited(0))
    #expect(!outcome.text.unicodeScalars.contains { (0x7F...0x9F).contains($0.value) })
    #expect(try outcome.records().first?["x"] == .string("\u{85}"))
  }

  @Test(
    "a pretty-printed document gets one hint that names jq", arguments: ["[\n  {\"id\":1}\n]\n", "{\n  \"id\": 1\n}\n"])
  func prettyPrinted(_ document: String) throws {
    let outcome = try answers(to: document)
    outcome.expect(.exited(1))
    #expect(outcome.lines.count == document.split(separator: "\n").count)
    #expect(outcome.messages.count(where: { $0.contains("jq -c '.[]'") }) == 1, "\(outcome)")
  }

  @Test("after 10 messages of a kind the rest are counted")
  func groupedMessages() throws {
    let outcome = try answers(to: String(repeating: "{bad\n", count: 1000))
    outcome.expect(.exited(1))
    #expect(outcome.lines.count == 1000)
    #expect(outcome.messages.count(where: { $0.contains(": line ") }) == 10, "\(outcome)")
    #expect(outcome.messages.contains { $0.contains("990 more") }, "\(outcome)")
  }
}
