/// Finds the words and phrases that an article is about. It counts runs of content words, with a bonus for names,
/// length and an early first occurrence.
///
/// One extractor serves many articles, so that its memory is reused.
struct KeywordExtractor: ~Copyable {
  struct PhraseCandidate {
    var stems: (Int32, Int32, Int32)
    var length: Int32
    var count: Int32
    var capitals: Int32
    /// The number of occurrences as a name, with no further capitalised word beside it.
    var names: Int32
    var firstSentence: Int32
    /// The index of the token where it first occurs. The tokens of the title precede those of the body.
    var first: Int32
    var traits: KeywordTraits
    var score = 0.0
  }

  /// A spelling of a phrase in the text.
  struct SurfaceForm {
    let text: Bytes
    var count: Int
  }

  /// A candidate under consideration.
  struct RankedCandidate {
    let score: Double
    let index: Int32
    let first: Int32
  }

  /// The ratio of counts above which a word is chosen for itself and not for a phrase with it: "data", not "data
  /// briefing".
  private static let independence: Int32 = 3
  /// Near a flat optimum for three gold standards: words of title and summary of posts, of titles of posts, and of
  /// agency reports.
  private static let earlyBonus = 3.0
  private static let capitalBonus = 0.35
  /// The factor for English names of several words that occur once; not measured for other languages.
  private static let nameInPassing = 0.6
  /// The number of first sentences in which a word that occurs once is always considered.
  private static let fewestSentences: Int32 = 3
  /// The maximum length of a word in bytes. Longer ones are hashes, encoded data and similar.
  static let longestWord = 60

  private(set) var analysis = ArticleAnalysis.empty
  private(set) var title = Bytes(start: nil, count: 0)
  private(set) var content = Bytes(start: nil, count: 0)
  private(set) var usesCapitals = false
  var candidates = UncheckedList<PhraseCandidate>(capacity: 512)
  /// The traits of each word, by word number.
  var traits = UncheckedList<KeywordTraits>(capacity: 512)
  /// The candidate of each single stem, or -1; `slots` holds those of the phrases, by a hash of their stems.
  var singles = UncheckedList<Int32>(capacity: 512)
  var slots = UncheckedList<Int32>(capacity: 512)
  var phrases = 0
  /// The positions in the body of the first words of the chosen phrases; `forms` holds the spellings of the current
  /// phrase.
  var occurrences = UncheckedList<Int32>(capacity: 64)
  var forms = UncheckedList<SurfaceForm>(capacity: 16)
  private var order = UncheckedList<RankedCandidate>(capacity: 512)
  /// The highest score in `order`.
  private var best = 0.0

  mutating func choose(_ limit: Int, of analysis: ArticleAnalysis, title: Bytes, content: Bytes) -> [String] {
    self.analysis = analysis
    self.title = title
    self.content = content
    usesCapitals = analysis.shouted * 10 < analysis.tokens.count * 6
    collect()
    // Several phrases may be extended to the same long word, so more are picked than needed.
    let keywords = Array(pick(analysis.language.hasLongWords ? 3 * limit : limit).prefix(limit))
    // The analysis must not outlive the article.
    self.analysis = .empty
    return keywords
  }

  private mutating func pick(_ limit: Int) -> [String] {
    rank(limit)
    var chosen: [Int] = []
    chosen.reserveCapacity(limit)
    var ranked = order.count
    // A heap: only the few best entries are taken from it.
    for parent in stride(from: ranked / 2 - 1, through: 0, by: -1) { sink(parent, ranked) }
    while ranked > 0 {
      let index = Int(order[0].index)
      ranked -= 1
      order[0] = order[ranked]
      sink(0, ranked)
      let candidate = candidates.base + index
      // A phrase a little further down may still replace its words.
      if chosen.count >= limit && candidate.pointee.score < 0.5 * candidates.base[chosen[limit - 1]].score { break }
      if chosen.contains(where: { overlaps(candidate, candidates.base + $0) }) || isBeside(chosen, candidate) {
        continue
      }
      if let first = chosen.firstIndex(where: { contains(candidate, candidates.base + $0) }) {
        chosen[first] = index
        for part in (first + 1..<chosen.count).reversed() where contains(candidate, candidates.base + chosen[part]) {
          chosen.remove(at: part)
        }
      } else if chosen.count < limit {
        chosen.append(index)
      }
    }
    return surfaces(of: chosen)
  }

