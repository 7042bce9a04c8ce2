/// Ratings of the words of one sentence, with negation, boosters, contrast and the direction of figures.
///
/// Most words say nothing of tone, so the rules look at the few that do and at the distance between them.
struct SentenceTone {
  /// A word that counts, and where it stands.
  private struct Mark {
    let position: Int
    /// Bytes.
    let length: Int32
    let roles: WordRoles
    var value: Double
    /// Whether a word of direction has settled what this one is worth.
    var isSettled = false
  }

  /// What a figure that goes the right or the wrong way is worth; a bad one that falls ("losses narrowed") is less good.
  private static let goodFigure = 1.8
  private static let badFigure = 1.26
  private static let boost = 0.293
  private static let negated = -0.74
  /// What is left of a bad thing that became less, or was ended.
  private static let lessened = -0.7
  private static let reversed = -0.6
  private static let beforeContrast = 0.7
  private static let afterContrast = 1.3

  private static let directions: WordRoles = [.up, .down]
  private static let figures: WordRoles = [.goodWhenUp, .badWhenUp]
  static let relevant: WordRoles = [
    .rated, .negation, .booster, .damper, .contrast, .up, .down, .goodWhenUp, .badWhenUp, .reverser,
  ]

  private let analysis: Analysis
  private var marks: [Mark] = []

  init(_ analysis: Analysis) {
    self.analysis = analysis
    marks.reserveCapacity(32)
  }

  /// From -1 to 1.
  mutating func score(_ tokens: Analysis.Tokens) -> Double {
    mark(tokens)
    if marks.isEmpty { return 0 }
    for index in marks.indices where !marks[index].roles.isDisjoint(with: Self.directions) { direct(index) }
    for index in marks.indices where marks[index].roles.contains(.reverser) { reverse(index) }
    var before = 0.0
    var after = 0.0
    var contrast = false
    for index in marks.indices {
      // "But" at the opening contrasts with the sentence before, which has its own score.
      if !contrast, marks[index].roles.contains(.contrast), marks[index].position > 1 {
        (before, after, contrast) = (after, 0, true)
      }
      if marks[index].value != 0 { after += adjusted(index) }
    }
    let sum = contrast ? Self.beforeContrast * before + Self.afterContrast * after : after
    return sum / (sum * sum + 15).squareRoot()
  }

  private mutating func mark(_ tokens: Analysis.Tokens) {
    marks.removeAll(keepingCapacity: true)
    for index in tokens.indices where tokens[index].flags.contains(.toned) {
      let entry = analysis.words[Int(tokens[index].word)].entry
      marks.append(
        Mark(
          position: index - tokens.startIndex, length: tokens[index].end - tokens[index].start, roles: entry.roles,
          value: Double(entry.rating) / 10))
    }
  }

  /// A word of direction gives its figure a meaning: "profit fell", "losses of the company narrowed", "a rise in unemployment".
  private mutating func direct(_ index: Int) {
    let isUp = marks[index].roles.contains(.up)
    if let figure = figure(of: index) {
      let isGood = marks[figure].roles.contains(.goodWhenUp)
      marks[index].value = (isGood == isUp ? 1 : -1) * (isGood ? Self.goodFigure : Self.badFigure)
      marks[figure].value = 0
      marks[figure].isSettled = true
      marks[index].isSettled = true
    } else if !isUp, let thing = lessenedThing(near: index) {
      marks[thing].value *= Self.lessened
      marks[index].value = 0
      marks[thing].isSettled = true
      marks[index].isSettled = true
    }
  }

  private func figure(of index: Int) -> Int? {
    let position = marks[index].position
    var other = index - 1
    while other >= 0, position - marks[other].position <= 6, !marks[other].isSettled {
      if !marks[other].roles.isDisjoint(with: Self.figures) { return other }
      if !marks[other].roles.isDisjoint(with: [.up, .down, .contrast]) { break }
      other -= 1
    }
    // "Sales were up", but "up to five million shares": the only word of two letters among those of direction.
    if marks[index].length == 2 { return nil }
    other = index + 1
    while other < marks.count, marks[other].position - position <= 4 {
      if !marks[other].roles.isDisjoint(with: Self.figures), !marks[other].isSettled { return other }
      other += 1
    }
    return nil
  }

  /// What goes down without being a figure: "reduced pain", "the praise faded".
  private func lessenedThing(near index: Int) -> Int? {
    let position = marks[index].position
    var other = index + 1
    while other < marks.count, marks[other].position - position <= 3 {
      if marks[other].value < 0, !marks[other].isSettled { return other }
      other += 1
    }
    other = index - 1
    while other >= 0, position - marks[other].position <= 2 {
      if marks[other].value != 0, !marks[other].isSettled { return other }
      other -= 1
    }
    return nil
  }

  private mutating func reverse(_ index: Int) {
    let position = marks[index].position
    var other = index + 1
    while other < marks.count, marks[other].position - position <= 4 {
      if marks[other].value < 0, !marks[other].isSettled {
        marks[other].value *= Self.reversed
        marks[other].isSettled = true
      }
      other += 1
    }
  }

  /// The value with the negations, boosters and dampers of the three words before.
  private func adjusted(_ index: Int) -> Double {
    var value = marks[index].value
    var other = index - 1
    while other >= 0 {
      let distance = marks[index].position - marks[other].position
      if distance > 3 { break }
      let boost = distance == 1 ? Self.boost : distance == 2 ? 0.95 * Self.boost : 0.9 * Self.boost
      let roles = marks[other].roles
      if roles.contains(.booster) { value += value > 0 ? boost : -boost }
      if roles.contains(.damper) { value -= value > 0 ? boost : -boost }
      if roles.contains(.negation) { value *= Self.negated }
      other -= 1
    }
    return value
  }
}
