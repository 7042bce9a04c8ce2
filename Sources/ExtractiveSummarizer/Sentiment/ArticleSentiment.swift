import Summarization

/// The sentiment of an English article: the mean over its sentences, in which title and lead have more weight.
///
/// It measures how the words sound, not anybody's opinion of the subject.
struct ArticleSentiment {
  /// The score from -1 to 1, rounded to four places.
  var score: Double
  var label: Sentiment

  static let neutral = ArticleSentiment(score: 0, label: .neutral)
  /// The distance from 0 at which a score is positive or negative. Most reports of plain facts contain a warm word or
  /// two.
  static let threshold = 0.1
  /// The same for a mean of at least `pooledSentences` sentences, which never all agree.
  static let pooledThreshold = 0.07
  static let pooledSentences = 4
  /// The minimum strength of both poles in a mixed article. The weaker must also be at least `balance` of the stronger.
  static let strong = 0.1
  static let balance = 0.35

  static func of(_ analysis: ArticleAnalysis, title: Bytes, content: Bytes) -> ArticleSentiment {
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
    // A line of emoji is not prose, so all emoji together count as one more sentence.
    let emoji = EmojiSentiment.of(title) + EmojiSentiment.of(content)
    if emoji != 0 { pool(SentenceSentiment.normalized(emoji), 2) }
    guard total > 0 else { return .neutral }
    positive /= total
    negative /= total
    // Advice names the harm that it wants to spare its reader.
    if InstructionDetector.areGiven(in: analysis, title: title, content: content) {
      return ArticleSentiment(
        score: ReproducibleMath.rounded(InstructionDetector.share * (positive - negative)), label: .neutral)
    }
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

/// Distinguishes instructions from news: by their title, or by sentences that begin with a verb.
enum InstructionDetector {
  /// The share of the sentiment that remains.
  static let share = 0.15
  private static let fewest = 3
  private static let how = PackedWordSet("how what")
  private static let to = PackedWord("to")
  private static let advice = PackedWordSet("tips steps ways checklist guide dos how-to")
  private static let verbs = PackedWordSet(
    """
    make use keep avoid check try choose add put take turn open remove wash store never always don't do ensure remember start stop
    clean cut place mix stir heat learn look get give let ask read write set consider create test include limit plan follow call
    report contact be know find go talk think work write throw eat drink pour apply press click fill fold wear bring
    """)

  static func areGiven(in analysis: ArticleAnalysis, title: Bytes, content: Bytes) -> Bool {
    let words = analysis.titleTokens.prefix(8).map { PackedWord($0, title) }
    if words.count > 2, how.contains(words[0]), words[1] == to || words[2] == to { return true }
    if words.contains(where: { advice.contains($0) }) { return true }
    var (sentences, commands) = (0, 0)
    for index in analysis.sentences.indices {
      guard let first = analysis.tokens(of: index).first else { continue }
      sentences += 1
      if verbs.contains(PackedWord(first, content)) { commands += 1 }
    }
    return commands >= fewest && commands * 3 >= sentences
  }
}

/// The sentiment of the emoji in a text.
enum EmojiSentiment {
  private static let each = 2.0
  private static let most = 3

  static func of(_ bytes: Bytes) -> Double {
    guard ByteVector.mayFind(in: bytes, from: 0, to: bytes.count, { $0.lanes(of: 0xF0) }) else { return 0 }
    var (good, bad) = (0, 0)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0xF0 else {
        index += 1
        continue
      }
      let next = scalar(bytes, at: index)
      switch next.value {
      case 0x1F600...0x1F60E, 0x1F618...0x1F61A, 0x1F642, 0x1F638...0x1F63B, 0x1F917, 0x1F929, 0x1F970, 0x1F973,
        0x1F44D, 0x1F44F,
        0x1F389, 0x1F38A, 0x1F493...0x1F49D:
        good += 1
      case 0x1F612...0x1F614, 0x1F616, 0x1F61E...0x1F62D, 0x1F630, 0x1F631, 0x1F63E, 0x1F63F, 0x1F641, 0x1F92C, 0x1F92E,
        0x1F44E,
        0x1F494, 0x1F97A:
        bad += 1
      default: break
      }
      index += max(1, next.length)
    }
    return each * Double(min(good, most) - min(bad, most))
  }
}