  /// Scores the candidates and adds those under consideration to `order`.
  private mutating func rank(_ limit: Int) {
    // Most words occur once, in lower case and late. They are considered only if there is little else.
    rank(skipsCommon: true)
    if order.count < 8 * limit { rank(skipsCommon: false) }
    prune(limit)
  }

  private mutating func rank(skipsCommon: Bool) {
    order.removeAll()
    best = 0
    let inPassing = analysis.language.isEnglish ? Self.nameInPassing : 1
    for index in 0..<candidates.count {
      let candidate = candidates.base + index
      if candidate.pointee.count == 1 {
        if skipsCommon, candidate.pointee.capitals == 0, candidate.pointee.names == 0,
          candidate.pointee.firstSentence >= Self.fewestSentences
        {
          continue
        }
        guard candidate.pointee.length == 1 || candidate.pointee.names > 0 || analysis.tokens.isEmpty else { continue }
      }
      if isDull(candidate) || isChance(candidate) { continue }
      let score = Self.score(candidate, inPassing: inPassing)
      candidate.pointee.score = score
      if score > best { best = score }
      order.append(
        RankedCandidate(score: score, index: Int32(truncatingIfNeeded: index), first: candidate.pointee.first))
    }
  }

  /// Drops entries far below the best score if enough others are left.
  private mutating func prune(_ limit: Int) {
    guard order.count > 16 * limit else { return }
    var near = 0
    for entry in order.elements where entry.score * 8 >= best { near &+= 1 }
    guard near >= 8 * limit else { return }
    var kept = 0
    for position in 0..<order.count where order[position].score * 8 >= best {
      order.base[kept] = order[position]
      kept &+= 1
    }
    order.removeLast(order.count - kept)
  }

  @inline(__always)
  private static func score(_ candidate: UnsafePointer<PhraseCandidate>, inPassing: Double) -> Double {
    let count = Double(candidate.pointee.count)
    let length = candidate.pointee.length
    var lengthBonus = length == 1 ? 1.0 : length == 2 ? 1.3 : 1.69
    if candidate.pointee.count == 1 && length > 1 { lengthBonus *= inPassing }
    let capitals = candidate.pointee.capitals
    return count * lengthBonus * (capitals == 0 ? 1 : 1 + capitalBonus * Double(capitals) / count)
      * (1 + earlyBonus / Double(1 + candidate.pointee.firstSentence))
  }

  /// Orders by score, then by first occurrence, then by length, longest first. No two candidates are equal in all
  /// three.
  @inline(__always)
  private func precedes(_ a: RankedCandidate, _ b: RankedCandidate) -> Bool {
    if a.score != b.score { return a.score > b.score }
    if a.first != b.first { return a.first < b.first }
    return candidates.base[Int(a.index)].length > candidates.base[Int(b.index)].length
  }

  /// Sinks an entry to its position in the heap of `count` entries.
  private func sink(_ entry: Int, _ count: Int) {
    let heap = order.base
    let sinking = heap[entry]
    var parent = entry
    while 2 &* parent &+ 1 < count {
      var child = 2 &* parent &+ 1
      if child &+ 1 < count, precedes(heap[child &+ 1], heap[child]) { child &+= 1 }
      guard precedes(heap[child], sinking) else { break }
      heap[parent] = heap[child]
      parent = child
    }
    heap[parent] = sinking
  }

  /// Whether the candidate is two characters that occur together once: most such pairs straddle two words.
  @inline(__always)
  private func isChance(_ candidate: UnsafePointer<PhraseCandidate>) -> Bool {
    candidate.pointee.count == 1 && candidate.pointee.names == 0
      && token(Int(candidate.pointee.first)).flags.contains(.bigram)
  }

  @inline(__always)
  private func isDull(_ candidate: UnsafePointer<PhraseCandidate>) -> Bool {
    let traits = candidate.pointee.traits
    switch analysis.language.language {
    case .english where candidate.pointee.length == 1 || candidate.pointee.names == 0:
      // Names of several words such as "New York" and "First Bank" are exempt.
      if !traits.isDisjoint(with: [.dull, .participle]) { return true }
    case .german:
      // German nouns are capitalised; other words are dull.
      if !traits.contains(.capitalized) { return true }
    case .french, .spanish, .portuguese, .italian:
      let first = Int(candidate.pointee.first)
      let last = token(first + Int(candidate.pointee.length) - 1)
      let text = first < analysis.titleTokens.count ? title : content
      if FiniteVerb.ends(last, text, in: analysis.language.language) { return true }
    default: break
    }
    return candidate.pointee.length == 1 && traits.contains(.abbreviation)
      && isAbbreviation(Int(candidate.pointee.first))
  }

