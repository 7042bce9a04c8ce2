import PlainText
import Testing

/// Texts put together at random from pieces of markup, damaged characters and words.
@Suite("Random texts")
struct RandomTextTests {
  static let pieces = [
    "<p>", "</p>", "<div hidden>", "</div>", "<br>", "<table>", "<tr>", "<td>", "<td hidden>", "</td>", "</tr>",
    "</table>", "<ul>",
    "<li>", "</li>", "</ul>", "<pre>", "</pre>", "<script>", "</script>", "<style>", "<head>", "</head>", "<body>",
    "<form>", "</form>",
    "<nav>", "</nav>", "<b>", "</b>", "<span style='display:none'>", "</span>", "<!--", "-->", "<![CDATA[", "]]>",
    "<?xml ", "?>", "<q>",
    "</q>", "<a href=\"", "\">", "'", "\"", "<", ">", "&", "&amp;", "&lt;", "&gt;", "&#8217;", "&copy", "&nGt;", "&#",
    ";", "`", "```",
    "**", "*", "_", "[", "](https://x.example)", "# ", "> ", "- ", "---", "\n", "\n\n", "  ", "\t", "\u{92}", "\u{AD}",
    "\u{E2}\u{80}\u{99}",
    "\u{200B}", "\u{FEFF}", "\u{A0}", "word", "The council", " ", " ", "é", "汉字", "ไทย", "🙂", "1. ",
  ]

  /// xorshift, so that a failure comes again.
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  static func text(_ seed: Int, _ count: Int) -> String {
    var random = Generator(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
    return (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  @Test(arguments: HTMLMode.allCases)
  func
    `What is made of them is valid, no longer than tabs and marks make it, and the same again where no markup is left`(
      _ mode: HTMLMode
    )
  {
    for seed in 0..<3000 {
      let bytes = Array(Self.text(seed, 1 + seed % 60).utf8)
      guard let plain = bytes.withUnsafeBufferPointer({ PlainText.plain($0, html: mode) }) else { continue }
      #expect(String(validating: plain, as: UTF8.self) != nil, "seed \(seed)")
      #expect(plain.count <= bytes.count * 4 + 2, "seed \(seed)")
      if !plain.contains(0x3C), !plain.contains(0x26), !plain.contains(0xC2), !plain.contains(0xE2) {
        #expect(plain.withUnsafeBufferPointer { PlainText.plain($0, html: mode) } == nil, "seed \(seed)")
      }
    }
  }

  @Test func `Lines and Markdown too`() {
    for seed in 0..<3000 {
      let bytes = Array(Self.text(seed, 1 + seed % 60).utf8)
      for changed in [
        bytes.withUnsafeBufferPointer { WrappedLines.joined($0) },
        bytes.withUnsafeBufferPointer { MarkdownRemover.words(of: $0) },
      ] {
        guard let changed else { continue }
        #expect(String(validating: changed, as: UTF8.self) != nil, "seed \(seed)")
        #expect(changed.count <= bytes.count * 4 + 2, "seed \(seed)")
      }
    }
  }

  /// What a quadratic look back or ahead would take minutes for.
  @Test(arguments: [
    "<div hidden>", "<p hidden>", "<b>", "<a href='>' ", "<a x=\"", "<!--", "<script>", "<![CDATA[", "<?x ", "`", "```",
    "` `` ", "&lt;p&gt;",
    "&amp;", "[", "](/", "![", "**a ", "*a", "_", "~~", "<form>", "<td>", "<ul><li>", "\u{E2}\u{80}", "\u{200B}",
    "<http", "- ", "1. a\n",
    "</b>", "</div>", "<pre> ", "<x>", "</x>", "\n", "a\n", "<p>\n\n", "] ", "<img alt='",
  ])
  func `Long repetitions are read in one pass`(_ piece: String) {
    let text = "<p>x</p>" + String(repeating: piece, count: 1_000_000 / piece.utf8.count)
    let bytes = Array(text.utf8)
    for mode in HTMLMode.allCases { _ = bytes.withUnsafeBufferPointer { PlainText.plain($0, html: mode) } }
    _ = bytes.withUnsafeBufferPointer { WrappedLines.joined($0) }
    _ = bytes.withUnsafeBufferPointer { MarkdownRemover.words(of: $0) }
  }
}
