/// Chooses the sentences of the summary: lead position, words that the article keeps coming back to, words of the title.
struct Ranking {
  static let titleWeight = 0.5
  static let centroidWeight = 0.5
  static let quotePenalty = 0.15
  static let questionPenalty = 0.5
  /// What a line without a full stop keeps of its score: most are headings and pieces of lists.
  static let unterminatedFactor = 0.6
  /// Two sentences whose words have at least this cosine say the same.
  static let redundancy = 0.5
  /// A candidate is compared with so many chosen ones at most, to stay linear for long summaries.
  static let compared = 16

  /// The indices of at most `limit` sentences, in the order of the text.
  static func choose(_ limit: Int, of analysis: Analysis, _ bytes: Bytes) -> [Int] {
    let count = analysis.sentences.count
    guard count > limit else { return Array(0..<count) }
    let scores = score(analysis, bytes)
    let order = (0..<count).sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
    var chosen: [Int] = []
    var passedOver: [Int] = []
    var scratch = [Int32](repeating: 0, count: analysis.counts.count)
    for candidate in order {
      if chosen.count == limit { break }
      if chosen.prefix(compared).contains(where: { similarity($0, candidate, analysis, &scratch) >= redundancy }) {
        passedOver.append(candidate)
      } else {
        chosen.append(candidate)
      }
    }
    if chosen.isEmpty { chosen = Array(passedOver.prefix(1)) }
    return chosen.sorted()
  }

  static func score(_ analysis: Analysis, _ bytes: Bytes) -> [Double] {
    var inTitle = [Bool](repeating: false, count: analysis.counts.count)
    var titleWords = 0
    for token in analysis.titleTokens where analysis.isContent[Int(token.word)] {
      let stem = analysis.stem(token)
      if !inTitle[stem] { titleWords += 1 }
      inTitle[stem] = true
    }
    let weights = analysis.counts.indices.map { Arithmetic.logarithm(Int(analysis.counts[$0]) + (inTitle[$0] ? 1 : 0)) }
    var lastSeen = [Int32](repeating: -1, count: analysis.counts.count)
    var centroids: [Double] = []
    var shares: [Double] = []
    var lengths: [Int] = []
    for index in analysis.sentences.indices {
      var sum = 0.0
      var content = 0
      var hits = 0
      var words = 0
      for token in analysis.tokens(of: index) {
        words += 1
        guard analysis.isContent[Int(token.word)] else { continue }
        content += 1
        let stem = analysis.stem(token)
        if lastSeen[stem] == Int32(index) { continue }
        lastSeen[stem] = Int32(index)
        sum += weights[stem]
        if inTitle[stem] { hits += 1 }
      }
      // Two characters of Chinese or Japanese make a word, and every character begins a bigram.
      if let first = analysis.tokens(of: index).first, first.flags.contains(.bigram) { words = (words + 1) / 2 }
      centroids.append(sum / Double(8 + content))
      shares.append(titleWords > 0 ? Double(hits) / Double(titleWords) : 0)
      lengths.append(words)
    }
    let greatest = centroids.max() ?? 0
    var position = 1.0
    return analysis.sentences.indices.map { index in
      let sentence = analysis.sentences[index]
      let length = Double(lengths[index])
      let fit = min(1, length / 12) * (length <= 45 ? 1 : 45 / length)
      var score = position + (greatest > 0 ? centroidWeight * centroids[index] / greatest : 0)
      score += titleWeight * shares[index]
      if isQuote(scalar(bytes, at: sentence.start)) { score -= quotePenalty }
      if isQuestion(sentence, bytes) { score -= questionPenalty }
      position *= Arithmetic.decay
      if !sentence.isTerminated && score > 0 { score *= unterminatedFactor }
      return Arithmetic.rounded(score * fit)
    }
  }

  private static func isQuote(_ first: ScannedScalar) -> Bool {
    switch first.value {
    case 0x22, 0x27, 0x2018, 0x201C, 0x201E, 0xAB, 0x300C: true
    default: false
    }
  }

  private static func isQuestion(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    var end = sentence.end
    while end > sentence.start {
      let last = scalar(bytes, before: end)
      guard last.kind == .closer else { return last.value == 0x3F || last.value == 0xFF1F || last.value == 0x61F }
      end -= last.length
    }
    return false
  }

  /// The cosine of the counts of content words.
  private static func similarity(_ a: Int, _ b: Int, _ analysis: Analysis, _ scratch: inout [Int32]) -> Double {
    var (dot, squareA, squareB) = (0, 0, 0)
    for token in analysis.tokens(of: a).prefix(512) where analysis.isContent[Int(token.word)] {
      let stem = analysis.stem(token)
      squareA += 2 * Int(scratch[stem]) + 1
      scratch[stem] += 1
    }
    // The counts of b are kept in the upper half of each cell, which the prefix keeps from running over.
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