  /// Whether a capitalised word is an abbreviation: "Dr.", "Jan.", "Corp.", but not "U.S.".
  private func isAbbreviation(_ index: Int) -> Bool {
    let token = token(index)
    guard token.flags.contains(.capitalized) else { return false }
    let bytes = index < analysis.titleTokens.count ? title : content
    return Int(token.end) < bytes.count && bytes[Int(token.end)] == 0x2E && !hasStop(token, bytes)
  }

  func hasStop(_ token: WordToken, _ bytes: Bytes) -> Bool {
    bytes[Int(token.start) + 1..<Int(token.end)].contains(0x2E)
  }

  /// Whether the candidate is a given name that occurs once, beside a family name already chosen: "Idris" beside
  /// "Kane".
  private func isBeside(_ chosen: [Int], _ candidate: UnsafePointer<PhraseCandidate>) -> Bool {
    guard candidate.pointee.count == 1, candidate.pointee.length == 1 else { return false }
    let position = Int(candidate.pointee.first)
    guard token(position).flags.contains(.capitalized) else { return false }
    let titles = analysis.titleTokens.count
    let range = position < titles ? 0..<titles : titles..<titles + analysis.tokens.count
    for other in [position - 1, position + 1] where range.contains(other) {
      guard token(other).flags.contains(.capitalized),
        !token(max(other, position)).flags.contains(.afterPunctuation)
      else { continue }
      let stem = token(other).stem
      if chosen.contains(where: { candidates.base[$0].length == 1 && candidates.base[$0].stems.0 == stem }) {
        return true
      }
    }
    return false
  }

  private func overlaps(_ new: UnsafePointer<PhraseCandidate>, _ old: UnsafePointer<PhraseCandidate>) -> Bool {
    if new.pointee.length < old.pointee.length {
      return contains(old, new) || areEntangled(new, old)
    }
    if new.pointee.length == old.pointee.length {
      return new.pointee.length > 1 && shareEnds(new, old) || areEntangled(new, old)
    }
    guard contains(new, old) else { return areEntangled(new, old) }
    // In Chinese the more frequent run is the word; what occurs beside it once belongs to another word.
    let isUnspaced = token(Int(new.pointee.first)).flags.contains(.bigram)
    return old.pointee.count > (isUnspaced ? 1 : Self.independence) * new.pointee.count
  }

  /// Whether two phrases are pieces of one: "open source software" and "source software project".
  private func shareEnds(_ a: UnsafePointer<PhraseCandidate>, _ b: UnsafePointer<PhraseCandidate>) -> Bool {
    let (x, y) = (a.pointee.stems, b.pointee.stems)
    guard a.pointee.length == 3 else {
      return token(Int(a.pointee.first)).flags.contains(.bigram) && (x.1 == y.0 || x.0 == y.1)
    }
    return (x.1, x.2) == (y.0, y.1) || (x.0, x.1) == (y.1, y.2)
  }

  /// Whether the first occurrences of two candidates in a script without spaces overlap.
  private func areEntangled(_ a: UnsafePointer<PhraseCandidate>, _ b: UnsafePointer<PhraseCandidate>) -> Bool {
    let (first, second) = (Int(a.pointee.first), Int(b.pointee.first))
    guard token(first).flags.contains(.bigram), token(second).flags.contains(.bigram),
      (first < analysis.titleTokens.count) == (second < analysis.titleTokens.count)
    else { return false }
    return token(first).start < token(second + Int(b.pointee.length) - 1).end
      && token(second).start < token(first + Int(a.pointee.length) - 1).end
  }

  private func contains(_ long: UnsafePointer<PhraseCandidate>, _ short: UnsafePointer<PhraseCandidate>) -> Bool {
    guard short.pointee.length < long.pointee.length else { return false }
    let (x, y) = (long.pointee.stems, short.pointee.stems)
    if short.pointee.length == 1 { return x.0 == y.0 || x.1 == y.0 || x.2 == y.0 }
    return (x.0, x.1) == (y.0, y.1) || (x.1, x.2) == (y.0, y.1)
  }

  func token(_ index: Int) -> WordToken {
    let titles = analysis.titleTokens.count
    return index < titles ? analysis.titleTokens[index] : analysis.tokens[index - titles]
  }
}
