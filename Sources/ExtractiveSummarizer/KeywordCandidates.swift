/// What might be a keyword: runs of up to three words free of stop words and punctuation, counted by their stems.
struct KeywordCandidates {
  /// The stems of a phrase, -1 where it has fewer.
  struct Phrase: Equatable {
    var first: Int32
    var second: Int32 = -1
    var third: Int32 = -1

    var count: Int { second < 0 ? 1 : third < 0 ? 2 : 3 }
    var last: Int32 { third >= 0 ? third : second >= 0 ? second : first }

    /// Whether this is a part of a longer phrase.
    func isPart(of other: Phrase) -> Bool {
      switch (count, other.count) {
      case (1, 2): first == other.first || first == other.second
      case (1, 3): first == other.first || first == other.second || first == other.third
      case (2, 3): first == other.first && second == other.second || first == other.second && second == other.third
      default: false
      }
    }

    /// Whether the end of this is the beginning of another phrase as long: "open source software", "source software project".
    func runsInto(_ other: Phrase) -> Bool {
      guard count == other.count else { return false }
      return count == 3 ? second == other.first && third == other.second : count == 2 && second == other.first
    }
  }

  struct Candidate {
    var phrase: Phrase
    var count = 0
    var capitals = 0
    /// Times that it stood as a name, with no further capital beside it.
    var names = 0
    var firstSentence: Int
    /// The token where it stood first; those of the title come before those of the body.
    var first: Int
  }

  /// Longer words, in bytes, are hashes, encoded data and the like.
  private static let longestWord = 60

  private(set) var all: [Candidate] = []
  private let analysis: Analysis
  private let title: Bytes
  private let content: Bytes
  private let usesCapitals: Bool
  /// How often each stem stands in title and body.
  private var frequencies: [Int32]
  /// The candidates of one word by its number, those of more words by hash.
  private var words: [Int32]
  private var slots = [Int32](repeating: -1, count: 512)
  private var phrases = 0

  init(_ analysis: Analysis, title: Bytes, content: Bytes) {
    self.analysis = analysis
    self.title = title
    self.content = content
    frequencies = analysis.counts
    for token in analysis.titleTokens { frequencies[analysis.stem(token)] += 1 }
    words = [Int32](repeating: -1, count: frequencies.count)
    var shouting = 0
    for token in analysis.tokens where token.flags.contains(.allCapitals) { shouting += 1 }
    usesCapitals = shouting * 10 < analysis.tokens.count * 6
    all.reserveCapacity(frequencies.count)
    collect(analysis.titleTokens[...], sentence: 0, base: 0, isTitle: true)
    for index in analysis.sentences.indices {
      collect(analysis.tokens(of: index), sentence: index, base: analysis.titleTokens.count, isTitle: false)
    }
  }

  private mutating func collect(_ tokens: ArraySlice<Token>, sentence: Int, base: Int, isTitle: Bool) {
    var run = tokens.startIndex
    func isCapitalized(_ index: Int) -> Bool {
      tokens.indices.contains(index) && tokens[index].flags.contains(.capitalized)
    }
    for index in tokens.indices {
      let token = tokens[index]
      guard isCandidate(token, isTitle ? title : content) else {
        run = index + 1
        continue
      }
      if token.flags.contains(.afterPunctuation) { run = index }
      var phrase = Phrase(first: -1)
      var allCapitals = usesCapitals && !isTitle
      var repeats = true
      let endsName = !isCapitalized(index + 1) || tokens[index + 1].flags.contains(.afterPunctuation)
      for start in stride(from: index, through: max(run, index - 2), by: -1) {
        let flags = tokens[start].flags
        let stem = Int32(analysis.stem(tokens[start]))
        allCapitals = allCapitals && flags.contains(.capitalized) && start > tokens.startIndex
        repeats = repeats && frequencies[Int(stem)] > 1
        // What is no name must come twice, and so must all of its words; but a title alone says everything once.
        if start < index && !repeats && !allCapitals && !analysis.tokens.isEmpty { break }
        phrase = start == index ? Phrase(first: stem) : Phrase(first: stem, second: phrase.first, third: phrase.second)
        let isName =
          allCapitals && endsName && (!isCapitalized(start - 1) || flags.contains(.afterPunctuation))
        count(phrase, capital: allCapitals, name: isName, sentence: sentence, first: base + start)
      }
    }
  }

  private func isCandidate(_ token: Token, _ bytes: Bytes) -> Bool {
    let word = analysis.vocabulary.words[Int(token.word)]
    guard analysis.isContent[Int(token.word)], !word.isNumber, !token.flags.contains(.address),
      token.end - token.start <= Self.longestWord
    else { return false }
    guard token.flags.contains(.bigram) else { return word.length >= 2 }
    var index = Int(token.start)
    while index < Int(token.end) {
      let next = scalar(bytes, at: index)
      if Self.isGrammatical(next.value) { return false }
      index += next.length
    }
    return true
  }

  /// Characters of Japanese and Chinese that build sentences, not names.
  private static func isGrammatical(_ value: UInt32) -> Bool {
    switch value {
    case 0x3041...0x309F, 0x7684, 0x4E86, 0x662F, 0x5728, 0x548C, 0x6709, 0x4E5F, 0x90FD, 0x5C31, 0x8FD9, 0x90A3,
      0x4E0E,
      0x4E3A, 0x88AB, 0x628A, 0x4ECE, 0x5BF9, 0x5C06, 0x53CA, 0x6216, 0x4E0D, 0x6211, 0x4ED6, 0x5979, 0x4EEC, 0x8BF4,
      0x8981:
      true
    default: false
    }
  }

  // MARK: Counting

  private mutating func count(_ phrase: Phrase, capital: Bool, name: Bool, sentence: Int, first: Int) {
    let isWord = phrase.second < 0
    let slot = isWord ? Int(phrase.first) : find(phrase)
    var index = Int(isWord ? words[slot] : slots[slot])
    if index < 0 {
      index = all.count
      if isWord { words[slot] = Int32(index) } else { slots[slot] = Int32(index) }
      all.append(Candidate(phrase: phrase, firstSentence: sentence, first: first))
      if !isWord { phrases += 1 }
    }
    all[index].count += 1
    all[index].capitals += capital ? 1 : 0
    all[index].names += name ? 1 : 0
    if phrases * 2 > slots.count { grow() }
  }

  private func find(_ phrase: Phrase) -> Int {
    let mask = UInt32(slots.count - 1)
    var slot =
      UInt32(bitPattern: phrase.first &* 31 &+ phrase.second) &* 0x9E37_79B1
      ^ UInt32(bitPattern: phrase.third) &* 0x85EB_CA6B
    slot = (slot ^ slot >> 15) & mask
    while slots[Int(slot)] >= 0, all[Int(slots[Int(slot)])].phrase != phrase { slot = (slot + 1) & mask }
    return Int(slot)
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for index in all.indices where all[index].phrase.second >= 0 { slots[find(all[index].phrase)] = Int32(index) }
  }
}
