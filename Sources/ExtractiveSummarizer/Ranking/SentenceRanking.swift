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
    var scores = SentenceScore.all(of: analysis, bytes)
    var order = BestFirst(scores)
    // Sentences whose antecedent was chosen, with their raised values.
    var released = BestFirst([])
    var isDone = UncheckedList<Bool>(repeating: false, count: count)
    for index in 0..<Standfirst.count(in: analysis, bytes) { isDone[index] = true }
    var chosen: [Int] = []
    var passedOver: Int?
    // What sentences lost when their turn came, because they need the page around them; negative before.
    var penalties = UncheckedList<Double>(repeating: -1, count: count)
    var scratch = UncheckedList<Int32>(repeating: 0, count: analysis.counts.count)
    while chosen.count < limit {
      if chosen.count == limit - 1, limit > 1,
        let missing = TitleCoverage.missingSentence(from: chosen, analysis, scores, isDone: isDone, bytes)
      {
        chosen.append(missing)
        break
      }
      while let first = order.first, isDone[first.index] || penalties[first.index] >= 0 { order.removeFirst() }
      while let first = released.first, isDone[first.index] { released.removeFirst() }
      guard var best = order.first ?? released.first else { break }
      if let raised = released.first, raised.precedes(best) { best = raised }
      // A shorter summary is better than a quotation without its beginning or its speaker.
      if !chosen.isEmpty, best.value < -SentenceScore.unusable / 2 { break }
      let candidate = best.index
      if penalties[candidate] < 0 {
        let penalty = PageReference.penalty(of: candidate, analysis, bytes)
        penalties[candidate] = penalty
        var loss = penalty
        if scores[candidate].heldBack == 0,
          let antecedent = DefiniteReferences.antecedent(of: candidate, chosen: chosen, analysis, bytes)
        {
          SentenceScore.holdBack(candidate, until: antecedent, &scores)
          loss += scores[candidate].heldBack
        }
        if loss > 0 {
          if let raised = released.first, raised.index == candidate { released.removeFirst() }
          released.insert(RankedSentence(index: candidate, value: best.value - loss))
          continue
        }
      }
      isDone[candidate] = true
      if chosen.prefix(compared).contains(where: { similarity($0, candidate, analysis, &scratch) >= redundancy }) {
        if passedOver == nil { passedOver = candidate }
        continue
      }
      chosen.append(candidate)
      var dependent = Int(scores[candidate].firstDependent)
      while dependent >= 0 {
        if !isDone[dependent] {
          let value = scores[dependent].value + scores[dependent].heldBack - max(0, penalties[dependent])
          released.insert(RankedSentence(index: dependent, value: value))
        }
        dependent = Int(scores[dependent].nextDependent)
      }
    }
    if chosen.isEmpty, let passedOver { chosen = [passedOver] }
    return chosen.sorted()
  }

  /// Returns all sentences except pieces of quotations of which another piece was not prose; all sentences if no others
  /// are left.
  private static func withoutPieces(of sentences: UnsafeBufferPointer<SentenceRange>, _ bytes: Bytes) -> [Int] {
    let isComplete = QuotationTracker.complete(sentences, bytes)
    let whole = sentences.indices.filter { isComplete[$0] }
    return whole.isEmpty ? Array(sentences.indices) : whole
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

/// A sentence with the value that it is ranked by.
private struct RankedSentence {
  let index: Int
  let value: Double

  @inline(__always)
  func precedes(_ other: RankedSentence) -> Bool {
    value != other.value ? value > other.value : index < other.index
  }
}

/// Sentences in a heap, best first: only the few best are taken from it.
private struct BestFirst: ~Copyable {
  private var heap: UncheckedList<RankedSentence>

  init(_ scores: [SentenceScore]) {
    heap = UncheckedList(capacity: scores.count)
    for index in scores.indices { heap.append(RankedSentence(index: index, value: scores[index].value)) }
    for parent in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(heap[parent], from: parent) }
  }

  var first: RankedSentence? { heap.count > 0 ? heap[0] : nil }

  mutating func insert(_ sentence: RankedSentence) {
    heap.append(sentence)
    var index = heap.count - 1
    while index > 0, sentence.precedes(heap[(index - 1) / 2]) {
      heap[index] = heap[(index - 1) / 2]
      index = (index - 1) / 2
    }
    heap[index] = sentence
  }

  mutating func removeFirst() {
    let last = heap[heap.count - 1]
    heap.removeLast(1)
    if heap.count > 0 { sink(last, from: 0) }
  }

  /// Puts a sentence into the vacant place `parent` or below it.
  private func sink(_ sentence: RankedSentence, from vacant: Int) {
    var parent = vacant
    while 2 &* parent &+ 1 < heap.count {
      var child = 2 &* parent &+ 1
      if child &+ 1 < heap.count, heap[child &+ 1].precedes(heap[child]) { child &+= 1 }
      guard heap[child].precedes(sentence) else { break }
      heap.base[parent] = heap[child]
      parent = child
    }
    heap.base[parent] = sentence
  }
}
