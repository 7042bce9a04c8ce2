import Summarization

/// The tone of an English article: each sentence by the lexicon, pooled with title and lead counted more.
///
/// It is the tone of the words, not an opinion of anybody.
struct Tone {
  /// From -1 to 1, rounded to four places.
  var score: Double
  var label: Sentiment

  static let neutral = Tone(score: 0, label: .neutral)
  /// A score at least this far from 0 has a label of its own. Most reports of plain facts have a warm word or two in them.
  static let threshold = 0.1
  /// Of several sentences pooled, which are never all of one tone.
  static let pooledThreshold = 0.07
  static let pooledSentences = 4
  /// Both poles at least this strong, the weaker at least `balance` of the stronger: mixed.
  static let strong = 0.1
  static let balance = 0.35

  static func of(_ analysis: Analysis) -> Tone {
    var scorer = SentenceTone(analysis)
    var positive = 0.0
    var negative = 0.0
    var total = 0.0
    func pool(_ value: Double, _ weight: Double) {
      if value > 0 { positive += weight * value } else { negative -= weight * value }
      total += weight
    }
    if !analysis.titleTokens.isEmpty { pool(scorer.score(analysis.titleTokens), 2) }
    var lead = 2.0
    for index in analysis.sentences.indices {
      pool(scorer.score(analysis.tokens(of: index)), 1 + lead)
      lead *= Arithmetic.decay
    }
    guard total > 0 else { return .neutral }
    positive /= total
    negative /= total
    let score = Arithmetic.rounded(positive - negative)
    let threshold = analysis.sentences.count >= pooledSentences ? pooledThreshold : threshold
    let weaker = min(positive, negative)
    let label: Sentiment =
      if weaker >= strong && weaker >= balance * max(positive, negative) {
        .mixed
      } else if score >= threshold {
        .positive
      } else if score <= -threshold {
        .negative
      } else {
        .neutral
      }
    return Tone(score: score, label: label)
  }
}
