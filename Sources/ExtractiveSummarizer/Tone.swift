import Summarization

/// The tone of an English article: each sentence by the lexicon, pooled with title and lead counted more.
///
/// It is the tone of the words, not an opinion of anybody.
struct Tone {
  /// From -1 to 1, rounded to four places.
  var score: Double
  var label: Sentiment

  static let neutral = Tone(score: 0, label: .neutral)
  /// A score at least this far from 0 has a label of its own.
  static let threshold = 0.05
  /// Both poles at least this strong, the weaker at least `balance` of the stronger: mixed.
  static let strong = 0.13
  static let balance = 0.6

  static func of(_ analysis: Analysis, lexicon: Lexicon) -> Tone {
    var scorer = SentenceTone(analysis, lexicon)
    var positive = 0.0
    var negative = 0.0
    var total = 0.0
    func pool(_ value: Double, _ weight: Double) {
      if value > 0 { positive += weight * value } else { negative -= weight * value }
      total += weight
    }
    if !analysis.titleTokens.isEmpty { pool(scorer.score(analysis.titleTokens[...]), 2) }
    var lead = 2.0
    for index in analysis.sentences.indices {
      pool(scorer.score(analysis.tokens(of: index)), 1 + lead)
      lead *= Arithmetic.decay
    }
    guard total > 0 else { return .neutral }
    positive /= total
    negative /= total
    let score = Arithmetic.rounded(positive - negative)
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

/// Ratings of the words of one sentence, with negation, boosters, contrast and the direction of figures.
struct SentenceTone {
  private let analysis: Analysis
  private let lexicon: Lexicon
  /// By word; `unread` until it is asked for.
  private var entries: [WordTone?]

  private struct WordTone {
    var rating: Double
    var roles: WordRoles
  }

  /// What a figure that goes the right or the wrong way is worth.
  private static let direction = 1.8
  private static let boost = 0.293
  private static let negated = -0.74

  init(_ analysis: Analysis, _ lexicon: Lexicon) {
    self.analysis = analysis
    self.lexicon = lexicon
    entries = Array(repeating: nil, count: analysis.vocabulary.words.count)
  }

  /// From -1 to 1.
  mutating func score(_ tokens: ArraySlice<Token>) -> Double {
    var before = 0.0
    var after = 0.0
    var contrast = false
    var paired = -1
    for index in tokens.indices {
      let word = tone(of: tokens[index].word)
      // "But" at the opening contrasts with the sentence before, which has its own score.
      if word.roles.contains(.contrast), index > tokens.startIndex + 1, !contrast {
        contrast = true
        before = after
        after = 0
      }
      var value = word.rating
      if !word.roles.isDisjoint(with: [.up, .down]), let figure = figure(near: index, in: tokens, after: paired) {
        let good = tone(of: tokens[figure].word).roles.contains(.goodWhenUp)
        // "Rose" is good of profits; "losses narrowed" is good as well, and less so than profits that rose.
        let up = word.roles.contains(.up)
        value = (good == up ? 1 : -1) * (good ? Self.direction : 0.7 * Self.direction)
        if figure < index { after -= consumed(tokens[figure].word, figure, tokens) }
        paired = max(index, figure)
      } else if index <= paired && !word.roles.isDisjoint(with: [.goodWhenUp, .badWhenUp]) {
        value = 0
      }
      if value == 0 { continue }
      after += adjusted(value, at: index, in: tokens)
    }
    let sum = contrast ? 0.5 * before + 1.5 * after : after
    return sum / (sum * sum + 15).squareRoot()
  }

  private mutating func adjusted(_ value: Double, at index: Int, in tokens: ArraySlice<Token>) -> Double {
    var value = value
    var position = index - 1
    while position >= max(tokens.startIndex, index - 3) {
      let roles = tone(of: tokens[position].word).roles
      let fade = index - position == 1 ? 1 : index - position == 2 ? 0.95 : 0.9
      if roles.contains(.booster) { value += value > 0 ? Self.boost * fade : -Self.boost * fade }
      if roles.contains(.damper) { value -= value > 0 ? Self.boost * fade : -Self.boost * fade }
      if roles.contains(.negation) { value *= Self.negated }
      position -= 1
    }
    return value
  }

  /// What the noun has already added, before a word of direction gave it a meaning.
  private mutating func consumed(_ word: Int32, _ index: Int, _ tokens: ArraySlice<Token>) -> Double {
    let rating = tone(of: word).rating
    return rating == 0 ? 0 : adjusted(rating, at: index, in: tokens)
  }

  /// The figure that a word of direction speaks of: "profit fell", "shares of the company rose", "a rise in unemployment".
  private mutating func figure(near index: Int, in tokens: ArraySlice<Token>, after limit: Int) -> Int? {
    var position = index - 1
    while position > limit && position >= max(tokens.startIndex, index - 5) {
      if !tone(of: tokens[position].word).roles.isDisjoint(with: [.goodWhenUp, .badWhenUp]) { return position }
      if !tone(of: tokens[position].word).roles.isDisjoint(with: [.up, .down]) { break }
      position -= 1
    }
    position = index + 1
    while position < min(tokens.endIndex, index + 4) {
      if !tone(of: tokens[position].word).roles.isDisjoint(with: [.goodWhenUp, .badWhenUp]) { return position }
      position += 1
    }
    return nil
  }

  private mutating func tone(of word: Int32) -> WordTone {
    if let known = entries[Int(word)] { return known }
    let entry = analysis.vocabulary.words[Int(word)].entry
    var rating = Double(entry.rating) / 10
    if !entry.roles.contains(.rated), entry.languages.isEmpty { rating = inflected(word) }
    let tone = WordTone(rating: rating, roles: entry.roles)
    entries[Int(word)] = tone
    return tone
  }

  /// The rating of the word that this is a form of: "attacks", "condemned", "resigning", "deadlier" stands by itself.
  private func inflected(_ word: Int32) -> Double {
    let key = analysis.vocabulary.key(of: word)
    guard key.count > 3, key.count <= 40 else { return 0 }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: key.count + 4) { buffer in
      for (offset, byte) in key.enumerated() { buffer[offset] = byte }
      func rating(dropping count: Int, adding: StaticString = "") -> Double? {
        var length = key.count - count
        guard length >= 3 else { return nil }
        adding.withUTF8Buffer { for byte in $0 { (buffer[length], length) = (byte, length + 1) } }
        defer { for (offset, byte) in key.enumerated() { buffer[offset] = byte } }
        guard let entry = lexicon.entry(of: Bytes(rebasing: buffer[..<length])), entry.roles.contains(.rated) else {
          return nil
        }
        return Double(entry.rating) / 10
      }
      let last = key[key.endIndex - 1]
      switch last {
      case 0x73:  // s
        if let found = rating(dropping: 1) { return found }
        if key[key.endIndex - 2] == 0x65 {
          return rating(dropping: 2) ?? rating(dropping: 3, adding: "y") ?? 0
        }
      case 0x64:  // ed
        guard key[key.endIndex - 2] == 0x65 else { return 0 }
        return rating(dropping: 2) ?? rating(dropping: 1) ?? rating(dropping: 3, adding: "y") ?? rating(dropping: 3)
          ?? 0
      case 0x67:  // ing
        guard key[key.endIndex - 2] == 0x6E, key[key.endIndex - 3] == 0x69 else { return 0 }
        return rating(dropping: 3) ?? rating(dropping: 3, adding: "e") ?? rating(dropping: 4) ?? 0
      case 0x79:  // ly
        guard key[key.endIndex - 2] == 0x6C else { return 0 }
        return rating(dropping: 2) ?? rating(dropping: 3, adding: "y") ?? 0
      default: break
      }
      return 0
    }
  }
}
