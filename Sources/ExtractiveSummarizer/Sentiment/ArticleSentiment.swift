import Summarization

/// The sentiment of an English article: the mean over its sentences, in which title and lead weigh more.
///
/// It says how the words sound, not what anybody thinks of the subject.
struct ArticleSentiment {
  /// From -1 to 1, rounded to four places.
  var score: Double
  var label: Sentiment

  static let neutral = ArticleSentiment(score: 0, label: .neutral)
  /// A score at least this far from 0 has a label of its own. Most reports of plain facts have a warm word or two in them.
  static let threshold = 0.1
  /// The same for a mean of several sentences, which never all agree.
  static let pooledThreshold = 0.07
  static let pooledSentences = 4
  /// Both poles at least this strong, the weaker at least `balance` of the stronger: mixed.
  static let strong = 0.1
  static let balance = 0.35

  static func of(_ analysis: ArticleAnalysis) -> ArticleSentiment {
    var scorer = SentenceSentiment(analysis)
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
      lead *= ReproducibleMath.decay
    }
    guard total > 0 else { return .neutral }
    positive /= total
    negative /= total
    let score = ReproducibleMath.rounded(positive - negative)
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
    return ArticleSentiment(score: score, label: label)
  }
}
