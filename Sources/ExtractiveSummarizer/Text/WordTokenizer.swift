/// Splits text into words and numbers them.
struct WordTokenizer: ~Copyable {
  private(set) var tokens = UncheckedList<WordToken>(capacity: 1024)
  private(set) var vocabulary: ArticleVocabulary
  private(set) var scripts = ScriptCounts()
  /// The number of tokens in all capitals.
  private(set) var shouted = 0
  private var punctuation = true
  /// The current word in lower case.
  private var key = UncheckedList<UInt64>(repeating: 0, count: Self.longestPlainWord / 8)

  /// The maximum length in bytes of a word on the fast path, whose key always fits. Longer words take the slow path.
  private static let longestPlainWord = 64

  init(lexicon: WordLexicon) { vocabulary = ArticleVocabulary(lexicon: lexicon) }

  mutating func beginArticle() {
    tokens.removeAll()
    vocabulary.beginArticle()
    scripts = ScriptCounts()
    shouted = 0
  }

  mutating func tokenize(_ bytes: Bytes, from start: Int, to end: Int) {
    guard let base = bytes.baseAddress else { return }
    var index = start
    punctuation = true
    while index < end {
      // Most words have fewer than eight letters, all plain, followed by a space or a comma.
      if index &+ 8 <= end {
        let octet = ByteOctet(base + index)
        let others = octet.letters ^ ByteOctet.highs
        if others & 0x80 == 0 {
          if others == 0 {
            let next = longWord(base, limit: bytes.count, from: index, to: end)
            index = next > index ? next : word(bytes, from: index, to: end)
            if index < end, base[index] == 0x20 { index &+= 1 }
            continue
          }
          let shift = UInt64(truncatingIfNeeded: others.trailingZeroBitCount &- 7)
          let next = UInt8(truncatingIfNeeded: octet.bits &>> shift)
          let count = Int(truncatingIfNeeded: shift &>> 3)
          if next != 0x20, next != 0x2C, Self.mayGoOn(base, at: index &+ count, to: end) {
            index = word(bytes, from: index, to: end)
            continue
          }
          let lanes = (1 &<< shift) &- 1
          let letters = ByteOctet.highs & lanes
          let isCapitalized = octet.bits & 0x20 == 0
          key.base[0] = (octet.lowercased & lanes).littleEndian
          add(
            WordKey(first: key.base, count: count), from: index, to: index &+ count, isCapitalized: isCapitalized,
            isShouting: isCapitalized && octet.capitals(of: letters) == letters)
          index &+= count
          if next == 0x20 {
            index &+= 1
          } else if next == 0x2C {
            punctuation = true
            index &+= 1
            if index < end, base[index] == 0x20 { index &+= 1 }
          }
          continue
        }
      }
      let byte = base[index]
      if byte == 0x20 {
        index &+= 1
      } else if byte < 0x80 {
        switch asciiKind(byte) {
        case .letter, .upper:
          let next = longWord(base, limit: bytes.count, from: index, to: end)
          index = next > index ? next : word(bytes, from: index, to: end)
        case .digit:
          index = word(bytes, from: index, to: end)
        case .space:
          index &+= 1
        default:
          punctuation = true
          if byte == 0x2E, index &+ 2 < end, index == start || base[index &- 1] == 0x20,
            asciiKind(base[index &+ 1]) == .upper
          {
            index = dottedName(bytes, at: index, to: end)
          } else {
            index &+= 1
          }
        }
      } else {
        index = wide(bytes, at: index, to: end)
      }
    }
  }

  /// Reads a name such as ".NET", of which the stop is a part.
  private mutating func dottedName(_ bytes: Bytes, at index: Int, to end: Int) -> Int {
    let next = word(bytes, from: index &+ 1, to: end)
    tokens.base[tokens.count &- 1].start = Int32(truncatingIfNeeded: index)
    return next
  }

  private mutating func wide(_ bytes: Bytes, at index: Int, to end: Int) -> Int {
    let first = scalar(bytes, at: index)
    if first.isUnspaced { return bigrams(bytes, from: index, to: end) }
    if first.isWord { return word(bytes, from: index, to: end) }
    if first.kind != .space && first.kind != .ignorable { punctuation = true }
    return index + first.length
  }

