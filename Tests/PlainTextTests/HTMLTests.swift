import PlainText
import Testing

/// The text of HTML, as the mode "auto" has it.
func text(_ html: String, _ mode: HTMLMode = .auto) -> String { PlainText.plain(html, html: mode) }

@Suite("Blocks, breaks, lists, tables")
struct BlockTests {
  @Test func `Blocks stand apart and breaks are line ends`() {
    #expect(text("<p>One.</p><p>Two &amp; three.</p>") == "One.\n\nTwo & three.")
    #expect(text("One<br>Two<br/>Three<br />Four") == "One\nTwo\nThree\nFour")
    #expect(text("One<br><br>\nTwo") == "One\n\nTwo")
    // Where nothing else parts them, lines of words are paragraphs, unless one goes on in the next.
    #expect(
      text("It is open again.<br>It cost 5 million<br>Work starts in May")
        == "It is open again.\n\nIt cost 5 million\n\nWork starts in May")
    #expect(
      text("The minister did not<br>resign on Monday<br>She stayed in office")
        == "The minister did not\nresign on Monday\nShe stayed in office")
    #expect(text("<p>It is open<br>It cost a lot<br>It is good</p>") == "It is open\nIt cost a lot\nIt is good")
    #expect(
      text("<div><div>One</div>\n  <div>Two</div></div><h2>Three</h2>Four<hr>Five")
        == "One\n\nTwo\n\nThree\n\nFour\n\nFive")
  }

  @Test(arguments: [
    (
      "<p>One.</p><figure><img src=a><figcaption>Two\n <b>boats.</b></figcaption></figure><p>Three.</p>", ["Two boats."]
    ),
    ("<figure><figcaption><p>One.</p><p>Two.</p></figcaption></figure><p>Three.</p>", ["One.\n\nTwo."]),
    (
      "<nav><figcaption>One.</figcaption></nav><p>Two.</p><figcaption hidden>Three.</figcaption><figcaption> </figcaption>",
      []
    ),
    (
      "<form>Search</form><p>One is longer than all the forms.</p><figcaption>Two.</figcaption><form><figcaption>Three."
        + "</figcaption></form><p>Four is as long as the first one.</p><figcaption>Five.</figcaption>",
      ["Two.", "Five."]
    ),
    ("<p>One.</p><div class='wp-caption'><img><p class=wp-caption-text>Two.</p></div>", ["Two."]),
    ("<p><span class='caption'>Photo: Jane Roe</span> One is open.</p>", ["Photo: Jane Roe"]),
    ("<p>One is open. <em class=\"photoCredit\">Jane Roe</em></p>", ["Jane Roe"]),
    (
      "<p class=image__caption>One.<span class=credit>Jane Roe</span></p><p>Two.</p>", ["One.Jane Roe"]
    ),
    ("<table><tr><td><img></td></tr><tr><td class=tr-caption>One.</td></tr></table><p>Two.</p>", ["One."]),
    ("<p>He has a <b class=credit>good</b> name.</p><div class=credit-card>One.</div>", []),
    ("<div class='no-caption has-credits'><p>One.</p></div><p class=captioned>Two.</p>", []),
  ])
  func `Captions are part of the text, and known`(_ html: String, _ captions: [String]) throws {
    let readable = try #require(Array(html.utf8).withUnsafeBufferPointer { PlainText.readable($0, html: .auto) })
    let found = readable.captions.map { String(decoding: readable.bytes[$0], as: UTF8.self) }
    #expect(found.sorted() == captions.sorted())
    #expect(String(decoding: readable.bytes, as: UTF8.self) == text(html))
  }

  private static func readable(_ html: String) -> ReadableText? {
    Array(html.utf8).withUnsafeBufferPointer { PlainText.readable($0, html: .always) }
  }

  @Test func `A script that ends in its own tag takes no text with it`() {
    #expect(text("<p>One.</p><script src='x'/><p>Two.</p><script>x</script>") == "One.\n\nTwo.")
  }

  @Test(arguments: [
    // The alternative text and the line are the same but for marks, references and their ends.
    ("A tanker in the old harbour", "<div>A tanker in the old harbour</div>", true),
    ("A tanker in the &quot;old&quot; harbour", "<div>A tanker in the “old” harbour.</div>", true),
    ("A tanker in the old harbour - Lyde News", "<div>A tanker in the old harbour.</div>", true),
    ("A tanker in the old harbour", "<p>Share</p><p>A tanker in the old harbour. Jane Roe</p>", true),
    // Another line, a label, no letters, a paragraph that begins with it, a line further down.
    ("A tanker in the old harbour", "<div>A tanker in the new harbour</div>", false),
    ("A tanker", "<div>A tanker</div>", false), ("----------------------------", "<div>---</div>", false),
    (
      "A tanker in the old harbour",
      "<div>A tanker in the old harbour was freed on Friday when five ferries pulled it from the sand, to the joy of "
        + "all in the town.</div>",
      false
    ),
    ("A tanker in the old harbour", "<p>1<p>2<p>A tanker in the old harbour", false),
  ])
  func `A line that the picture before it has for its alternative text is a caption`(
    _ alternative: String, _ line: String, _ isOne: Bool
  ) throws {
    let source = "<img alt='\(alternative)'>\(line)<p>The harbour is closed.</p>"
    let readable = try #require(Self.readable(source))
    #expect(readable.captions.count == (isOne ? 1 : 0))
    if let caption = readable.captions.first {
      #expect(String(decoding: readable.bytes[caption], as: UTF8.self).hasPrefix("A tanker in the"))
    }
    #expect(Self.readable("\(line)<img alt='\(alternative)'>")?.captions.isEmpty == true)
    // Once found by its element or class, it is found once.
    let twice = "<img alt='A tanker in the old harbour'><figcaption>A tanker in the old harbour</figcaption><p>One."
    #expect(Self.readable(twice)?.captions.count == 1)
  }

  @Test func `A caption within a line is a block, and a long one is the text`() throws {
    #expect(text("<p><span class=caption>Photo: Jane Roe</span> One is open.</p>") == "Photo: Jane Roe\n\nOne is open.")
    let html = "<div class=caption><p>\(String(repeating: "One is open. ", count: 60))</p></div>"
    let readable = try #require(Array(html.utf8).withUnsafeBufferPointer { PlainText.readable($0, html: .auto) })
    #expect(readable.captions.isEmpty)
  }

  @Test func `White space is one space, and none at the edges`() {
    #expect(text("<p>\n  One\t<b> two</b>\n three&nbsp; </p>\n") == "One two three")
    #expect(text("<p>a<b>b</b>c</p><p>&nbsp;</p><p>d</p>") == "abc\n\nd")
    #expect(text("<p>\u{A0}5\u{A0}000</p>") == "5 000")
  }

  @Test func `Items are lines`() {
    #expect(
      text("<p>Bring:</p><ul><li>a cup</li><li>a <i>spoon</i><li>tea</ul>Done")
        == "Bring:\n\na cup\na spoon\ntea\n\nDone")
    #expect(text("<dl><dt>Term</dt><dd>Meaning</dd></dl>") == "Term\nMeaning")
    #expect(text("<ul><li><p>One.</p></li><li><p>Two.</p></li></ul>") == "One.\n\nTwo.")
  }

  @Test func `Rows are lines, their cells parted by tabs`() {
    let rows =
      "<table><thead><tr><th>Team</th><th>Points</th></tr></thead><tr><td>Mull</td><td>3</td><tr><td>Iona<td>1</table>"
    #expect(text("<p>Results</p>\(rows)<p>End</p>") == "Results\n\nTeam\tPoints\nMull\t3\nIona\t1\n\nEnd")
    #expect(text("<table><tr><td><p>a</p></td><td><p>b</p></td></tr><tr><td></td><td>c</td></tr></table>") == "a\tb\nc")
  }

  @Test func `Tables that lay out a page are no rows`() {
    #expect(
      text("<table><tr><td>Menu</td><td><p>One.</p><p>Two.</p></td></tr></table>") == "Menu\nOne.\n\nTwo.")
    #expect(text("<table><tr><td><h1>T</h1><p>One.</p></td><td>Two.</td></tr></table>") == "T\n\nOne.\n\nTwo.")
  }

  @Test func `Preformatted text keeps its lines and its indent`() {
    #expect(text("<p>x</p><pre>\nif a:\n    b\n\nc  d\n</pre>y") == "x\n\nif a:\n    b\n\nc  d\n\ny")
  }

  @Test func `Blank lines are paragraphs where there are no others`() {
    #expect(text("One.\n\nTwo\n\nthree.<blockquote>Four.</blockquote>") == "One.\n\nTwo three.\n\nFour.")
    #expect(text("<p>One.\n\nTwo.</p>") == "One. Two.")
  }

  @Test func `Quotations have their marks, characters that are pictures their character`() {
    #expect(text("<p>He said <q>no</q>.</p>") == "He said “no”.")
    #expect(
      text(#"<p>Great <img class="wp-smiley" alt="🙂" src="x.png"> news <img src="y" alt="A dog"></p>"#)
        == "Great 🙂 news")
  }
}

