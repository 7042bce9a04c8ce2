/// Tells sentences that need the page around them: those that announce or point at what stands below, rows of figures,
/// questions that are headings, and the last one that takes leave of the reader. A summary has neither what they point at
/// nor an end of the page.
enum PageReference {
  private static let below = PackedWord("below")
  /// Words that follow "below" where no noun does.
  private static let joints = PackedWordSet("to for and are is")
  /// The penalty of a sentence that points at what is below, and that of a farewell.
  static let pointingPenalty = 0.5
  static let farewellPenalty = 1.0
  /// The penalty of "Here are …", whose list the summary does not have.
  static let announcingPenalty = 0.5
  /// The penalty of a row of figures and of a heading.
  static let furniturePenalty = 2.0
  /// The least number of words of a row or a heading.
  private static let fewestWords = 5
  /// The maximum number of sentences of a farewell.
  private static let longestFarewell = 4

  /// Returns what the value of a sentence loses. It is asked once, for sentences that are about to be chosen.
  static func penalty(of index: Int, _ analysis: ArticleAnalysis, _ bytes: Bytes) -> Double {
    let tokens = analysis.tokens(of: index)
    var penalty = isRow(tokens, analysis) ? furniturePenalty : 0
    guard analysis.language.isEnglish else { return penalty }
    if isHeading(analysis.sentences[index], tokens, analysis, bytes) { penalty += furniturePenalty }
    if isInFarewell(index, analysis.sentences, bytes), tokens.contains(where: { $0.flags.contains(.otherPerson) }) {
      penalty += farewellPenalty
    }
    if pointsBelow(tokens, bytes) || asksToLook(tokens, bytes) { penalty += pointingPenalty }
    if announces(tokens, bytes) { penalty += announcingPenalty }
    return penalty
  }

  /// Whether two of five words are figures, as in a row of a table: "Jane Roe 63 85% 1 goal (1 in all)."
  private static func isRow(_ tokens: ArticleAnalysis.Tokens, _ analysis: ArticleAnalysis) -> Bool {
    guard tokens.count >= fewestWords else { return false }
    let figures = tokens.count { analysis.words[Int($0.word)].isNumber }
    return 5 * figures >= 2 * tokens.count
  }

  /// Whether a line is a question whose content words have capitals, as headings do: "Has the Mayor Left the Town?"
  private static func isHeading(
    _ sentence: SentenceRange, _ tokens: ArticleAnalysis.Tokens, _ analysis: ArticleAnalysis, _ bytes: Bytes
  ) -> Bool {
    guard tokens.count >= fewestWords, sentence.opensBlock, SentenceScore.isQuestion(sentence, bytes) else {
      return false
    }
    return tokens.allSatisfy { $0.flags.contains(.capitalized) || !analysis.isContent[Int($0.word)] }
  }

  /// Whether a sentence begins with "Here are", "Here is" or "Here's".
  private static func announces(_ tokens: ArticleAnalysis.Tokens, _ bytes: Bytes) -> Bool {
    guard let first = tokens.first, bytes[Int(first.start)] | 0x20 == 0x68 else { return false }
    guard PackedWord(first, bytes) == here, tokens.count > 1, Int(first.end) < bytes.count else { return false }
    // "Here's" is one word with its ending left out.
    let next = bytes[Int(first.end)]
    return next == 0x27 || next == 0xE2 || verbs.contains(PackedWord(tokens[1], bytes))
  }

  private static let here = PackedWord("here")
  private static let verbs = PackedWordSet("are is")

  /// Whether a sentence ends in an exclamation mark and is the last, or in the last paragraph of several with such an end.
  private static func isInFarewell(_ index: Int, _ sentences: UnsafeBufferPointer<SentenceRange>, _ bytes: Bytes)
    -> Bool
  {
    let last = sentences.count - 1
    guard last - index < longestFarewell, bytes[sentences[index].end - 1] == 0x21,
      bytes[sentences[last].end - 1] == 0x21
    else { return false }
    if index == last { return true }
    var start = last
    while start > 0, !sentences[start].opensBlock { start -= 1 }
    return start > 0 && start <= index && last - start < longestFarewell
  }

  /// Whether "as you can see" is in the sentence: the reader of the summary sees nothing.
  private static func asksToLook(_ tokens: ArticleAnalysis.Tokens, _ bytes: Bytes) -> Bool {
    guard tokens.count >= look.count else { return false }
    for first in tokens.startIndex...tokens.endIndex - look.count
    where tokens[first + 1].flags.contains(.otherPerson)
      && look.indices.allSatisfy({ PackedWord(tokens[first + $0], bytes) == look[$0] })
    {
      return true
    }
    return false
  }

  private static let look = [PackedWord("as"), PackedWord("you"), PackedWord("can"), PackedWord("see")]

  /// Whether "below" ends the sentence, or a verb follows it: "the pictures below.", "Listed below are". Before a noun it
  /// compares, "below the level of last year", and before a comma or in brackets it is an aside.
  private static func pointsBelow(_ tokens: ArticleAnalysis.Tokens, _ bytes: Bytes) -> Bool {
    for index in tokens.indices where tokens[index].end - tokens[index].start == 5 {
      guard PackedWord(tokens[index], bytes) == below else { continue }
      let end = Int(tokens[index].end)
      switch end < bytes.count ? bytes[end] : 0x2E {
      case 0x2E, 0x21, 0x3A: return true
      default: break
      }
      if index + 1 < tokens.endIndex, bytes[end] == 0x20, joints.contains(PackedWord(tokens[index + 1], bytes)) {
        return true
      }
    }
    return false
  }
}
