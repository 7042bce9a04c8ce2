import Basics
import Summarization

/// The state of every article: whether FILE has its result and at which offset, how it failed before, and whether this
/// run has visited it. At most 26 bytes an article. Pure.
///
/// Equal articles have one identity, but each has a slot of its own: the nth result in FILE with that identity shares a
/// slot with the nth input line that has it.
final class ResumeIndex {
  /// The limit for offsets in FILE: 2 TiB.
  static let largestOffset = 1 << 41 - 1

  /// The payload of a slot that says nothing, since entries cannot be removed from the table.
  private static let tombstone = UInt64(1) << 7

  /// The state of one article, in 48 bits.
  private struct IndexEntry {
    var word: UInt64

    var isVisited: Bool {
      get { word & 1 != 0 }
      set { word = word & ~1 | (newValue ? 1 : 0) }
    }

    /// The offset of the article's result in FILE.
    var result: Int? {
      get { word & 2 != 0 ? Int(word >> 7) : nil }
      set { word = word & 0x7D | (newValue.map { UInt64($0) << 7 | 2 } ?? 0) }
    }

    var failure: ArticleError.Code? {
      get { ArticleError.Code(number: Int(word >> 2 & 31)) }
      set { word = word & ~0x7C | UInt64(newValue?.number ?? 0) << 2 }
    }
  }

  /// What the index knows about a line of the input.
  struct ResumeVisit: Equatable, Sendable {
    fileprivate(set) var slot: Hash128
    /// The offset of the article's result in FILE, if FILE has one.
    fileprivate(set) var result: Int?
    /// How the article failed before, according to FILE and the old errors file.
    fileprivate(set) var failedBefore: ArticleError.Code?
  }

  private let table = HashTable128()
  /// Whether there are error records of lines that were no articles, and of lines that were too long. With other
  /// options such a line may be an article.
  private(set) var hasBadLines = false
  private(set) var hasLongLines = false

  // MARK: What FILE has

  /// Enters a result that FILE has. To be called in the order of FILE.
  func foundResult(of article: Hash128, at offset: Int) {
    let slot = article.occurrence(firstOccurrence(of: article) { $0.result == nil })
    var entry = self[slot]
    entry.result = offset
    self[slot] = entry
  }

  /// Enters an error record. The last one counts, unless it only says that the run was stopped.
  func foundError(_ code: ArticleError.Code?, of article: Hash128) {
    var entry = self[article]
    let code = code ?? .interrupted
    if code != .interrupted || entry.failure == nil { entry.failure = code }
    self[article] = entry
    hasBadLines = hasBadLines || code.meaning.fault == .line
    hasLongLines = hasLongLines || code == .lineTooLong
  }

  // MARK: What the input has

  /// Marks the article of an input line as visited. To be called in the order of the input.
  func visit(_ article: Hash128) -> ResumeVisit {
    let slot = article.occurrence(firstOccurrence(of: article) { !$0.isVisited })
    var entry = self[slot]
    entry.isVisited = true
    self[slot] = entry
    return ResumeVisit(slot: slot, result: entry.result, failedBefore: self[article].failure)
  }

  /// Takes back the last visit: the line is not processed in this run. To be called before the next visit.
  func takeBack(_ visit: ResumeVisit) {
    var entry = self[visit.slot]
    entry.isVisited = false
    table[visit.slot] = entry.word == 0 ? Self.tombstone : entry.word
  }

  /// Marks another identity under which FILE may know an article that was visited.
  func alsoVisited(_ article: Hash128) {
    var entry = self[article]
    guard entry.word != 0 else { return }
    entry.isVisited = true
    self[article] = entry
  }

  /// Returns whether this run has read the article of an older record, or an equal one.
  func hasVisited(_ article: Hash128) -> Bool { self[article].isVisited }

  /// Returns whether the record at this offset is the result of an article that this run has read.
  func isResult(of article: Hash128, at offset: Int) -> Bool {
    // The results of equal articles have ascending offsets.
    let n = firstOccurrence(of: article) { $0.result.map { $0 >= offset } ?? true }
    let entry = self[article.occurrence(n)]
    return entry.isVisited && entry.result == offset
  }

  // MARK: Entries

  private subscript(hash: Hash128) -> IndexEntry {
    get { IndexEntry(word: table[hash]) }
    set { if newValue.word != 0 { table[hash] = newValue.word } }
  }

  /// Returns the first occurrence for which the condition holds. The condition must hold for all later ones, too. A
  /// binary search in O(log n).
  private func firstOccurrence(of article: Hash128, where condition: (IndexEntry) -> Bool) -> Int {
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
  /// The position in the list of all codes, from 1.
  fileprivate var number: Int { Self.allCases.firstIndex(of: self)! + 1 }

  fileprivate init?(number: Int) {
    guard number > 0 else { return nil }
    self = Self.allCases[number - 1]
  }
}

/// The offset in FILE of each article's record, in the order of the input. Takes 6 bytes an article, in pieces, so that
/// growing copies nothing.
struct OffsetList {
  private static let piece = 1 << 16
  private static let width = 6
  private static let none = UInt64(1) << 48 - 1

  private var pieces: [[UInt8]] = []
  private(set) var count = 0

  /// The offset of an article's record; nil if FILE has none. Setting an element beyond the end extends the list.
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

/// A list of Booleans, one bit each.
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
