import Basics

/// Finds sentences whose subject is definite because an earlier sentence introduced it: "The team found no fault" behind
/// "A team of four looked at the bridge". Without that sentence the reader asks which team is meant.
enum DefiniteReferences {
  private static let the = PackedWord("the")
  /// The number of words before the noun of a first mention among which an article stands.
  private static let phrase = 2

  /// Returns the earliest sentence that a sentence depends on in this way; nil if it depends on none, or if the title or
  /// an earlier sentence of `chosen` has the word.
  ///
  /// A word whose first mention is definite as well is known to everybody: "the government", "the sea". Linear in the
  /// text before the sentence. It is asked once, for sentences that are about to be chosen.
  static func antecedent(of index: Int, chosen: [Int], _ analysis: ArticleAnalysis, _ bytes: Bytes) -> Int? {
    guard index > 0, analysis.language.isEnglish, let noun = subject(of: analysis.tokens(of: index), analysis, bytes)
    else { return nil }
    let stem = noun.stem
    if analysis.counts[Int(stem)] < 2 || analysis.titleTokens.contains(where: { $0.stem == stem }) { return nil }
    for other in chosen where other < index && analysis.tokens(of: other).contains(where: { $0.stem == stem }) {
      return nil
    }
    for other in 0..<index {
      let tokens = analysis.tokens(of: other)
      guard let mention = tokens.firstIndex(where: { $0.stem == stem }) else { continue }
      let isDefinite = tokens[max(tokens.startIndex, mention - phrase)..<mention].contains {
        $0.flags.contains(.determiner) && PackedWord($0, bytes) == the
      }
      return isDefinite ? nil : other
    }
    return nil
  }

  /// Returns the content word, in small letters, behind "The" at the beginning of a sentence or behind an opener.
  private static func subject(of tokens: ArticleAnalysis.Tokens, _ analysis: ArticleAnalysis, _ bytes: Bytes)
    -> WordToken?
  {
    guard let first = tokens.first else { return nil }
    let article = CoherenceWords.english.openers.contains(PackedWord(first, bytes)) ? 1 : 0
    guard tokens.count > article + 1, tokens[article].flags.contains(.determiner),
      PackedWord(tokens[article], bytes) == the
    else { return nil }
    let noun = tokens[article + 1]
    guard noun.flags.isDisjoint(with: [.capitalized, .afterPunctuation, .address]),
      analysis.isContent[Int(noun.word)]
    else { return nil }
    return noun
  }
}
