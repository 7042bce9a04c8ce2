import PlainText
import Testing

@Suite("References")
struct ReferenceTests {
  @Test(arguments: [
    ("&eacute;", "é"), ("&Eacute;", "É"), ("&hellip;", "…"), ("&CounterClockwiseContourIntegral;", "∳"), ("&nGt;", "≫⃒"),
    ("&#233;", "é"), ("&#xE9;", "é"), ("&#XE9;", "é"), ("&#x1F642;", "🙂"), ("&#150;", "–"), ("&#x92;", "’"),
    ("&#0;", "\u{FFFD}"),
    ("&#xD800;", "\u{FFFD}"), ("&#99999999999;", "\u{FFFD}"), ("&#129;", "\u{FFFD}"), ("&quot;", "\""), ("&apos;", "'"),
    ("&AMP;", "&"), ("&zwj;", "\u{200D}"), ("&shy;", ""), ("&#8203;", ""), ("&#7;", ""), ("&NotEqualTilde;", "≂̸"),
  ])
  func `They are what they stand for`(_ reference: String, _ character: String) {
    #expect(text("x\(reference)y") == "x\(character)y")
    #expect(text("<p>x\(reference)y</p>") == "x\(character)y")
  }

  @Test(arguments: ["&#10;", "&#11;", "&#12;", "&#xC;", "&#13;", "&#xD;"])
  func `Those of line breaks break a line`(_ reference: String) {
    #expect(text("One.\(reference)Two.") == "One.\nTwo.")
  }

  @Test func `Without a semicolon in HTML alone, and not in an address`() {
    #expect(text("&copy 2024 &eacute") == "&copy 2024 &eacute")
    #expect(text("<p>&copy 2024 caf&eacute</p>") == "© 2024 café")
    #expect(text("<p>?a=1&copy=2&para=3 &copyx &hellip x</p>") == "?a=1&copy=2&para=3 &copyx &hellip x")
  }

  @Test func `What was escaped twice is decoded twice where it touches a word`() {
    #expect(text("don&amp;#39;t AT&amp;amp;T &amp;quot;yes&amp;quot;") == "don't AT&T \"yes\"")
    #expect(text("<p>Marks &amp;amp; Spencer</p>") == "Marks & Spencer")
    #expect(text("write &amp;copy; or (&amp;amp;)") == "write &copy; or (&amp;)")
    #expect(text("x&amp;lt;y") == "x&lt;y")
  }
}

@Suite("Damaged characters")
struct DamagedCharacterTests {
  @Test func `Controls are the characters of CP1252`() {
    #expect(text("it\u{92}s \u{93}so\u{94} \u{96} 5 \u{80}\u{85}\u{81}") == "it’s “so” – 5 €…")
    #expect(text("<p>it\u{92}s</p>") == "it’s")
  }

  @Test func `UTF-8 that was read as Latin-1 is read again`() {
    #expect(
      text("it\u{E2}\u{80}\u{99}s \u{E2}\u{80}\u{9C}so\u{E2}\u{80}\u{9D} \u{C3}\u{89}t\u{C3}\u{A9}")
        == "it’s “so” Ét\u{C3}\u{A9}")
    #expect(text("<p>\u{E5}\u{BC}\u{80}</p>") == "开")
    #expect(text("\u{F0}\u{9F}\u{99}\u{82}") == "🙂")
    #expect(text("â\u{80} x") == "â€ x")
  }

  @Test func `Marks without a width go, but for those that a script needs`() {
    #expect(text("co\u{AD}op zero\u{200B}width word\u{2060}joiner\u{FEFF}") == "coop zerowidth wordjoiner")
    #expect(text("<p>co\u{AD}op zero\u{200B}width</p>") == "coop zerowidth")
    let long = "It is a text of more than sixteen bytes, with one co\u{AD}op in it and no other character to mend."
    #expect(text(long) == long.filter { $0 != "\u{AD}" })
    #expect(text("ภาษา\u{200B}ไทย ភាសា\u{200B}ខ្មែរ") == "ภาษา\u{200B}ไทย ភាសា\u{200B}ខ្មែរ")
    #expect(text("می\u{200C}خواهم 👩\u{200D}🚀 \u{200F}א") == "می\u{200C}خواهم 👩\u{200D}🚀 \u{200F}א")
  }
}
