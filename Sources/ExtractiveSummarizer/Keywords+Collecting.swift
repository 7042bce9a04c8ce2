// Which words and phrases there are, how often, and where first.
extension Keywords {
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
    traits.removeAll()
    traits.reserve(words.count)
    let least: Int32 = analysis.tokens.isEmpty ? -1 : 1
    for index in 0..<words.count {
      var found = words[index].traits
      if !analysis.isContent[index] { found.remove(.candidate) }
      // Phrases that stand once are wanted as names only. No phrase is more frequent than its rarest word.
      if analysis.counts[index] > least { found.insert(.repeated) }
      traits.append(found)
    }
    for (index, token) in analysis.titleTokens.enumerated() {
      let stem = analysis.stem(token)
      // In body and title, or twice in the title alone.
      if analysis.counts[stem] > 0 || analysis.titleTokens[..<index].contains(where: { $0.stem == token.stem }) {
        traits.base[stem].insert(.repeated)
      }
    }
  }

  /// Counts the words and phrases of one sentence; `base` is the number of its first token.
  private mutating func collect(_ tokens: Analysis.Tokens, sentence: Int32, base: Int, isTitle: Bool) {
    var run = 0
    @inline(__always)
    func isCapitalized(_ index: Int) -> Bool {
      index >= 0 && index < tokens.count && tokens[index].flags.contains(.capitalized)
    }
    let mayBeName = usesCapitals && !isTitle
    var index = 0
    while index < tokens.count {
      defer { index &+= 1 }
      let token = tokens[index]
      let ownTraits = traits[Int(token.word)]
      guard ownTraits.contains(.candidate), Int(token.end &- token.start) <= Self.longestWord,
        token.flags.isDisjoint(with: [.address, .bigram])
          || !token.flags.contains(.address) && !isGrammatical(token, isTitle ? title : content)
      else {
        run = index &+ 1
        continue
      }
      if token.flags.contains(.afterPunctuation) { run = index }
      var allCapitals = mayBeName && token.flags.contains(.capitalized) && index > 0
      let endsName =
        allCapitals && (!isCapitalized(index &+ 1) || tokens[index &+ 1].flags.contains(.afterPunctuation))
      let isName = endsName && (!isCapitalized(index &- 1) || token.flags.contains(.afterPunctuation))
      let first = Int32(truncatingIfNeeded: base &+ index)
      let lastTraits: WordTraits = token.flags.contains(.capitalized) ? [ownTraits, .capitalized] : ownTraits
      count(token.stem, lastTraits, capital: allCapitals, name: isName, sentence: sentence, first: first)
      var mayRepeat = traits[Int(token.stem)].contains(.repeated)
      var stems = (token.stem, Int32(-1), Int32(-1))
      var start = index &- 1
      while mayRepeat || allCapitals, start >= max(run, index &- 2) {
        let flags = tokens[start].flags
        allCapitals = allCapitals && flags.contains(.capitalized) && start > 0
        stems = (tokens[start].stem, stems.0, stems.1)
        mayRepeat = mayRepeat && traits[Int(stems.0)].contains(.repeated)
        let isName = allCapitals && endsName && (!isCapitalized(start &- 1) || flags.contains(.afterPunctuation))
        if mayRepeat || isName {
          let ends = lastTraits.union(traits[Int(tokens[start].word)])
          count(
            stems, ends, length: Int32(truncatingIfNeeded: index &- start &+ 1), capital: allCapitals, name: isName,
            sentence: sentence, first: Int32(truncatingIfNeeded: base &+ start))
        }
        start &-= 1
      }
    }
  }

  private func isGrammatical(_ token: Token, _ bytes: Bytes) -> Bool {
    var index = Int(token.start)
    while index < Int(token.end) {
      let next = scalar(bytes, at: index)
      if Self.isGrammatical(next.value) { return true }
      index += next.length
    }
    return false
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

  @inline(__always)
  private static func slot(of stems: (Int32, Int32, Int32)) -> Int {
    let slot = UInt32(bitPattern: stems.0 &* 31 &+ stems.1) &* 0x9E37_79B1 ^ UInt32(bitPattern: stems.2) &* 0x85EB_CA6B
    return Int(slot ^ slot &>> 15)
  }

  @inline(__always)
  private mutating func count(
    _ stem: Int32, _ traits: WordTraits, capital: Bool, name: Bool, sentence: Int32, first: Int32
  ) {
    let known = singles[Int(stem)]
    if known >= 0 {
      again(known, capital: capital, name: name)
    } else {
      singles.base[Int(stem)] = Int32(truncatingIfNeeded: candidates.count)
      let isDull = self.traits[Int(stem)].contains(.dull)
      candidates.append(
        Candidate(
          stems: (stem, -1, -1), length: 1, count: 1, capitals: capital ? 1 : 0, names: name ? 1 : 0,
          firstSentence: sentence, first: first, traits: isDull ? [traits, .dull] : traits))
    }
  }

  @inline(__always)
  private func again(_ known: Int32, capital: Bool, name: Bool) {
    let candidate = candidates.base + Int(known)
    candidate.pointee.count &+= 1
    candidate.pointee.capitals &+= capital ? 1 : 0
    candidate.pointee.names &+= name ? 1 : 0
  }

  private mutating func count(
    _ stems: (Int32, Int32, Int32), _ traits: WordTraits, length: Int32, capital: Bool, name: Bool, sentence: Int32,
    first: Int32
  ) {
    let mask = slots.count &- 1
    var slot = Self.slot(of: stems) & mask
    while slots[slot] >= 0 {
      let known = slots[slot]
      if candidates.base[Int(known)].stems == stems { return again(known, capital: capital, name: name) }
      slot = (slot &+ 1) & mask
    }
    slots[slot] = Int32(truncatingIfNeeded: candidates.count)
    let isDull = self.traits[Int(stems.0)].contains(.dull)
    candidates.append(
      Candidate(
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
