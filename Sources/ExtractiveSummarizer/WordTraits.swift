extension Keywords {
  /// What makes a word a keyword, or part of one.
  struct WordTraits: OptionSet {
    let rawValue: UInt8
    /// Carries matter, and is no number.
    static let candidate = WordTraits(rawValue: 1)
    /// As a stem: may make a phrase that stands more than once.
    static let repeated = WordTraits(rawValue: 2)
    static let dull = WordTraits(rawValue: 4)
    static let abbreviation = WordTraits(rawValue: 8)
    /// Of a candidate: its last word begins with a capital where it stood first.
    static let capitalized = WordTraits(rawValue: 16)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// What can be told of a word before it is known where it stands, if it carries matter there.
    init(_ entry: Lexicon.Entry, length: UInt8, isNumber: Bool) {
      self = []
      if !isNumber && length >= 2 { insert(.candidate) }
      if entry.roles.contains(.dull) { insert(.dull) }
      if !entry.roles.isDisjoint(with: [.titleAbbreviation, .abbreviation, .numberAbbreviation]) {
        insert(.abbreviation)
      }
    }
  }
}
