// Finds the spelling in the text of a phrase that was chosen by its stems.
extension KeywordExtractor {
  mutating func surfaces(of chosen: [Int]) -> [String] {
    findOccurrences(of: chosen)
    var surfaces: [String] = []
    surfaces.reserveCapacity(chosen.count)
    var text = TextBuilder()
    for index in chosen {
      let surface = surface(of: candidates.base + index, &text)
      if surface.isEmpty || surfaces.contains(surface) { continue }
      // "銀行" is part of "中国人民銀行", as which another phrase was read.
      let isUnspaced = token(Int(candidates.base[index].first)).flags.contains(.bigram)
      if isUnspaced, surfaces.contains(where: { Self.holds($0, surface) }) { continue }
      surfaces.append(surface)
    }
    return surfaces
  }

  /// Finds the positions in the body of the first words of the chosen phrases.
  private mutating func findOccurrences(of chosen: [Int]) {
    let isWanted = UncheckedList<Bool>(repeating: false, count: analysis.words.count)
    for index in chosen { isWanted.base[Int(candidates.base[index].stems.0)] = true }
    occurrences.removeAll()
    for index in 0..<analysis.tokens.count where isWanted[Int(analysis.tokens[index].stem)] {
      occurrences.append(Int32(truncatingIfNeeded: index))
    }
  }

  /// Returns the most frequent spelling in the text, the first among equals.
  private mutating func surface(of candidate: UnsafePointer<PhraseCandidate>, _ builder: inout TextBuilder) -> String {
    forms.removeAll()
    let length = Int(candidate.pointee.length)
    let stems = candidate.pointee.stems
    for index in 0..<occurrences.count where analysis.tokens[Int(occurrences[index])].stem == stems.0 {
      count(formAt: Int(occurrences[index]), of: analysis.tokens, content, length, stems)
    }
    if forms.count == 0 {
      for position in analysis.titleTokens.indices where analysis.titleTokens[position].stem == stems.0 {
        count(formAt: position, of: analysis.titleTokens, title, length, stems)
      }
    }
    guard forms.count > 0 else { return "" }
    var best = forms[0]
    for form in forms.elements where form.count > best.count { best = form }
    best = whole(best)
    builder.append(best.text, from: 0, to: best.text.count)
    return builder.take()
  }

  private mutating func count(
    formAt position: Int, of tokens: ArticleAnalysis.Tokens, _ bytes: Bytes, _ length: Int,
    _ stems: (Int32, Int32, Int32)
  ) {
    guard position + length <= tokens.count else { return }
    if length > 1 {
      let second = tokens[position + 1]
      if second.stem != stems.1 || second.flags.contains(.afterPunctuation) { return }
    }
    if length > 2 {
      let third = tokens[position + 2]
      if third.stem != stems.2 || third.flags.contains(.afterPunctuation) { return }
    }
    let last = tokens[position + length - 1]
    var end = Int(last.end)
    // The last full stop of "U.S." is part of the word.
    if end < bytes.count, bytes[end] == 0x2E, hasStop(last, bytes) { end += 1 }
    let text = Bytes(rebasing: bytes[Int(tokens[position].start)..<end])
    for known in 0..<forms.count where Self.areEqual(forms[known].text, text) {
      forms.base[known].count += 1
      return
    }
    forms.append(SurfaceForm(text: text, count: 1))
  }

  private static func holds(_ text: String, _ part: String) -> Bool {
    let (text, part) = (Array(text.utf8), Array(part.utf8))
    guard text.count > part.count else { return false }
    return (0...text.count - part.count).contains { text[$0..<$0 + part.count].elementsEqual(part) }
  }

  /// Extends a form to the whole word, in Thai, katakana, Han and similar scripts, whose words are longer than a phrase
  /// of bigrams. The word ends where the text around the occurrences differs, or the next character builds sentences.
  private func whole(_ form: SurfaceForm) -> SurfaceForm {
    guard form.count > 1, let base = content.baseAddress, let first = form.text.baseAddress, first >= base,
      first < base + content.count, scalar(form.text, at: 0).isUnspaced
    else { return form }
    var places: [Range<Int>] = []
    for index in 0..<occurrences.count {
      let start = Int(analysis.tokens[Int(occurrences[index])].start)
      let end = start + form.text.count
      if end <= content.count, Self.areEqual(Bytes(rebasing: content[start..<end]), form.text) {
        places.append(start..<end)
      }
    }
    guard places.count > 1 else { return form }
    var (before, after) = (0, 0)
    func limit(_ value: UInt32) -> Int {
      Self.isPartOfWord(value) ? Self.longestRest : Self.isHan(value) ? Self.longestHan - form.text.count : 0
    }
    while let next = next(places.map { $0.upperBound + after }), after < limit(next.value) { after += next.length }
    while let previous = previous(places.map { $0.lowerBound - before }), before + after < limit(previous.value) {
      before += previous.length
    }
    let range = places[0].lowerBound - before..<places[0].upperBound + after
    return SurfaceForm(text: Bytes(rebasing: content[range]), count: form.count)
  }

