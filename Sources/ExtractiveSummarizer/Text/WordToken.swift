/// A word and its position in the text.
struct WordToken {
  struct TokenFlags: OptionSet {
    let rawValue: UInt16
    /// Begins with a capital letter; `allCapitals` has no lower-case letter.
    static let capitalized = TokenFlags(rawValue: 1)
    static let allCapitals = TokenFlags(rawValue: 2)
    /// Punctuation separates the word from the one before.
    static let afterPunctuation = TokenFlags(rawValue: 4)
    /// Two characters of a script without spaces.
    static let bigram = TokenFlags(rawValue: 8)
    /// An address or similar: text, but not a word.
    static let address = TokenFlags(rawValue: 16)
    /// "I", "my", "me"; `otherPerson` is "we", "you" and their forms. See `TextRegister`.
    static let speaker = TokenFlags(rawValue: 32)
    static let otherPerson = TokenFlags(rawValue: 64)
    static let person: TokenFlags = [.speaker, .otherPerson]
    /// Has or changes sentiment: see `SentenceSentiment`.
    static let sentimental = TokenFlags(rawValue: 128)
    /// "After", "compared"; `cause` is "amid", "by"; `participle` is a word in "-ed". See `SentenceSentiment`.
    static let comparison = TokenFlags(rawValue: 256)
    static let cause = TokenFlags(rawValue: 512)
    static let participle = TokenFlags(rawValue: 1024)
    /// Digits before capitals, as in "5G": a name, not a number.
    static let designation = TokenFlags(rawValue: 2048)
    /// "The", "no", "her"; `preposition` is "in", "by"; `comparative` is "better"; `modal` is "could". See
    /// `SentenceSentiment`.
    static let determiner = TokenFlags(rawValue: 4096)
    static let preposition = TokenFlags(rawValue: 8192)
    static let comparative = TokenFlags(rawValue: 16384)
    static let modal = TokenFlags(rawValue: 32768)

    init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Creates the flags that follow from the roles of a word in the lexicon.
    init(_ roles: WordRoles) {
      self = []
      if roles.contains(.comparison) { insert(.comparison) }
      if roles.contains(.cause) { insert(.cause) }
      if roles.contains(.determiner) { insert(.determiner) }
      if roles.contains(.preposition) { insert(.preposition) }
      if roles.contains(.comparative) { insert(.comparative) }
      if roles.contains(.modal) { insert(.modal) }
    }
  }

  var word: Int32
  /// The number of its stem, under which the word is counted.
  var stem: Int32
  var start: Int32
  var end: Int32
  var flags: TokenFlags
}
