/// Endings that only verbs have, of languages whose news is told in them: "anunciou", "anunció", "annunciò" say that something
/// was announced, not what the article is about.
enum FiniteVerb {
  static func ends(_ token: Token, _ bytes: Bytes, in language: Language?) -> Bool {
    // A name may end like one.
    guard !token.flags.contains(.capitalized), token.end - token.start >= 5 else { return false }
    let word = bytes[Int(token.start)..<Int(token.end)]
    return endings(of: language).contains { ending in
      word.suffix(ending.utf8CodeUnitCount)
        .elementsEqual(UnsafeBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount))
    }
  }

  private static func endings(of language: Language?) -> [StaticString] {
    switch language {
    case .portuguese: portuguese
    case .spanish: spanish
    case .italian: italian
    case .french: french
    default: []
    }
  }

  private static let portuguese: [StaticString] = ["ou", "aram", "eram", "iram", "avam", "rá"]
  private static let spanish: [StaticString] = ["ó", "aron", "ieron", "aban", "rá", "rán"]
  private static let italian: [StaticString] = ["ò", "arono", "irono", "ranno", "avano"]
  private static let french: [StaticString] = ["aient", "èrent"]
}