@Suite("What nobody reads")
struct HiddenPartTests {
  @Test(arguments: [
    "<script>var a = 1; if (a<2) { b('</p>') }</script>", "<style>p > a { color: red }</style>", "<!-- <p>note</p> -->",
    "<nav><ul><li>Home</li></ul></nav>", "<template><p>x</p></template>", "<noscript><img src=x> Enable it</noscript>",
    #"<script type="application/ld+json">{"@type":"NewsArticle"}</script>"#, "<iframe src='x'>No frames</iframe>",
    "<div hidden><div>in</div>out</div>", #"<div style="color:red; DISPLAY : none">x</div>"#,
    "<div style='visibility:hidden'>x</div>", #"<section aria-hidden="true"><p>x</p></section>"#,
    "<span class='icon sr-only'>x</span>", "<div role=navigation>x</div>", "<svg><title>x</title><path d='M0'/></svg>",
    "<button>Share</button>", "<select><option>a<option>b</select>", "<textarea>x</textarea>", "<input value='x'>",
    "<label>Name</label>", "<video controls>Your browser cannot play it.</video>", "<?xml version='1.0'?>",
    "<!DOCTYPE html>", "<![if gte mso 9]><![endif]>", "<dialog>x</dialog>", "<xml><w:Word>x</w:Word></xml>",
    "<iframe src=x />", "<!-->", "<o:p></o:p>", "<script src='x'/>",
  ])
  func `It goes`(_ part: String) {
    #expect(text("<p>One.</p>\(part)<p>Two.</p>") == "One.\n\nTwo.")
    #expect(text("\(part)<p>One.</p><p>Two.</p>\(part)") == "One.\n\nTwo.")
  }

