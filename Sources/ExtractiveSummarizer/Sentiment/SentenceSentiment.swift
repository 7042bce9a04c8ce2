/// Rates the words of one sentence, with negation, boosters, contrast and the direction of figures.
///
/// Few words have sentiment, so the rules consider only those and the distances between them.
struct SentenceSentiment: ~Copyable {
  /// A word with a rating or a role, and its position.
  struct SentimentMark {
    let position: Int
    /// The length in bytes.
    let length: Int32
    let roles: WordRoles
    var value: Double
    /// Whether a rule has already fixed the value.
    var isSettled = false
  }

  /// The value of a figure that moves in the right or the wrong direction. `badFigure` is that of one whose rise is
  /// bad: its fall ("losses narrowed") is less good.
  private static let goodFigure = 1.8
  private static let badFigure = 1.26
  private static let boost = 0.293
  private static let negated = -0.74
  /// The factor of a bad thing that became less; `reversed` is that of one that was ended.
  private static let lessened = -0.7
  private static let reversed = -0.6
  private static let beforeContrast = 0.7
  private static let afterContrast = 1.3

  private static let directions: WordRoles = [.up, .down]
  private static let figures: WordRoles = [.goodWhenUp, .badWhenUp]
  static let relevant: WordRoles = [
    .rated, .negation, .booster, .damper, .contrast, .up, .down, .goodWhenUp, .badWhenUp, .reverser,
  ]

  private let analysis: ArticleAnalysis
  private var marks = UncheckedList<SentimentMark>(capacity: 32)
  /// The tokens of the current sentence.
  private var tokens = ArticleAnalysis.Tokens(start: nil, count: 0)

  init(_ analysis: ArticleAnalysis) { self.analysis = analysis }

  /// Returns the score of a sentence, from -1 to 1.
  mutating func score(_ tokens: ArticleAnalysis.Tokens) -> Double {
    self.tokens = tokens
    mark(tokens)
    if marks.count == 0 { return 0 }
    for index in 0..<marks.count where !marks[index].roles.isDisjoint(with: Self.directions) {
      if isNoun(index) { leave(index) } else { direct(index) }
    }
    for index in 0..<marks.count where marks[index].roles.contains(.reverser) { reverse(index) }
    for index in 0..<marks.count where !marks[index].roles.isDisjoint(with: Self.figures) { compare(index) }
    var before = 0.0
    var after = 0.0
    var contrast = false
    for index in 0..<marks.count {
      // "But" at the beginning contrasts with the sentence before, which has its own score.
      if !contrast, marks[index].roles.contains(.contrast), marks[index].position > 1 {
        (before, after, contrast) = (after, 0, true)
      }
      if marks[index].value != 0 { after += adjusted(index) }
    }
    return Self.normalized(contrast ? Self.beforeContrast * before + Self.afterContrast * after : after)
  }

  static func normalized(_ sum: Double) -> Double { sum / (sum * sum + 15).squareRoot() }

  private mutating func mark(_ tokens: ArticleAnalysis.Tokens) {
    marks.removeAll()
    for index in tokens.indices where tokens[index].flags.contains(.sentimental) {
      let entry = analysis.words[Int(tokens[index].word)].entry
      marks.append(
        SentimentMark(
          position: index, length: tokens[index].end - tokens[index].start, roles: entry.roles,
          value: Double(entry.rating) / 10))
    }
  }

  /// Applies a word of direction to its figure: "profit fell", "losses of the company narrowed", "a rise in
  /// unemployment".
  private mutating func direct(_ index: Int) {
    let isUp = marks[index].roles.contains(.up)
    if let figure = figure(of: index) {
      let isGood = marks[figure].roles.contains(.goodWhenUp)
      marks[index].value = (isGood == isUp ? 1 : -1) * (isGood ? Self.goodFigure : Self.badFigure)
      marks[figure].value = 0
      marks[figure].isSettled = true
      marks[index].isSettled = true
      // "Cases of cancer fell": the direction of the figure already rates the harm that it counts.
      if !isGood, let harm = harm(after: figure) {
        marks[harm].value = 0
        marks[harm].isSettled = true
      }
    } else if !isUp, let thing = harm(after: index) ?? thing(before: index) {
      // A thing that is not a figure becomes less: "reduced pain", "slows the spread of cancer", "the praise faded".
      marks[index].value = 0
      marks[index].isSettled = true
      turn(thing, by: Self.lessened)
    }
  }

