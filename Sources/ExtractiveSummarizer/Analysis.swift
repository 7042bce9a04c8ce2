/// An article taken apart once: sentences, tokens, counts and language, for all tasks to share.
struct Analysis {
  /// All sentences, and those of them that are prose.
  var units: [Sentence]
  var sentences: [Sentence]
  /// The tokens of sentence `i` are `tokens[bounds[i]..<bounds[i + 1]]`.
  var tokens: [Token]
  var bounds: [Int]
  var titleTokens: [Token]
  var vocabulary: Vocabulary
  var language: DetectedLanguage
  /// Words that carry matter, by number.
  var isContent: [Bool]
  /// How often each stem occurs in the body.
  var counts: [Int32]

  init(title: Bytes, content: Bytes, lexicon: Lexicon) {
    units = SentenceSplitter.split(content, lexicon: lexicon)
    JoinedLines.part(&units, content)
    units = SoftBreaks.split(units, content)
    sentences = ProseFilter.filter(units, content)
    var tokenizer = Tokenizer(bytes: content.count + title.count, lexicon: lexicon)
    tokenizer.tokenize(title, from: 0, to: title.count)
    let titleCount = tokenizer.tokens.count
    bounds = [0]
    bounds.reserveCapacity(sentences.count + 1)
    for sentence in sentences {
      tokenizer.tokenize(content, from: sentence.start, to: sentence.end)
      bounds.append(tokenizer.tokens.count - titleCount)
    }
    titleTokens = tokenizer.tokens.array(from: 0, to: titleCount)
    tokens = tokenizer.tokens.array(from: titleCount, to: tokenizer.tokens.count)
    vocabulary = Vocabulary(tokenizer.vocabulary)
    language = Self.language(vocabulary, words: tokenizer.tokens.count, tokenizer.scripts)
    isContent = []
    counts = []
    countWords()
  }

  func tokens(of sentence: Int) -> ArraySlice<Token> { tokens[bounds[sentence]..<bounds[sentence + 1]] }

  @inline(__always)
  func stem(_ token: Token) -> Int { Int(token.stem) }

  private static func language(
    _ vocabulary: Vocabulary, words: Int, _ scripts: ScriptCounts
  ) -> DetectedLanguage {
    var hits = [Int](repeating: 0, count: 16)
    for word in vocabulary.words where !word.entry.languages.isEmpty {
      var mask = word.entry.languages.rawValue
      while mask != 0 {
        hits[mask.trailingZeroBitCount] += Int(word.count)
        mask &= mask - 1
      }
    }
    return detectLanguage(hits: hits, words: words, scripts: scripts)
  }

  private mutating func countWords() {
    let words = vocabulary.words
    let stops: LanguageSet = language.language.map { LanguageSet($0) } ?? []
    isContent = words.map { word in
      word.length > 1 && word.entry.languages.isDisjoint(with: stops)
    }
    counts = [Int32](unsafeUninitializedCapacity: words.count) { counts, count in
      counts.initialize(repeating: 0)
      count = words.count
      for token in tokens { counts[Int(token.stem)] &+= 1 }
    }
    if language.language == nil { dropFrequentWords() }
  }

  /// Without a list, words of up to three letters and those in most sentences are taken for stop words.
  private mutating func dropFrequentWords() {
    var lastSeen = [Int32](repeating: -1, count: isContent.count)
    var sentencesWith = [Int32](repeating: 0, count: isContent.count)
    for index in sentences.indices {
      for token in tokens(of: index) {
        let word = Int(token.word)
        if lastSeen[word] != Int32(index) { sentencesWith[word] += 1 }
        lastSeen[word] = Int32(index)
        if !token.flags.contains(.bigram) && vocabulary.words[word].length <= 3 && !token.flags.contains(.allCapitals) {
          isContent[word] = false
        }
      }
    }
    for word in isContent.indices where sentences.count >= 5 && Int(sentencesWith[word]) * 10 > sentences.count * 6 {
      isContent[word] = false
    }
  }
}
