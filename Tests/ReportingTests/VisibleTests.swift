import Testing

@testable import Reporting

@Suite struct VisibleTests {
  @Test func plainTextStaysAsItIs() {
    #expect(visible("naïve 日本 🙂 'quoted' \\") == "naïve 日本 🙂 'quoted' \\")
  }

  @Test func whatCouldSteerATerminalIsShown() {
    #expect(visible("a\u{1B}]0;x\u{07}b\n\r\t\u{7F}") == "a\\x1b]0;x\\x07b\\x0a\\x0d\\x09\\x7f")
    #expect(visible("\u{9B}\u{202E}\u{2028}\u{200B}\u{FEFF}") == "\\u{9b}\\u{202e}\\u{2028}\\u{200b}\\u{feff}")
  }

  /// The first and the last of every range, and their neighbours, which stay.
  @Test func theRangesEndWhereTheyShould() {
    let unsafe: [ClosedRange<UInt32>] = [
      0x00...0x1F, 0x7F...0x9F, 0x61C...0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF...0xFEFF,
    ]
    for value in (0...0x3000 as ClosedRange<UInt32>).map({ $0 }) + [0xFEFE, 0xFEFF, 0xFF00] {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(Character(scalar))
      #expect((visible(text) != text) == unsafe.contains { $0.contains(value) }, "U+\(String(value, radix: 16))")
    }
  }
}
