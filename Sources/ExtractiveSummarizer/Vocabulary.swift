/// The words of one article, each kept once and known by a number from then on.
struct Vocabulary {
  struct Word {
    fileprivate var keyStart: Int32
    fileprivate var keyLength: Int32
    fileprivate var hash: UInt32
    /// The number of the word that it is counted as: its stem.
    var stem: Int32
    var entry: Lexicon.Entry
    /// Scalars, at most 255.
    var length: UInt8
    var isNumber: Bool
  }

  private(set) var words: [Word] = []
  private var slots: [Int32]
  private var keys: [UInt8] = []
  private let lexicon: Lexicon

  init(capacity: Int, lexicon: Lexicon) {
    self.lexicon = lexicon
    var size = 256
    while size < capacity * 2 { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    words.reserveCapacity(capacity)
    keys.reserveCapacity(capacity * 8)
  }

  /// The number of a word already in lower case.
  mutating func intern(_ key: Bytes) -> Int32 {
    let hash = WordHash.of(key)
    let (slot, found) = find(key, hash)
    if found >= 0 { return found }
    return insert(key, hash, slot)
  }

  func key(of word: Int32) -> ArraySlice<UInt8> {
    let start = Int(words[Int(word)].keyStart)
    return keys[start..<start + Int(words[Int(word)].keyLength)]
  }

  private func find(_ key: Bytes, _ hash: UInt32) -> (slot: Int, word: Int32) {
    let mask = UInt32(slots.count - 1)
    var slot = hash & mask
    while true {
      let index = slots[Int(slot)]
      if index < 0 { return (Int(slot), -1) }
      let word = words[Int(index)]
      if word.hash == hash && Int(word.keyLength) == key.count {
        var equal = true
        for offset in 0..<key.count where keys[Int(word.keyStart) + offset] != key[offset] {
          equal = false
          break
        }
        if equal { return (Int(slot), index) }
      }
      slot = (slot + 1) & mask
    }
  }

  private mutating func insert(_ key: Bytes, _ hash: UInt32, _ slot: Int) -> Int32 {
    let number = Int32(words.count)
    var length = 0
    for byte in key where byte & 0xC0 != 0x80 { length += 1 }
    let isNumber = (0x30...0x39).contains(key[0])
    words.append(
      Word(
        keyStart: Int32(keys.count), keyLength: Int32(key.count), hash: hash, stem: number,
        entry: lexicon.entry(of: key, hash: hash) ?? Lexicon.unknown, length: UInt8(min(length, 255)),
        isNumber: isNumber))
    keys.append(contentsOf: key)
    slots[slot] = number
    if words.count * 2 > slots.count { grow() }
    if !isNumber && words[Int(number)].entry.languages.isEmpty {
      words[Int(number)].stem = stem(key, of: number)
    }
    return number
  }

  private mutating func stem(_ key: Bytes, of number: Int32) -> Int32 {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: key.count + 1) { buffer in
      let count = stemmed(key, into: buffer)
      if count == key.count { return number }
      let stem = Bytes(rebasing: buffer[..<count])
      let hash = WordHash.of(stem)
      let (slot, found) = find(stem, hash)
      if found >= 0 { return words[Int(found)].stem }
      // The stem is a word of its own number only; it must not be stemmed again, or "buses" and "bus" would part.
      let number = Int32(words.count)
      words.append(
        Word(
          keyStart: Int32(keys.count), keyLength: Int32(count), hash: hash, stem: number,
          entry: lexicon.entry(of: stem, hash: hash) ?? Lexicon.unknown, length: UInt8(min(count, 255)), isNumber: false
        ))
      keys.append(contentsOf: stem)
      slots[slot] = number
      if words.count * 2 > slots.count { grow() }
      return number
    }
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    let mask = UInt32(slots.count - 1)
    for index in words.indices {
      var slot = words[index].hash & mask
      while slots[Int(slot)] >= 0 { slot = (slot + 1) & mask }
      slots[Int(slot)] = Int32(index)
    }
  }
}

/// Plural and simple verb endings off: "policies" and "policy", "launched" and "launches" are counted together.
func stemmed(_ word: Bytes, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
  var count = word.count
  for index in 0..<count { buffer[index] = word[index] }
  /// The byte so far from the end, 1 for the last.
  @inline(__always)
  func byte(_ offset: Int, _ count: Int) -> UInt8 { offset <= count ? buffer[count - offset] : 0 }
  let (e, s, y) = (UInt8(ascii: "e"), UInt8(ascii: "s"), UInt8(ascii: "y"))

  if byte(1, count) == s {
    let (second, third) = (byte(2, count), byte(3, count))
    if second == e && third == UInt8(ascii: "i") && count > 4 {
      buffer[count - 3] = y
      count -= 2
    } else if second == e && third == s && byte(4, count) == s {
      count -= 2
    } else if second != s, second != UInt8(ascii: "u"), second != UInt8(ascii: "i"), count > 3 {
      count -= 1
    }
  }
  let (second, third) = (byte(2, count), byte(3, count))
  switch byte(1, count) {
  case UInt8(ascii: "g") where second == UInt8(ascii: "n") && third == UInt8(ascii: "i") && count >= 6: count -= 3
  case UInt8(ascii: "d") where second == e && third != e && count >= 5: count -= 2
  case y where second == UInt8(ascii: "l") && count >= 5: count -= 2
  // So that "use", "uses", "used" and "using" meet.
  case e where count >= 5: count -= 1
  default: break
  }
  return count
}