  private static let longestRest = 60
  /// The length in bytes of the longest word of Han characters.
  private static let longestHan = 24

  /// Returns the character at `places` if all have the same one; nil if they differ or a text ends there.
  private func next(_ places: [Int]) -> ScannedScalar? {
    guard places.allSatisfy({ $0 < content.count }) else { return nil }
    let next = scalar(content, at: places[0])
    return places.allSatisfy { scalar(content, at: $0).value == next.value } ? next : nil
  }

  private func previous(_ places: [Int]) -> ScannedScalar? {
    guard places.allSatisfy({ $0 > 0 }) else { return nil }
    let previous = scalar(content, before: places[0])
    return places.allSatisfy { scalar(content, before: $0).value == previous.value } ? previous : nil
  }

  private static func isHan(_ value: UInt32) -> Bool { (0x4E00...0x9FFF).contains(value) && !isGrammatical(value) }

  /// Whether the scalar is Thai, Lao, Burmese, Khmer or katakana.
  private static func isPartOfWord(_ value: UInt32) -> Bool {
    switch value {
    case 0xE01...0xE2E, 0xE30...0xE3A, 0xE40...0xE4E, 0xE81...0xEDF, 0x1000...0x103F, 0x1780...0x17D3, 0x30A1...0x30FA,
      0x30FC:
      true
    default: false
    }
  }

  private static func areEqual(_ a: Bytes, _ b: Bytes) -> Bool {
    guard a.count == b.count else { return false }
    for index in 0..<a.count where a[index] != b[index] { return false }
    return true
  }
}

/// Endings of finite verbs, in languages whose news is told in these forms: "anunciou", "anunció" and "annunciò" say
/// that something was announced, not what the article is about.
enum FiniteVerb {
  static func ends(_ token: WordToken, _ bytes: Bytes, in language: StopWordLanguage?) -> Bool {
    // A name may have such an ending.
    guard !token.flags.contains(.capitalized), token.end - token.start >= 5 else { return false }
    let word = bytes[Int(token.start)..<Int(token.end)]
    return endings(of: language).contains { ending in
      word.suffix(ending.utf8CodeUnitCount)
        .elementsEqual(UnsafeBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount))
    }
  }

  private static func endings(of language: StopWordLanguage?) -> [StaticString] {
    switch language {
    case .portuguese: portuguese
    case .spanish: spanish
    case .italian: italian
    case .french: french
    default: []
    }
  }

  private static let portuguese: [StaticString] = ["ou", "aram", "eram", "iram", "avam", "rá"]
  private static let spanish: [StaticString] = ["ó", "aron", "ieron", "aban", "rá", "rán"]
  private static let italian: [StaticString] = ["ò", "arono", "irono", "ranno", "avano"]
  private static let french: [StaticString] = ["aient", "èrent"]
}

extension KeywordExtractor {
  /// The properties that make a word a keyword, or part of one.
  struct KeywordTraits: OptionSet {
    let rawValue: UInt8
    /// Is a content word and not a number.
    static let candidate = KeywordTraits(rawValue: 1)
    /// For a stem: may be part of a phrase that occurs more than once.
    static let repeated = KeywordTraits(rawValue: 2)
    static let dull = KeywordTraits(rawValue: 4)
    static let abbreviation = KeywordTraits(rawValue: 8)
    /// For a candidate: its last word is capitalised at its first occurrence.
    static let capitalized = KeywordTraits(rawValue: 16)
    /// Ends in "-ed", as English verbs do: it says that something was done, not what the article is about.
    static let participle = KeywordTraits(rawValue: 32)
    /// Links the parts of a phrase in some language.
    static let link = KeywordTraits(rawValue: 64)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Creates the traits of a word that do not depend on its occurrences, assuming that it is a content word.
    init(_ entry: LexiconEntry, length: UInt8, isNumber: Bool, isParticiple: Bool, isLink: Bool) {
      self = isParticiple ? .participle : []
      if !isNumber && length >= 2 { insert(.candidate) }
      if isLink { insert(.link) }
      if entry.roles.contains(.dull) { insert(.dull) }
      if !entry.roles.isDisjoint(with: [.titleAbbreviation, .abbreviation, .numberAbbreviation]) {
        insert(.abbreviation)
      }
    }
  }
}
