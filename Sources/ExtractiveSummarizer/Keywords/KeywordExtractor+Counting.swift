// Collects the words and phrases of an article with their counts and first occurrences.
extension KeywordExtractor {
  mutating func collect() {
    candidates.removeAll()
    singles.fill(-1, count: analysis.words.count)
    slots.fill(-1, count: 256)
    phrases = 0
    judgeWords()
    collect(analysis.titleTokens, sentence: 0, base: 0, isTitle: true)
    var base = analysis.titleTokens.count
    for index in analysis.sentences.indices {
      let tokens = analysis.tokens(of: index)
      collect(tokens, sentence: Int32(truncatingIfNeeded: index), base: base, isTitle: false)
      base += tokens.count
    }
  }

  private mutating func judgeWords() {
    let words = analysis.words
    traits.fill([], count: words.count)
    let least: Int32 = analysis.tokens.isEmpty ? -1 : 1
    for index in 0..<words.count {
      var found = words[index].traits
      if !analysis.isContent[index] { found.remove(.candidate) }
      // A phrase that occurs once counts only as a name. A phrase is never more frequent than its rarest word.
      if analysis.counts[index] > least { found.insert(.repeated) }
      traits.base[index] = found
    }
    for (index, token) in analysis.titleTokens.enumerated() {
      let stem = analysis.stem(token)
      // The stem occurs in body and title, or twice in the title alone.
      if analysis.counts[stem] > 0 || analysis.titleTokens[..<index].contains(where: { $0.stem == token.stem }) {
        traits.base[stem].insert(.repeated)
      }
    }
  }

  /// Counts the words and phrases of one sentence. `base` is the index of its first token.
  private mutating func collect(_ tokens: ArticleAnalysis.Tokens, sentence: Int32, base: Int, isTitle: Bool) {
    let isOfName: KeywordTraits = usesCapitals && !isTitle ? .capitalized : []
    let bytes = isTitle ? title : content
    let links = self.links
    var run = 0
    // The index of the candidate before a link such as "of", while only the link follows it; otherwise -1.
    var linked = -1
    var index = 0
    while index < tokens.count {
      defer { index &+= 1 }
      var traits = self.traits[Int(tokens[index].word)]
      // Every second word is neither part of a phrase nor a link in one.
      if traits.isDisjoint(with: [.candidate, .link]), !tokens[index].flags.contains(.designation) {
        linked = -1
        run = index &+ 1
        continue
      }
      let token = tokens[index]
      guard !traits.isDisjoint(with: .candidate) || token.flags.contains(.designation),
        Int(token.end &- token.start) <= Self.longestWord,
        token.flags.isDisjoint(with: [.address, .bigram])
          || !token.flags.contains(.address) && !isGrammatical(token, bytes),
        traits.isDisjoint(with: .link) || !isParticle(token, links, bytes)
      else {
        linked = index > run && traits.contains(.link) && isLink(token, links, bytes) ? index &- 1 : -1
        run = index &+ 1
        continue
      }
      if token.flags.contains(.afterPunctuation) {
        run = index
        linked = -1
      }
      if token.flags.contains(.capitalized) { traits.insert(.capitalized) }
      // The first word of a sentence is capitalised in any case.
      let isCapital = index > 0 && !traits.isDisjoint(with: isOfName)
      let endsName = isCapital && endsName(tokens, index)
      let isBounded =
        token.flags.contains(.bigram) && index &- run <= 2 && endsRun(tokens, index, bytes)
        && !hasLooseEdge(tokens, run, index, bytes)
      let isName = endsName && beginsName(tokens, index, run: run) || isBounded && index == run
      let first = Int32(truncatingIfNeeded: base &+ index)
      count(token.stem, traits, capital: isCapital, name: isName, sentence: sentence, first: first)
      if isBounded, run < index {
        countRun(tokens, run, index, traits, sentence: sentence, first: first)
      } else if run < index, isCapital || self.traits[Int(token.stem)].contains(.repeated) {
        countPhrases(
          tokens, run: run, to: index, traits, mayBeName: isCapital, endsName: endsName,
          sentence: sentence, first: first)
      } else if linked >= 0, linked == index &- 2 {
        countLinked(tokens, linked, traits, mayBeName: endsName, sentence: sentence, first: first &- 2)
      }
    }
  }

  /// Whether a run of Chinese or Japanese characters ends with this token: before a grammatical character, a
  /// punctuation mark or a word of another script. A short run between two such ends is a word even if it occurs once.
  private func endsRun(_ tokens: ArticleAnalysis.Tokens, _ index: Int, _ bytes: Bytes) -> Bool {
    guard index &+ 1 < tokens.count else { return true }
    let next = tokens[index &+ 1]
    return !next.flags.contains(.bigram) || next.flags.contains(.afterPunctuation) || isGrammatical(next, bytes)
  }

