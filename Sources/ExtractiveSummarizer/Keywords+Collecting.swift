// Which words and phrases there are, how often, and where first.
extension Keywords {
  mutating func collect() {
    let words = analysis.words
    let isCandidate = words.indices.map { analysis.isContent[$0] && !words[$0].isNumber && words[$0].length >= 2 }
    // Phrases that stand once are wanted as names only. No phrase is more frequent than its rarest word.
    var isRepeated = analysis.counts.map { $0 > 1 || analysis.tokens.isEmpty }
    for token in analysis.titleTokens {
      let stem = analysis.stem(token)
      if analysis.counts[stem] > 0 { isRepeated[stem] = true }
    }
    // Twice in the title alone.
    for (index, token) in analysis.titleTokens.enumerated() where !isRepeated[analysis.stem(token)] {
      let stem = analysis.stem(token)
      isRepeated[stem] = analysis.titleTokens[..<index].contains { analysis.stem($0) == stem }
    }
    isCandidate.withUnsafeBufferPointer { isCandidate in
      isRepeated.withUnsafeBufferPointer { isRepeated in
        collect(
          analysis.titleTokens, 0, analysis.titleTokens.count, sentence: 0, base: 0, isTitle: true, isCandidate,
          isRepeated)
        do {
          for index in analysis.sentences.indices {
            collect(
              analysis.tokens, analysis.bounds[index], analysis.bounds[index + 1], sentence: index,
              base: analysis.titleTokens.count, isTitle: false, isCandidate, isRepeated)
          }
        }
      }
    }
  }

  private mutating func collect(
    _ tokens: UnsafeBufferPointer<Token>, _ begin: Int, _ end: Int, sentence: Int, base: Int, isTitle: Bool,
    _ isCandidate: UnsafeBufferPointer<Bool>, _ isRepeated: UnsafeBufferPointer<Bool>
  ) {
    var run = begin
    @inline(__always)
    func isCapitalized(_ index: Int) -> Bool {
      index >= begin && index < end && tokens[index].flags.contains(.capitalized)
    }
    var index = begin
    while index < end {
      defer { index &+= 1 }
      let token = tokens[index]
      guard isCandidate[Int(token.word)], Int(token.end &- token.start) <= Self.longestWord,
        !token.flags.contains(.address),
        !token.flags.contains(.bigram) || !isGrammatical(token, isTitle ? title : content)
      else {
        run = index &+ 1
        continue
      }
      if token.flags.contains(.afterPunctuation) { run = index }
      var stems: (Int32, Int32, Int32) = (-1, -1, -1)
      var allCapitals = usesCapitals && !isTitle
      let endsName = !isCapitalized(index &+ 1) || tokens[index &+ 1].flags.contains(.afterPunctuation)
      var mayRepeat = true
      var start = index
      while start >= max(run, index &- 2) {
        let flags = tokens[start].flags
        allCapitals = allCapitals && flags.contains(.capitalized) && start > begin
        stems = (tokens[start].stem, stems.0, stems.1)
        mayRepeat = mayRepeat && isRepeated[Int(stems.0)]
        let isName =
          allCapitals && endsName && (!isCapitalized(start &- 1) || flags.contains(.afterPunctuation))
        if start == index || mayRepeat || isName {
          count(
            stems, length: index &- start &+ 1, capital: allCapitals, name: isName, sentence: sentence,
            first: base &+ start)
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
    _ stems: (Int32, Int32, Int32), length: Int, capital: Bool, name: Bool, sentence: Int, first: Int
  ) {
    let mask = slots.count &- 1
    var slot = Self.slot(of: stems) & mask
    while slots[slot] >= 0 {
      let candidate = candidates.base + Int(slots[slot])
      if candidate.pointee.stems == stems {
        candidate.pointee.count &+= 1
        candidate.pointee.capitals &+= capital ? 1 : 0
        candidate.pointee.names &+= name ? 1 : 0
        return
      }
      slot = (slot &+ 1) & mask
    }
    slots[slot] = Int32(candidates.count)
    candidates.append(
      Candidate(
        stems: stems, length: Int32(length), count: 1, capitals: capital ? 1 : 0, names: name ? 1 : 0,
        firstSentence: Int32(sentence), first: Int32(first)))
    if candidates.count * 2 > slots.count { grow() }
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    slots = FastList(repeating: -1, count: mask + 1)
    for index in 0..<candidates.count {
      var slot = Self.slot(of: candidates[index].stems) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(index)
    }
  }
}
