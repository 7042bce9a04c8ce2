/// Words that put what follows them beside what stands before, for the tone: a comparison or a cause, not a thing acted on.
enum Relation {
  private static let comparisons = PackedWords("after from against compared versus vs than")
  private static let causes = PackedWords("after over amid following because since when before as by")

  static func of(_ word: Bytes) -> Token.Flags {
    guard word.count >= 2 else { return [] }
    var flags: Token.Flags = []
    if word[word.count - 2] == 0x65, word[word.count - 1] == 0x64 { flags.insert(.participle) }
    guard word.count <= 9 else { return flags }
    let packed = PackedWord(word)
    if comparisons.contains(packed) { flags.insert(.comparison) }
    if causes.contains(packed) { flags.insert(.cause) }
    return flags
  }
}
