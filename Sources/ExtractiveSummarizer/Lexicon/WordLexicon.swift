/// What is known of a word.
struct LexiconEntry {
  var languages: LanguageSet = []
  var roles: WordRoles = []
  /// The sentiment in tenths, from -40 to 40; meaningful only if `roles` contains `.rated`.
  var rating: Int8 = 0
}

/// The words known in advance: stop words, ratings, abbreviations. One open-addressing table holds all of them, so that
/// each word of an article needs one look-up.
///
/// The lists are `StaticString`s. The table is built from them on first use, in a fraction of a millisecond: array and
/// dictionary literals of this size would cost seconds to compile and more time to start.
final class WordLexicon: Sendable {
  static let shared = WordLexicon()

  static let unknown = LexiconEntry()

  /// An entry with its word: the first eight bytes, and the position of all of them in `keys`.
  private struct LexiconRecord {
    let first: UInt64
    let hash: UInt32
    let key: Int32
    let count: Int32
    var entry = LexiconEntry()
  }

  // Allocated once and never freed: the only lexicon lives as long as the process.
  private nonisolated(unsafe) let records: UnsafePointer<LexiconRecord>
  private nonisolated(unsafe) let slots: UnsafePointer<Int16>
  private nonisolated(unsafe) let keys: UnsafePointer<UInt64>

  private init() {
    var builder = LexiconBuilder()
    for list in stopWordLists { builder.add(list.words) { $0.languages.insert(LanguageSet(list.language)) } }
    for list in roleLists + sentimentRoleLists { builder.add(list.words) { $0.roles.insert(list.role) } }
    for list in generalRatings + newsRatings {
      builder.add(list.words) {
        $0.roles.insert(.rated)
        $0.rating = list.rating
      }
    }
    records = builder.records.leak()
    slots = builder.slots.leak()
    keys = builder.keys.leak()
  }

  /// Whether a word, in capitals or not, is a stop word of any language.
  func isStopWord(_ word: Range<Int>, _ bytes: Bytes) -> Bool {
    guard word.count <= Self.longestStopWord else { return false }
    return WordKey.with(capacity: Self.longestStopWord) { buffer in
      foldCase(bytes, word.lowerBound, word.upperBound, into: buffer)
    } _: {
      entry(of: $0)?.languages.isEmpty == false
    }
  }

  private static let longestStopWord = 32

  /// Returns the roles of a word, in capitals or not.
  func roles(of word: Range<Int>, _ bytes: Bytes) -> WordRoles {
    guard !word.isEmpty, word.count <= Self.longestWordWithRole else { return [] }
    return WordKey.with(capacity: Self.longestWordWithRole) { buffer in
      foldCase(bytes, word.lowerBound, word.upperBound, into: buffer)
    } _: {
      entry(of: $0)?.roles ?? []
    }
  }

  private static let longestWordWithRole = 24

  /// Returns the entry of a word; nil if no list contains it.
  @inline(__always)
  func entry(of word: WordKey) -> LexiconEntry? {
    let mask = Self.slotCount &- 1
    var slot = Int(word.hash) & mask
    while true {
      let index = slots[slot]
      if index < 0 { return nil }
      let record = records + Int(index)
      if record.pointee.hash == word.hash, record.pointee.first == word.first, record.pointee.count == word.count,
        word.count <= 8 || word.restEquals(keys + Int(record.pointee.key))
      {
        return record.pointee.entry
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// Returns the entry of a word that is already in lower case.
  func entry(of word: Bytes) -> LexiconEntry? {
    WordKey.with(word) { entry(of: $0) }
  }

  /// A power of two, more than twice the number of words.
  private static let slotCount = 32768

  private struct LexiconBuilder: ~Copyable {
    var records = UncheckedList<LexiconRecord>(capacity: 16384)
    var slots = UncheckedList<Int16>(repeating: -1, count: WordLexicon.slotCount)
    var keys = UncheckedList<UInt64>(capacity: 32768)

    /// Adds words of at most 63 bytes, separated by spaces and line ends.
    mutating func add(_ words: StaticString, _ change: (inout LexiconEntry) -> Void) {
      let (base, count) = (words.utf8Start, words.utf8CodeUnitCount)
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 8) { chunks in
        var index = 0
        while true {
          while index < count && base[index] <= 0x20 { index &+= 1 }
          if index == count { return }
          var length = 0
          var inChunk = 8
          while inChunk == 8 {
            precondition(length < 64, "a word of the lists is too long")
            let octet = ByteOctet(base, at: index, limit: count)
            let ends = octet.lanes(of: 0x20) | octet.lanes(of: 0x0A) | octet.lanes(of: 0)
            inChunk = ends.trailingZeroBitCount &>> 3
            if inChunk > 0 || length == 0 {
              chunks[length &>> 3] = (octet.bits & ByteOctet.first(inChunk)).littleEndian
            }
            length &+= inChunk
            index &+= inChunk
          }
          let key = WordKey(UnsafePointer(chunks.baseAddress.unsafelyUnwrapped), count: length)
          change(&records.base[insert(key)].entry)
        }
      }
    }

    private mutating func insert(_ word: WordKey) -> Int {
      let mask = slots.count - 1
      var slot = Int(word.hash) & mask
      while slots[slot] >= 0 {
        let index = Int(slots[slot])
        let record = records[index]
        if record.hash == word.hash, record.first == word.first, record.count == word.count,
          word.restEquals(keys.base + Int(record.key))
        {
          return index
        }
        slot = (slot + 1) & mask
      }
      precondition(records.count < slots.count / 2, "the lexicon has outgrown its table")
      slots[slot] = Int16(records.count)
      records.append(
        LexiconRecord(first: word.first, hash: word.hash, key: Int32(keys.count), count: Int32(word.count)))
      keys.append(word.chunks, count: WordKey.chunkCount(word.count))
      return records.count - 1
    }
  }
}
