/// An article taken apart once: sentences, tokens, counts and language, for all tasks to share.
///
/// It only looks into the `Workspace` that made it: it ends with the article.
struct Analysis {
  /// All sentences, and those of them that are prose.
  let units: UnsafeBufferPointer<Sentence>
  let sentences: UnsafeBufferPointer<Sentence>
  /// The tokens of sentence `i` are `tokens[bounds[i]..<bounds[i + 1]]`.
  let tokens: Tokens
  let bounds: UnsafeBufferPointer<Int>
  let titleTokens: Tokens
  /// How many of the tokens are all in capitals.
  let shouted: Int
  /// The words of title and body, by number.
  let words: UnsafeBufferPointer<Vocabulary.Word>
  let language: DetectedLanguage
  /// Words that carry matter, by number.
  let isContent: UnsafeBufferPointer<Bool>
  /// How often each stem occurs in the body.
  let counts: UnsafeBufferPointer<Int32>

  /// Of no article.
  static var empty: Analysis {
    func none<Element>() -> UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: nil, count: 0) }
    return Analysis(
      units: none(), sentences: none(), tokens: none(), bounds: none(), titleTokens: none(), shouted: 0, words: none(),
      language: DetectedLanguage(), isContent: none(), counts: none())
  }

  typealias Tokens = UnsafeBufferPointer<Token>

  @inline(__always)
  func tokens(of sentence: Int) -> Tokens { Tokens(rebasing: tokens[bounds[sentence]..<bounds[sentence + 1]]) }

  @inline(__always)
  func stem(_ token: Token) -> Int { Int(token.stem) }
}