  /// Reads a word of plain letters, of at least eight or close to the end of the text.
  ///
  /// - Returns: The end of the word; `start` if it may have more than plain letters.
  @inline(never)
  private mutating func longWord(_ base: UnsafePointer<UInt8>, limit: Int, from start: Int, to end: Int) -> Int {
    // Most have fewer than sixteen.
    if start &+ 16 <= end {
      let (head, tail) = (ByteOctet(base + start), ByteOctet(base + start + 8))
      let others = tail.letters ^ ByteOctet.highs
      if others != 0, head.letters == ByteOctet.highs {
        let shift = UInt64(truncatingIfNeeded: others.trailingZeroBitCount &- 7)
        let next = UInt8(truncatingIfNeeded: tail.bits &>> shift)
        let count = Int(truncatingIfNeeded: shift &>> 3) &+ 8
        if next != 0x20, next != 0x2C, Self.mayGoOn(base, at: start &+ count, to: end) { return start }
        let lanes = (1 &<< shift) &- 1
        let letters = ByteOctet.highs & lanes
        let isCapitalized = head.bits & 0x20 == 0
        key.base[0] = head.lowercased.littleEndian
        key.base[1] = (tail.lowercased & lanes).littleEndian
        add(
          WordKey(key.base, count: count), from: start, to: start &+ count, isCapitalized: isCapitalized,
          isShouting: isCapitalized && head.capitals(of: ByteOctet.highs) == ByteOctet.highs
            && tail.capitals(of: letters) == letters)
        return start &+ count
      }
    }
    var index = start
    var chunks = 0
    var isCapitalized = false
    var isShouting = true
    while true {
      let octet = ByteOctet(base, at: index, limit: limit)
      var letters = octet.letters
      if index &+ 8 > end { letters &= ByteOctet.first(end &- index) }
      let count = (letters ^ ByteOctet.highs).trailingZeroBitCount &>> 3
      if count == 0 { break }
      if chunks &* 8 == Self.longestPlainWord { return start }
      letters &= ByteOctet.first(count)
      let capitals = octet.capitals(of: letters)
      if chunks == 0 { isCapitalized = capitals & 0x80 != 0 }
      isShouting = isShouting && capitals == letters
      key.base[chunks] = (octet.lowercased & ByteOctet.first(count)).littleEndian
      chunks &+= 1
      index &+= count
      if count < 8 { break }
    }
    if index < end, Self.mayGoOn(base, at: index, to: end) { return start }
    add(
      WordKey(key.base, count: index &- start), from: start, to: index, isCapitalized: isCapitalized,
      isShouting: isShouting)
    return index
  }

