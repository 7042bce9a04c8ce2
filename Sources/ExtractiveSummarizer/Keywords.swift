/// Words and phrases that the article is about: counted, with a bonus for names, length and an early place.
struct Keywords {
  private typealias Candidate = KeywordCandidates.Candidate
  private typealias Phrase = KeywordCandidates.Phrase

  private static let lengthBonus = [1.0, 1.3, 1.69]
  /// A word stands for itself, not for a phrase with it, if it is so many times as frequent: "data", not "data briefing".
  private static let independence = 3

  private let analysis: Analysis
  private let title: Bytes
  private let content: Bytes
  private let candidates: [Candidate]

  static func choose(_ limit: Int, of analysis: Analysis, title: Bytes, content: Bytes) -> [String] {
    let candidates = KeywordCandidates(analysis, title: title, content: content).all
    return Keywords(analysis: analysis, title: title, content: content, candidates: candidates).pick(limit)
  }

  // MARK: Choosing

  private func pick(_ limit: Int) -> [String] {
    var order: [(score: Double, index: Int)] = []
    order.reserveCapacity(candidates.count)
    var best = 0.0
    for index in candidates.indices {
      let candidate = candidates[index]
      let isWord = candidate.phrase.second < 0
      guard isWord || candidate.count >= 2 || candidate.names > 0 || analysis.tokens.isEmpty, !isDull(candidate)
      else { continue }
      let score = score(candidate)
      best = max(best, score)
      order.append((score, index))
    }
    // The first few are all that is wanted: what is far below them need not be sorted.
    if order.count > 16 * limit {
      let near = order.filter { $0.score * 8 >= best }
      if near.count >= 8 * limit { order = near }
    }
    order.sort { first, second in
      if first.score != second.score { return first.score > second.score }
      let (one, other) = (candidates[first.index], candidates[second.index])
      return one.first != other.first ? one.first < other.first : one.phrase.count > other.phrase.count
    }
    var chosen: [Int] = []
    for (score, index) in order {
      // A phrase may still take the place of its words a little further down.
      if chosen.count >= limit && score < 0.5 * self.score(candidates[chosen[limit - 1]]) { break }
      let candidate = candidates[index]
      if chosen.contains(where: { isSaid(candidate, by: candidates[$0]) }) || isBeside(chosen, candidate) { continue }
      if let first = chosen.firstIndex(where: { candidates[$0].phrase.isPart(of: candidate.phrase) }) {
        chosen[first] = index
        for other in chosen.indices.dropFirst(first + 1).reversed()
        where candidates[chosen[other]].phrase.isPart(of: candidate.phrase) { chosen.remove(at: other) }
      } else if chosen.count < limit {
        chosen.append(index)
      }
    }
    var surfaces: [String] = []
    for index in chosen {
      let surface = surface(of: candidates[index].phrase)
      if !surface.isEmpty && !surfaces.contains(surface) { surfaces.append(surface) }
    }
    return surfaces
  }

  /// A given name that stands once, beside the family name that was chosen: "Idris" of "Kane".
  private func isBeside(_ chosen: [Int], _ candidate: Candidate) -> Bool {
    guard candidate.count == 1, candidate.phrase.second < 0, token(candidate.first).flags.contains(.capitalized)
    else { return false }
    let titles = analysis.titleTokens.count
    let range = candidate.first < titles ? 0..<titles : titles..<titles + analysis.tokens.count
    for other in [candidate.first - 1, candidate.first + 1] where range.contains(other) {
      let between = max(other, candidate.first)
      guard token(other).flags.contains(.capitalized), !token(between).flags.contains(.afterPunctuation) else {
        continue
      }
      let stem = Phrase(first: Int32(analysis.stem(token(other))))
      if chosen.contains(where: { candidates[$0].phrase == stem }) { return true }
    }
    return false
  }

  private func score(_ candidate: Candidate) -> Double {
    let count = Double(candidate.count)
    return count * Self.lengthBonus[candidate.phrase.count - 1] * (1 + 0.5 * Double(candidate.capitals) / count)
      * (1 + 2 / Double(1 + candidate.firstSentence))
  }

