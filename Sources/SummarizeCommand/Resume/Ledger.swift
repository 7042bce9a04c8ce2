import Articles
import Basics
import Summarization

/// What is known of every article: whether FILE has its result and where, how it failed before, and whether it has been
/// met in this run. At most 26 bytes an article. Pure.
///
/// An article is known by its id, or by a key (`Identity`). Of equal articles, which have one key, each is an entry of its
/// own: the nth result of FILE with that key and the nth line of the input with it belong together.
final class Ledger {
  /// Where in FILE records may stand: up to 2 TiB.
  static let largestOffset = 1 << 41 - 1

  /// An entry that says nothing: none can be taken out of the table.
  private static let forgotten = UInt64(1) << 7

  /// What is remembered of an article, in 48 bits.
  private struct Entry {
    var word: UInt64

    var isMet: Bool {
      get { word & 1 != 0 }
      set { word = word & ~1 | (newValue ? 1 : 0) }
    }

    /// Where its result stands in FILE.
    var result: Int? {
      get { word & 2 != 0 ? Int(word >> 7) : nil }
      set { word = word & 0x7D | (newValue.map { UInt64($0) << 7 | 2 } ?? 0) }
    }

    var failure: ArticleError.Code? {
      get { ArticleError.Code(place: Int(word >> 2 & 31)) }
      set { word = word & ~0x7C | UInt64(newValue?.place ?? 0) << 2 }
    }
  }

  /// What a line of the input turned out to be.
  struct Meeting: Equatable, Sendable {
    /// Its entry.
    var place: Hash128
    /// Where FILE has its result, if it has one.
    var result: Int?
    /// What its record is to carry, if it is not known by its id.
    var key: Hash128?
    /// How it failed before, as FILE and the old errors tell.
    var failedBefore: ArticleError.Code?
  }

  private let table = HashTable128()
  /// Whether an error record tells of a line that was no article, and one that was too long: read in another way, such a
  /// line may be an article now.
  private(set) var hasBadLines = false
  private(set) var hasLongLines = false

  var byteCount: Int { table.byteCount }

  // MARK: What FILE has

  /// A record with a result, in the order of FILE.
  func foundResult(of article: Hash128, isKey: Bool, at offset: Int) {
    let place = isKey ? article.occurrence(firstOccurrence(of: article) { $0.result == nil }) : article
    var entry = self[place]
    // A second result of one id is nobody's: it stays in FILE, and that is all.
    if entry.result == nil { entry.result = offset }
    self[place] = entry
  }

  /// A record with an error. The last one counts, unless it only says that the run was stopped.
  func foundError(_ code: ArticleError.Code?, of article: Hash128, isKey: Bool) {
    var entry = self[article]
    let code = code ?? .interrupted
    if code != .interrupted || entry.failure == nil { entry.failure = code }
    self[article] = entry
    if isKey {
      hasBadLines = hasBadLines || code.isOfLine
      hasLongLines = hasLongLines || code == .lineTooLong
    }
  }

  // MARK: What the input has

  /// A line, in the order of the input.
  /// - Parameters:
  ///   - id: nil where it has none.
  ///   - key: asked for only if it is needed: where there is no id, or an earlier line has it.
  func meet(id: Hash128?, key: () -> Hash128) -> Meeting {
    if let id {
      var entry = self[id]
      if !entry.isMet {
        entry.isMet = true
        self[id] = entry
        return Meeting(place: id, result: entry.result, failedBefore: entry.failure)
      }
    }
    let key = key()
    let place = key.occurrence(firstOccurrence(of: key) { !$0.isMet })
    var entry = self[place]
    entry.isMet = true
    self[place] = entry
    return Meeting(place: place, result: entry.result, key: key, failedBefore: self[key].failure)
  }

  /// The last line met was not read after all. To be called before the next one is met.
  func takeBack(_ meeting: Meeting) {
    var entry = self[meeting.place]
    entry.isMet = false
    table[meeting.place] = entry.word == 0 ? Self.forgotten : entry.word
  }

  /// Another name by which FILE may know an article that was met.
  func alsoMet(_ key: Hash128) {
    var entry = self[key]
    guard entry.word != 0 else { return }
    entry.isMet = true
    self[key] = entry
  }

  /// Whether this run has read the article of an older record, or one equal to it.
  func hasMet(_ article: Hash128) -> Bool { self[article].isMet }

  /// Whether the record that stands there is the result of an article that this run has read.
  func isResult(of article: Hash128, isKey: Bool, at offset: Int) -> Bool {
    guard isKey else { return self[article].isMet && self[article].result == offset }
    // Results stand in ascending order, so that the one at this place can be found by halving.
    let n = firstOccurrence(of: article) { $0.result.map { $0 >= offset } ?? true }
    let entry = self[article.occurrence(n)]
    return entry.isMet && entry.result == offset
  }

  // MARK: Entries

  private subscript(hash: Hash128) -> Entry {
    get { Entry(word: table[hash]) }
    set { if newValue.word != 0 { table[hash] = newValue.word } }
  }

  /// The first occurrence for which the condition holds, which from there on holds for all: found by doubling and
  /// halving, in O(log n).
  private func firstOccurrence(of key: Hash128, where condition: (Entry) -> Bool) -> Int {
    var high = 1
    while !condition(self[key.occurrence(high)]) { high *= 2 }
    var low = high / 2
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if condition(self[key.occurrence(middle)]) { high = middle } else { low = middle }
    }
    return high
  }
}

extension ArticleError.Code {
  /// The place in the list of all codes, from 1.
  fileprivate var place: Int { Self.allCases.firstIndex(of: self)! + 1 }

  fileprivate init?(place: Int) {
    guard place > 0 else { return nil }
    self = Self.allCases[place - 1]
  }

  /// Whether it is the line that is bad: no article was made of it.
  var isOfLine: Bool {
    switch self {
    case .invalidJSON, .invalidUTF8, .notAnObject, .missingContent, .emptyContent, .lineTooLong: true
    default: false
    }
  }
}
