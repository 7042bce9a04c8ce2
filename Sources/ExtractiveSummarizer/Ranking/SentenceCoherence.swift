/// Decides whether a sentence can stand alone: one that begins with "He" or "But" needs the sentence before it.
struct SentenceCoherence {
  private let bytes: Bytes
  private let words: CoherenceWords?
  private let openings: UnspacedOpenings?
  /// Whether words are compared as they are: those of English have no letters beyond ASCII.
  private let isEnglish: Bool

  init(_ language: DetectedLanguage, _ bytes: Bytes) {
    self.bytes = bytes
    words = CoherenceWords.of(language)
    openings = CoherenceWords.unspacedOpenings(of: language)
    isEnglish = language.isEnglish
  }

  /// Whether a sentence depends on the one before. `tokens` are those of the sentence, in order.
  func leansOnPrevious(_ tokens: ArticleAnalysis.Tokens) -> Bool {
    guard let words, let first = tokens.first else { return false }
    let opening = word(first)
    if words.connectives.contains(opening) { return !isGoverned(at: 1, tokens, words) }
    if words.anaphors.contains(opening) { return pointsBack(opening, at: 0, tokens, words) }
    if hasAside(tokens, words) || isEnglish && leansBehindParticiple(opening, tokens, words) { return true }
    guard words.openers.contains(opening) else { return false }
    var previous = opening
    for index in 1..<max(1, min(4, tokens.count)) {
      // A comma or a bracket ends the opening.
      if tokens[index].flags.contains(.afterPunctuation) { return false }
      let word = word(tokens[index])
      // In other languages than English, the phrase has no article: "En effet".
      if words.phraseEnds.contains(word), index == 1 || isEnglish, !isGoverned(at: index + 1, tokens, words) {
        return true
      }
      if words.anaphors.contains(word) {
        // Further on, "that" is mostly a conjunction: "In a statement that …".
        let isConjunction = isEnglish && word == Self.that && index > 1 && previous != Self.of
        return !isConjunction && pointsBack(word, at: index, tokens, words)
      }
      previous = word
    }
    return false
  }

  /// Whether the subject of a sentence is a pronoun behind an opening that has none: "After leaving the board, she
  /// wrote a book". In "While the company grew, it lost money", the opening may say who is meant.
  private func leansBehindParticiple(
    _ opening: PackedWord, _ tokens: ArticleAnalysis.Tokens, _ words: CoherenceWords
  ) -> Bool {
    guard tokens.count > 3, words.openers.contains(opening), endsInParticiple(tokens[tokens.startIndex + 1]) else {
      return false
    }
    for index in tokens.indices.prefix(Self.longestOpening).dropFirst(2)
    where tokens[index].flags.contains(.afterPunctuation) {
      // "After gathering ideas, it's time to vote": nothing is meant.
      let next = bytes[min(Int(tokens[index].end), bytes.count - 1)]
      return Self.subjects.contains(word(tokens[index])) && next == 0x20
    }
    return false
  }

  private func endsInParticiple(_ token: WordToken) -> Bool {
    let end = Int(token.end)
    return token.end - token.start > 4 && bytes[end - 3] == 0x69 && bytes[end - 2] == 0x6E && bytes[end - 1] == 0x67
  }

  /// The maximum number of words before the comma of an opening.
  private static let longestOpening = 16
  private static let subjects = PackedWordSet("he she it they")

  /// Whether a sentence without spaces depends on the one before.
  func leansOnPrevious(_ sentence: SentenceRange) -> Bool {
    openings?.begins(Bytes(rebasing: bytes[sentence.start..<sentence.end])) ?? false
  }

  /// Whether the word at an index makes a conjunction or preposition of the one before: "alors que", "además de".
  private func isGoverned(at index: Int, _ tokens: ArticleAnalysis.Tokens, _ words: CoherenceWords) -> Bool {
    index < tokens.count && !tokens[index].flags.contains(.afterPunctuation)
      && words.governing.contains(word(tokens[index]))
  }

  private static let that = PackedWord("that")
  private static let of = PackedWord("of")
  private static let those = PackedWord("those")
  private static let who = PackedWord("who")

  private func pointsBack(_ word: PackedWord, at index: Int, _ tokens: ArticleAnalysis.Tokens, _ words: CoherenceWords)
    -> Bool
  {
    guard index + 1 < tokens.count else { return true }
    if isGoverned(at: index + 1, tokens, words) || index > 0 && words.initial.contains(word) { return false }
    // "Those who left", "All those who left".
    if word == Self.those, isEnglish { return self.word(tokens[index + 1]) != Self.who }
    return !words.pointers.contains(word) || !words.present.contains(self.word(tokens[index + 1]))
  }

  /// Whether a connecting word stands apart at the end of the sentence, or between commas near its beginning.
  private func hasAside(_ tokens: ArticleAnalysis.Tokens, _ words: CoherenceWords) -> Bool {
    let last = tokens.endIndex - 1
    if last > tokens.startIndex, isAside(tokens[last], words) { return true }
    for index in tokens.indices.dropLast().prefix(6).dropFirst()
    where tokens[index + 1].flags.contains(.afterPunctuation) && isAside(tokens[index], words) {
      return true
    }
    return false
  }

  private func isAside(_ token: WordToken, _ words: CoherenceWords) -> Bool {
    token.flags.contains(.afterPunctuation) && words.asides.contains(word(token))
  }

  private func word(_ token: WordToken) -> PackedWord {
    if isEnglish { return PackedWord(token, bytes) }
    let (start, end) = (Int(token.start), Int(token.end))
    guard end - start <= Self.longest else { return PackedWord() }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * Self.longest) { buffer in
      let count = foldCase(bytes, start, end, into: buffer)
      return PackedWord(Bytes(rebasing: UnsafeBufferPointer(buffer)[..<count]))
    }
  }

  /// The length in bytes of the longest word that is compared.
  private static let longest = 40
}