  /// Whether a chosen one leaves nothing for this one to say.
  private func isSaid(_ new: Candidate, by old: Candidate) -> Bool {
    if new.phrase.count < old.phrase.count { return new.phrase.isPart(of: old.phrase) }
    if new.phrase.count == old.phrase.count {
      let isBigram = token(new.first).flags.contains(.bigram)
      return (isBigram || new.phrase.count == 3)
        && (new.phrase.runsInto(old.phrase) || old.phrase.runsInto(new.phrase))
    }
    return old.phrase.isPart(of: new.phrase) && old.count > Self.independence * new.count
  }

  private func isDull(_ candidate: Candidate) -> Bool {
    let last = token(candidate.first + candidate.phrase.count - 1)
    let first = token(candidate.first)
    switch analysis.language.language {
    case .english where candidate.phrase.second < 0 || candidate.names == 0:
      // "New York" and "First Bank" are none of it.
      if isDull(first.word) || isDull(candidate.phrase.first) || isDull(last.word) { return true }
    case .german:
      // Its nouns are those with a capital.
      if !last.flags.contains(.capitalized) { return true }
    default: break
    }
    return candidate.phrase.second < 0 && isAbbreviation(first, candidate.first)
  }

  private func isDull(_ word: Int32) -> Bool {
    analysis.vocabulary.words[Int(word)].entry.roles.contains(.dull)
  }

  /// "Dr.", "Jan.", "Corp.", but not "U.S.".
  private func isAbbreviation(_ token: Token, _ index: Int) -> Bool {
    let roles = analysis.vocabulary.words[Int(token.word)].entry.roles
    guard token.flags.contains(.capitalized),
      !roles.isDisjoint(with: [.titleAbbreviation, .abbreviation, .numberAbbreviation])
    else { return false }
    let bytes = index < analysis.titleTokens.count ? title : content
    return Int(token.end) < bytes.count && bytes[Int(token.end)] == 0x2E && !hasStop(token, bytes)
  }

  private func hasStop(_ token: Token, _ bytes: Bytes) -> Bool {
    bytes[Int(token.start)..<Int(token.end)].contains(0x2E)
  }

  private func token(_ index: Int) -> Token {
    let titles = analysis.titleTokens.count
    return index < titles ? analysis.titleTokens[index] : analysis.tokens[index - titles]
  }

  // MARK: Surface forms

  /// The form that the text writes most often, the first one of equals.
  private func surface(of phrase: Phrase) -> String {
    var forms: [(range: Range<Int>, count: Int)] = []
    var bytes = content
    func scan(_ tokens: [Token]) {
      let length = phrase.count
      guard tokens.count >= length else { return }
      for start in 0...(tokens.count - length) {
        guard Int32(analysis.stem(tokens[start])) == phrase.first else { continue }
        if length > 1, !continues(tokens[start + 1], phrase.second) { continue }
        if length > 2, !continues(tokens[start + 2], phrase.third) { continue }
        let last = tokens[start + length - 1]
        var end = Int(last.end)
        // The last full stop of "U.S." belongs to it.
        if end < bytes.count, bytes[end] == 0x2E, hasStop(last, bytes) { end += 1 }
        let text = bytes[Int(tokens[start].start)..<end]
        if let known = forms.firstIndex(where: { bytes[$0.range].elementsEqual(text) }) {
          forms[known].count += 1
        } else {
          forms.append((text.indices, 1))
        }
      }
    }
    scan(analysis.tokens)
    if forms.isEmpty {
      bytes = title
      scan(analysis.titleTokens)
    }
    guard var best = forms.first else { return "" }
    for form in forms where form.count > best.count { best = form }
    var builder = TextBuilder()
    builder.append(bytes, from: best.range.lowerBound, to: best.range.upperBound)
    return builder.text()
  }

  private func continues(_ token: Token, _ stem: Int32) -> Bool {
    Int32(analysis.stem(token)) == stem && !token.flags.contains(.afterPunctuation)
  }
}