  @Test func `A sentence stays one where something goes from its middle`() {
    #expect(text("<p>One <script>x</script>two<!-- c --> three<span hidden>x</span>.</p>") == "One two three.")
    #expect(text("<p>漢<ruby>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby></p>") == "漢字")
  }

  @Test func `A head goes, with or without its end tag`() {
    #expect(text("<html><head><title>T</title><meta charset=utf-8></head><body><p>One.</p></body></html>") == "One.")
    #expect(text("<html><head><title>T</title><body><p>One.</p></body></html>") == "One.")
  }

  @Test func `What is never closed is text`() {
    #expect(text("<p>One.</p><script>var a; <p>Two.</p>") == "One.\n\nvar a;\n\nTwo.")
    #expect(text("<style>Two <p>three.</p>") == "Two\n\nthree.")
    #expect(text("<head><p>One.</p><p>Two.</p>") == "One.\n\nTwo.")
    #expect(text("<p>One.</p><!-- Two. <p>Three.</p>") == "One.\n\nTwo.\n\nThree.")
    #expect(text("<p>One.</p><div hidden>Two.<p>Three.</p>") == "One.\n\nTwo.\n\nThree.")
    #expect(text("<p>The <script> element runs code.</p>") == "The <script> element runs code.")
  }

  @Test func `Elements whose end tags may be left out end where the next one begins`() {
    #expect(text("<p>One.<p hidden>x<p>Two.</p>") == "One.\n\nTwo.")
    #expect(text("<ul><li>One<li hidden>x<ul><li>y</ul><li>Two</ul>") == "One\nTwo")
    #expect(text("<table><tr><td>One<td hidden>x<td>Two<tr hidden><td>x<tr><td>Three</table>") == "One\tTwo\nThree")
  }

  @Test func `Pages that fade in are read`() {
    #expect(text("<body style='visibility:hidden'><p>One.</p></body>") == "One.")
    #expect(text("<dialog open><p>One.</p></dialog>") == "One.")
  }

  @Test func `A form goes, but not the page that is in one`() {
    let article = "<p>The council approved the bridge on Monday.</p>"
    #expect(
      text("\(article)<form><p>Your mail:</p><input><button>Go</button></form><p>It opens in May.</p>")
        == "The council approved the bridge on Monday.\n\nIt opens in May.")
    #expect(text("<form><p>Sign up</p></form>\(article)") == "The council approved the bridge on Monday.")
    #expect(
      text("<form id=aspnetForm>\(article)<input type=hidden></form>") == "The council approved the bridge on Monday.")
    #expect(
      text("<form><article>\(article)</article></form><p>Long words that come after the form of the whole page.</p>")
        .hasPrefix("The council"))
    #expect(text("<form>\(article)") == "The council approved the bridge on Monday.")
  }

  @Test func `Nothing is left of nothing`() {
    #expect(text("<p>&nbsp;</p><div><img src=x></div>") == "")
  }
}

