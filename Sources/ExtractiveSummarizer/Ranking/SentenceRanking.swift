/// Chooses the sentences of a summary: the best by score, without repetition, in the order of the text.
enum SentenceRanking {
  /// The cosine from which two sentences say the same.
  static let redundancy = 0.6
  /// The maximum number of chosen sentences that a candidate is compared with, which keeps long summaries linear.
  static let compared = 16

  /// Returns the indices of at most `limit` sentences, in the order of the text.
  static func choose(_ limit: Int, of analysis: ArticleAnalysis, _ bytes: Bytes) -> [Int] {
    let count = analysis.sentences.count
    guard count > limit else { return withoutPieces(of: analysis.sentences, bytes) }
    let scores = SentenceScore.all(of: analysis, bytes)
    let order = (0..<count).sorted { precedes(scores[$0].value, $0, scores[$1].value, $1) }
    // Sentences whose antecedent was chosen, with their raised values, best last.
    var released: [(index: Int, value: Double)] = []
    var isDone = UncheckedList<Bool>(repeating: false, count: count)
    var chosen: [Int] = []
    var passedOver: Int?
    var scratch = UncheckedList<Int32>(repeating: 0, count: analysis.counts.count)
    var next = 0
    while chosen.count < limit {
      while next < count, isDone[order[next]] { next += 1 }
      while let last = released.last, isDone[last.index] { released.removeLast() }
      let best: (index: Int, value: Double)
      if let last = released.last,
        next == count || precedes(last.value, last.index, scores[order[next]].value, order[next])
      {
        best = last
      } else if next < count {
        best = (order[next], scores[order[next]].value)
      } else {
        break
      }
      // A shorter summary is better than a quotation without its beginning or its speaker.
      if !chosen.isEmpty, best.value < -SentenceScore.unusable / 2 { break }
      let candidate = best.index
      isDone[candidate] = true
      if chosen.prefix(compared).contains(where: { similarity($0, candidate, analysis, &scratch) >= redundancy }) {
        if passedOver == nil { passedOver = candidate }
        continue
      }
      chosen.append(candidate)
      var dependent = Int(scores[candidate].firstDependent)
      while dependent >= 0 {
        if !isDone[dependent] {
          let value = scores[dependent].value + scores[dependent].heldBack
          let position = released.firstIndex { precedes($0.value, $0.index, value, dependent) } ?? released.count
          released.insert((dependent, value), at: position)
        }
        dependent = Int(scores[dependent].nextDependent)
      }
    }
    if chosen.isEmpty, let passedOver { chosen = [passedOver] }
    return chosen.sorted()
  }

  /// Returns all sentences except pieces of quotations of which another piece was not prose; all sentences if no others
  /// are left.
  private static func withoutPieces(of sentences: UnsafeBufferPointer<Sentence>, _ bytes: Bytes) -> [Int] {
    let isComplete = QuotationTracker.complete(sentences, bytes)
    let whole = sentences.indices.filter { isComplete[$0] }
    return whole.isEmpty ? Array(sentences.indices) : whole
  }

  private static func precedes(_ a: Double, _ first: Int, _ b: Double, _ second: Int) -> Bool {
    a != b ? a > b : first < second
  }

  /// Returns the cosine of the counts of content words in two sentences.
  static func similarity(_ a: Int, _ b: Int, _ analysis: ArticleAnalysis, _ scratch: inout UncheckedList<Int32>)
    -> Double
  {
    var (dot, squareA, squareB) = (0, 0, 0)
    for token in analysis.tokens(of: a).prefix(512) where analysis.isContent[Int(token.word)] {
      let stem = analysis.stem(token)
      squareA += 2 * Int(scratch[stem]) + 1
      scratch[stem] += 1
    }
    // The counts of `b` are in the upper half of each cell; the prefix prevents an overflow.
    for token in analysis.tokens(of: b).prefix(512) where analysis.isContent[Int(token.word)] {
      let stem = analysis.stem(token)
      let own = scratch[stem] >> 16
      dot += Int(scratch[stem] & 0xFFFF)
      squareB += 2 * Int(own) + 1
      scratch[stem] += 1 << 16
    }
    for token in analysis.tokens(of: a) { scratch[analysis.stem(token)] = 0 }
    for token in analysis.tokens(of: b) { scratch[analysis.stem(token)] = 0 }
    guard squareA > 0, squareB > 0 else { return 0 }
    return Double(dot) / (Double(squareA) * Double(squareB)).squareRoot()
  }
}
