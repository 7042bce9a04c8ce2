import Testing

@Suite("A.2 lines", .blocking)
struct FramingTests {
  private func run(_ input: [UInt8], _ options: [String] = []) throws -> Outcome {
    try EndToEndTests.run(.instant + ["-k"] + options, input: .bytes(input))
  }

  private func run(_ input: String, _ options: [String] = []) throws -> Outcome {
    try run(Array(input.utf8), options)
  }

  @Test("item 18: the last line may lack its newline; output has one")
  func missingNewline() throws {
    let outcome = try run(#"{"id":1,"content":"A text."}"#)
    outcome.expect(.exited(0))
    #expect(outcome.output.last == 0x0A)
    #expect(try outcome.records().compactMap(\.id) == [1])
  }

  @Test("item 19: a truncated last record is an error, not silence")
  func truncatedRecord() throws {
    let outcome = try run(#"{"id":"1","te"#)
    outcome.expect(.exited(1))
    #expect(try outcome.records().map(\.errorCode) == ["invalid_json"])
  }

  @Test("item 20: CRLF is accepted, and no CR comes out")
  func carriageReturnLineFeed() throws {
    let outcome = try run(
      "{\"id\":1,\"content\":\"A text.\"}\r\n\r\n{\"id\":2,\"content\":\"A text.\"}\r\n", ["--merge"])
    outcome.expect(.exited(0))
    #expect(try outcome.records().compactMap(\.id) == [1, 2])
    #expect(!outcome.output.contains(0x0D))
  }

  @Test("item 21: a lone CR ends no line")
  func loneCarriageReturn() throws {
    let outcome = try run("{\"id\":1,\"content\":\"a\"}\r{\"id\":2,\"content\":\"b\"}\n")
    outcome.expect(.exited(1))
    #expect(try outcome.records().map(\.errorCode) == ["invalid_json"])
  }

  @Test("item 22: U+2028, U+2029, U+0085 end no line", arguments: ["\u{2028}", "\u{2029}", "\u{85}", "\u{7F}"])
  func unicodeSeparators(_ separator: String) throws {
    let outcome = try run(#"{"id":"a\#(separator)b","content":"A text\#(separator)here."}"# + "\n")
    outcome.expect(.exited(0))
    #expect(try outcome.records().map { $0["id"]?.string } == ["a\(separator)b"])
  }

  @Test("item 22: vertical tab and form feed are bad JSON of one line", arguments: [0x0B, 0x0C] as [UInt8])
  func verticalSpace(_ byte: UInt8) throws {
    let outcome = try run(Array(#"{"id":1,"content":"a"#.utf8) + [byte] + Array("b\"}\n".utf8))
    outcome.expect(.exited(1))
    #expect(outcome.lines.count == 1)
  }

  @Test("item 23: blank lines are skipped but counted")
  func blankLines() throws {
    let outcome = try run("\n \t \r\n{bad\n\n" + article(2) + "\n\n")
    outcome.expect(.exited(1))
    let records = try outcome.records()
    #expect(records.count == 2)
    #expect(records[0].line == 3)
    #expect(outcome.errors.contains("summarize: line 3: "), "\(outcome)")
  }

  @Test("item 24: a byte order mark is skipped at the start only")
  func byteOrderMark() throws {
    let first = try run("\u{FEFF}" + article(1))
    first.expect(.exited(0))
    #expect(try first.records().compactMap(\.id) == [1])
    let second = try run(article(1) + "\u{FEFF}" + article(2))
    second.expect(.exited(1))
    #expect(try second.records().map(\.errorCode) == [nil, "invalid_json"])
  }

  @Test("item 24: a byte order mark byte by byte")
  func slowByteOrderMark() throws {
    let child = try Launch(.instant).start()
    for byte in Array(("\u{FEFF}" + article(1)).utf8) {
      child.feed([byte])
      try child.hasReadAll()
    }
    #expect(try child.record().id == 1)
    try child.finish().expect(.exited(0))
  }

  @Test("item 24: each file may begin with a byte order mark; line numbers run on")
  func byteOrderMarkPerFile() throws {
    let folder = try TemporaryFolder()
    let files = [
      try folder.file("a", "\u{FEFF}" + article(1) + "\n"), try folder.file("b", "\u{FEFF}" + article(2) + "{bad\n"),
    ]
    let outcome = try EndToEndTests.run(.instant + ["-k"] + files)
    outcome.expect(.exited(1))
    #expect(try outcome.records().map { $0.id ?? $0.line } == [1, 2, 4])
    #expect(outcome.errors.contains("\(files[1]):2: "), "\(outcome)")
  }

  @Test("item 25: UTF-16 and UTF-32 end the run with one message", arguments: [2, 4], [true, false])
  func wideInput(width: Int, marked: Bool) throws {
    var bytes: [UInt8] = []
    for scalar in ((marked ? "\u{FEFF}" : "") + articles(1...20)).unicodeScalars {
      bytes += (0..<width).map { UInt8(truncatingIfNeeded: scalar.value >> (8 * UInt32($0))) }
    }
    for input in [bytes, stride(from: 0, to: bytes.count, by: width).flatMap { bytes[$0..<$0 + width].reversed() }] {
      let outcome = try run(input, ["-q"])
      outcome.expect(.exited(2))
      #expect(outcome.output.isEmpty)
      #expect(outcome.messages.count == 1 && outcome.errors.contains("UTF-\(width * 8)"), "\(outcome)")
    }
  }

  @Test("item 26: invalid UTF-8 is an error of its line; output stays valid")
  func invalidUTF8() throws {
    let bad: [[UInt8]] = [
      [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80], [0xF0, 0x9F],
    ]
    for bytes in bad {
      let line = Array(#"{"id":1,"content":"x"#.utf8) + bytes + Array("\"}\n".utf8)
      let outcome = try run(line + Array(article(2).utf8))
      outcome.expect(.exited(1))
      #expect(try outcome.records().map(\.errorCode) == ["invalid_utf8", nil])
    }
  }

  @Test("item 27: a raw NUL is an error of its line")
  func rawNull() throws {
    let good = Array(article(1).utf8)
    for bad in [Array("{\"id\":1,\"content\":\"a\0b\"}\n".utf8), Array("{\"id\":1,\"content\":\"a\"}\0\n".utf8)] {
      let outcome = try run(good + bad + good)
      outcome.expect(.exited(1))
      #expect(try outcome.records().map(\.errorCode) == [nil, "invalid_json", nil])
    }
    let nulls = try run(good + [UInt8](repeating: 0, count: 100) + [0x0A] + good)
    nulls.expect(.exited(1))
    #expect(try nulls.records().map(\.errorCode) == [nil, "invalid_json", nil])
  }

  @Test("item 28: an escaped NUL makes the round trip")
  func escapedNull() throws {
    let outcome = try run(#"{"id":"x\u0000y","content":"a\u0000b."}"# + "\n")
    outcome.expect(.exited(0))
    #expect(outcome.text.contains(#""x\u0000y""#))
    #expect(try outcome.records().map { $0["id"]?.string } == ["x\0y"])
  }

  @Test(
    "item 29: lines around and far beyond the size of a pipe", arguments: [65_535, 65_536, 65_537, 200_000, 1 << 20])
  func longLines(_ size: Int) throws {
    let frame = article(1, content: "").utf8.count
    let outcome = try run(article(1, content: String(repeating: "x", count: size - frame)) + article(2))
    outcome.expect(.exited(0))
    #expect(try outcome.records().map { $0["summary"]?.string?.utf8.count } == [size - frame, 19])
  }

  @Test("item 30: a line over --max-line is discarded in bounded memory, and the next one is fine")
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

  @Test("item 30: the limit itself is accepted, one byte more is not", arguments: ["\n", "\r\n"])
  func lineAtTheLimit(_ newline: String) throws {
    func line(_ size: Int) -> String {
      let frame = article(1, content: "").utf8.count - 1
      return article(1, content: String(repeating: "x", count: size - frame)).dropLast() + newline
    }
    let outcome = try run(line(1000) + line(1001 + newline.utf8.count - 1), ["--max-line", "1000"])
    #expect(try outcome.records().map(\.errorCode) == [nil, "line_too_long"])
  }

  @Test("item 31: a long line that comes in small reads takes linear time")
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
      try child.wait("\(size) bytes to be taken", within: .seconds(60)) { _ in left < 0 }
      try child.write("\"}\n")
      #expect(try child.record().id == 1)
      return ContinuousClock.now - start
    }
    let (short, long) = (try time(2 << 20), try time(8 << 20))
    // Linear is 4 times, quadratic 16 times as long.
    #expect(long < short * 10 + .milliseconds(500), "2 MiB \(short), 8 MiB \(long)")
  }

  @Test("item 32: deep nesting is an error of its line, in any field", arguments: [("[", "]"), (#"{"a":"#, "}")])
  func deepNesting(open: String, close: String) throws {
    func line(_ depth: Int) -> String {
      let value = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
      return #"{"id":1,"content":"A text.","x":\#(value)}"# + "\n"
    }
    // The article's own object is the first level.
    let outcome = try run(line(511) + line(512) + line(100_000) + article(2), ["--merge"])
    outcome.expect(.exited(1))
    #expect(try outcome.records().map(\.errorCode) == [nil, "invalid_json", "invalid_json", nil])
  }

  @Test("item 33: the last of equal keys wins")
  func duplicateKeys() throws {
    let outcome = try run(#"{"id":"1","id":"2","content":"First.","content":"Last."}"# + "\n")
    #expect(try outcome.records().map { $0["id"]?.string } == ["2"])
    #expect(try outcome.records().map { $0["summary"]?.string } == ["Last."])
  }

  @Test("item 34: a lone surrogate becomes U+FFFD")
  func loneSurrogates() throws {
    let cases = [
      (#"\ud800"#, "\u{FFFD}"), (#"\udc00"#, "\u{FFFD}"), (#"\ud800\u0041"#, "\u{FFFD}A"),
      (#"\ud83d\ude00"#, "😀"), (#"\ude00\ud83d"#, "\u{FFFD}\u{FFFD}"), (#"\ud800\ud83d\ude00"#, "\u{FFFD}😀"),
    ]
    for (escaped, expected) in cases {
      let outcome = try run(#"{"id":"\#(escaped)","content":"\#(escaped)."}"# + "\n")
      outcome.expect(.exited(0))
      let record = try #require(try outcome.records().first)
      #expect(record["id"] == .string(expected))
      #expect(record["summary"] == .string(expected + "."))
    }
  }

  @Test(
    "item 35: what is taken over keeps its digits",
    arguments: ["12345678901234567890", "1.10", "-0", "1e999", "12345678901234567890123", "0.1e-7", "1E+2"])
  func numbers(_ number: String) throws {
    let outcome = try run(#"{"id":\#(number),"content":"A text.","x":[\#(number)]}"# + "\n", ["--merge"])
    outcome.expect(.exited(0))
    #expect(outcome.text.hasPrefix(#"{"id":\#(number),"content":"A text.","x":[\#(number)],"#), "\(outcome)")
  }

  @Test(
    "item 36: what is no JSON is refused",
    arguments: [
      #"{"id":NaN,"content":"a"}"#, #"{"id":1,"content":"a",}"#, #"{"id":1,"content":"a"} // x"#,
      #"{'id':1,'content':'a'}"#, "\u{1E}" + #"{"id":1,"content":"a"}"#, #"{"id":01,"content":"a"}"#,
      #"{"id":-Infinity,"content":"a"}"#, #"{"id":1 "content":"a"}"#, #"{"id":1,"content":"\x"}"#,
      #"{"id":+1,"content":"a"}"#,
      #"{"id":1,"content":"a"}{"id":2,"content":"b"}"#, #"{"id":1,"content":"a"} {"id":2,"content":"b"}"#, "nul", "{",
    ])
  func notJSON(_ line: String) throws {
    let outcome = try run(article(1) + line + "\n" + article(3))
    outcome.expect(.exited(1))
    #expect(try outcome.records().map(\.errorCode) == [nil, "invalid_json", nil], "items 36, 37 and 39")
    #expect(try outcome.records()[1].line == 2)
    #expect(outcome.errors.contains("summarize: line 2: "), "item 40: \(outcome)")
  }

  @Test("item 38: values that are no objects", arguments: ["1", "null", "[1]", "\"text\"", "true", "[{}]"])
  func notAnObject(_ line: String) throws {
    let outcome = try run(article(1) + line + "\n" + article(3))
    outcome.expect(.exited(1))
    #expect(try outcome.records().map(\.errorCode) == [nil, "not_an_object", nil])
  }

  @Test(
    "errors of an article's fields",
    arguments: [
      (#"{"id":1}"#, "missing_content"), (#"{"id":1,"content":7}"#, "missing_content"),
      (#"{"id":1,"content":null,"text":"a"}"#, "missing_content"),
      (#"{"id":1,"content":" \n\t\u00a0"}"#, "empty_content"),
      (#"{"id":1,"content":""}"#, "empty_content"), ("{}", "missing_content"),
    ])
  func badFields(line: String, code: String) throws {
    let outcome = try run(line + "\n")
    outcome.expect(.exited(1))
    let record = try #require(try outcome.records().first)
    #expect(record.errorCode == code)
    #expect(record.names == (line == "{}" ? ["line", "error"] : ["id", "line", "error"]))
    #expect(record["error"]?.names == ["code", "message"], "no status and no attempts where no call was made")
  }

  @Test("item 41: control characters are visible in messages")
  func visibleMessages() throws {
    let outcome = try EndToEndTests.run(["no\u{1B}]0;x\u{7}such\u{202E}file\n"], input: .nothing)
    outcome.expect(.exited(2))
    #expect(
      outcome.errors.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && $0 != "\u{202E}") }, "\(outcome)")
  }

  @Test("items 42 and 43: a record is one line, whatever the text holds")
  func oneLine() throws {
    let escaped = #"a\n\r\t\u2028\"\\\/b\ud83d\ude00é\u0001."#
    let outcome = try run(#"{"id":"\#(escaped)","content":"\#(escaped)"}"# + "\n")
    outcome.expect(.exited(0))
    #expect(outcome.lines.count == 1)
    let record = try #require(try outcome.records().first)
    #expect(record["id"] == .string("a\n\r\t\u{2028}\"\\/b😀é\u{1}."))
    #expect(outcome.text.contains("é"))
  }

  @Test("U+007F to U+009F come out escaped, wherever they came from")
  func escapedControls() throws {
    let outcome = try run("{\"id\":\"\u{7F}\u{9F}\",\"content\":\"\u{80}.\",\"x\":\"\u{85}\"}\n", ["--merge"])
    outcome.expect(.exited(0))
    #expect(!outcome.text.unicodeScalars.contains { (0x7F...0x9F).contains($0.value) })
    #expect(try outcome.records().first?["x"] == .string("\u{85}"))
  }

  @Test(
    "a pretty-printed document gets one hint that names jq", arguments: ["[\n  {\"id\":1}\n]\n", "{\n  \"id\": 1\n}\n"])
  func prettyPrinted(_ document: String) throws {
    let outcome = try run(document)
    outcome.expect(.exited(1))
    #expect(outcome.lines.count == document.split(separator: "\n").count)
    #expect(outcome.messages.count(where: { $0.contains("jq -c '.[]'") }) == 1, "\(outcome)")
  }

  @Test("item 79: after 10 messages of a kind the rest are counted")
  func groupedMessages() throws {
    let outcome = try run(String(repeating: "{bad\n", count: 1000))
    outcome.expect(.exited(1))
    #expect(outcome.lines.count == 1000)
    #expect(outcome.messages.count(where: { $0.contains(": line ") }) == 10, "\(outcome)")
    #expect(outcome.messages.contains { $0.contains("990 more") }, "\(outcome)")
  }
}
