/// A terminator (full stop, question mark …) with the marks around it. It decides whether a sentence ends there.
struct SentenceTerminator {
  private let bytes: Bytes
  private let start: Int
  /// The index after the stop, further stops, and the closing quotes and brackets that belong to it.
  let end: Int
  private let stops: Int
  private let isWide: Bool
  private let isFullStop: Bool
  private let hasCloser: Bool

  init(_ bytes: Bytes, at start: Int) {
    var index = start
    var stops = 0
    var closers = 0
    var wide = false
    var onlyFullStops = true
    scan: while index < bytes.count {
      let next = scalar(bytes, at: index)
      // The first mark may be a terminator only in its script: a Greek ";", an Armenian ":".
      switch index == start ? .terminator : next.kind {
      case .terminator:
        stops += next.value == 0x2026 ? 3 : 1
        if next.value != 0x2E { onlyFullStops = false }
        // The terminators of other scripts need no space after them.
        if next.value >= 0x300 && next.value != 0x2026 && next.value != 0x203C { wide = true }
      case .closer: closers += 1
      case .ignorable: break
      // U+201C opens in English and closes in German.
      case .opener where next.value == 0x201C && Self.isSpace(bytes, at: index + next.length): closers += 1
      case .space:
        // ". . ." is one ellipsis, but " .NET" is not.
        guard onlyFullStops, closers == 0, index + 1 < bytes.count, bytes[index] == 0x20, bytes[index + 1] == 0x2E,
          index + 2 == bytes.count || !scalar(bytes, at: index + 2).isWord && bytes[index + 2] != 0x2E
        else {
          // « C'est fini. » : French puts a space before the closing mark. In German the same mark opens, before a
          // letter.
          let mark = index + next.length
          guard mark + 1 < bytes.count, bytes[mark] == 0xC2, bytes[mark + 1] == 0xBB,
            mark + 2 >= bytes.count || !scalar(bytes, at: mark + 2).isWord
          else { break scan }
          closers += 1
          index = mark + 2
          continue scan
        }
      default:
        // A straight quote right after a stop closes (`said."The`); one after a space (`said. "The`) is not reached.
        break scan
      }
      index += next.length
    }
    self.bytes = bytes
    self.start = start
    (end, self.stops, isWide, isFullStop, hasCloser) = (index, stops, wide, onlyFullStops, closers > 0)
  }

  private static func isSpace(_ bytes: Bytes, at index: Int) -> Bool {
    index >= bytes.count || scalar(bytes, at: index).kind == .space
  }

  /// Whether the sentence that begins at `sentenceStart` ends here.
  ///
  /// - Parameter isCaseless: Whether the text has no capitals, so that none need follow.
  func endsSentence(after sentenceStart: Int, isCaseless: Bool = false, lexicon: WordLexicon) -> Bool {
    guard end < bytes.count else { return true }
    if isWide { return wideEnds }
    let following = scalar(bytes, at: end)
    guard following.kind == .space || following.kind == .ignorable else {
      return lacksSpace(following, after: sentenceStart, lexicon)
    }

    var next = end
    var lines = 0
    var opened = false
    while next < bytes.count {
      let one = scalar(bytes, at: next)
      switch one.kind {
      case .space: if one.value == 0x0A { lines += 1 }
      case .ignorable: break
      // An opening quote or bracket. A straight quote after a space opens as well.
      case .opener, .closer: opened = true
      default:
        if isCaseless, one.kind == .letter, stops < 3 || !isFullStop {
          return !isFullStop || fullStopEnds(before: one, at: next, opened: opened, after: sentenceStart, lexicon)
        }
        return decide(one, at: next, lines: lines, opened: opened, after: sentenceStart, lexicon)
      }
      next += one.length
    }
    return true
  }

  /// Whether U+3002 or an equivalent mark ends a sentence: always, except between digits or inside a quotation that
  /// continues.
  private var wideEnds: Bool {
    let following = scalar(bytes, at: end)
    if following.kind == .digit, start > 0, scalar(bytes, before: start).kind == .digit { return false }
    if hasCloser && following.kind != .space && following.kind != .opener {
      // 「…。」と述べた: the quotation is part of a larger sentence.
      return !(0x3041...0x3096).contains(following.value) && following.value != 0x3001 && following.value != 0xFF0C
    }
    return true
  }