  /// Adds a word of plain letters.
  @inline(__always)
  private mutating func add(_ key: WordKey, from start: Int, to end: Int, isCapitalized: Bool, isShouting: Bool) {
    scripts.ascii &+= key.count
    let (word, stem, own) = vocabulary.intern(key)
    var flags: WordToken.TokenFlags = punctuation ? own.union(.afterPunctuation) : own
    punctuation = false
    if isCapitalized { flags.insert(.capitalized) }
    if isShouting && key.count > 1 {
      // "US" is the country, not the pronoun.
      flags = flags.subtracting(.person).union(.allCapitals)
      shouted &+= 1
    }
    tokens.append(
      WordToken(
        word: word, stem: stem, start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end),
        flags: flags))
  }

  /// Whether the text after plain letters may belong to the word: a digit, a letter of another script, or a joining
  /// mark.
  @inline(__always)
  private static func mayGoOn(_ base: UnsafePointer<UInt8>, at index: Int, to end: Int) -> Bool {
    let byte = base[index]
    if byte == 0x20 || byte == 0x2C { return false }
    if byte >= 0x80 || asciiKind(byte) == .digit { return true }
    switch byte {
    case 0x27, 0x2D, 0x26, 0x40, 0x5F, 0x2E:
      guard index &+ 1 < end else { return false }
      let next = base[index &+ 1]
      if next >= 0x80 { return true }
      let kind = asciiKind(next)
      return kind == .letter || kind == .upper || kind == .digit
    case 0x3A: return index &+ 1 < end && base[index &+ 1] == 0x2F
    case 0x2B, 0x23: return true
    default: return false
    }
  }

  private mutating func word(_ bytes: Bytes, from start: Int, to end: Int) -> Int {
    var index = start
    var flags: WordToken.TokenFlags = punctuation ? .afterPunctuation : []
    var lower = 0
    var upper = 0
    var ascii = 0
    scan: while index < end {
      // Most bytes are lower-case ASCII letters.
      let byte = bytes[index]
      if byte &- 0x61 < 26 {
        lower += 1
        ascii += 1
        index += 1
        continue
      }
      let next = scalar(bytes, at: index)
      switch next.kind {
      case .letter: lower += 1
      case .upper:
        if index == start { flags.insert(.capitalized) }
        upper += 1
      case .digit, .mark: break
      case .kana, .ideograph: break scan
      case .ignorable:
        index += next.length
        continue
      default:
        let after = index + next.length
        if next.value == 0x2B || next.value == 0x23, index - start <= 2, upper > 0 {
          index = Self.endOfMarks(bytes, at: index, to: end)
          break scan
        }
        guard after < end, Self.joins(next.value, bytes, at: index, next: after) else { break scan }
        if next.value == 0x27 || next.value == 0x2019 {
          if Self.isPossessive(bytes, at: after, to: end) { break scan }
          if Self.isElision(bytes, from: start, to: index) {
            add(bytes, start, index, flags)
            punctuation = false
            return after
          }
        }
        if next.value == 0x3A || next.value == 0x40 || next.value == 0x2F {
          return address(bytes, from: start, to: end, flags)
        }
      }
      if next.value >= 0x80 {
        scripts.add(next.value)
      } else if next.kind == .upper {
        ascii += 1
      }
      index += next.length
    }
    scripts.ascii += ascii
    if lower == 0 && upper > 1 { flags.insert(.allCapitals) }
    if lower == 0, upper > 0, Self.isDesignation(bytes, start, index) { flags.formUnion([.designation, .capitalized]) }
    add(bytes, start, index, flags)
    punctuation = false
    if index + 1 < end, bytes[index] == 0x27 || bytes[index] == 0xE2, Self.isPossessiveMark(bytes, index, end) {
      return index + scalar(bytes, at: index).length + 1
    }
    return index
  }

  /// Returns the end of the marks that belong to a name of one or two letters, "C++" or "C#"; `index` if they do not.
  private static func endOfMarks(_ bytes: Bytes, at index: Int, to end: Int) -> Int {
    let after = bytes[index] == 0x23 ? index + 1 : index + 2
    guard after <= end, bytes[index] == 0x23 || bytes[after - 1] == 0x2B else { return index }
    return after == end || !scalar(bytes, at: after).isWord ? after : index
  }

  /// Whether a word is digits before capitals, like "5G" and "4WD", but not a time of day, an amount, a decade or a
  /// rank.
  private static func isDesignation(_ bytes: Bytes, _ start: Int, _ end: Int) -> Bool {
    guard end - start <= 4, asciiKind(bytes[start]) == .digit else { return false }
    var letters = start
    while letters < end, asciiKind(bytes[letters]) == .digit { letters += 1 }
    guard letters < end, bytes[letters..<end].allSatisfy({ $0 &- 0x41 < 26 }) else { return false }
    switch (bytes[letters], end - letters) {
    // B K M S, AM PM BN MM ST ND RD TH
    case (0x42, _), (0x4B, 1), (0x4D, _), (0x53, _), (0x41, 2), (0x50, 2), (0x4E, 2), (0x52, 2), (0x54, 2): return false
    default: return true
    }
  }

  /// Whether a mark between two word characters belongs to the word: "don't", "U.S", "3.5", "AT&T", "high-speed".
  private static func joins(_ mark: UInt32, _ bytes: Bytes, at index: Int, next: Int) -> Bool {
    let following = scalar(bytes, at: next)
    switch mark {
    case 0x27, 0x2019, 0x2D, 0x2010, 0x2011, 0x26, 0x40, 0x5F: return following.isWord && !following.isUnspaced
    case 0x2E: return following.isWord && !following.isUnspaced
    case 0x2C: return following.kind == .digit && scalar(bytes, before: index).kind == .digit
    case 0x3A: return following.value == 0x2F && next + 1 < bytes.count && bytes[next + 1] == 0x2F
    case 0x2F: return false
    default: return false
    }
  }

  private static func isPossessive(_ bytes: Bytes, at index: Int, to end: Int) -> Bool {
    guard bytes[index] == 0x73 || bytes[index] == 0x53 else { return false }
    return index + 1 >= end || !scalar(bytes, at: index + 1).isWord
  }

  private static func isPossessiveMark(_ bytes: Bytes, _ index: Int, _ end: Int) -> Bool {
    let mark = scalar(bytes, at: index)
    guard mark.value == 0x27 || mark.value == 0x2019, index + mark.length < end else { return false }
    return Self.isPossessive(bytes, at: index + mark.length, to: end)
  }

  /// Whether an apostrophe ends an elided word, "l'eau", "d'une", "qu'il": that word stands on its own.
  private static func isElision(_ bytes: Bytes, from start: Int, to end: Int) -> Bool {
    let first = bytes[start] | 0x20
    if end - start == 2 { return first == 0x71 && bytes[start + 1] | 0x20 == 0x75 }
    guard end - start == 1 else { return false }
    switch first {
    case 0x6C, 0x64, 0x6A, 0x6D, 0x6E, 0x73, 0x74, 0x63: return true
    default: return false
    }
  }

  private mutating func address(_ bytes: Bytes, from start: Int, to end: Int, _ flags: WordToken.TokenFlags) -> Int {
    var index = start
    while index < end, bytes[index] > 0x20 { index += 1 }
    add(bytes, start, index, flags.union(.address))
    punctuation = true
    return index
  }

  private mutating func bigrams(_ bytes: Bytes, from start: Int, to end: Int) -> Int {
    let katakana = Self.endOfKatakana(bytes, from: start, to: end)
    if katakana > start {
      scripts.kana += (katakana - start) / 3
      add(bytes, start, katakana, punctuation ? .afterPunctuation : [])
      punctuation = false
      return katakana
    }
    var index = start
    // The starts of the last two clusters. A cluster is a character with its marks, or a Thai consonant with its
    // vowels.
    var (older, newer) = (-1, -1)
    var isLeading = false
    while index < end {
      let next = scalar(bytes, at: index)
      guard next.isUnspaced || next.kind == .mark else { break }
      if index > start, Self.isKatakana(next.value), Self.endOfKatakana(bytes, from: index, to: end) > index { break }
      scripts.add(next.value)
      if next.kind != .mark, !isLeading, !Self.isThaiMark(next.value) {
        if older >= 0 { addBigram(bytes, older, index) }
        (older, newer) = (newer, index)
      }
      isLeading = (0xE40...0xE44).contains(next.value)
      index += next.length
    }
    // One character alone makes no pair. It separates the words around it.
    if older >= 0 { addBigram(bytes, older, index) } else { punctuation = true }
    return index
  }

  /// Returns the end of a run of katakana, or `start` for a single character. Foreign names and words are spelt in
  /// katakana, so a run of two or more is one word.
  private static func endOfKatakana(_ bytes: Bytes, from start: Int, to end: Int) -> Int {
    var index = start
    var count = 0
    while index < end {
      let next = scalar(bytes, at: index)
      guard Self.isKatakana(next.value) else { break }
      count += 1
      index += next.length
    }
    return count >= 2 ? index : start
  }

  private static func isKatakana(_ value: UInt32) -> Bool {
    (0x30A1...0x30FA).contains(value) || value == 0x30FC || (0xFF66...0xFF9F).contains(value)
  }

  private mutating func addBigram(_ bytes: Bytes, _ start: Int, _ end: Int) {
    add(bytes, start, end, punctuation ? [.bigram, .afterPunctuation] : .bigram)
    punctuation = false
  }

  /// Whether the scalar is a Thai vowel or tone mark above, below or after a letter.
  private static func isThaiMark(_ value: UInt32) -> Bool {
    switch value {
    case 0xE30...0xE3A, 0xE45...0xE4E: true
    default: false
    }
  }

  private mutating func add(_ bytes: Bytes, _ start: Int, _ end: Int, _ flags: WordToken.TokenFlags) {
    let (word, stem, own) =
      putKey(bytes, start, end)
      ? vocabulary.intern(WordKey(key.base, count: end &- start))
      : WordKey.with(capacity: end - start) { buffer in
        foldCase(bytes, start, end, into: buffer)
      } _: {
        vocabulary.intern($0)
      }
    let text = Bytes(rebasing: bytes[start..<end])
    var flags = flags.union(own.subtracting(.person))
    if flags.contains(.allCapitals) {
      shouted += 1
    } else {
      flags.formUnion(TextRegister.person(text))
    }
    tokens.append(WordToken(word: word, stem: stem, start: Int32(start), end: Int32(end), flags: flags))
  }

  /// Puts a word into `key`, if it is short and ASCII.
  private func putKey(_ bytes: Bytes, _ start: Int, _ end: Int) -> Bool {
    guard let base = bytes.baseAddress, end &- start <= Self.longestPlainWord else { return false }
    var all: UInt64 = 0
    var chunk = 0
    var index = start
    while index < end {
      let octet = ByteOctet(base, at: index, limit: bytes.count)
      let lanes = ByteOctet.first(end &- index)
      let bits = octet.bits & lanes
      all |= bits
      key.base[chunk] = (bits | (octet.letters & lanes) &>> 2).littleEndian
      chunk &+= 1
      index &+= 8
    }
    return all & ByteOctet.highs == 0
  }
}
