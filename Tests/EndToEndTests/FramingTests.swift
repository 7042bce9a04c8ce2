import Testing

@Suite("Lines", .blocking)
struct FramingTests {
  @Test("the last line may lack its newline; output has one")
  func missingNewline() throws {
    let outcome = try answers(to: #"{"id":1,"content":"A text."}"#)
    outcome.expect(.exited(0))
    #expect(outcome.output.last == 0x0A)
    #expect(try outcome.records().compactMap(\.id) == [1])
  }

  @Test("a truncated last record is an error, not silence")
  func truncatedRecord() throws {
    let outcome = try answers(to: #"{"id":"1","te"#)
    outcome.expect(.exited(1))
    #expect(try outcome.records().map(\.errorCode) == ["invalid_json"])
  }

  @Test("CRLF is accepted, and no CR comes out")
  func carriageReturnLineFeed() throws {
    let outcome = try answers(
      to:
        "{\"id\":1,\"content\":\"A text.\"}\r\n\r\n{\"id\":2,\"content\":\"A text.\"}\r\n", ["--merge"])
    outcome.expect(.exited(0))
    #expect(try outcome.records().compactMap(\.id) == [1, 2])
    #expect(!outcome.output.contains(0x0D))
  }

  @Test("a lone CR ends no line")
  func loneCarriageReturn() throws {
    let outcome = try answers(to: "{\"id\":1,\"content\":\"a\"}\r{\"id\":2,\"content\":\"b\"}\n")
    outcome.expect(.exited(1))
    #expect(try outcome.records().map(\.errorCode) == ["invalid_json"])
  }

  @Test("U+2028, U+2029, U+0085 end no line", arguments: ["\u{2028}", "\u{2029}", "\u{85}", "\u{7F}"])
  func unicodeSeparators(_ separator: String) throws {
    let outcome = try answers(to: #"{"id":"a\#(separator)b","content":"A text\#(separator)here."}"# + "\n")
    outcome.expect(.exited(0))
    #expect(try outcome.records().map { $0["id"]?.string } == ["a\(separator)b"])
  }

  @Test("vertical tab and form feed are bad JSON of one line", arguments: [0x0B, 0x0C] as [UInt8])
  func verticalSpace(_ byte: UInt8) throws {
    let outcome = try answers(to: Array(#"{"id":1,"content":"a"#.utf8) + [byte] + Array("b\"}\n".utf8))
    outcome.expect(.exited(1))
    #expect(outcome.lines.count == 1)
  }

  @Test("blank lines are skipped but counted")
  func blankLines() throws {
    let outcome = try answers(to: "\n \t \r\n{bad\n\n" + article(2) + "\n\n")
    outcome.expect(.exited(1))
    let records = try outcome.records()
    #expect(records.count == 2)
    #expect(records[0].line == 3)
    #expect(outcome.errors.contains("summarize: line 3: "), "\(outcome)")
  }

  @Test("a byte order mark is skipped at the start only")
  func byteOrderMark() throws {
    let first = try answers(to: "\u{FEFF}" + article(1))
    first.expect(.exited(0))
    #expect(try first.records().compactMap(\.id) == [1])
    let second = try answers(to: article(1) + "\u{FEFF}" + article(2))
    second.expect(.exited(1))
    #expect(try second.records().map(\.errorCode) == [nil, "invalid_json"])
  }

  @Test("a byte order mark byte by byte")
  func slowByteOrderMark() throws {
    let child = try Launch(.instant).start()
    for byte in Array(("\u{FEFF}" + article(1)).utf8) {
      child.feed([byte])
      try child.hasReadAll()
    }
    #expect(try child.record().id == 1)
    try child.finish().expect(.exited(0))
  }

  @Test("each file may begin with a byte order mark; line numbers run on")
  func byteOrderMarkPerFile() throws {
    let folder = try TemporaryFolder()
    let files = [
      try folder.file("a", "\u{FEFF}" + article(1) + "\n"), try folder.file("b", "\u{FEFF}" + article(2) + "{bad\n"),
    ]
    let outcome = try run(.instant + ["-k"] + files)
    outcome.expect(.exited(1))
    #expect(try outcome.records().map { $0.id ?? $0.line } == [1, 2, 4])
    #expect(outcome.errors.contains("\(files[1]):2: "), "\(outcome)")
  }

  @Test("UTF-16 and UTF-32 end the run with one message", arguments: [2, 4], [true, false])
  func wideInput(width: Int, marked: Bool) throws {
    var bytes: [UInt8] = []
    for scalar in ((marked ? "\u{FEFF}" : "") + articles(1...20)).unicodeScalars {
      bytes += (0..<width).map { UInt8(truncatingIfNeeded: scalar.value >> (8 * UInt32($0))) }
    }
    for input in [bytes, stride(from: 0, to: bytes.count, by: width).flatMap { bytes[$0..<$0 + width].reversed() }] {
      let outcome = try answers(to: input, ["-q"])
      outcome.expect(.exited(2))
      #expect(outcome.output.isEmpty)
      #expect(outcome.messages.count == 1 && outcome.errors.contains("UTF-\(width * 8)"), "\(outcome)")
    }
  }

  @Test("invalid UTF-8 is an error of its line; output stays valid")
  func invalidUTF8() throws {
    let bad: [[UInt8]] = [
      [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80], [0xF0, 0x9F],
    ]
    for bytes in bad {
      let line = Array(#"{"id":1,"content":"x"#.utf8) + bytes + Array("\"}\n".utf8)
      let outcome = try answers(to: line + Array(article(2).utf8))
      outcome.expect(.exited(1))
      #expect(try outcome.records().map(\.errorCode) == ["invalid_utf8", nil])
    }
  }

  @Test("a raw NUL is an error of its line")
  func rawNull() throws {
    let good = Array(article(1).utf8)
    for bad in [Array("{\"id\":1,\"content\":\"a\0b\"}\n".utf8), Array("{\"id\":1,\"content\":\"a\"}\0\n".utf8)] {
      let outcome = try answers(to: good + bad + good)
      outcome.expect(.exited(1))
      #expect(try outcome.records().map(\.errorCode) == [nil, "invalid_json", nil])
    }
    let nulls = try answers(to: good + [UInt8](repeating: 0, count: 100) + [0x0A] + good)
    nulls.expect(.exited(1))
    #expect(try nulls.records().map(\.errorCode) == [nil, "invalid_json", nil])
  }
}
