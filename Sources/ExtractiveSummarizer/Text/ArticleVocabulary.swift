/// The distinct words of one article, by number.
///
/// Most words of an article also occurred in earlier ones. The lexicon entry and the stem of a word are therefore kept
/// for the next articles, for as many words as fit into a processor's caches. Each word records the last article in
/// which it occurred.
struct ArticleVocabulary: ~Copyable {
  /// A word of this article.
  struct VocabularyWord {
    /// The number of its stem, under which the word is counted.
    var stem: Int32
    /// The number of occurrences in title and body.
    var count: Int32 = 0
    var entry: LexiconEntry
    /// The number of scalars, at most 255.
    var length: UInt8
    var isNumber: Bool
    /// The traits as a keyword that do not depend on its occurrences.
    var traits: KeywordExtractor.KeywordTraits
  }

  /// A word of any article so far.
  struct KnownWord {
    /// The first eight bytes; all bytes are in `keys`, from `key` on.
    let first: UInt64
    let hash: UInt32
    let keyLength: Int32
    let key: Int32
    /// The last article in which the word occurred, with its number there and that of its stem.
    var article: UInt32 = 0
    var number: Int32 = -1
    var stemNumber: Int32 = -1
    /// The index of the stem among the known words; -1 until it is first needed.
    var stem: Int32 = -1
    /// The flags of every token of this word. Its person flags apply only where the token is plain letters.
    let flags: WordToken.TokenFlags
    /// The values with which the word enters an article.
    let word: VocabularyWord
  }

  /// The words of this article, by number.
  private(set) var words = UncheckedList<VocabularyWord>(capacity: 512)
  private var known = UncheckedList<KnownWord>(capacity: 1024)
  private var keys = UncheckedList<UInt64>(capacity: 2048)
  private var slots = UncheckedList<Int32>(repeating: -1, count: 4096)
  private var article: UInt32 = 0
  private let lexicon: WordLexicon

  /// The number of known words above which all are forgotten when the next article begins.
  private static let mostKnown = 12_288

  init(lexicon: WordLexicon) { self.lexicon = lexicon }

  mutating func beginArticle() {
    words.removeAll()
    if known.count > Self.mostKnown || article == .max {
      known.removeAll()
      keys.removeAll()
      slots.fill(-1, count: min(slots.count, 4 * Self.mostKnown))
      article = 0
    }
    article += 1
  }

  /// Counts an occurrence of a word. Returns its number, that of its stem, and its flags.
  @inline(__always)
  mutating func intern(_ key: WordKey) -> (word: Int32, stem: Int32, flags: WordToken.TokenFlags) {
    let (slot, found) = find(key)
    let index = found >= 0 ? found : learn(key, slot)
    if known.base[Int(index)].article != article { enter(index) }
    let word = known.base + Int(index)
    let number = word.pointee.number
    words.base[Int(number)].count &+= 1
    return (number, word.pointee.stemNumber, word.pointee.flags)
  }

