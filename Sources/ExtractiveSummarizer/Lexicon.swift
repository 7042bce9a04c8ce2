/// What is known of words before any article is read: stop words, ratings, abbreviations, one open-addressing table
/// for all of them, so that a word of an article is looked up once.
///
/// The lists are `StaticString`s and the table is built from them on first use, in a fraction of a millisecond: literals of
/// arrays and dictionaries of this size would cost seconds to compile and more to start.
final class Lexicon: Sendable {
  static let shared = Lexicon()

  struct Entry {
    var languages: LanguageSet = []
    var roles: WordRoles = []
    /// Tone in tenths, -40 to 40; meaningful where `roles` has `.rated`.
    var rating: Int8 = 0
    fileprivate var keyStart: Int32 = 0
    fileprivate var keyLength: Int32 = 0
    fileprivate var hash: UInt32 = 0
  }

  static let unknown = Entry()

  private let entries: [Entry]
  private let slots: [Int32]
  private let keys: [UInt8]

  private init() {
    var builder = Builder()
    for list in stopWordLists { builder.add(list.words) { $0.languages.insert(LanguageSet(list.language)) } }
    for list in roleLists + toneRoleLists { builder.add(list.words) { $0.roles.insert(list.role) } }
    for list in generalRatings + newsRatings {
      builder.add(list.words) {
        $0.roles.insert(.rated)
        $0.rating = list.rating
      }
    }
    (entries, slots, keys) = (builder.entries, builder.slots, builder.keys)
  }

  /// The entry of a word that is already in lower case; nil where the lists do not have it.
  func entry(of word: Bytes, hash: UInt32) -> Entry? {
    let mask = UInt32(slots.count - 1)
    var slot = hash & mask
    while true {
      let index = slots[Int(slot)]
      if index < 0 { return nil }
      let entry = entries[Int(index)]
      if entry.hash == hash && Int(entry.keyLength) == word.count {
        var equal = true
        for offset in 0..<word.count where keys[Int(entry.keyStart) + offset] != word[offset] {
          equal = false
          break
        }
        if equal { return entry }
      }
      slot = (slot + 1) & mask
    }
  }

  func entry(of word: Bytes) -> Entry? {
    entry(of: word, hash: WordHash.of(word))
  }

  private struct Builder {
    var entries: [Entry] = []
    var slots = [Int32](repeating: -1, count: 32768)
    var keys: [UInt8] = []

    mutating func add(_ words: StaticString, _ change: (inout Entry) -> Void) {
      words.withUTF8Buffer { bytes in
        var start = 0
        for index in 0...bytes.count where index == bytes.count || bytes[index] <= 0x20 {
          if index > start { change(&entries[insert(Bytes(rebasing: bytes[start..<index]))]) }
          start = index + 1
        }
      }
    }

    private mutating func insert(_ word: Bytes) -> Int {
      let hash = WordHash.of(word)
      let mask = UInt32(slots.count - 1)
      var slot = hash & mask
      while slots[Int(slot)] >= 0 {
        let index = Int(slots[Int(slot)])
        let start = Int(entries[index].keyStart)
        if entries[index].hash == hash && keys[start..<start + Int(entries[index].keyLength)].elementsEqual(word) {
          return index
        }
        slot = (slot + 1) & mask
      }
      precondition(entries.count < slots.count / 2, "the lexicon has outgrown its table")
      slots[Int(slot)] = Int32(entries.count)
      var entry = Entry()
      (entry.keyStart, entry.keyLength, entry.hash) = (Int32(keys.count), Int32(word.count), hash)
      keys.append(contentsOf: word)
      entries.append(entry)
      return entries.count - 1
    }
  }
}

/// FNV-1a with 32 bits: the same on every machine and in every process, unlike `Hasher`.
struct WordHash {
  private(set) var value: UInt32 = 0x811C_9DC5

  @inline(__always)
  mutating func add(_ byte: UInt8) {
    value = (value ^ UInt32(byte)) &* 0x0100_0193
  }

  static func of(_ word: Bytes) -> UInt32 {
    var hash = WordHash()
    for byte in word { hash.add(byte) }
    return hash.value
  }
}

/// What a word does, beside what it means.
struct WordRoles: OptionSet {
  let rawValue: UInt16

  static let rated = WordRoles(rawValue: 1 << 0)
  static let negation = WordRoles(rawValue: 1 << 1)
  static let booster = WordRoles(rawValue: 1 << 2)
  static let damper = WordRoles(rawValue: 1 << 3)
  static let contrast = WordRoles(rawValue: 1 << 4)
  /// Words of direction ("rose", "fell") and the figures that they are good or bad news of.
  static let up = WordRoles(rawValue: 1 << 5)
  static let down = WordRoles(rawValue: 1 << 6)
  static let goodWhenUp = WordRoles(rawValue: 1 << 7)
  static let badWhenUp = WordRoles(rawValue: 1 << 8)
  /// Abbreviations that a sentence never ends with, may end with before a sentence starter, and that stand before numbers.
  static let titleAbbreviation = WordRoles(rawValue: 1 << 9)
  static let abbreviation = WordRoles(rawValue: 1 << 10)
  static let numberAbbreviation = WordRoles(rawValue: 1 << 11)
  static let sentenceStarter = WordRoles(rawValue: 1 << 12)
  static let month = WordRoles(rawValue: 1 << 13)
  /// Words too common in news to be worth a keyword of their own.
  static let dull = WordRoles(rawValue: 1 << 14)
  /// Words that make good news of the bad that follows: "prevented", "ended", "against".
  static let reverser = WordRoles(rawValue: 1 << 15)
}
