import PlainText
import Testing

func words(_ text: String) -> String {
  guard let bytes = Array(text.utf8).withUnsafeBufferPointer({ MarkdownRemover.words(of: $0) }) else { return text }
  return String(decoding: bytes, as: UTF8.self)
}

@Suite("Markdown")
struct MarkdownTests {
  @Test(arguments: [
    ("The [council](https://example.com/a_(b) \"Title\") met.", "The council met."),
    ("See [the *new* plan][1] and [its `end`](/x).", "See the new plan and its end."),
    ("![A photo](a.jpg) Words [![badge](b.svg)](https://x.example) here.", " Words  here."),
    ("<https://example.com/a_b> and <mailto:a@example.com>", "https://example.com/a_b and mailto:a@example.com"),
    ("It is **very** *good*, _really_ __so__ ***and*** ~~bad~~.", "It is very good, really so and bad."),
    (#"The plan of 2024 is No\. 1 of three that they made"#, "The plan of 2024 is No. 1 of three that they made"),
    ("**N**ational, “*quoted*”, (_x_), **two\nlines**", "National, “quoted”, (x), two\nlines"),
    ("从**今天**开始", "从今天开始"),
    ("# Title\nText", "Title\n\nText"), ("## Title ##\n\nText", "Title\n\n\nText"),
    ("Title\n=====\nText", "Title\n\n\nText"), ("One.\n\n---\n\n* * *\n\nTwo.", "One.\n\n\n\n\n\n\n\nTwo."),
    ("> Quoted *words*\n> go on", "Quoted words\ngo on"), ("- [x] done\n* [link](https://x.example)", "- done\n* link"),
    ("A note[^1] here.\n\n[^1]: What it says.", "A note here.\n\n"),
    ("Text *here* {.wide #top}\n{: .note}\nMore.", "Text here \n\nMore."),
    (
      "On 3 May at 10:12, Jane wrote:\n> Is it open?\n> Tell me.\n\nIt is.",
      "On 3 May at 10:12, Jane wrote:\n\n\n\nIt is."
    ),
    ("She said:\n> It is open.", "She said:\nIt is open."),
    ("> It is open.\n> -- \n> Jane\n\nNo.", "It is open.\n-- \n\n\nNo."),
    ("[1]: https://example.com 'x'\nText", "\n\nText"), (#"2 \* 3 \_x\_ \[y\]"#, "2 * 3 _x_ [y]"),
  ])
  func `It is reduced to its words`(_ markdown: String, _ text: String) {
    #expect(words(markdown) == text)
  }

  @Test func `What others wrote is left out where the answer stands alone`() {
    let answer = String(repeating: "The harbour was closed on Monday. ", count: 7)
    #expect(words("> Is it open?\n\n\(answer)") == "\n\n\(answer)")
    #expect(words("> 5 % were late.\n\n\(answer)") == "> 5 % were late.\n\n\(answer)")
    #expect(words("> It was said that\n> 20 were late.\n\n\(answer)") == "\n\n\n\(answer)")
    #expect(words("She said:\n\n> It is open.\n\n\(answer)") == "She said:\n\nIt is open.\n\n\(answer)")
    let code = "```\n> install\n```\n\n    > remove\n\n\(answer)"
    #expect(words(code) == code)
    // A short remark on a long letter is not the text.
    #expect(words("> \(answer)\n\nLook at this.") == "\(answer)\n\nLook at this.")
  }

  @Test(arguments: [
    "5 * 3 * 2", "snake_case_name and __init", "a[i](x) and f[1][2", "the law of [2004] said", "*Terms apply",
    "x**2 + y**2",
    "- item\n- item", "#hashtag and #2", "a ~ b ~~ c", "3 > 2", "f**k and s**t", "[sic] (see there)", "a -- b --- c",
    "`", "C# and C++", "[^a-z] and {x}", "{a: 1}",
    "    # code *x*", "```\n# code **x**\n```", "2 + 2 = 4", "*", "[", "](", "![",
  ])
  func `What is none stays`(_ text: String) {
    #expect(words(text) == text)
  }
}
