import Articles
import Testing

@Suite struct InputFormatTests {
  private static let tar: [UInt8] =
    Array("articles.ndjson".utf8) + [UInt8](repeating: 0, count: 242) + Array("ustar\u{0}00".utf8)

  @Test(
    arguments: [
      ([0x1F, 0x8B, 8, 0], InputFormat.compressed(.gzip)), ([0x28, 0xB5, 0x2F, 0xFD], .compressed(.zstd)),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .compressed(.xz)), (Array("BZh91AY&SY".utf8), .compressed(.bzip2)),
      ([0x1F, 0x9D, 0x90], .compressed(.compress)), ([0x04, 0x22, 0x4D, 0x18], .compressed(.lz4)),
      ([0x50, 0x4B, 3, 4, 20], .archive(.zip)), (tar, .archive(.tar)),
      ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .archive(.sevenZip)), (Array("%PDF-1.7".utf8), .binary(.pdf)),
      (Array("PAR1\u{15}".utf8), .binary(.parquet)), (Array("SQLite format 3\0".utf8), .binary(.sqlite)),
      ([0xFF, 0xFE, 0x7B, 0], .wideText("UTF-16LE")), ([0x7B, 0, 0x22, 0], .wideText("UTF-16LE")),
      ([0, 0, 0, 0x7B], .wideText("UTF-32BE")),
    ] as [([UInt8], InputFormat)])
  func byItsFirstBytes(bytes: [UInt8], format: InputFormat) {
    // However they come: never lines, and decided once all of them are there.
    for count in 0..<bytes.count {
      let verdict = InputFormat.sniff(Array(bytes[..<count]))
      #expect(verdict == .undecided || verdict == .other(format), "\(count)")
    }
    #expect(InputFormat.sniff(bytes) == .other(format))
    #expect(InputFormat.sniff(bytes, isAtEnd: true) == .other(format))
  }

  @Test(arguments: [
    #"{"id"#, "\u{FEFF}{\"id\":1}\n", "x\n", "B\n", "[{\n", "BZ is a name\n", String(repeating: "x", count: 262),
  ])
  func linesAreNotKeptWaiting(text: String) {
    #expect(InputFormat.sniff(Array(text.utf8)) == .lines, "\(text)")
  }

  @Test(arguments: ["", "{", "x", "\u{FEFF}", "B", "BZh9", "PA", "%PDF"])
  func aShortFileIsDecidedAtItsEnd(text: String) {
    #expect(InputFormat.sniff(Array(text.utf8)) == .undecided, "\(text)")
    #expect(InputFormat.sniff(Array(text.utf8), isAtEnd: true) == .lines, "\(text)")
  }
}
