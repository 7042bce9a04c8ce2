import JSONLines
import Testing

@Suite struct LineSplitterTests {
  private func split(_ text: String, maximumLength: Int = 100) -> [String] {
    lines([Array(text.utf8)], maximumLength: maximumLength).map { "\($0.number) \($0.text)" }
  }

  @Test func lineFeedEndsALine() {
    #expect(split("a\nb\n") == ["1 a", "2 b"])
  }

  @Test func lastLineMayLackItsNewline() {
    #expect(split("a\nb") == ["1 a", "2 b"])
    #expect(split("").isEmpty)
  }

  @Test func carriageReturnBeforeTheNewlineIsNoContent() {
    #expect(split("a\r\nb\r\r\nc\r") == ["1 a", "2 b\r", "3 c"])
  }

  @Test(arguments: ["\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}", "\u{1E}", "\0"])
  func nothingElseEndsALine(_ separator: String) {
    #expect(split("a\(separator)b\n") == ["1 a\(separator)b"])
  }

  /// However it comes: in one piece, in two, and as the last line.
  @Test(arguments: ["\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{1E}", "\0", "\t", " "])
  func whatStandsBeforeTheNewlineIsContentUnlessItIsACarriageReturn(_ end: String) {
    for terminator in ["\n", "\r\n", "", "\r"] {
      let line = Array("a\(end)\(terminator)".utf8)
      for cut in 0...line.count {
        let found = lines([Array(line[..<cut]), Array(line[cut...])], maximumLength: 100)
        #expect(found.map(\.text) == ["a\(end)"])
      }
    }
    let long = String(repeating: "x", count: 100_000) + end
    #expect(lines([Array((long + "\n").utf8)], maximumLength: 200_000).map(\.text) == [long])
    #expect(lines([Array(long.utf8), [0x0A]], maximumLength: 200_000).map(\.text) == [long])
  }

  @Test func blankLinesAreCountedOnly() {
    #expect(split("\n \t\r\n\r\na\n\n\nb\n  ") == ["4 a", "7 b"])
  }

  @Test func byteOrderMarkIsSkippedAtTheStartOnly() {
    #expect(split("\u{FEFF}a\n\u{FEFF}b\n") == ["1 a", "2 \u{FEFF}b"])
    #expect(split("\u{FEFF}\n\u{FEFF}b\n") == ["2 \u{FEFF}b"])
    #expect(split("\u{FEFF}").isEmpty)
    #expect(split("\u{FEFF}\u{FEFF}a") == ["1 \u{FEFF}a"])
  }

  @Test func numbersRunOnOverFiles() {
    var splitter = LineSplitter(maximumLength: 100, firstLineNumber: 5)
    #expect(splitter.lineNumber == 4)
    #expect(splitter.lines([Array("\u{FEFF}a\nb".utf8)]).map(\.number) == [5, 6])
    #expect(splitter.lines([Array("\u{FEFF}c\n\n".utf8)]).map { "\($0.number) \($0.text)" } == ["7 c"])
    #expect(splitter.lineNumber == 8)
  }

  @Test func aLineOfTheMaximumIsFine() {
    let line = String(repeating: "x", count: 10)
    for end in ["", "\n", "\r\n", "\r"] {
      #expect(split(line + end, maximumLength: 10) == ["1 \(line)"])
      #expect(split("\u{FEFF}" + line + end, maximumLength: 10) == ["1 \(line)"])
      #expect(split(line + "x" + end + "\nb", maximumLength: 10).first == "1 too long: 11 of 11")
    }
  }

  @Test func afterALineThatIsTooLongReadingResumes() {
    let long = String(repeating: "y", count: 10_000)
    let chunks = (long + "\r\nnext\n" + long).utf8.map { [$0] }
    let found = lines(chunks, maximumLength: 10).map { "\($0.number) \($0.text)" }
    #expect(found == ["1 too long: 4096 of 10000", "2 next", "3 too long: 4096 of 10000"])
  }

  @Test func prefixOfALongLineIsItsBeginning() {
    let long = (0..<9000).map { UInt8($0 % 200) &+ 11 }
    let found = lines([[0xEF, 0xBB], [0xBF] + long], maximumLength: 5000)
    #expect(found == [NumberedLine(number: 1, content: .tooLong(prefix: Array(long.prefix(4096)), length: 9000))])
  }

  @Test func aBlankLineIsBlankHoweverLong() {
    let blank = String(repeating: " ", count: 1000)
    #expect(split(blank + "\nb", maximumLength: 10) == ["2 b"])
    #expect(split(blank + "x\nb", maximumLength: 10) == ["1 too long: 1001 of 1001", "2 b"])
  }

  @Test func aLineWaitsForItsNewline() {
    var splitter = LineSplitter(maximumLength: 100)
    splitter.append(Array("{\"a\":".utf8))
    #expect(splitter.next() == nil)
    splitter.append([])
    #expect(splitter.next() == nil)
    splitter.append(Array("1}\n{".utf8))
    #expect(splitter.next()?.text == "{\"a\":1}")
    #expect(splitter.next() == nil)
    #expect(splitter.finish()?.text == "{")
    #expect(splitter.finish() == nil)
  }
}