  /// Whether a run begins or ends with a character that belongs to the text beside it: 一 到 至 会 正 再 才 又.
  private func hasLooseEdge(_ tokens: ArticleAnalysis.Tokens, _ run: Int, _ last: Int, _ bytes: Bytes) -> Bool {
    let first = scalar(bytes, at: Int(tokens[run].start)).value
    switch first {
    case 0x4E00, 0x5230, 0x81F3, 0x4F1A, 0x6B63, 0x518D, 0x624D, 0x53C8: return true
    default: break
    }
    switch scalar(bytes, before: Int(tokens[last].end)).value {
    case 0x5230, 0x81F3, 0x4F1A, 0x6B63, 0x518D, 0x624D, 0x53C8: return run < last
    default: return false
    }
  }

  private mutating func countRun(
    _ tokens: ArticleAnalysis.Tokens, _ run: Int, _ last: Int, _ traits: KeywordTraits, sentence: Int32, first: Int32
  ) {
    let length = Int32(truncatingIfNeeded: last &- run)
    let third = length == 2 ? tokens[last].stem : -1
    count(
      (tokens[run].stem, tokens[run &+ 1].stem, third), traits, length: length &+ 1, capital: false, name: true,
      sentence: sentence, first: first &- length)
  }

  /// Whether a token only links the parts of a name, like "de" in "Edgar Ricardo de", or "van". It is not a keyword
  /// itself.
  @inline(__always)
  private func isParticle(_ token: WordToken, _ links: PackedWordSet?, _ bytes: Bytes) -> Bool {
    guard token.end &- token.start <= 3, !token.flags.contains(.capitalized), let links else { return false }
    return links.contains(PackedWord(token, bytes))
  }

  /// Whether no further capitalised word follows directly.
  @inline(__always)
  private func endsName(_ tokens: ArticleAnalysis.Tokens, _ index: Int) -> Bool {
    guard index &+ 1 < tokens.count else { return true }
    let next = tokens[index &+ 1].flags
    return !next.contains(.capitalized) || next.contains(.afterPunctuation)
  }

  /// Whether a name may begin here. The word before may be outside the run, or capitalised because it begins the
  /// sentence: "The Bank", "Chancellor Angela Merkel".
  @inline(__always)
  private func beginsName(_ tokens: ArticleAnalysis.Tokens, _ index: Int, run: Int) -> Bool {
    index <= 1 || index == run || !tokens[index &- 1].flags.contains(.capitalized)
  }

  /// Counts a phrase of two words and their link: "Bank of England", "coupe du monde".
  ///
  /// English puts most such pairs side by side ("cup final"), so only names count there.
  private mutating func countLinked(
    _ tokens: ArticleAnalysis.Tokens, _ start: Int, _ lastTraits: KeywordTraits, mayBeName: Bool, sentence: Int32,
    first: Int32
  ) {
    let (one, other) = (tokens[start], tokens[start &+ 2])
    let isName = mayBeName && start > 0 && one.flags.contains(.capitalized)
    let mayRepeat =
      !analysis.language.isEnglish && traits[Int(one.stem)].contains(.repeated)
      && traits[Int(other.stem)].contains(.repeated)
    guard isName || mayRepeat else { return }
    count(
      (one.stem, tokens[start &+ 1].stem, other.stem), lastTraits.union(traits[Int(one.word)].subtracting(.participle)),
      length: 3,
      capital: isName, name: isName, sentence: sentence, first: first)
  }

  @inline(__always)
  private func isLink(_ token: WordToken, _ links: PackedWordSet?, _ bytes: Bytes) -> Bool {
    guard let links, token.end &- token.start <= 5, !token.flags.contains(.afterPunctuation) else { return false }
    return links.contains(PackedWord(token, bytes))
  }

  /// The words that link the words of a phrase; nil for languages that build compounds or inflect instead.
  private var links: PackedWordSet? {
    switch analysis.language.language {
    case .english: Self.english
    case .french: Self.french
    case .spanish: Self.spanish
    case .portuguese: Self.portuguese
    case .italian: Self.italian
    default: nil
    }
  }

  /// Whether a word, in lower case, is a link in any language.
  static func mayLink(_ word: Bytes) -> Bool {
    let word = PackedWord(WordToken(word: 0, stem: 0, start: 0, end: Int32(word.count), flags: []), word)
    return [english, french, spanish, portuguese, italian].contains { $0.contains(word) }
  }

  private static let english = PackedWordSet("of de da do dos del van von der di du la le el al bin ibn")
  private static let french = PackedWordSet("de du des d")
  private static let spanish = PackedWordSet("de del")
  private static let portuguese = PackedWordSet("de da do das dos")
  private static let italian = PackedWordSet("di del della dei delle dell d")

