import Summarization
import Testing

@testable import ExtractiveSummarizer
import TestSupport

/// Text that nobody wrote. The engine reads bytes by pointer; debug builds check every index, so that whatever reaches
/// beyond the text ends the test run.
@Suite struct RandomTextTests {
  /// What the rules look for, and what stands in their way.
  private static let pieces = [
    "Story highlights", "Image copyright", "Image caption", "Editor's note", "By Jane Doe", "share this with",
    "caption",
    "LONDON, June 3 — ", "PARIS (AFP) - ", "(CNN) -- ", "(CNN)", "The", "A", "These", "he", "said", "rose", "profit",
    "not",
    "parent", "iPhone", "U.S.", "Mr.", "e.g.", "3.5%", "$1.2m", "1.", "No. 6", "http://x.y/z", "#tag", "@someone", "é",
    "É",
    "ß", "ш", "日本語", "。", "، ", "؟", "।", "😀", "\u{301}", "\u{200D}", "\u{A0}", "\u{2028}", "\u{85}", "\u{7F}", "\t",
    ".", " .", "...", "…", "!", "?", ":", ": .", ";", ",", " - ", "—", "–", "•", "*", "|", " > ", "»", "«", "›", "\"",
    "'",
    "“", "”", "„", "’", "(", ")", "[", "]", "\n", "\n\n", "  ", String(repeating: "x", count: 70),
  ]

  @Test(arguments: 0..<40) func nothingIsReadBeyondTheText(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let engine = ExtractiveSummarizer(SummaryRequest(sentences: 1 + seed % 4, keywords: 1 + seed % 7))
    for _ in 0..<50 {
      let content = Self.text(using: &random)
      let title = Bool.random(using: &random) ? Self.text(using: &random) : String(content.prefix(40))
      let made = engine.digest(title: title, content: content)
      let isBlank = !(title + content).contains { $0.isLetter || $0.isNumber || $0.isPunctuation || $0.isSymbol }
      #expect(isBlank || made.summary?.isEmpty == false, "\(content.debugDescription)")
      #expect(made.keywords?.allSatisfy { !$0.isEmpty } == true, "\(content.debugDescription)")
      // What was read before, in the same memory, makes no difference.
      let fresh = ExtractiveSummarizer(SummaryRequest(sentences: 1 + seed % 4, keywords: 1 + seed % 7))
      #expect(fresh.digest(title: title, content: content) == made, "\(content.debugDescription)")
    }
  }

  /// A letter of two bytes, alone before a stop: "é.The" was read one byte before its beginning.
  @Test(arguments: ["é.The end", "日.The end", "É.The end came. It was late."])
  func aLetterOfSeveralBytesAtTheBeginning(content: String) {
    #expect(digest(content).summary?.hasPrefix(String(content.first!)) == true)
  }

  private static func text(using random: inout SplitMix64) -> String {
    var text = ""
    for _ in 0..<[1, 2, 3, 5, 10, 30, 100].randomElement(using: &random)! {
      text += pieces.randomElement(using: &random)!
      text += ["", " ", " ", "\n"].randomElement(using: &random)!
    }
    return text
  }
}
