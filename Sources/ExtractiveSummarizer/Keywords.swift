/// Words and phrases that the article is about: runs free of stop words, counted, with a bonus for names, length and an early place.
struct Keywords {
  private struct Candidate {
    var stems: (Int32, Int32, Int32)
    var length: Int
    var count = 0
    var capitals = 0
    /// Times that it stood as a name, with no further capital beside it.
    var names = 0
    var firstSentence: Int
    /// The token where it stood first; those of the title come before those of the body.
    var first: Int
    var score = 0.0
  }

  /// Longer words, in bytes, are hashes, encoded data and the like.
  private static let longestWord = 60

  private let analysis: Analysis
  private let title: Bytes
  private let content: Bytes
  private let usesCapitals: Bool
  private var candidates: [Candidate] = []
  private var slots: [Int32]

  static func choose(_ limit: Int, of analysis: Analysis, title: Bytes, content: Bytes) -> [String] {
    var keywords = Keywords(analysis, title, content)
    keywords.collect()
    return keywords.pick(limit)
  }

  private init(_ analysis: Analysis, _ title: Bytes, _ content: Bytes) {
    self.analysis = analysis
    self.title = title
    self.content = content
    var size = 256
    while size < analysis.tokens.count * 6 { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    candidates.reserveCapacity(analysis.tokens.count * 2)
    var shouting = 0
    for token in analysis.tokens where token.flags.contains(.allCapitals) { shouting += 1 }
    usesCapitals = shouting * 10 < analysis.tokens.count * 6
  }

  // MARK: Collecting

  private mutating func collect() {
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
      var stems: (Int32, Int32, Int32) = (-1, -1, -1)
      var allCapitals = usesCapitals && !isTitle
      let endsName = !isCapitalized(index + 1) || tokens[index + 1].flags.contains(.afterPunctuation)
      for start in stride(from: index, through: max(run, index - 2), by: -1) {
        let flags = tokens[start].flags
        allCapitals = allCapitals && flags.contains(.capitalized) && start > tokens.startIndex
        stems = (Int32(analysis.stem(tokens[start])), stems.0, stems.1)
        let isName =
          allCapitals && endsName && (!isCapitalized(start - 1) || flags.contains(.afterPunctuation))
        count(
          stems, length: index - start + 1, capital: allCapitals, name: isName, sentence: sentence, first: base + start)
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

  private mutating func count(
    _ stems: (Int32, Int32, Int32), length: Int, capital: Bool, name: Bool, sentence: Int, first: Int
  ) {
    let mask = UInt32(slots.count - 1)
    var slot = UInt32(bitPattern: stems.0 &* 31 &+ stems.1) &* 0x9E37_79B1 ^ UInt32(bitPattern: stems.2) &* 0x85EB_CA6B
    slot = (slot ^ slot >> 15) & mask
    while slots[Int(slot)] >= 0 {
      let index = Int(slots[Int(slot)])
      if candidates[index].stems == stems {
        candidates[index].count += 1
        candidates[index].capitals += capital ? 1 : 0
        candidates[index].names += name ? 1 : 0
        return
      }
      slot = (slot + 1) & mask
    }
    slots[Int(slot)] = Int32(candidates.count)
    candidates.append(
      Candidate(
        stems: stems, length: length, count: 1, capitals: capital ? 1 : 0, names: name ? 1 : 0, firstSentence: sentence,
        first: first))
    if candidates.count * 2 > slots.count { grow() }
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    let mask = UInt32(slots.count - 1)
    for (index, candidate) in candidates.enumerated() {
      let stems = candidate.stems
      var slot =
        UInt32(bitPattern: stems.0 &* 31 &+ stems.1) &* 0x9E37_79B1 ^ UInt32(bitPattern: stems.2) &* 0x85EB_CA6B
      slot = (slot ^ slot >> 15) & mask
      while slots[Int(slot)] >= 0 { slot = (slot + 1) & mask }
      slots[Int(slot)] = Int32(index)
    }
  }

  // MARK: Choosing

  private mutating func pick(_ limit: Int) -> [String] {
    let lengthBonus = [1.0, 1.3, 1.69]
    var order: [Int] = []
    for index in candidates.indices {
      let candidate = candidates[index]
      guard candidate.length == 1 || candidate.count >= 2 || candidate.names > 0 || analysis.tokens.isEmpty
      else { continue }
      if isDull(candidate) { continue }
      let count = Double(candidate.count)
      candidates[index].score =
        count * lengthBonus[candidate.length - 1] * (1 + 0.5 * Double(candidate.capitals) / count)
        * (1 + 1 / Double(1 + candidate.firstSentence))
      order.append(index)
    }
    // The first few are all that is wanted: what is far below them need not be sorted.
    if order.count > 16 * limit {
      let best = order.map { candidates[$0].score }.max() ?? 0
      let near = order.filter { candidates[$0].score * 8 >= best }
      if near.count >= 8 * limit { order = near }
    }
    let ranked = candidates
    order.sort { first, second in
      if ranked[first].score != ranked[second].score { return ranked[first].score > ranked[second].score }
      if ranked[first].first != ranked[second].first { return ranked[first].first < ranked[second].first }
      return ranked[first].length > ranked[second].length
    }
    var chosen: [Int] = []
    var surfaces: [String] = []
    for index in order {
      // A phrase may still take the place of its words a little further down.
      if chosen.count >= limit && candidates[index].score < 0.5 * candidates[chosen[limit - 1]].score { break }
      let candidate = candidates[index]
      if chosen.contains(where: { overlaps(candidate, candidates[$0]) }) { continue }
      let parts = chosen.indices.filter { contains(candidate, candidates[chosen[$0]]) }
      if let first = parts.first {
        chosen[first] = index
        for part in parts.dropFirst().reversed() { chosen.remove(at: part) }
      } else if chosen.count < limit {
        chosen.append(index)
      }
    }
    for index in chosen {
      let surface = surface(of: candidates[index])
      if !surface.isEmpty && !surfaces.contains(surface) { surfaces.append(surface) }
    }
    return surfaces
  }

  private func isDull(_ candidate: Candidate) -> Bool {
    func dull(_ stem: Int32) -> Bool {
      analysis.language.isEnglish && analysis.vocabulary.words[Int(stem)].entry.roles.contains(.dull)
    }
    let token = token(candidate.first)
    let last = self.token(candidate.first + candidate.length - 1)
    return dull(token.word) || dull(candidate.stems.0) || dull(last.word)
  }

  private func overlaps(_ new: Candidate, _ old: Candidate) -> Bool {
    if new.length < old.length {
      return contains(old, new)
    }
    if new.length == old.length { return new.length > 1 && shareEnds(new, old) }
    // A word that is far more frequent than a phrase with it stands for itself: "data", not "data briefing".
    return contains(new, old) && old.count > 2 * new.count
  }

  /// "open source software" and "source software project" are pieces of one phrase.
  private func shareEnds(_ a: Candidate, _ b: Candidate) -> Bool {
    let bigram = token(a.first).flags.contains(.bigram)
    let (x, y) = (list(a), list(b))
    return x.dropFirst().elementsEqual(y.dropLast()) && (bigram || x.count == 3)
      || x.dropLast().elementsEqual(y.dropFirst()) && (bigram || x.count == 3)
  }

  private func contains(_ long: Candidate, _ short: Candidate) -> Bool {
    guard short.length < long.length else { return false }
    let (x, y) = (list(long), list(short))
    for start in 0...(x.count - y.count) where x[start..<start + y.count].elementsEqual(y) { return true }
    return false
  }

  private func list(_ candidate: Candidate) -> [Int32] {
    Array([candidate.stems.0, candidate.stems.1, candidate.stems.2].prefix(candidate.length))
  }

  private func token(_ index: Int) -> Token {
    let titles = analysis.titleTokens.count
    return index < titles ? analysis.titleTokens[index] : analysis.tokens[index - titles]
  }

  // MARK: Surface forms

  /// The form that the text writes most often, the first one of equals.
  private func surface(of candidate: Candidate) -> String {
    var forms: [(text: [UInt8], count: Int)] = []
    func scan(_ tokens: [Token], _ bytes: Bytes) {
      guard tokens.count >= candidate.length else { return }
      for start in 0...(tokens.count - candidate.length) {
        guard Int32(analysis.stem(tokens[start])) == candidate.stems.0 else { continue }
        if candidate.length > 1 {
          if Int32(analysis.stem(tokens[start + 1])) != candidate.stems.1 { continue }
          if tokens[start + 1].flags.contains(.afterPunctuation) { continue }
        }
        if candidate.length > 2 {
          if Int32(analysis.stem(tokens[start + 2])) != candidate.stems.2 { continue }
          if tokens[start + 2].flags.contains(.afterPunctuation) { continue }
        }
        let text = bytes[Int(tokens[start].start)..<Int(tokens[start + candidate.length - 1].end)]
        if let known = forms.firstIndex(where: { $0.text.elementsEqual(text) }) {
          forms[known].count += 1
        } else {
          forms.append((Array(text), 1))
        }
      }
    }
    scan(analysis.tokens, content)
    if forms.isEmpty { scan(analysis.titleTokens, title) }
    guard var best = forms.first else { return "" }
    for form in forms where form.count > best.count { best = form }
    return best.text.withUnsafeBufferPointer { text in
      var builder = TextBuilder()
      builder.append(text, from: 0, to: text.count)
      return builder.text()
    }
  }
}
