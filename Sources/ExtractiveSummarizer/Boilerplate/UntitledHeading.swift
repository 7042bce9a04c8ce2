/// The heading of an article without a title: its first paragraph, if that is a line without a stop before text with
/// one. Without a blank line between them, the first line has to be much shorter than the second, which ends with a
/// stop: lines of a text that was wrapped are of a length.
enum UntitledHeading {
  /// The lengths in bytes and in characters between which a line is a heading. A shorter one is lost without harm.
  private static let shortest = 16
  private static let longest = 200
  /// The length in bytes beyond which a line is a paragraph, and that beyond which it is one even if its last sentence
  /// was cut.
  private static let shortestParagraph = 110
  private static let shortestCutParagraph = 600

  /// Returns the end of the heading; nil if there is none.
  static func end(in bytes: Bytes) -> Int? {
    let start = bytes.firstIndex { $0 > 0x20 } ?? bytes.count
    // Four bytes are the longest character.
    let limit = min(bytes.count, start + 4 * longest)
    let end = ByteVector.find(in: bytes, from: start, to: limit) { $0.lanes(of: 0x0A) }
    guard end < limit, end - start >= shortest, bytes[start..<end].count(where: { $0 & 0xC0 != 0x80 }) <= longest
    else { return nil }
    // A blank line follows, and a paragraph that ends with a stop.
    var next = end
    var lines = 0
    while next < bytes.count, bytes[next] <= 0x20 {
      if bytes[next] == 0x0A { lines += 1 }
      next += 1
    }
    guard lines > 0, next < bytes.count, !endsInMark(start, end, bytes) else { return nil }
    let lineEnd =
      lines > 1
      ? paragraphEnd(next, bytes) : ByteVector.find(in: bytes, from: next, to: bytes.count) { $0.lanes(of: 0x0A) }
    guard lines > 1 || lineEnd - next > shortestParagraph && lineEnd - next > 3 * (end - start) / 2,
      endsInStop(lineEnd, bytes) || lineEnd - next > shortestCutParagraph, hasTwoSentences(from: next, bytes),
      !leansBack(next, bytes)
    else { return nil }
    // A quotation may be what the text is about.
    if SentenceScore.isQuote(scalar(bytes, at: start)) { return nil }
    let line = SentenceRange(start: start, end: end, opensBlock: true)
    return ListMarker(bytes, at: start) == nil && DatelineParser.end(in: line, isFirst: true, bytes) == start
      ? end : nil
  }

  /// Whether a line ends in a stop, a comma or a colon.
  private static func endsInMark(_ start: Int, _ end: Int, _ bytes: Bytes) -> Bool {
    let last = lastMark(before: end, bytes)
    return last.kind == .terminator || [0x2C, 0x3A, 0x3B, 0x60C, 0x3001, 0xFF0C, 0xFF1A].contains(last.value)
  }

  private static func endsInStop(_ end: Int, _ bytes: Bytes) -> Bool {
    lastMark(before: end, bytes).kind == .terminator
  }

  /// Returns the last scalar before an index that is neither a space nor a closing mark.
  private static func lastMark(before end: Int, _ bytes: Bytes) -> ScannedScalar {
    var index = end
    while index > 0 {
      let last = scalar(bytes, before: index)
      guard last.kind == .space || last.kind == .closer || last.kind == .ignorable || last.value == 0xBB else {
        return last
      }
      index -= last.length
    }
    return scalar(bytes, at: 0)
  }

  private static func paragraphEnd(_ start: Int, _ bytes: Bytes) -> Int {
    var index = start
    while index < bytes.count {
      index = ByteVector.find(in: bytes, from: index, to: bytes.count) { $0.lanes(of: 0x0A) }
      let end = index
      var lines = 0
      while index < bytes.count, bytes[index] <= 0x20 {
        if bytes[index] == 0x0A { lines += 1 }
        index += 1
      }
      if lines > 1 || index >= bytes.count { return end }
    }
    return bytes.count
  }

  /// Whether two sentences follow, so that the summary has enough without the heading.
  private static func hasTwoSentences(from start: Int, _ bytes: Bytes) -> Bool {
    var stops = 0
    var index = start
    while index < bytes.count {
      index = ByteVector.find(in: bytes, from: index, to: bytes.count) { $0.stops }
      guard index < bytes.count else { break }
      let mark = scalar(bytes, at: index)
      index += mark.length
      guard mark.kind == .terminator, mark.value >= 0x300 || index == bytes.count || bytes[index] <= 0x22 else {
        continue
      }
      stops += 1
      if stops == 2 { return true }
    }
    return false
  }

  /// Whether the text begins with a word that points to the line before, which is the first sentence then.
  private static func leansBack(_ start: Int, _ bytes: Bytes) -> Bool {
    var end = start
    while end < bytes.count, asciiKind(bytes[end]) == .letter || asciiKind(bytes[end]) == .upper { end += 1 }
    return pronouns.contains(PackedWord(Bytes(rebasing: bytes[start..<end])))
  }

  private static let pronouns = PackedWordSet(
    "he she it they this that these those his her its their but er sie es il elle")
}
