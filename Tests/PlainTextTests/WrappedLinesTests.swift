import PlainText
import Testing

func joined(_ text: String) -> String {
  guard let bytes = Array(text.utf8).withUnsafeBufferPointer({ WrappedLines.joined($0) }) else { return text }
  return String(decoding: bytes, as: UTF8.self)
}

/// Greedily, as every mail program does it.
func wrap(_ text: String, _ width: Int) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    var lines: [String] = []
    for word in line.split(separator: " ") {
      if let last = lines.last, last.unicodeScalars.count + 1 + word.unicodeScalars.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n")
  }.joined(separator: "\n")
}

@Suite("Wrapped lines")
struct WrappedLinesTests {
  static let prose = """
    The minister did not resign on Monday. She said that the bridge, which cost 5 million, would open in May whatever the \
    council of Mull decided, and that "nobody has to wait" for the second one.

    In 2019. The ferry had run aground twice, on 3 March and on 4. November, and the owners — a family from Iona — had sold it to \
    the state-owned company; https://example.com/a-very-long-address-that-does-not-fit-into-any-line-of-this-width/at-all says so.

    Short.
    """

  @Test(arguments: [48, 52, 60, 66, 72, 76, 80])
  func `Paragraphs are what they were, whatever begins a line`(_ width: Int) {
    #expect(joined(wrap(Self.prose, width)) == Self.prose)
  }

  @Test func `NumberedLine ends with carriage returns and spaces before them are wraps too`() {
    let wrapped = wrap(Self.prose, 60)
    #expect(joined(wrapped.replacing("\n", with: "\r\n")).replacing("\r\n", with: "\n") == Self.prose)
    #expect(joined(wrapped.replacing("\n", with: " \n")).replacing(" \n", with: "\n") == Self.prose)
  }

  @Test func `Lines that were broken by hand, or had words exchanged, are joined too`() {
    // The width is 61. The first line would have had room for the next word, the fourth for two.
    let text = """
      MULL, March 4 - Harbour committee chairwoman Anne
      Macleod said the amended bill to help small owners of ferries
      and to forbid new licences could be ready for a vote in March.
          Macleod said she had agreed to what members wanted for a
      moratorium on new licences until the second bridge has been
      built, which raises the chances of the bill.
          In its new form the bill keeps the owners from buying more
      boats, she told reporters after a speech to the league of the
      island harbours.
      """
    let paragraphs = joined(text).split(separator: "\n")
    #expect(paragraphs.count == 3)
    #expect(paragraphs[0].hasPrefix("MULL, March 4 - Harbour committee chairwoman Anne Macleod said the amended bill"))
    #expect(paragraphs[1].hasPrefix("    Macleod said she had agreed to what members wanted for a moratorium"))
  }

  @Test func `Short lines within a wrapped text end where they end`() {
    let wrapped = wrap(Self.prose.replacing("\n\n", with: " "), 50)
    let address = "\nIt can be reached here:\nCouncil of Mull\nHarbour Road 3\nIsle of Mull"
    #expect(joined(wrapped) == Self.prose.replacing("\n\n", with: " "))
    #expect(joined(wrapped + address).hasSuffix(address))
  }

  @Test func `Chinese goes on without a space`() {
    let text = "市议会星期一批准了新的预算。居民们说他们会等待细节，市长称赞了该计划。工程将于五月开始，费用为五百万元。"
    var lines: [String] = []
    var rest = Substring(text + text + text)
    while !rest.isEmpty {
      lines.append(String(rest.prefix(30)))
      rest = rest.dropFirst(30)
    }
    #expect(joined(lines.joined(separator: "\n")) == text + text + text)
  }

  @Test func `What was broken at its hyphen is one word`() {
    let text = """
      The council has approved the plan for the well-
      known bridge, and this is a short- and a long-
      term answer, as everybody has said in the two-
      day talks, and also for the first- or the
      second-best one, which is the state-of-the-art
      one near the harbour of Mull.
      """
    #expect(
      joined(text) == """
        The council has approved the plan for the well-known bridge, and this is a short- and a long-term answer, as \
        everybody has said in the two-day talks, and also for the first- or the second-best one, which is the \
        state-of-the-art one near the harbour of Mull.
        """)
  }

  @Test(arguments: [
    // A poem, whose lines end where they end.
    "I met a traveller from an antique land,\nWho said two vast and trunkless legs of stone\nStand in the desert. Near them on the sand,\nHalf sunk a shattered visage lies, whose frown,\nAnd wrinkled lip, and sneer of cold command,\nTell that its sculptor well those passions read\nWhich yet survive, stamped on these lifeless things,",
    // A list of headlines.
    "Council approves the bridge at last\nFerry aground\nThe mayor of Mull praises the plan that was approved on Monday\nWeather: rain\nWork on the second bridge starts in May",
    // Results.
    "Mull 3, Iona 1\nSkye 2, Coll 2\nTiree 0, Rum 4\nEigg 1, Muck 1",
    // A table.
    "Team                          Played    Points    Goals for\nMull                              12        30           41\nIona                              12        24           33\nSkye                              12        21           30\nColl                              12        11           14",
    // Code.
    "func main() {\n    let articles = read(from: standardInput, limit: 5)\n    for article in articles where article.isLong { print(x) }\n    return articles.map { summarize($0) }.joined(separator: y)\n}",
    // Two line ends are too few, and narrow lines too narrow.
    "The council approved the bridge on Monday, said\nthe mayor of Mull, who praised the plan on the\nradio.",
    "a b c d\ne f g h\ni j k l\nm n o p\nq r",
    // Items.
    "- The council approved the bridge on Monday morning,\n- the mayor of Mull praised the plan on the radio again,\n- and work on the second bridge will start in May or June,\n- which is what everybody in the village had hoped for.",
  ])
  func `Poems, lists, results, tables and code stay`(_ text: String) {
    #expect(joined(text) == text)
  }

  @Test func `Items and indents within a wrapped text begin lines`() {
    let text = """
      The council approved the bridge on Monday, and it
      said what is to be done about the ferry, which has
      run aground twice, and about the road to the east.
      1. The ferry is sold to the state in the course of
      the year.
      2. The road is built.
        Nobody asked the
      owners, who live on Iona and heard of it by radio,
      as they said on Tuesday.
      """
    #expect(
      joined(text)
        == "The council approved the bridge on Monday, and it said what is to be done about the ferry, which has run aground twice, and about the road to the east.\n1. The ferry is sold to the state in the course of the year.\n2. The road is built.\n  Nobody asked the\nowners, who live on Iona and heard of it by radio, as they said on Tuesday."
    )
  }
}
