import Testing

@testable import ExtractiveSummarizer

/// How long a sentence may be until it is taken for several without stops.
@Suite struct UnpunctuatedTextTests {
  private func pieces(words: Int, end: String = "", word: String = "word") -> Int {
    var text = Array(repeating: word, count: 30).joined(separator: " ") + "; "
    text += Array(repeating: word, count: words - 30).joined(separator: " ") + end
    return text.withUTF8 { UnpunctuatedText.split(SentenceSplitter.split($0), $0).count }
  }

  @Test func sixtyWordsWithoutAStopAreASentence() {
    #expect(pieces(words: 60) == 1)
    #expect(pieces(words: 61) == 2)
  }

  @Test func aHundredWordsBeforeAStopAreASentence() {
    #expect(pieces(words: 100, end: ".") == 1)
    #expect(pieces(words: 101, end: ".") == 2)
  }

  @Test func manyShortWordsAreNotLong() {
    #expect(pieces(words: 80, word: "wo") == 1)
    #expect(pieces(words: 81, word: "wo") == 2)
  }
}
