/// Whether a sentence can stand alone: one that opens with "He" or "But" leans on the sentence before it.
enum Coherence {
  /// Pronouns and pointing words that name nothing by themselves.
  private static let anaphors = PackedWords(
    "he she it they his her hers him its their them this that these those such both neither it's that's he's she's they're"
  )
  /// Words that join a sentence to the one before.
  private static let connectives = PackedWords(
    """
    but and or so yet however also then thus hence therefore moreover furthermore additionally meanwhile instead besides
    nevertheless nonetheless otherwise consequently similarly likewise conversely finally second secondly third thirdly next
    indeed too nor still afterwards accordingly subsequently again another others
    """)
  /// "This week", "this guide": pointing at the time or at the text itself, which the reader has.
  private static let present = PackedWords(
    """
    week month year morning afternoon evening summer autumn fall winter spring season time guide post article report blog
    series paper study
    """)
  private static let pointers = PackedWords("this these")
  /// The first and second words of joining phrases: "In addition", "For example", "As a result", "After that".
  private static let phraseOpeners = PackedWords("in for as at on after because of with")
  private static let phraseEnds = PackedWords(
    "addition example instance fact contrast turn course result that this them these those short particular")

  /// The tokens are those of a sentence, in order.
  static func leansOnPrevious(_ tokens: ArraySlice<Token>, _ bytes: Bytes) -> Bool {
    guard let first = tokens.first else { return false }
    let opening = PackedWord(first, bytes)
    let second = tokens.count > 1 ? PackedWord(tokens[tokens.startIndex + 1], bytes) : PackedWord()
    if anaphors.contains(opening) { return !(pointers.contains(opening) && present.contains(second)) }
    if connectives.contains(opening) { return true }
    guard phraseOpeners.contains(opening) else { return false }
    if phraseEnds.contains(second) {
      return tokens.count < 3 || !present.contains(PackedWord(tokens[tokens.startIndex + 2], bytes))
    }
    return opening == PackedWord("as") && second == PackedWord("a") && tokens.count > 2
      && phraseEnds.contains(PackedWord(tokens[tokens.startIndex + 2], bytes))
  }
}