  /// Whether the sentence ends without a space, where paragraphs were run together: "process.The relatives".
  private func lacksSpace(_ following: ScannedScalar, after sentenceStart: Int, _ lexicon: WordLexicon) -> Bool {
    if isFullStop, stops == 1, following.kind == .letter, !hasCloser {
      return start > sentenceStart && isBetweenCaselessWords(after: sentenceStart)
    }
    // "and up to the pier....They turned" has more stops than an ellipsis.
    if isFullStop, stops > 3, following.kind == .upper { return true }
    guard stops == 1, following.kind == .upper, start >= sentenceStart + 2 else { return false }
    let second = end + following.length
    guard second < bytes.count else { return false }
    let then = scalar(bytes, at: second)
    guard then.kind == .letter || then.kind == .space else { return false }
    // "apps.Data.gov" is an address.
    var name = second
    while name < min(bytes.count, end + WordBoundaries.longestWord), scalar(bytes, at: name).kind == .letter {
      name += scalar(bytes, at: name).length
    }
    if name + 1 < bytes.count, bytes[name] == 0x2E, [.letter, .upper].contains(scalar(bytes, at: name + 1).kind) {
      return false
    }
    let last = scalar(bytes, before: start)
    let word = words.start(before: start, from: sentenceStart)
    // Addresses contain stops before capitals: "Jane.Doe@example.com", "example.com/News.Html".
    var index = word
    while index < min(bytes.count, end + WordBoundaries.longestWord), bytes[index] > 0x20 {
      if bytes[index] == 0x40 || bytes[index] == 0x2F { return false }
      index += 1
    }
    // A sentence ends in "a loss of 154.The", "aged 73.The" and "won 3-1.The", but not in "1.The" and "version
    // 2.Final".
    if last.kind == .digit {
      return then.kind == .letter && word > sentenceStart
        && (start - word >= 2 || bytes[word - 1] == 0x2D
          || lexicon.roles(of: end..<words.end(after: end), bytes).contains(.sentenceStarter))
    }
    // `It was long".Ahead of them`
    if last.kind == .closer { return then.kind == .letter && start - last.length > sentenceStart }
    guard last.kind == .letter || hasCloser else { return false }
    let beforeLast = start - last.length
    return beforeLast > word && scalar(bytes, before: beforeLast).kind != .upper
      && !lexicon.roles(of: word..<start, bytes).contains(.titleAbbreviation)
      && (hasCloser || !isInsideName(from: word, before: end, after: sentenceStart, lexicon))
  }

  /// Whether the stop is between words of Hindi or Korean, which have no capitals: "…रहती हैं.उन्होंने".
  ///
  /// In Hindi, abbreviations and initials are shorter than four letters and marks, with few exceptions; so are the verbs
  /// that most sentences end with. In Korean, most sentences end in one of four syllables. In other scripts nothing tells
  /// a sentence from an initial or an address.
  private func isBetweenCaselessWords(after sentenceStart: Int) -> Bool {
    let (last, following) = (scalar(bytes, before: start).value, scalar(bytes, at: end).value)
    if Self.isHangul(following) { return [0xB2E4, 0xC694, 0xAE4C, 0xC8E0].contains(last) }
    guard Self.isDevanagari(following), Self.isDevanagari(last) else { return false }
    let word = words.start(before: start, from: sentenceStart)
    let after = words.end(after: end)
    guard after == bytes.count || bytes[after] != 0x2E, !bytes[word..<start].contains(0x2E) else { return false }
    let packed = PackedWord(Bytes(rebasing: bytes[word..<start]))
    if letters(from: word) < 4 { return Self.hindiAuxiliaries.contains(packed) || isHindiVerb(word) }
    return !Self.hindiAbbreviations.contains(packed)
  }

  /// The number of letters and marks of the word before the stop.
  private func letters(from word: Int) -> Int { bytes[word..<start].count { $0 & 0xC0 != 0x80 } }

  /// Whether a word of three letters and marks ends as verbs do, in the sign of aa, ii or e.
  private func isHindiVerb(_ word: Int) -> Bool {
    letters(from: word) == 3 && [0x93E, 0x940, 0x947].contains(scalar(bytes, before: start).value)
  }

  /// Whether a stop before a space is that of an initial or a title in Hindi: "के. एस. राव", "डॉ. शर्मा". Names of letters
  /// have one or two letters and marks, as no word has that ends a sentence but a few verbs.
  private func isHindiInitial(_ word: Int) -> Bool {
    guard Self.isDevanagari(scalar(bytes, at: word).value), letters(from: word) <= 4 else { return false }
    let packed = PackedWord(Bytes(rebasing: bytes[word..<start]))
    return Self.hindiAbbreviations.contains(packed)
      || letters(from: word) <= 2 && !Self.hindiAuxiliaries.contains(packed)
  }

  /// Verbs of up to three letters and marks, beside those of `isHindiVerb`.
  private static let hindiAuxiliaries = PackedWordSet("है हैं था थे थी थीं हो गई गए दी की ली हुई हुए हुआ आई आए")
  /// Professor, Mr., and the letters W and X, of four letters and marks or more.
  private static let hindiAbbreviations = PackedWordSet("प्रो प्रा श्री डब्ल्यू एक्स")