  /// Whether a word of direction is a noun that moves nothing, as in "was awarded a contract" and "love the slide", but
  /// not in "a rise in unemployment". It follows a determiner, and no preposition or figure follows it.
  private func isNoun(_ index: Int) -> Bool {
    let position = marks[index].position
    guard position > 0, tokens[position - 1].flags.contains(.determiner),
      !tokens[position].flags.contains(.afterPunctuation), !tokens[position].flags.contains(.comparative)
    else { return false }
    guard position + 1 < tokens.count else { return true }
    // "A rise of 5 per cent"
    let isOfFigure = position + 2 < tokens.count && analysis.words[Int(tokens[position + 2].word)].isNumber
    return !isOfFigure && !tokens[position + 1].flags.contains(.preposition)
  }

  /// Clears the value of a noun that moves nothing. One that is grave as a noun too ("the collapse") keeps its rating.
  private mutating func leave(_ index: Int) {
    if abs(marks[index].value) < Self.grave { marks[index].value = 0 }
    marks[index].isSettled = true
  }

  private static let grave = 2.0

  private func figure(of index: Int) -> Int? {
    let position = marks[index].position
    var other = index - 1
    while other >= 0, position - marks[other].position <= 6, !marks[other].isSettled {
      if !marks[other].roles.isDisjoint(with: Self.figures) { return other }
      if !marks[other].roles.isDisjoint(with: [.up, .down, .contrast]) { break }
      other -= 1
    }
    // "Sales were up", but "up to five million shares". "Up" is the only word of direction with two letters.
    if marks[index].length == 2 { return nil }
    other = index + 1
    while other < marks.count, marks[other].position - position <= 4 {
      if !marks[other].roles.isDisjoint(with: Self.figures), !marks[other].isSettled { return other }
      other += 1
    }
    return nil
  }

  /// Returns the next bad thing in the same clause.
  private func harm(after index: Int) -> Int? {
    let position = marks[index].position
    var other = index + 1
    while other < marks.count, marks[other].position - position <= Self.reach {
      if marks[other].value < 0, !marks[other].isSettled {
        return isApart(position, marks[other].position) || isCause(position, marks[other].position) ? nil : other
      }
      other += 1
    }
    return nil
  }

  /// Returns the thing just before, to which something was done: "severe illness was reduced".
  private func thing(before index: Int) -> Int? {
    let position = marks[index].position
    var other = index - 1
    while other >= 0, position - marks[other].position <= Self.reach {
      if isApart(marks[other].position, position) { return nil }
      // In "victories in the fall", the victories did not fall.
      let isNear = marks[other].value < 0 || position - marks[other].position <= 2
      if marks[other].value != 0, !marks[other].isSettled {
        return isNear && !isCause(marks[other].position, position) ? other : nil
      }
      if !marks[other].roles.isDisjoint(with: Self.directions) { return nil }
      other -= 1
    }
    return nil
  }

  /// The maximum distance in words between a verb and the thing that it acts on.
  private static let reach = 4

  /// Whether punctuation separates two words.
  private func isApart(_ first: Int, _ second: Int) -> Bool {
    tokens[first + 1...second].contains { $0.flags.contains(.afterPunctuation) }
  }

  /// Multiplies the values of a thing and of the words that belong to it: "the threat of a shutdown", "severe illness".
  private mutating func turn(_ index: Int, by factor: Double) {
    var (first, last) = (index, index)
    while last + 1 < marks.count, belongs(last + 1, to: last) { last += 1 }
    while first > 0, belongs(first - 1, to: first) { first -= 1 }
    for other in first...last {
      marks[other].value *= factor
      marks[other].isSettled = true
    }
  }

