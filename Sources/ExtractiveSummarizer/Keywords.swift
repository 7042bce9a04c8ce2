/// Words and phrases that the article is about: runs free of stop words, counted, with a bonus for names, length and an early place.
struct Keywords: ~Copyable {
  struct Candidate {
    var stems: (Int32, Int32, Int32)
    var length: Int32
    var count: Int32
    var capitals: Int32
    /// Times that it stood as a name, with no further capital beside it.
    var names: Int32
    var firstSentence: Int32
    /// The token where it stood first; those of the title come before those of the body.
    var first: Int32
    var score = 0.0
  }

  /// A word stands for itself, not for a phrase with it, if it is so many times as frequent: "data", not "data briefing".
  private static let independence: Int32 = 3
  /// Longer words, in bytes, are hashes, encoded data and the like.
  static let longestWord = 60

  let analysis: Analysis
  let title: Bytes
  let content: Bytes
  let usesCapitals: Bool
  var candidates: FastList<Candidate>
  var slots: FastList<Int32>

  static func choose(_ limit: Int, of analysis: Analysis, title: Bytes, content: Bytes) -> [String] {
    var keywords = Keywords(analysis, title, content)
    keywords.collect()
    return keywords.pick(limit)
  }

  private init(_ analysis: Analysis, _ title: Bytes, _ content: Bytes) {
    self.analysis = analysis
    self.title = title
    self.content = content
    var size = 256
    while size < analysis.tokens.count * 2 { size *= 2 }
    slots = FastList(repeating: -1, count: size)
    candidates = FastList(capacity: analysis.tokens.count)
    usesCapitals = analysis.shouted * 10 < analysis.tokens.count * 6
  }

  private mutating func pick(_ limit: Int) -> [String] {
    var order = FastList<Int32>(capacity: candidates.count)
    var best = 0.0
    for index in 0..<candidates.count {
      let candidate = candidates[index]
      guard candidate.length == 1 || candidate.count >= 2 || candidate.names > 0 || analysis.tokens.isEmpty
      else { continue }
      if isDull(candidate) { continue }
      let score = Self.score(candidate)
      candidates.base[index].score = score
      best = max(best, score)
      order.append(Int32(index))
    }
    // What is far below the best is not looked at, where there is enough besides.
    var least = 0.0
    if order.count > 16 * limit {
      var near = 0
      for index in 0..<order.count where candidates[Int(order[index])].score * 8 >= best { near += 1 }
      if near >= 8 * limit { least = best }
    }
    var chosen: [Int] = []
    var surfaces: [String] = []
    var ranked = order.count
    // A heap: only the few best are taken off it.
    for parent in stride(from: ranked / 2 - 1, through: 0, by: -1) { sink(parent, ranked, &order) }
    while ranked > 0 {
      let index = Int(order[0])
      ranked -= 1
      order[0] = order[ranked]
      sink(0, ranked, &order)
      let candidate = candidates[index]
      if candidate.score * 8 < least { break }
      // A phrase may still take the place of its words a little further down.
      if chosen.count >= limit && candidate.score < 0.5 * candidates[chosen[limit - 1]].score { break }
      if chosen.contains(where: { overlaps(candidate, candidates[$0]) }) || isBeside(chosen, candidate) { continue }
      if let first = chosen.firstIndex(where: { contains(candidate, candidates[$0]) }) {
        chosen[first] = index
        for part in (first + 1..<chosen.count).reversed() where contains(candidate, candidates[chosen[part]]) {
          chosen.remove(at: part)
        }
      } else if chosen.count < limit {
        chosen.append(index)
      }
    }
    let places = places(of: chosen)
    for index in chosen {
      let surface = surface(of: candidates[index], places)
      if !surface.isEmpty && !surfaces.contains(surface) { surfaces.append(surface) }
    }
    return surfaces
  }

  private static func score(_ candidate: Candidate) -> Double {
    let count = Double(candidate.count)
    let lengthBonus = candidate.length == 1 ? 1.0 : candidate.length == 2 ? 1.3 : 1.69
    return count * lengthBonus * (1 + 0.5 * Double(candidate.capitals) / count)
      * (1 + 2 / Double(1 + candidate.firstSentence))
  }