  private static func isHangul(_ value: UInt32) -> Bool { (0xAC00...0xD7A3).contains(value) }
  private static func isDevanagari(_ value: UInt32) -> Bool { (0x900...0x97F).contains(value) }

  private func decide(
    _ next: ScannedScalar, at position: Int, lines: Int, opened: Bool, after sentenceStart: Int, _ lexicon: WordLexicon
  ) -> Bool {
    if lines > 1 { return true }
    // A link or a name had a line of its own: "Jane Roe Jr.", ", who …".
    if lines == 1, next.value == 0x2C { return false }
    if isSpaced { return next.kind != .letter || !isCased(next.value) }
    // "[...]" marks an omission and ends no sentence.
    if start > sentenceStart, stops >= 3, scalar(bytes, before: start).kind == .opener { return false }
    if next.kind == .letter && isCased(next.value) {
      // An address is not part of the sentence: "He thanked them. pic.example.com/a".
      return lines == 0 && isAddress(position)
        && (!isFullStop || fullStopEnds(before: next, at: position, opened: opened, after: sentenceStart, lexicon))
    }
    if next.kind == .terminator {
      // An ellipsis opens the next sentence: "raak. ...en toen".
      return isFullStop && stops == 1 && position + 1 < bytes.count
        && scalar(bytes, at: position + 1).kind == .terminator
    }
    if next.kind == .other, !opened, next.value < 0x80, lines == 0, next.value != 0x24, next.value != 0x23,
      next.value != 0x2A
    {
      return next.value == 0x2D || next.value == 0x40
    }
    guard isFullStop, stops == 1 else {
      if !isFullStop, stops == 1, !opened, !hasCloser, lines == 0,
        isInsideName(
          from: words.start(before: start, from: sentenceStart), before: position, after: sentenceStart, lexicon)
      {
        return false
      }
      return stops < 3 || next.kind != .digit || !isFullStop
    }
    // With a closing quote after it, the stop ended the quoted sentence.
    if hasCloser && bytes[end - 1] != 0x29 && bytes[end - 1] != 0x5D { return true }
    return fullStopEnds(before: next, at: position, opened: opened, after: sentenceStart, lexicon)
  }

  private func isInsideName(from word: Int, before next: Int, after sentenceStart: Int, _ lexicon: WordLexicon) -> Bool
  {
    NameMark(bytes, at: start..<end, lexicon).isInsideName(from: word, before: next, after: sentenceStart)
  }

  private func fullStopEnds(
    before next: ScannedScalar, at position: Int, opened: Bool, after sentenceStart: Int, _ lexicon: WordLexicon
  ) -> Bool {
    let word = words.start(before: start, from: sentenceStart)
    guard word < start else { return true }
    let first = scalar(bytes, at: word)
    let roles = lexicon.roles(of: word..<start, bytes)
    // After a number the word is a unit: "в 2024 г. Он", "5 Mio. Sie". No name begins with the stop word that follows.
    let isUnit = !opened && first.kind != .digit && isBehindNumber(word) && isStopWord(position, lexicon)
    if isUnit && (first.value >= 0x80 || roles.contains(.abbreviation)) { return true }
    if start - word == 1, first.kind == .upper, word > sentenceStart, isPronoun(at: position) { return true }
    if roles.contains(.titleAbbreviation) && !hasCloser { return false }
    if roles.contains(.numberAbbreviation) {
      if next.kind == .digit { return false }
      // "Fig. A", but not "No. A man came."
      if start - word >= 3, word > sentenceStart, first.kind == .upper, next.kind == .upper,
        position + 1 == bytes.count || !scalar(bytes, at: position + 1).isWord
      {
        return false
      }
    }

    if first.kind == .digit {
      return !isOrdinal(word, before: position, after: sentenceStart, lexicon)
    }
    var wordEnd = start
    while wordEnd > word, scalar(bytes, before: wordEnd).kind == .ignorable {
      wordEnd -= scalar(bytes, before: wordEnd).length
    }
    if first.value >= 0x900, isHindiInitial(word) { return false }
    let isInitial = wordEnd - word == first.length && (first.kind == .upper || first.kind == .letter)
    let isAcronym = isDotted(word, start)
    guard isInitial || isAcronym || roles.contains(.abbreviation) else { return true }
    // One letter is not a sentence: "A. A. Milne wrote it".
    if isInitial && (word == sentenceStart || precededByCapital(word, from: sentenceStart)) { return false }
    // "Springfield, Ill. (AP)": a bracket belongs to the sentence before it; a quotation is most likely a sentence of
    // its own.
    if opened { return !isInitial && !followedByBracket }
    return lexicon.roles(of: position..<words.end(after: position), bytes).contains(.sentenceStarter)
      && next.kind == .upper
  }

