/// A terminator (full stop, question mark …) with the marks around it, and whether a sentence ends there.
struct SentenceTerminator {
  private let bytes: Bytes
  private let start: Int
  /// After the stop, further stops and the closing quotes and brackets that belong to it.
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
      // The mark that brought us here may be one only in its script: a Greek ";", an Armenian ":".
      switch index == start ? .terminator : next.kind {
      case .terminator:
        stops += next.value == 0x2026 ? 3 : 1
        if next.value != 0x2E { onlyFullStops = false }
        // Full stops of scripts without spaces need none after them.
        if next.value >= 0x300 && next.value != 0x2026 && next.value != 0x203C { wide = true }
      case .closer: closers += 1
      case .ignorable: break
      // The English opening quote closes in German.
      case .opener where next.value == 0x201C && Self.isSpace(bytes, at: index + next.length): closers += 1
      case .space:
        // ". . ." is one ellipsis, " .NET" is not.
        guard onlyFullStops, closers == 0, index + 1 < bytes.count, bytes[index] == 0x20, bytes[index + 1] == 0x2E,
          index + 2 == bytes.count || !scalar(bytes, at: index + 2).isWord && bytes[index + 2] != 0x2E
        else {
          // « C'est fini. » : in French the closing mark stands apart; in German the same one opens, before a letter.
          let mark = index + next.length
          guard mark + 1 < bytes.count, bytes[mark] == 0xC2, bytes[mark + 1] == 0xBB,
            mark + 2 >= bytes.count || !scalar(bytes, at: mark + 2).isWord
          else { break scan }
          closers += 1
          index = mark + 2
          continue scan
        }
      default:
        // A straight quote after a stop may also open: `said."The` closes, `said. "The` never comes here.
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

  /// - Parameter isCaseless: whether the text has no capitals, so that none need follow.
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
      // A quote or bracket that opens; a straight one after a space does as well.
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

  /// U+3002 and its like end a sentence wherever they stand, but not between digits or inside a quotation that goes on.
  private var wideEnds: Bool {
    let following = scalar(bytes, at: end)
    if following.kind == .digit, start > 0, scalar(bytes, before: start).kind == .digit { return false }
    if hasCloser && following.kind != .space && following.kind != .opener {
      // 「…。」と述べた: the quotation is part of the sentence around it.
      return !(0x3041...0x3096).contains(following.value) && following.value != 0x3001 && following.value != 0xFF0C
    }
    return true
  }

  /// Paragraphs that were run together: "process.The relatives".
  private func lacksSpace(_ following: ScannedScalar, after sentenceStart: Int, _ lexicon: WordLexicon) -> Bool {
    guard stops == 1, following.kind == .upper, start >= sentenceStart + 2 else { return false }
    let second = end + following.length
    guard second < bytes.count else { return false }
    let then = scalar(bytes, at: second)
    guard then.kind == .letter || then.kind == .space else { return false }
    // "apps.Data.gov" is an address as well.
    var name = second
    while name < min(bytes.count, end + Self.longestWord), scalar(bytes, at: name).kind == .letter {
      name += scalar(bytes, at: name).length
    }
    if name + 1 < bytes.count, bytes[name] == 0x2E, scalar(bytes, at: name + 1).kind == .letter { return false }
    let last = scalar(bytes, before: start)
    let word = wordStart(before: start, from: sentenceStart)
    // "Jane.Doe@example.com", "example.com/News.Html": addresses hold stops before capitals.
    var index = word
    while index < min(bytes.count, end + Self.longestWord), bytes[index] > 0x20 {
      if bytes[index] == 0x40 || bytes[index] == 0x2F { return false }
      index += 1
    }
    // "a loss of 154.The", "aged 73.The", "won 3-1.The", but "1.The" and "version 2.Final".
    if last.kind == .digit {
      return then.kind == .letter && word > sentenceStart
        && (start - word >= 2 || bytes[word - 1] == 0x2D || role(end, wordEnd(end), lexicon).contains(.sentenceStarter))
    }
    // `It was long".Ahead of them`
    if last.kind == .closer { return then.kind == .letter && start - last.length > sentenceStart }
    guard last.kind == .letter || hasCloser else { return false }
    let beforeLast = start - last.length
    return beforeLast > word && scalar(bytes, before: beforeLast).kind != .upper
      && !role(word, start, lexicon).contains(.titleAbbreviation)
  }

  private func decide(
    _ next: ScannedScalar, at position: Int, lines: Int, opened: Bool, after sentenceStart: Int, _ lexicon: WordLexicon
  ) -> Bool {
    if lines > 1 { return true }
    if isSpaced { return next.kind != .letter || !isCased(next.value) }
    // "[...]" marks words left out, wherever it stands.
    if start > sentenceStart, stops >= 3, scalar(bytes, before: start).kind == .opener { return false }
    if next.kind == .letter && isCased(next.value) {
      // "He thanked them. pic.example.com/a": an address is no part of the sentence.
      return lines == 0 && isAddress(position)
        && (!isFullStop || fullStopEnds(before: next, at: position, opened: opened, after: sentenceStart, lexicon))
    }
    if next.kind == .terminator {
      // "raak. ...en toen": an ellipsis opens the next sentence.
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
        isInsideName(before: position, after: sentenceStart, lexicon)
      {
        return false
      }
      return stops < 3 || next.kind != .digit || !isFullStop
    }
    // A closing quote after the stop: the stop ended what was said.
    if hasCloser && bytes[end - 1] != 0x29 && bytes[end - 1] != 0x5D { return true }
    return fullStopEnds(before: next, at: position, opened: opened, after: sentenceStart, lexicon)
  }

  /// "Yahoo! Inc. said", "Panic! At The Disco": a name goes on with the abbreviation of a company or with small words that are
  /// written in capitals.
  private func isInsideName(before position: Int, after sentenceStart: Int, _ lexicon: WordLexicon) -> Bool {
    let word = wordStart(before: start, from: sentenceStart)
    guard word < start, scalar(bytes, at: word).kind == .upper else { return false }
    let end = wordEnd(position)
    let roles = role(position, end, lexicon)
    if word > sentenceStart, end < bytes.count, bytes[end] == 0x2E, roles.contains(.abbreviation) { return true }
    guard roles.contains(.sentenceStarter), end + 1 < bytes.count, bytes[end] == 0x20,
      scalar(bytes, at: end + 1).kind == .upper
    else { return false }
    return role(end + 1, wordEnd(end + 1), lexicon).contains(.sentenceStarter)
  }

  private func fullStopEnds(
    before next: ScannedScalar, at position: Int, opened: Bool, after sentenceStart: Int, _ lexicon: WordLexicon
  ) -> Bool {
    let word = wordStart(before: start, from: sentenceStart)
    guard word < start else { return true }
    let first = scalar(bytes, at: word)
    let roles = role(word, start, lexicon)
    // "в 2024 г. Он", "5 Mio. Sie": behind a figure it is a unit, and no name begins with such a word.
    let isUnit = !opened && first.kind != .digit && isBehindNumber(word) && isStopWord(position, lexicon)
    if isUnit && (first.value >= 0x80 || roles.contains(.abbreviation)) { return true }
    if roles.contains(.titleAbbreviation) && !hasCloser { return false }
    if roles.contains(.numberAbbreviation) {
      if next.kind == .digit { return false }
      // "Fig. A", "Ch. IV", but "No. A man came."
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
    let isInitial = wordEnd - word == first.length && (first.kind == .upper || first.kind == .letter)
    let isAcronym = isDotted(word, start)
    guard isInitial || isAcronym || roles.contains(.abbreviation) else { return true }
    // "A. A. Milne wrote it": one letter is no sentence.
    if isInitial && (word == sentenceStart || precededByCapital(word, from: sentenceStart)) { return false }
    // "Springfield, Ill. (AP)": a bracket goes on with what stands before it; a quotation is most likely a sentence of its own.
    if opened { return !isInitial && !followedByBracket }
    return role(position, self.wordEnd(position), lexicon).contains(.sentenceStarter) && next.kind == .upper
  }

  /// "am 12. Juni", "der 3. Etage", "gegen den 1. FC Köln": numbers with a full stop count in German and its neighbours.
  private func isOrdinal(_ word: Int, before position: Int, after sentenceStart: Int, _ lexicon: WordLexicon) -> Bool {
    guard start - word <= 3, bytes[word..<start].allSatisfy({ $0 &- 0x30 < 10 }) else { return false }
    let nextEnd = wordEnd(position)
    let following = role(position, nextEnd, lexicon)
    if start - word <= 2, following.contains(.month) { return true }
    if following.contains(.sentenceStarter) || isStopWord(position, lexicon) { return false }
    // "1. FC", "2. BL"
    if start - word == 1, (2...4).contains(nextEnd - position),
      bytes[position..<nextEnd].allSatisfy({ $0 &- 0x41 < 26 })
    {
      return true
    }
    guard word > sentenceStart, bytes[word - 1] == 0x20 else { return false }
    let before = wordStart(before: word - 1, from: sentenceStart)
    return Self.beforeOrdinals.contains(PackedWord(Bytes(rebasing: bytes[before..<word - 1])))
  }

  private static let beforeOrdinals = PackedWordSet(
    "der die das den dem des am im zum zur vom beim ab bis ins und seit nach vor til den det d")

  /// " . " between words: in texts whose punctuation was set apart, and where lines without a stop were joined by one.
  private var isSpaced: Bool {
    isFullStop && stops == 1 && end == start + 1 && start > 0 && bytes[start - 1] == 0x20 && bytes[end] == 0x20
  }

  private var followedByBracket: Bool {
    bytes[end] == 0x20 && end + 1 < bytes.count && (bytes[end + 1] == 0x28 || bytes[end + 1] == 0x5B)
  }

  // MARK: Words around the stop

  /// "x.example/a", "https://x.example": a word with a slash, behind a stop or a colon.
  private func isAddress(_ position: Int) -> Bool {
    var hasJoint = false
    var index = position + 1
    while index + 1 < min(bytes.count, position + Self.longestWord), bytes[index] > 0x20 {
      if bytes[index] == 0x2F { return hasJoint }
      if bytes[index] == 0x2E || bytes[index] == 0x3A { hasJoint = bytes[index + 1] > 0x20 }
      index += 1
    }
    return false
  }

  /// A short word with a capital that carries grammar in a language, English apart: "Die", "Sie", "Он". English has a list of
  /// its own, and days and months are longer.
  private func isStopWord(_ position: Int, _ lexicon: WordLexicon) -> Bool {
    let first = scalar(bytes, at: position)
    let end = wordEnd(position)
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

  /// No further is looked for the ends of a word, so that text without spaces costs no more than other text.
  private static let longestWord = 96

  private func isCased(_ value: UInt32) -> Bool {
    switch value {
    case 0x61...0x7A, 0xDF...0x24F, 0x3AC...0x3CE, 0x430...0x45F, 0x561...0x587, 0x1E00...0x1EFF: true
    default: false
    }
  }

  private func wordStart(before index: Int, from limit: Int) -> Int {
    var start = index
    while start > max(limit, index - Self.longestWord) {
      let previous = scalar(bytes, before: start)
      let isJoint = previous.value == 0x2E || previous.value == 0x2F || previous.value == 0x40 || previous.value == 0xB0
      guard previous.isWord || isJoint || previous.kind == .ignorable || previous.value == 0x2C && start < index else {
        break
      }
      start -= previous.length
    }
    return start
  }

  /// "U.S", "p.m": single letters with stops between.
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
    let previous = wordStart(before: index, from: limit)
    return previous < index && previous > limit && scalar(bytes, at: previous).kind == .upper
  }

  private func wordEnd(_ position: Int) -> Int {
    var end = position
    while end < min(bytes.count, position + Self.longestWord) {
      let next = scalar(bytes, at: end)
      guard next.isWord else { break }
      end += next.length
    }
    return min(end, bytes.count)
  }

  private func role(_ start: Int, _ end: Int, _ lexicon: WordLexicon) -> WordRoles {
    guard end > start, end - start <= 24 else { return [] }
    return WordKey.with(capacity: 24) { buffer in
      foldCase(bytes, start, end, into: buffer)
    } _: {
      lexicon.entry(of: $0)?.roles ?? []
    }
  }
}
