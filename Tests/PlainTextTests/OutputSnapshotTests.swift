import Testing

@testable import PlainText

/// What the conversions make of texts put together at random, as one hash for every hundred of them.
///
/// A change that is meant to leave the output alone leaves these as they are. A change of a rule alters some. Look at what
/// it does to real pages, and put the hashes that the failure prints in the place of the old ones.
@Suite("Output") struct OutputSnapshotTests {
  private static let texts = 100

  /// Beside those of `RandomTextTests`.
  private static let pieces = [
    "<figcaption>", "</figcaption>", "<img alt='A tanker in the old harbour'>", "A tanker in the old harbour",
    "<p class='wp-caption-text'>", "<span class=credit>", "<blockquote class=\"twitter-tweet\">", "</blockquote>",
    "<h1>", "</h1>", "<article>", "</article>", "<main>", "<img class=emoji alt='🙂'>", "<script src='x'/>", "<dl><dt>",
    "<dd>", "<svg>", "</svg>", "<title>", "</title>", "<option>", "<br/><br/>", "<o:p>", "&eacute;", "&#x2019;",
    "&#150;",
    "?a=1&copy=2", "From: Jane Roe\n", "Subject: The harbour\n", "Date: Mon, 4 Mar 2024\n", "> quoted\n", "-- \n",
    "On 3 May, Jane wrote:\n", "The minister did not resign on\n", "Monday, and the ferries went on as they had\n",
    "=====\n", "| a | b |\n", "|---|---|\n", "~~", "\\*", "<https://x.example>", "[^1]", "[1]: https://x.example\n",
    "\u{80}", "\u{C3}\u{A9}", "\u{E2}\u{20AC}\u{2122}", "35-year-\nold ", "ein-\nfach ", "\r\n", "\u{2028}",
  ]

  private static func text(_ seed: Int, _ count: Int) -> String {
    var random = RandomTextTests.Generator(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
    return (0..<count).map { _ in
      let all = random.next() % 2 == 0 ? pieces : RandomTextTests.pieces
      return all[Int(random.next() % UInt64(all.count))]
    }.joined()
  }

  /// - Parameter group: Which texts are converted; the same always.
  private static func output(of group: Int) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ bytes: some Sequence<UInt8>) {
      for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      hash = hash &* 0x100_0000_01B3
    }
    for number in 0..<texts {
      let text = Array(text(group * texts + number, 3 + number % 60).utf8)
      text.withUnsafeBufferPointer { bytes in
        for mode in HTMLMode.allCases {
          guard let readable = PlainText.readable(bytes, html: mode) else { continue }
          add(readable.bytes)
          for caption in readable.captions { add("\(caption.lowerBound)-\(caption.upperBound)".utf8) }
        }
        add(MarkdownRemover.words(of: bytes) ?? [])
        add(WrappedLines.joined(bytes) ?? [])
        add(MailHeaders.removed(from: bytes) ?? [])
      }
    }
    return String(hash, radix: 16)
  }

  @Test func `It is what it was`() {
    let found = (0..<Self.expected.count).map(Self.output)
    #expect(found == Self.expected)
  }

  private static let expected = [
    "bcaf31ce525d4d80", "3482971dc1139f49", "83420fa96667b263", "5c8fc47bdab0f20a", "aa060972089c1dbe",
    "30a726ef2f833b0", "7c69efefd99f6ee", "8bfe9989620e934f", "164525eede846cff", "44dbed4f8c6b5d41",
    "c148ec493d26d811", "41dd047f42ec21a2", "81cf56dcee64758e", "a5e1e343fc61af67", "32749e4f7d12b713",
    "a1e5669d1226ced2", "eae80132cf4c16e8", "38c56843bd94913b", "5e863c5a1adbeeee", "af49ac97d2de43dc",
    "e29e07fef4fb3e00", "7144f1b871bb3de4", "7b9d2c7f0701e536", "a41e8a8084842920", "4ab0ec7370bb0a3c",
    "f2384958cd1cb077", "a3b4d612a6375061", "69f8ce4112ecbff4", "d792748b4f1fb91b", "2eca53743f54347",
    "c0f4968da460be30", "69e7639b7e198a80", "9e065a8399cea9ce", "cba498596c68b4a5", "6e18ce0a23ae6860",
    "f42d7653b7bd2afb", "3be673ac5459cd3c", "e6315f828c6acef4", "2ec2a5fc0996daf1", "936403aeceadc347",
  ]
}