  /// Whether "I" and a word in small letters follow, and not the next initial: "My first was a Palm V. I liked it".
  private func isPronoun(at position: Int) -> Bool {
    position + 2 < bytes.count && bytes[position] == 0x49 && bytes[position + 1] == 0x20
      && asciiKind(bytes[position + 2]) == .letter
  }

  /// Whether a number with a full stop is an ordinal, as in German and its neighbours: "am 12. Juni", "der 3. Etage",
  /// "gegen den 1. FC Köln".
  private func isOrdinal(_ word: Int, before position: Int, after sentenceStart: Int, _ lexicon: WordLexicon) -> Bool {
    guard start - word <= 3, bytes[word..<start].allSatisfy({ $0 &- 0x30 < 10 }) else { return false }
    let nextEnd = words.end(after: position)
    let following = lexicon.roles(of: position..<nextEnd, bytes)
    if start - word <= 2, following.contains(.month) { return true }
    if following.contains(.sentenceStarter) || isStopWord(position, lexicon) { return false }
    // "1. FC", "2. BL"
    if start - word == 1, (2...4).contains(nextEnd - position),
      bytes[position..<nextEnd].allSatisfy({ $0 &- 0x41 < 26 })
    {
      return true
    }
    guard word > sentenceStart, bytes[word - 1] == 0x20 else { return false }
    let before = words.start(before: word - 1, from: sentenceStart)
    return Self.beforeOrdinals.contains(PackedWord(Bytes(rebasing: bytes[before..<word - 1])))
  }

  private static let beforeOrdinals = PackedWordSet(
    "der die das den dem des am im zum zur vom beim ab bis ins und seit nach vor til den det d")

  /// Whether the stop is between spaces: the punctuation was set apart, or lines without a stop were joined by one.
  private var isSpaced: Bool {
    isFullStop && stops == 1 && end == start + 1 && start > 0 && bytes[start - 1] == 0x20 && bytes[end] == 0x20
  }

  private var followedByBracket: Bool {
    bytes[end] == 0x20 && end + 1 < bytes.count && (bytes[end + 1] == 0x28 || bytes[end + 1] == 0x5B)
  }

  // MARK: Words around the stop

  private var words: WordBoundaries { WordBoundaries(bytes: bytes) }

  /// Whether an address begins at `position`: a word with a slash after a stop or a colon, as in "x.example/a" and
  /// "https://x.example".
  private func isAddress(_ position: Int) -> Bool {
    var hasJoint = false
    var index = position + 1
    while index + 1 < min(bytes.count, position + WordBoundaries.longestWord), bytes[index] > 0x20 {
      if bytes[index] == 0x2F { return hasJoint }
      if bytes[index] == 0x2E || bytes[index] == 0x3A { hasJoint = bytes[index + 1] > 0x20 }
      index += 1
    }
    return false
  }

  /// Whether a short, capitalised stop word of a language other than English is at `position`: "Die", "Sie", "Он".
  /// English has a list of its own, and days and months are longer.
  private func isStopWord(_ position: Int, _ lexicon: WordLexicon) -> Bool {
    let first = scalar(bytes, at: position)
    let end = words.end(after: position)
    guard first.kind == .upper, end > position + first.length, end - position <= 5 * first.length else { return false }
    return WordKey.with(capacity: 24) { buffer in
      foldCase(bytes, position, end, into: buffer)
    } _: {
      lexicon.entry(of: $0)?.languages.subtracting(LanguageSet(.english)).isEmpty == false
    }
  }

  private func isBehindNumber(_ word: Int) -> Bool {
    word >= 2 && bytes[word - 1] == 0x20 && asciiKind(bytes[word - 2]) == .digit
  }

  private func isCased(_ value: UInt32) -> Bool {
    switch value {
    case 0x61...0x7A, 0xDF...0x24F, 0x3AC...0x3CE, 0x430...0x45F, 0x561...0x587, 0x1E00...0x1EFF: true
    default: false
    }
  }

  /// Whether a word is single letters with stops between: "U.S", "p.m".
  private func isDotted(_ start: Int, _ end: Int) -> Bool {
    var dots = 0
    var run = 0
    for index in start..<end {
      if bytes[index] == 0x2E {
        dots += 1
        run = 0
      } else {
        run += 1
        if run > 2 { return false }
      }
    }
    return dots > 0
  }

  private func precededByCapital(_ word: Int, from limit: Int) -> Bool {
    var index = word
    while index > limit, bytes[index - 1] == 0x20 { index -= 1 }
    guard index > limit, index < word else { return false }
    let previous = words.start(before: index, from: limit)
    return previous < index && previous > limit && scalar(bytes, at: previous).kind == .upper
  }
}