  /// By score, of equals the earlier, then the longer: no two candidates are equal in all.
  @inline(__always)
  private func precedes(_ a: Int32, _ b: Int32) -> Bool {
    let (first, second) = (candidates.base + Int(a), candidates.base + Int(b))
    if first.pointee.score != second.pointee.score { return first.pointee.score > second.pointee.score }
    if first.pointee.first != second.pointee.first { return first.pointee.first < second.pointee.first }
    return first.pointee.length > second.pointee.length
  }

  /// Lets an entry of the heap of `count` entries sink to its place.
  private func sink(_ entry: Int, _ count: Int, _ heap: inout FastList<Int32>) {
    var parent = entry
    while 2 &* parent &+ 1 < count {
      var child = 2 &* parent &+ 1
      if child &+ 1 < count, precedes(heap[child &+ 1], heap[child]) { child &+= 1 }
      guard precedes(heap[child], heap[parent]) else { return }
      (heap[parent], heap[child]) = (heap[child], heap[parent])
      parent = child
    }
  }

  private func isDull(_ candidate: Candidate) -> Bool {
    let first = token(Int(candidate.first))
    let last = token(Int(candidate.first + candidate.length - 1))
    switch analysis.language.language {
    case .english where candidate.length == 1 || candidate.names == 0:
      // "New York" and "First Bank" are none of it.
      if isDull(first.word) || isDull(candidate.stems.0) || isDull(last.word) { return true }
    case .german:
      // Its nouns are those with a capital.
      if !last.flags.contains(.capitalized) { return true }
    default: break
    }
    return candidate.length == 1 && isAbbreviation(first, Int(candidate.first))
  }

  private func isDull(_ word: Int32) -> Bool {
    analysis.words[Int(word)].entry.roles.contains(.dull)
  }

  /// "Dr.", "Jan.", "Corp.", but not "U.S.".
  private func isAbbreviation(_ token: Token, _ index: Int) -> Bool {
    let roles = analysis.words[Int(token.word)].entry.roles
    guard token.flags.contains(.capitalized),
      !roles.isDisjoint(with: [.titleAbbreviation, .abbreviation, .numberAbbreviation])
    else { return false }
    let bytes = index < analysis.titleTokens.count ? title : content
    return Int(token.end) < bytes.count && bytes[Int(token.end)] == 0x2E && !hasStop(token, bytes)
  }

  func hasStop(_ token: Token, _ bytes: Bytes) -> Bool {
    bytes[Int(token.start)..<Int(token.end)].contains(0x2E)
  }

  /// A given name that stands once, beside the family name that was chosen: "Idris" of "Kane".
  private func isBeside(_ chosen: [Int], _ candidate: Candidate) -> Bool {
    guard candidate.count == 1, candidate.length == 1 else { return false }
    let place = Int(candidate.first)
    guard token(place).flags.contains(.capitalized) else { return false }
    let titles = analysis.titleTokens.count
    let range = place < titles ? 0..<titles : titles..<titles + analysis.tokens.count
    for other in [place - 1, place + 1] where range.contains(other) {
      guard token(other).flags.contains(.capitalized),
        !token(max(other, place)).flags.contains(.afterPunctuation)
      else { continue }
      let stem = token(other).stem
      if chosen.contains(where: { candidates[$0].length == 1 && candidates[$0].stems.0 == stem }) { return true }
    }
    return false
  }

  private func overlaps(_ new: Candidate, _ old: Candidate) -> Bool {
    if new.length < old.length {
      return contains(old, new)
    }
    if new.length == old.length { return new.length > 1 && shareEnds(new, old) }
    return contains(new, old) && old.count > Self.independence * new.count
  }

  /// "open source software" and "source software project" are pieces of one phrase.
  private func shareEnds(_ a: Candidate, _ b: Candidate) -> Bool {
    let (x, y) = (a.stems, b.stems)
    guard a.length == 3 else { return token(Int(a.first)).flags.contains(.bigram) && (x.1 == y.0 || x.0 == y.1) }
    return (x.1, x.2) == (y.0, y.1) || (x.0, x.1) == (y.1, y.2)
  }

  private func contains(_ long: Candidate, _ short: Candidate) -> Bool {
    guard short.length < long.length else { return false }
    let (x, y) = (long.stems, short.stems)
    if short.length == 1 { return x.0 == y.0 || x.1 == y.0 || x.2 == y.0 }
    return (x.0, x.1) == (y.0, y.1) || (x.1, x.2) == (y.0, y.1)
  }

  func token(_ index: Int) -> Token {
    let titles = analysis.titleTokens.count
    return index < titles ? analysis.titleTokens[index] : analysis.tokens[index - titles]
  }
}
