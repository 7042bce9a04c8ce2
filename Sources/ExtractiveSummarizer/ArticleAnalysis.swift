import Basics

/// The sentences, tokens, counts and language of one article, shared by all tasks.
///
/// An analysis points into the memory of the `AnalysisWorkspace` that made it, and must not outlive the call of its
/// body.
struct ArticleAnalysis {
  /// All sentences; `sentences` are those that are prose.
  let units: UnsafeBufferPointer<SentenceRange>
  let sentences: UnsafeBufferPointer<SentenceRange>
  /// The tokens of sentence `i` are `tokens[bounds[i]..<bounds[i + 1]]`.
  let tokens: Tokens
  let bounds: UnsafeBufferPointer<Int>
  let titleTokens: Tokens
  /// The number of `tokens` in all capitals.
  let shouted: Int
  /// The words of title and body, indexed by word number.
  let words: UnsafeBufferPointer<ArticleVocabulary.VocabularyWord>
  let language: DetectedLanguage
  /// Whether a word is a content word, neither a stop word nor a single character; indexed by word number.
  let isContent: UnsafeBufferPointer<Bool>
  /// The number of occurrences of each stem in the body.
  let counts: UnsafeBufferPointer<Int32>

  /// An analysis without an article.
  static var empty: ArticleAnalysis {
    func none<Element>() -> UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: nil, count: 0) }
    return ArticleAnalysis(
      units: none(), sentences: none(), tokens: none(), bounds: none(), titleTokens: none(), shouted: 0, words: none(),
      language: DetectedLanguage(), isContent: none(), counts: none())
  }

  typealias Tokens = UnsafeBufferPointer<WordToken>

  @inline(__always)
  func tokens(of sentence: Int) -> Tokens { Tokens(rebasing: tokens[bounds[sentence]..<bounds[sentence + 1]]) }

  @inline(__always)
  func stem(_ token: WordToken) -> Int { Int(token.stem) }
}

/// The memory in which articles are analysed, one after another. It is reused, so that an article costs almost no
/// allocations.
struct AnalysisWorkspace: ~Copyable {
  private var tokenizer: WordTokenizer
  private var keywords = KeywordExtractor()
  private var units: [SentenceRange] = []
  private var sentences: [SentenceRange] = []
  private var bounds = UncheckedList<Int>(capacity: 64)
  private var isContent = UncheckedList<Bool>(capacity: 512)
  private var counts = UncheckedList<Int32>(capacity: 512)

  init(lexicon: WordLexicon) { tokenizer = WordTokenizer(lexicon: lexicon) }

  /// Analyses an article and runs `body` with the analysis, which `body` must not keep.
  mutating func analyze<Result>(
    title: Bytes, content: Bytes, _ body: (ArticleAnalysis, inout KeywordExtractor) -> Result
  ) -> Result {
    units = SentenceSplitter.split(content)
    RunOnPage.part(&units, content)
    units = UnpunctuatedText.split(units, content)
    BrokenSentences.join(&units, content)
    ArticleEnd.drop(from: &units, content)
    QuotationTracker.mark(&units, content)
    sentences = BoilerplateFilter.filter(units, content, title: title)

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
    let tokens = ArticleAnalysis.Tokens(rebasing: all[titleCount...])
    let titleTokens = ArticleAnalysis.Tokens(rebasing: all[..<titleCount])

    let language = detectLanguage(words: all.count)
    count(titleTokens, language)
    if language.language == nil { dropFrequentWords(tokens) }
    return units.withUnsafeBufferPointer { units in
      sentences.withUnsafeBufferPointer { sentences in
        body(
          ArticleAnalysis(
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

  private mutating func count(_ titleTokens: ArticleAnalysis.Tokens, _ language: DetectedLanguage) {
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

  /// Treats words as stop words where no list exists: those of up to three letters, and those in most sentences.
  private mutating func dropFrequentWords(_ tokens: ArticleAnalysis.Tokens) {
    let words = tokenizer.vocabulary.words.elements
    var lastSeen = UncheckedList<Int32>(repeating: -1, count: words.count)
    var sentencesWith = UncheckedList<Int32>(repeating: 0, count: words.count)
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

  /// Whether an unusually long article made the workspace too large to keep.
  var isLarge: Bool { tokenizer.tokens.capacity > 65_536 }
}

/// The workspaces of an engine, one for each article analysed at the same time.
///
/// A thread gets the workspace that it used last, whose memory is still in the caches of its core.
final class WorkspacePool: Sendable {
  /// A workspace that only one caller uses at a time, between taking it and giving it back.
  private final class PooledWorkspace: @unchecked Sendable {
    var workspace: AnalysisWorkspace

    init(lexicon: WordLexicon) { workspace = AnalysisWorkspace(lexicon: lexicon) }
  }

  private let idle: ThreadAffinePool<PooledWorkspace>

  init(lexicon: WordLexicon) { idle = ThreadAffinePool { PooledWorkspace(lexicon: lexicon) } }

  func withWorkspace<Result>(_ body: (inout AnalysisWorkspace) -> Result) -> Result {
    let pooled = idle.take()
    let result = body(&pooled.workspace)
    if !pooled.workspace.isLarge { idle.giveBack(pooled) }
    return result
  }
}
