/// Decides whether a sentence can stand alone: one that begins with "He" or "But" needs the sentence before it.
enum SentenceCoherence {
  /// Pronouns and demonstratives, which refer to something named elsewhere.
  private static let anaphors = PackedWordSet(
    "he she it they his her hers him its their them this that these those such both neither it's that's he's she's they're"
  )
  /// Words that connect a sentence to the one before.
  private static let connectives = PackedWordSet(
    """
    but and or so yet however also then thus hence therefore moreover furthermore additionally meanwhile instead besides
    nevertheless nonetheless otherwise consequently similarly likewise conversely finally second secondly third thirdly next
    indeed too nor still afterwards accordingly subsequently again another others
    """)
  /// Nouns after "this" that point at the time or at the text itself, which the reader knows: "This week", "this
  /// guide".
  private static let present = PackedWordSet(
    """
    week month year morning afternoon evening summer autumn fall winter spring season time guide post article report blog
    series paper study
    """)
  private static let pointers = PackedWordSet("this these")
  /// Words that may precede an anaphor at the beginning: "In this", "While they", "As part of that".
  private static let openers = PackedWordSet(
    """
    in for as at on after because of with while although though if when since once before by from to during under through
    despite until unless
    """)
  /// Ends of connecting phrases: "In addition", "For example", "As a result".
  private static let phraseEnds = PackedWordSet(
    "addition example instance fact contrast turn course result consequence particular short meantime hand")

  /// Whether a sentence depends on the one before. `tokens` are those of the sentence, in order.
  static func leansOnPrevious(_ tokens: ArticleAnalysis.Tokens, _ bytes: Bytes) -> Bool {
    guard let first = tokens.first else { return false }
    let opening = PackedWord(first, bytes)
    if connectives.contains(opening) { return true }
    if anaphors.contains(opening) { return pointsBack(opening, at: 0, tokens, bytes) }
    guard openers.contains(opening) else { return false }
    var previous = opening
    for index in 1..<max(1, min(4, tokens.count)) {
      // A comma or a bracket ends the opening.
      if tokens[index].flags.contains(.afterPunctuation) { return false }
      let word = PackedWord(tokens[index], bytes)
      if phraseEnds.contains(word) { return true }
      if anaphors.contains(word) {
        // Further on, "that" is mostly a conjunction: "In a statement that …".
        let isConjunction = word == Self.that && index > 1 && previous != Self.of
        return !isConjunction && pointsBack(word, at: index, tokens, bytes)
      }
      previous = word
    }
    return false
  }

  private static let that = PackedWord("that")
  private static let of = PackedWord("of")

  private static func pointsBack(_ word: PackedWord, at index: Int, _ tokens: ArticleAnalysis.Tokens, _ bytes: Bytes)
    -> Bool
  {
    guard pointers.contains(word), index + 1 < tokens.count else { return true }
    return !present.contains(PackedWord(tokens[index + 1], bytes))
  }
}
