/// Finds the last sentence of a summary where the others say little of what the title names.
///
/// An article may open with a scene, or with what everybody knows, and come to its subject later. On the posts of
/// `govnews-dev` with a reference it gains 0.1 0.25 0.25 of ROUGE-1, -2 and -L (F1 x 100), in 8 of 225 summaries; news
/// leads name what the title names, and stay.
enum TitleCoverage {
  /// The share of the content words of the title from which the summary says too little if it lacks them.
  private static let tooLittle = 0.5
  private static let fewestTitleWords = 3
  /// The least number of them that the sentence adds; half of the missing ones are wanted besides.
  private static let fewestAdded = 2
  /// The least value of such a sentence: it has to be one that is nearly chosen anyway.
  private static let leastValue = 1.1

  /// Returns the best sentence that adds words of the title; nil if the summary has enough of them, or no sentence of some
  /// value that stands alone adds them.
  static func missingSentence(
    from chosen: [Int], _ analysis: ArticleAnalysis, _ scores: [SentenceScore],
    isDone: borrowing UncheckedList<Bool>, _ bytes: Bytes
  ) -> Int? {
    // Most titles have a dozen words: they need no memory of their own.
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(1, analysis.titleTokens.count)) { buffer in
      let missing = missingWords(from: chosen, analysis, into: buffer)
      return missing.count < fewestAdded
        ? nil : bestSentence(with: missing, chosen: chosen, analysis, scores, isDone: isDone, bytes)
    }
  }

  private static func bestSentence(
    with missing: Slice<UnsafeMutableBufferPointer<Int32>>, chosen: [Int], _ analysis: ArticleAnalysis,
    _ scores: [SentenceScore], isDone: borrowing UncheckedList<Bool>, _ bytes: Bytes
  ) -> Int? {
    var best: (index: Int, added: Int)?
    for index in analysis.sentences.indices
    where !isDone[index] && scores[index].heldBack == 0 && scores[index].value >= leastValue {
      let tokens = analysis.tokens(of: index)
      let added = missing.count { stem in tokens.contains { $0.stem == stem } }
      guard added >= fewestAdded, 2 * added >= missing.count else { continue }
      if let best, (added, scores[index].value) <= (best.added, scores[best.index].value) { continue }
      guard PageReference.penalty(of: index, analysis, bytes) == 0,
        DefiniteReferences.antecedent(of: index, chosen: chosen, analysis, bytes) == nil
      else { continue }
      best = (index, added)
    }
    return best?.index
  }

  /// Returns the content words of the title that the article has and the chosen sentences lack; none if they lack few.
  private static func missingWords(
    from chosen: [Int], _ analysis: ArticleAnalysis, into buffer: UnsafeMutableBufferPointer<Int32>
  ) -> Slice<UnsafeMutableBufferPointer<Int32>> {
    // Those that are found go to the end of the buffer, so that none counts twice.
    var (missing, found) = (0, buffer.count)
    for token in analysis.titleTokens
    where analysis.isContent[Int(token.word)] && analysis.counts[Int(token.stem)] > 0
      && !buffer[..<missing].contains(token.stem) && !buffer[found...].contains(token.stem)
    {
      if chosen.contains(where: { analysis.tokens(of: $0).contains { $0.stem == token.stem } }) {
        found -= 1
        buffer[found] = token.stem
      } else {
        buffer[missing] = token.stem
        missing += 1
      }
    }
    let all = missing + buffer.count - found
    return buffer[..<(all >= fewestTitleWords && Double(missing) >= tooLittle * Double(all) ? missing : 0)]
  }
}