  @inline(__always)
  private func find(_ key: WordKey) -> (slot: Int, word: Int32) {
    let mask = slots.count &- 1
    var slot = Int(key.hash) & mask
    while true {
      let index = slots[slot]
      if index < 0 { return (slot, -1) }
      let word = known.base + Int(index)
      if word.pointee.first == key.first, Int(word.pointee.keyLength) == key.count,
        key.count <= 8 || key.restEquals(keys.base + Int(word.pointee.key))
      {
        return (slot, index)
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// Gives a number to a word that occurs in the article for the first time.
  @inline(never)
  private mutating func enter(_ index: Int32) {
    let number = add(index)
    var stem = known.base[Int(index)].stem
    if stem < 0 { stem = learnStem(of: index) }
    guard stem != index else { return }
    // The stem gets a number but is not stemmed again, or "buses" and "bus" would be counted apart.
    let word = known.base + Int(stem)
    let stemNumber = word.pointee.article == article ? word.pointee.stemNumber : add(stem)
    known.base[Int(index)].stemNumber = stemNumber
    words.base[Int(number)].stem = stemNumber
  }

  /// Adds a known word to the article.
  ///
  /// - Returns: The number of the word in this article.
  @inline(__always)
  private mutating func add(_ index: Int32) -> Int32 {
    let number = Int32(truncatingIfNeeded: words.count)
    let word = known.base + Int(index)
    word.pointee.article = article
    word.pointee.number = number
    word.pointee.stemNumber = number
    words.append(word.pointee.word)
    words.base[Int(number)].stem = number
    return number
  }

  /// Finds the known word under which this one is counted.
  private mutating func learnStem(of index: Int32) -> Int32 {
    let word = known[Int(index)]
    var stem = index
    let bytes = UnsafeRawPointer(keys.base + Int(word.key)).assumingMemoryBound(to: UInt8.self)
    if !word.word.isNumber, word.word.entry.languages.isEmpty, let found = WordStem(bytes, count: Int(word.keyLength)) {
      stem = self.index(of: found, from: bytes)
    }
    known.base[Int(index)].stem = stem
    return stem
  }

  private mutating func index(of stem: WordStem, from bytes: UnsafePointer<UInt8>) -> Int32 {
    WordKey.with(capacity: stem.count) { buffer in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(from: UnsafeRawBufferPointer(start: bytes, count: stem.count))
      if stem.endsInY { buffer[stem.count - 1] = UInt8(ascii: "y") }
      return stem.count
    } _: { key in
      let (slot, found) = find(key)
      return found >= 0 ? found : learn(key, slot)
    }
  }

  /// Adds a word to the known ones.
  ///
  /// - Returns: The index of the word among the known ones.
  @inline(never)
  private mutating func learn(_ key: WordKey, _ slot: Int) -> Int32 {
    let index = Int32(known.count)
    let bytes = Bytes(start: UnsafeRawPointer(key.chunks).assumingMemoryBound(to: UInt8.self), count: key.count)
    let entry = lexicon.entry(of: key) ?? WordLexicon.unknown
    let length = Self.scalars(in: key)
    let isNumber = bytes[0] &- 0x30 < 10
    var flags = TextRegister.person(bytes).union(WordToken.TokenFlags(entry.roles))
    if bytes.count >= 2, bytes[bytes.count - 1] == 0x64, bytes[bytes.count - 2] == 0x65 { flags.insert(.participle) }
    if !entry.roles.isDisjoint(with: SentenceSentiment.relevant) { flags.insert(.sentimental) }
    known.append(
      KnownWord(
        first: key.first, hash: key.hash, keyLength: Int32(key.count), key: Int32(keys.count), flags: flags,
        word: VocabularyWord(
          stem: 0, entry: entry, length: length, isNumber: isNumber,
          traits: KeywordExtractor.KeywordTraits(
            entry, length: length, isNumber: isNumber,
            isParticiple: flags.contains(.participle) && length >= 5 && bytes[bytes.count - 3] != 0x65,
            isLink: bytes.count <= 5 && KeywordExtractor.mayLink(bytes)))))
    keys.append(key.chunks, count: WordKey.chunkCount(key.count))
    slots[slot] = index
    if known.count * 2 > slots.count { grow() }
    return index
  }

  private static func scalars(in key: WordKey) -> UInt8 {
    var count = key.count
    for index in 0..<WordKey.chunkCount(key.count) {
      // The second and later bytes of a scalar have the top bit set and the next bit clear.
      let chunk = key.chunks[index]
      let later = chunk & ~(chunk &<< 1) & ByteOctet.highs
      if later != 0 { count -= later.nonzeroBitCount }
    }
    return UInt8(min(count, 255))
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    slots.fill(-1, count: mask + 1)
    for index in 0..<known.count {
      var slot = Int(known[index].hash) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(index)
    }
  }
}

/// A light stemmer. It removes plural and simple verb endings, so that "policies" and "policy" are counted together.
struct WordStem {
  /// The number of bytes of the word that remain.
  private(set) var count: Int
  /// Whether the last of them becomes "y".
  private(set) var endsInY = false

  /// Creates the stem of a word; nil if the word is its own stem.
  init?(_ word: UnsafePointer<UInt8>, count length: Int) {
    count = length
    let (e, s, y) = (UInt8(ascii: "e"), UInt8(ascii: "s"), UInt8(ascii: "y"))
    /// Returns the byte at a distance from the end; the last has distance 1.
    @inline(__always)
    func byte(_ offset: Int, _ count: Int) -> UInt8 {
      if offset == 1 && endsInY { return y }
      return offset <= count ? word[count &- offset] : 0
    }
    if byte(1, count) == s {
      let (second, third) = (byte(2, count), byte(3, count))
      if second == e && third == UInt8(ascii: "i") && count > 4 {
        count &-= 2
        endsInY = true
      } else if second == e && third == s && byte(4, count) == s {
        count &-= 2
      } else if second != s, second != UInt8(ascii: "u"), second != UInt8(ascii: "i") || count == 4, count > 3 {
        // With four letters it is a plural such as "APIs"; with more, a word such as "crisis".
        count &-= 1
      }
    }
    let (second, third) = (byte(2, count), byte(3, count))
    switch byte(1, count) {
    case UInt8(ascii: "g") where second == UInt8(ascii: "n") && third == UInt8(ascii: "i") && count >= 6: count &-= 3
    case UInt8(ascii: "d") where second == e && third != e && count >= 5: count &-= 2
    case y where second == UInt8(ascii: "l") && count >= 5:
      count &-= 2
      endsInY = false
    // "close", "closes", "closed" and "closing" share a stem.
    case e where count >= 5: count &-= 1
    default: break
    }
    if count == length { return nil }
  }
}