  private func belongs(_ index: Int, to other: Int) -> Bool {
    let (first, second) = (min(index, other), max(index, other))
    return marks[first].value * marks[second].value > 0 && !marks[index].isSettled
      && marks[second].position - marks[first].position <= 3 && !isApart(marks[first].position, marks[second].position)
  }

  /// Turns harm that was averted, ended or dropped into good news.
  private mutating func reverse(_ index: Int) {
    let wasSettled = marks[index].isSettled
    defer { marks[index].isSettled = wasSettled }
    marks[index].isSettled = true
    if let harm = harm(after: index) {
      turn(harm, by: Self.reversed)
    } else if isPassive(index), let thing = thing(before: index), marks[thing].value < 0 {
      turn(thing, by: Self.reversed)
    }
  }

  /// Clears the value of the earlier figure in a comparison, which is no news: "A profit after two years of losses", "a
  /// loss, compared with a profit".
  private mutating func compare(_ index: Int) {
    guard marks[index].value != 0, !marks[index].isSettled else { return }
    let isGood = marks[index].roles.contains(.goodWhenUp)
    let opposite: WordRoles = isGood ? .badWhenUp : .goodWhenUp
    guard
      let news = marks.elements[..<index].lastIndex(where: { $0.roles.contains(opposite) && !$0.isSettled }),
      marks[index].position - marks[news].position <= Self.furthestComparison
    else { return }
    let end = marks[index].position
    guard tokens[max(0, end - 5)..<end].contains(where: { $0.flags.contains(.comparison) }) else {
      return
    }
    marks[index].value = 0
    if !isGood { marks[news].value = Self.goodFigure }
  }

  private static let furthestComparison = 16
  /// Whether a word of cause separates two words: in "withdrawn after the scandal", the scandal was not withdrawn.
  private func isCause(_ first: Int, _ second: Int) -> Bool {
    tokens[first + 1..<second].contains { $0.flags.contains(.cause) }
  }

  /// Whether the word is a form in "-ed". Only these act on a thing before them: "The strike was averted".
  private func isPassive(_ index: Int) -> Bool { tokens[marks[index].position].flags.contains(.participle) }

  /// Returns the value, adjusted by the boosters and dampers among the three words before, and by the negations that
  /// reach it.
  private func adjusted(_ index: Int) -> Double {
    var value = marks[index].value
    let position = marks[index].position
    var other = index - 1
    while other >= 0 {
      let distance = position - marks[other].position
      if distance > Self.negationReach { break }
      let roles = marks[other].roles
      if roles.contains(.negation), distance <= 3 || isWide(other) && isOneClause(marks[other].position, position) {
        value = isSuperlative(position, from: marks[other].position) ? value * Self.superlative : value * Self.negated
      }
      if distance <= 3 {
        let boost = distance == 1 ? Self.boost : distance == 2 ? 0.95 * Self.boost : 0.9 * Self.boost
        if roles.contains(.booster) { value += value > 0 ? boost : -boost }
        if roles.contains(.damper) { value -= value > 0 ? boost : -boost }
      }
      other -= 1
    }
    return value
  }

  /// Whether a negation reaches further, because it denies a thing and so what is said of it: "Not a single person
  /// died", "none of the passengers was hurt".
  private func isWide(_ index: Int) -> Bool {
    let position = marks[index].position
    return tokens[position].flags.contains(.determiner)
      || position + 1 < tokens.count && tokens[position + 1].flags.contains(.determiner)
  }

  private func isOneClause(_ first: Int, _ second: Int) -> Bool {
    !isApart(first, second) && !isCause(first, second)
  }

  /// Whether a negated comparative means the utmost degree: "Could hardly have been worse", "couldn't be happier".
  private func isSuperlative(_ position: Int, from negation: Int) -> Bool {
    tokens[position].flags.contains(.comparative)
      && tokens[max(0, negation - 2)...negation].contains { $0.flags.contains(.modal) }
  }

  private static let negationReach = 8
  private static let superlative = 1.2
}