  /// Counts the phrases of two and three words that end with the token `last`, whose index in the article is `first`.
  @inline(never)
  private mutating func countPhrases(
    _ tokens: ArticleAnalysis.Tokens, run: Int, to last: Int, _ lastTraits: KeywordTraits, mayBeName: Bool,
    endsName: Bool,
    sentence: Int32, first: Int32
  ) {
    var allCapitals = mayBeName
    var stems = (tokens[last].stem, Int32(-1), Int32(-1))
    var mayRepeat = traits[Int(stems.0)].contains(.repeated)
    var start = last &- 1
    while start >= max(run, last &- 2), mayRepeat || allCapitals {
      let token = tokens[start]
      allCapitals = allCapitals && token.flags.contains(.capitalized) && start > 0
      stems = (token.stem, stems.0, stems.1)
      mayRepeat = mayRepeat && traits[Int(token.stem)].contains(.repeated)
      let isName = allCapitals && endsName && beginsName(tokens, start, run: run)
      if mayRepeat || isName {
        let length = Int32(truncatingIfNeeded: last &- start)
        count(
          stems, lastTraits.union(traits[Int(token.word)].subtracting(.participle)), length: length &+ 1,
          capital: allCapitals, name: isName,
          sentence: sentence, first: first &- length)
      }
      start &-= 1
    }
  }

  private func isGrammatical(_ token: WordToken, _ bytes: Bytes) -> Bool {
    var index = Int(token.start)
    while index < Int(token.end) {
      let next = scalar(bytes, at: index)
      if Self.isGrammatical(next.value) { return true }
      index += next.length
    }
    return false
  }

  /// Whether a Japanese or Chinese character builds sentences, not names.
  static func isGrammatical(_ value: UInt32) -> Bool {
    switch value {
    case 0x3041...0x309F, 0x7684, 0x4E86, 0x662F, 0x5728, 0x548C, 0x6709, 0x4E5F, 0x90FD, 0x5C31, 0x8FD9, 0x90A3,
      0x4E0E,
      0x4E3A, 0x88AB, 0x628A, 0x4ECE, 0x5BF9, 0x5C06, 0x53CA, 0x6216, 0x4E0D, 0x6211, 0x4ED6, 0x5979, 0x4EEC, 0x8BF4,
      0x8981, 0x6B64, 0x5176, 0x4EE5, 0x7B49, 0x800C, 0x5E76, 0x4E8E, 0x7531, 0x8BA9, 0x5DF2, 0x8FD8, 0x5F88, 0x66F4,
      0x4E2A, 0x4F46, 0x6CA1, 0x4E4B, 0x5B83, 0x4F60, 0x5C0D, 0x65BC, 0x8207, 0x9019, 0x500B, 0x5011, 0x8AAA, 0x9084,
      0x70BA, 0x5C07, 0x5F9E:
      true
    default: false
    }
  }

  @inline(__always)
  private static func slot(of stems: (Int32, Int32, Int32)) -> Int {
    let slot = UInt32(bitPattern: stems.0 &* 31 &+ stems.1) &* 0x9E37_79B1 ^ UInt32(bitPattern: stems.2) &* 0x85EB_CA6B
    return Int(slot ^ slot &>> 15)
  }

  @inline(__always)
  private mutating func count(
    _ stem: Int32, _ traits: KeywordTraits, capital: Bool, name: Bool, sentence: Int32, first: Int32
  ) {
    let known = singles[Int(stem)]
    if known >= 0 {
      again(known, traits, capital: capital, name: name)
    } else {
      singles.base[Int(stem)] = Int32(truncatingIfNeeded: candidates.count)
      let isDull = self.traits[Int(stem)].contains(.dull)
      candidates.append(
        PhraseCandidate(
          stems: (stem, -1, -1), length: 1, count: 1, capitals: capital ? 1 : 0, names: name ? 1 : 0,
          firstSentence: sentence, first: first, traits: isDull ? [traits, .dull] : traits))
    }
  }

  @inline(__always)
  private func again(_ known: Int32, _ traits: KeywordTraits, capital: Bool, name: Bool) {
    let candidate = candidates.base + Int(known)
    if !traits.contains(.participle) { candidate.pointee.traits.remove(.participle) }
    candidate.pointee.count &+= 1
    candidate.pointee.capitals &+= capital ? 1 : 0
    candidate.pointee.names &+= name ? 1 : 0
  }

  private mutating func count(
    _ stems: (Int32, Int32, Int32), _ traits: KeywordTraits, length: Int32, capital: Bool, name: Bool, sentence: Int32,
    first: Int32
  ) {
    let mask = slots.count &- 1
    var slot = Self.slot(of: stems) & mask
    while slots[slot] >= 0 {
      let known = slots[slot]
      if candidates.base[Int(known)].stems == stems { return again(known, traits, capital: capital, name: name) }
      slot = (slot &+ 1) & mask
    }
    slots[slot] = Int32(truncatingIfNeeded: candidates.count)
    let isDull = self.traits[Int(stems.0)].contains(.dull)
    candidates.append(
      PhraseCandidate(
        stems: stems, length: length, count: 1, capitals: capital ? 1 : 0, names: name ? 1 : 0,
        firstSentence: sentence, first: first, traits: isDull ? [traits, .dull] : traits))
    phrases += 1
    if phrases * 2 > slots.count { grow() }
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    slots.fill(-1, count: mask + 1)
    for index in 0..<candidates.count where candidates[index].length > 1 {
      var slot = Self.slot(of: candidates[index].stems) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(index)
    }
  }
}