@Suite("Tags that are none")
struct BareSignTests {
  @Test(arguments: [
    "?a=1&copy=2", "a < b && c > d", "if i <b and c <d", "Tom & Jerry", "5 <6 & 7> 3", "I <3 you", "AT&T; R&D",
    "List<Int> x",
    "mail <joe@example.com> or <https://example.com/a>", "git clone <repository>", "x &unknown; y", "&; &# &#x; &#xg;",
    "<>",
    "</>", "<", "&", "a <", "<!", "</", "a<!b", "&nbsp",
  ])
  func `They stay`(_ sign: String) {
    #expect(text(sign) == sign)
    #expect(text("<p>\(sign)</p>") == sign.replacing("&nbsp", with: "").replacing("  ", with: " "))
  }

  @Test func `Attributes may hold anything`() {
    #expect(text(#"<p><a title="a > b" href='x>y' data-x=1>link</a></p>"#) == "link")
    #expect(text("<p>a <a href=x>b</a\n> c</p >") == "a b c")
    #expect(text("<p>One <img alt=\"<p>x</p>\"> two</p>") == "One two")
  }

  @Test func `Quotation marks that are never closed hide nothing`() {
    #expect(text(#"<p>One <a href="x>two</a> three.</p><p>Four.</p>"#) == "One two three.\n\nFour.")
  }

  @Test func `Tags that are never closed`() {
    #expect(
      text("<p>One <b>two <i>three</b> four</i></p><div>five</span> six</div></div>")
        == "One two three four\n\nfive six")
    #expect(text(#"<p>One.</p><p>Two <a href="x" <b>three</b>.</p>"#) == "One.\n\nTwo three.")
  }

  @Test func `Names that HTML has not are tags where they are closed or look like nothing else`() {
    #expect(text("<p>a <x-y>b</x-y> <media:thumbnail url='x'/>c <foo>d <xhtml:br/>e</p>") == "a b c <foo>d\ne")
    #expect(text("<xhtml:div><xhtml:p>One.</xhtml:p></xhtml:div>") == "One.")
    #expect(text("<content:encoded><![CDATA[<p>One.</p>]]></content:encoded>") == "One.")
  }

  @Test func `Code between backticks stays`() {
    #expect(text("Use `<br>` and `<br>` and `<p></p>`.") == "Use `<br>` and `<br>` and `<p></p>`.")
    #expect(text("```\n<p>x</p>\n<p>y</p>\n```") == "```\n<p>x</p>\n<p>y</p>\n```")
    #expect(text("Write `&amp;` for &amp;.") == "Write `&amp;` for &.")
    #expect(text("<p>Use `<br>` there.</p>") == "Use `<br>` there.")
    #expect(text("<p>the ` key</p><p>or the ` key</p>") == "the ` key\n\nor the ` key")
  }
}

@Suite("Modes")
struct ModeTests {
  @Test func `Auto needs a closed pair of block tags, or two breaks`() {
    for text in ["one <b>two</b>", "one<br>two", "<p>one", "</p>one<p>", "a <p> and <div>", "<!-- x --> y"] {
      #expect(PlainText.plain(text, html: .auto) == text)
    }
    #expect(text("one <b>two</b> &copy; &#8217;") == "one <b>two</b> © ’")
  }

  @Test func `Always takes every tag and reference`() {
    #expect(text("one <b>two</b> &copy 3<br>four", .always) == "one two © 3\nfour")
    #expect(text("One &amp two.\n\nThree &lt; four.", .always) == "One & two.\n\nThree < four.")
    #expect(text("Use `<br>`.", .always) == "Use `\n`.")
  }

  @Test func `Never takes none`() {
    #expect(text("<p>a &amp; b\u{92}</p>", .never) == "<p>a &amp; b’</p>")
  }

  @Test func `A clean text is not copied`() {
    for mode in HTMLMode.allCases {
      for clean in ["", "x", "A clean text: “quoted”, a – b, 5 °C, naïve, 汉字。" + String(repeating: "y", count: 40)] {
        #expect(Array(clean.utf8).withUnsafeBufferPointer { PlainText.plain($0, html: mode) } == nil)
      }
    }
  }

  @Test func `Escaped markup is markup only where there is no other`() {
    #expect(text("&lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three.&lt;/p&gt;") == "One & two.\n\nThree.")
    #expect(text("&amp;lt;p&amp;gt;One.&amp;lt;/p&amp;gt;") == "One.")
    #expect(text("<p>Write &lt;p&gt;x&lt;/p&gt;.</p>") == "Write <p>x</p>.")
    #expect(text("<b>Write</b> &lt;p&gt;x&lt;/p&gt;.") == "<b>Write</b> <p>x</p>.")
    #expect(text("a &lt;b&gt; c") == "a <b> c")
  }

  @Test func `A marked section that is the whole text is opened`() {
    #expect(text(" <![CDATA[One & two.]]>\n") == "One & two.")
    #expect(text("<div><![CDATA[<p>One.</p>]]></div>") == "One.")
  }
}
