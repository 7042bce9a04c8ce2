/// The words of one article, each kept once and known by a number from then on.
struct Vocabulary {
  struct Word {
    /// The first eight bytes of the word, and where all of them are in `keys`.
    fileprivate var first: UInt64
    fileprivate var key: Int32
    fileprivate var keyLength: Int32
    fileprivate var hash: UInt32
    /// The number of the word that it is counted as: its stem.
    var stem: Int32
    /// How often the word stands in title and body.
    var count: Int32 = 0
    var entry: Lexicon.Entry
    /// Scalars, at most 255.
    var length: UInt8
    var isNumber: Bool
  }

  let words: [Word]
  private let keys: [UInt64]

  init(_ builder: borrowing VocabularyBuilder) {
    words = builder.words.array()
    keys = builder.keys.array()
  }

  /// The bytes of a word.
  func key(of word: Int32) -> [UInt8] {
    let word = words[Int(word)]
    return keys.withUnsafeBytes { Array($0[Int(word.key) * 8..<Int(word.key) * 8 + Int(word.keyLength)]) }
  }
}

/// Interns words: an open-addressing table that ends with the article.
struct VocabularyBuilder: ~Copyable {
  typealias Word = Vocabulary.Word

  fileprivate(set) var words: FastList<Word>
  fileprivate var keys: FastList<UInt64>
  private var slots: FastList<Int32>
  private let lexicon: Lexicon

  /// - Parameter capacity: how many different words are expected.
  init(capacity: Int, lexicon: Lexicon) {
    self.lexicon = lexicon
    var size = 256
    while size < capacity * 2 { size *= 2 }
    slots = FastList(repeating: -1, count: size)
    words = FastList(capacity: capacity)
    keys = FastList(capacity: capacity * 2)
  }

  /// The number of a word, which is counted once more, and that of its stem.
  @inline(__always)
  mutating func intern(_ key: WordKey) -> (word: Int32, stem: Int32) {
    let (slot, found) = find(key)
    let number = found >= 0 ? found : insert(key, slot)
    words.base[Int(number)].count &+= 1
    return (number, words.base[Int(number)].stem)
  }

  @inline(__always)
  private func find(_ key: WordKey) -> (slot: Int, word: Int32) {
    let mask = slots.count &- 1
    var slot = Int(key.hash) & mask
    while true {
      let index = slots[slot]
      if index < 0 { return (slot, -1) }
      let word = words.base + Int(index)
      if word.pointee.hash == key.hash, word.pointee.first == key.first, Int(word.pointee.keyLength) == key.count,
        key.count <= 8 || key.restEquals(keys.base + Int(word.pointee.key))
      {
        return (slot, index)
      }
      slot = (slot &+ 1) & mask
    }
  }

  @inline(never)
  private mutating func insert(_ key: WordKey, _ slot: Int) -> Int32 {
    let bytes = UnsafeRawPointer(key.chunks).assumingMemoryBound(to: UInt8.self)
    let isNumber = bytes[0] &- 0x30 < 10
    let number = add(key, slot, isNumber: isNumber)
    if !isNumber && words[Int(number)].entry.languages.isEmpty, let stem = Stem(bytes, count: key.count) {
      words.base[Int(number)].stem = self.number(of: stem, from: bytes)
    }
    return number
  }

  private mutating func add(_ key: WordKey, _ slot: Int, isNumber: Bool) -> Int32 {
    let number = Int32(words.count)
    words.append(
      Word(
        first: key.first, key: Int32(keys.count), keyLength: Int32(key.count), hash: key.hash, stem: number,
        entry: lexicon.entry(of: key) ?? Lexicon.unknown, length: scalars(in: key), isNumber: isNumber))
    keys.append(key.chunks[0])
    if key.count > 8 { keys.append(key.chunks + 1, count: WordKey.chunkCount(key.count) - 1) }
    slots[slot] = number
    if words.count * 2 > slots.count { grow() }
    return number
  }

  private func scalars(in key: WordKey) -> UInt8 {
    var count = key.count
    for index in 0..<WordKey.chunkCount(key.count) {
      // Of the bytes of one scalar, the second and later ones have only the highest of the two top bits.
      let chunk = key.chunks[index]
      let later = chunk & ~(chunk &<< 1) & Octet.highs
      if later != 0 { count -= later.nonzeroBitCount }
    }
    return UInt8(min(count, 255))
  }

  private mutating func number(of stem: Stem, from bytes: UnsafePointer<UInt8>) -> Int32 {
    WordKey.with(capacity: stem.count) { buffer in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(from: UnsafeRawBufferPointer(start: bytes, count: stem.count))
      if stem.endsInY { buffer[stem.count - 1] = UInt8(ascii: "y") }
      return stem.count
    } _: { key in
      let (slot, found) = find(key)
      if found >= 0 { return words.base[Int(found)].stem }
      // The stem is a word of its own number only; it must not be stemmed again, or "buses" and "bus" would part.
      return add(key, slot, isNumber: false)
    }
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    slots = FastList(repeating: -1, count: mask + 1)
    for index in 0..<words.count {
      var slot = Int(words[index].hash) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(index)
    }
  }
}

/// Plural and simple verb endings off: "policies" and "policy", "launched" and "launches" are counted together.
struct Stem {
  /// How many bytes of the word stay.
  private(set) var count: Int
  /// Whether the last of them becomes a "y".
  private(set) var endsInY = false

  /// nil where the word is its own stem.
  init?(_ word: UnsafePointer<UInt8>, count length: Int) {
    count = length
    let (e, s, y) = (UInt8(ascii: "e"), UInt8(ascii: "s"), UInt8(ascii: "y"))
    /// The byte so far from the end, 1 for the last.
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
      } else if second != s, second != UInt8(ascii: "u"), second != UInt8(ascii: "i"), count > 3 {
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
    // So that "use", "uses", "used" and "using" meet.
    case e where count >= 5: count &-= 1
    default: break
    }
    if count == length { return nil }
  }
}
