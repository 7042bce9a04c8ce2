/// Finds sentences that name a person by the surname alone and depend on the sentence that introduced the full name.
enum NameIntroductions {
  /// Calls `body` with each such sentence and the earliest sentence that introduces one of its surnames. A word is
  /// introduced where it first has a capital, behind another word with a capital. A title introduces what it names.
  ///
  /// - Parameter introducedIn: Memory for as many numbers as there are stems.
  static func find(
    in analysis: ArticleAnalysis, stems introducedIn: borrowing UncheckedList<Int32>, _ body: (Int, Int32) -> Void
  ) {
    introducedIn.base.update(repeating: unseen, count: analysis.counts.count)
    for token in analysis.titleTokens { introducedIn.base[analysis.stem(token)] = elsewhere }
    for index in analysis.sentences.indices {
      var earliest = unseen
      let number = Int32(truncatingIfNeeded: index)
      let tokens = analysis.tokens(of: index)
      for position in tokens.indices {
        guard tokens[position].flags.contains(.capitalized) else { continue }
        let stem = analysis.stem(tokens[position])
        let first = introducedIn[stem]
        guard first == unseen || first >= 0 && first < number else { continue }
        // A surname is the last word of a name.
        let isSurname =
          isName(tokens[position], analysis)
          && !(position + 1 < tokens.count && continues(tokens[position + 1], analysis))
        let follows = position > 0 && isName(tokens[position - 1], analysis) && continues(tokens[position], analysis)
        if first == unseen {
          introducedIn.base[stem] = isSurname && follows ? number : elsewhere
        } else if isSurname, !follows, !(position > 0 && isArticle(tokens[position - 1])),
          earliest < 0 || first < earliest
        {
          earliest = first
        }
      }
      if earliest >= 0 { body(index, earliest) }
    }
  }

  private static func isName(_ token: WordToken, _ analysis: ArticleAnalysis) -> Bool {
    token.flags.contains(.capitalized) && token.flags.isDisjoint(with: [.allCapitals, .bigram, .determiner])
      && analysis.isContent[Int(token.word)]
  }

  /// Whether the word is an article, and not "that", behind which a clause begins.
  private static func isArticle(_ token: WordToken) -> Bool {
    token.flags.contains(.determiner) && token.end - token.start <= 3
  }

  /// Whether a word continues the name before it.
  private static func continues(_ token: WordToken, _ analysis: ArticleAnalysis) -> Bool {
    !token.flags.contains(.afterPunctuation) && isName(token, analysis)
  }

  /// The word has not occurred as a name.
  private static let unseen: Int32 = -1
  /// The word first had a capital without another name before it, or in the title.
  private static let elsewhere: Int32 = -2
}
