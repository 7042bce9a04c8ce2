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
}
