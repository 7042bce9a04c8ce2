/// The memory that an article is taken apart in. It is made once and used again for one article after another, so that an
/// article costs no allocations to speak of.
struct Workspace: ~Copyable {
  private var tokenizer: Tokenizer
  private var keywords = Keywords()
  private var units: [Sentence] = []
  private var sentences: [Sentence] = []
  private var bounds = FastList<Int>(capacity: 64)
  private var isContent = FastList<Bool>(capacity: 512)
  private var counts = FastList<Int32>(capacity: 512)

  init(lexicon: Lexicon) { tokenizer = Tokenizer(lexicon: lexicon) }

  /// Runs `body` with what an article is made of; it must not keep it.
  mutating func analyze<Result>(title: Bytes, content: Bytes, _ body: (Analysis, inout Keywords) -> Result) -> Result {
    units = SentenceSplitter.split(content)
    JoinedLines.part(&units, content)
    units = SoftBreaks.split(units, content)
    sentences = ProseFilter.filter(units, content, title: title)

    tokenizer.beginArticle()
    tokenizer.tokenize(title, from: 0, to: title.count)
    let titleCount = tokenizer.tokens.count
    let titleShouted = tokenizer.shouted
    bounds.removeAll()
    bounds.append(0)
    for sentence in sentences {
      tokenizer.tokenize(content, from: sentence.start, to: sentence.end)
      bounds.append(tokenizer.tokens.count - titleCount)
    }
    let all = tokenizer.tokens.elements
    let tokens = Analysis.Tokens(rebasing: all[titleCount...])
    let titleTokens = Analysis.Tokens(rebasing: all[..<titleCount])

    let language = detectLanguage(words: all.count)
    count(titleTokens, language)
    if language.language == nil { dropFrequentWords(tokens) }
    return units.withUnsafeBufferPointer { units in
      sentences.withUnsafeBufferPointer { sentences in
        body(
          Analysis(
            units: units, sentences: sentences, tokens: tokens, bounds: bounds.elements, titleTokens: titleTokens,
            shouted: tokenizer.shouted - titleShouted, words: tokenizer.vocabulary.words.elements, language: language,
            isContent: isContent.elements, counts: counts.elements), &keywords)
      }
    }
  }

  private func detectLanguage(words: Int) -> DetectedLanguage {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 16) { hits in
      hits.initialize(repeating: 0)
      for word in tokenizer.vocabulary.words.elements {
        var mask = word.entry.languages.rawValue
        while mask != 0 {
          hits[mask.trailingZeroBitCount] &+= Int(word.count)
          mask &= mask &- 1
        }
      }
      return DetectedLanguage(hits: UnsafeBufferPointer(hits), words: words, scripts: tokenizer.scripts)
    }
  }

  private mutating func count(_ titleTokens: Analysis.Tokens, _ language: DetectedLanguage) {
    let words = tokenizer.vocabulary.words.elements
    let stops: LanguageSet = language.language.map { LanguageSet($0) } ?? []
    isContent.fill(false, count: words.count)
    counts.fill(0, count: words.count)
    for index in 0..<words.count {
      let word = words[index]
      isContent.base[index] = word.length > 1 && word.entry.languages.isDisjoint(with: stops)
      counts.base[Int(word.stem)] &+= word.count
    }
    for token in titleTokens { counts.base[Int(token.stem)] &-= 1 }
  }

  /// Without a list, words of up to three letters and those in most sentences are taken for stop words.
  private mutating func dropFrequentWords(_ tokens: Analysis.Tokens) {
    let words = tokenizer.vocabulary.words.elements
    var lastSeen = FastList<Int32>(repeating: -1, count: words.count)
    var sentencesWith = FastList<Int32>(repeating: 0, count: words.count)
    for index in sentences.indices {
      for token in tokens[bounds[index]..<bounds[index + 1]] {
        let word = Int(token.word)
        if lastSeen[word] != Int32(index) { sentencesWith[word] += 1 }
        lastSeen[word] = Int32(index)
        if !token.flags.contains(.bigram) && words[word].length <= 3 && !token.flags.contains(.allCapitals) {
          isContent[word] = false
        }
      }
    }
    for word in 0..<words.count where sentences.count >= 5 && Int(sentencesWith[word]) * 10 > sentences.count * 6 {
      isContent[word] = false
    }
  }

  /// Whether an article of unusual size has made it so large that it is not worth keeping.
  var isLarge: Bool { tokenizer.tokens.capacity > 65_536 }
}
