import Basics
import Summarization

/// What is known of every article: whether FILE has its result and where, how it failed before, and whether this run has
/// visited it. At most 26 bytes an article. Pure.
///
/// Equal articles have one identity, and each has a slot of its own: the nth result of FILE with that identity and the nth
/// line of the input with it share a slot.
final class ResumeIndex {
  /// Where in FILE records may stand: up to 2 TiB.
  static let largestOffset = 1 << 41 - 1

  /// Marks a slot that says nothing, because entries cannot be removed from the table.
  private static let tombstone = UInt64(1) << 7

  /// What is remembered of an article, in 48 bits.
  private struct Entry {
    var word: UInt64

    var isVisited: Bool {
      get { word & 1 != 0 }
      set { word = word & ~1 | (newValue ? 1 : 0) }
    }

    /// Where its result stands in FILE.
    var result: Int? {
      get { word & 2 != 0 ? Int(word >> 7) : nil }
      set { word = word & 0x7D | (newValue.map { UInt64($0) << 7 | 2 } ?? 0) }
    }

    var failure: ArticleError.Code? {
      get { ArticleError.Code(number: Int(word >> 2 & 31)) }
      set { word = word & ~0x7C | UInt64(newValue?.number ?? 0) << 2 }
    }
  }

  /// What the index knows of a line of the input.
  struct Visit: Equatable, Sendable {
    fileprivate(set) var slot: Hash128
    /// Where FILE has its result, if it has one.
    fileprivate(set) var result: Int?
    /// How it failed before, as FILE and the old errors tell.
    fileprivate(set) var failedBefore: ArticleError.Code?
  }

  private let table = HashTable128()
  /// Whether an error record tells of a line that was no article, and of one that was too long: with other options such a
  /// line may be an article.
  private(set) var hasBadLines = false
  private(set) var hasLongLines = false

  // MARK: What FILE has

  /// A record with a result, in the order of FILE.
  func foundResult(of article: Hash128, at offset: Int) {
    let slot = article.occurrence(firstOccurrence(of: article) { $0.result == nil })
    var entry = self[slot]
    entry.result = offset
    self[slot] = entry
  }

  /// A record with an error. The last one counts, unless it only says that the run was stopped.
  func foundError(_ code: ArticleError.Code?, of article: Hash128) {
    var entry = self[article]
    let code = code ?? .interrupted
    if code != .interrupted || entry.failure == nil { entry.failure = code }
    self[article] = entry
    hasBadLines = hasBadLines || code.meaning.fault == .line
    hasLongLines = hasLongLines || code == .lineTooLong
  }

  // MARK: What the input has

  /// A line, in the order of the input.
  func visit(_ article: Hash128) -> Visit {
    let slot = article.occurrence(firstOccurrence(of: article) { !$0.isVisited })
    var entry = self[slot]
    entry.isVisited = true
    self[slot] = entry
    return Visit(slot: slot, result: entry.result, failedBefore: self[article].failure)
  }

  /// The last line visited was not read after all. To be called before the next visit.
  func takeBack(_ visit: Visit) {
    var entry = self[visit.slot]
    entry.isVisited = false
    table[visit.slot] = entry.word == 0 ? Self.tombstone : entry.word
  }

  /// Another identity by which FILE may know an article that was visited.
  func alsoVisited(_ article: Hash128) {
    var entry = self[article]
    guard entry.word != 0 else { return }
    entry.isVisited = true
    self[article] = entry
  }

  /// Whether this run has read the article of an older record, or one equal to it.
  func hasVisited(_ article: Hash128) -> Bool { self[article].isVisited }

  /// Whether the record at this offset is the result of an article that this run has read.
  func isResult(of article: Hash128, at offset: Int) -> Bool {
    // Results of equal articles have ascending offsets.
    let n = firstOccurrence(of: article) { $0.result.map { $0 >= offset } ?? true }
    let entry = self[article.occurrence(n)]
    return entry.isVisited && entry.result == offset
  }

  // MARK: Entries

  private subscript(hash: Hash128) -> Entry {
    get { Entry(word: table[hash]) }
    set { if newValue.word != 0 { table[hash] = newValue.word } }
  }

  /// The first occurrence for which the condition holds; it has to hold for all that follow. A binary search, in O(log n).
  private func firstOccurrence(of article: Hash128, where condition: (Entry) -> Bool) -> Int {
    var high = 1
    while !condition(self[article.occurrence(high)]) { high *= 2 }
    var low = high / 2
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if condition(self[article.occurrence(middle)]) { high = middle } else { low = middle }
    }
    return high
  }
}

extension ArticleError.Code {
  /// The place in the list of all codes, from 1.
  fileprivate var number: Int { Self.allCases.firstIndex(of: self)! + 1 }

  fileprivate init?(number: Int) {
    guard number > 0 else { return nil }
    self = Self.allCases[number - 1]
  }
}

/// Where in FILE the record of each article of this input stands, in the order of the input: 6 bytes each, in pieces, so
/// that growing copies nothing.
struct OffsetList {
  private static let piece = 1 << 16
  private static let width = 6
  private static let none = UInt64(1) << 48 - 1

  private var pieces: [[UInt8]] = []
  private(set) var count = 0

  /// nil for an article that has no record in FILE. Setting one behind the end lengthens the list.
  subscript(ordinal: Int) -> Int? {
    get {
      guard ordinal < count else { return nil }
      let place = ordinal % Self.piece * Self.width
      var value: UInt64 = 0
      for byte in pieces[ordinal / Self.piece][place..<place + Self.width].reversed() {
        value = value << 8 | UInt64(byte)
      }
      return value == Self.none ? nil : Int(value)
    }
    set {
      while pieces.count <= ordinal / Self.piece {
        pieces.append([UInt8](repeating: 0xFF, count: Self.piece * Self.width))
      }
      count = max(count, ordinal + 1)
      let value = newValue.map { UInt64($0) } ?? Self.none
      let place = ordinal % Self.piece * Self.width
      for byte in 0..<Self.width {
        pieces[ordinal / Self.piece][place + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))
      }
    }
  }

  /// Calls `body` with every offset, in the order of the input.
  func forEach<Failure: Error>(_ body: (Int) throws(Failure) -> Void) throws(Failure) {
    for ordinal in 0..<count {
      if let offset = self[ordinal] { try body(offset) }
    }
  }
}

/// A list of truth values, a bit each.
struct BitList {
  private var words: [UInt64] = []
  private(set) var count = 0

  mutating func append(_ bit: Bool) {
    if count % 64 == 0 { words.append(0) }
    if bit { words[count / 64] |= 1 << UInt64(count % 64) }
    count += 1
  }

  subscript(place: Int) -> Bool { words[place / 64] >> UInt64(place % 64) & 1 == 1 }
}
