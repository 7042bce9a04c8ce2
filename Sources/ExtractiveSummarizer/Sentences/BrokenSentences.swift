/// Joins the lines of a sentence in a text that is too short for its width to show, or that was broken by hand.
///
/// A line end inside a block ends a heading or a sentence, unless what stands on one of its sides cannot be either.
enum BrokenSentences {
  /// The number of words below which a line with a full stop is no sentence: "Canada said."
  private static let fewestWords = 4
  /// The number of words from which a line without a full stop is no heading.
  private static let longestHeading = 8

  static func join(_ sentences: inout [SentenceRange], _ bytes: Bytes) {
    // The line before, if the current one is in its block and neither has a stop.
    var head: Int?
    for index in sentences.indices.dropLast() {
      let (line, next) = (sentences[index], sentences[index + 1])
      guard !line.isTerminated, next.opensBlock, !line.isListItem, !next.isListItem,
        TextBlock.goesOn(after: line.end, bytes)
      else {
        head = nil
        continue
      }
      var isBroken =
        next.isTerminated && words(of: next, bytes) < fewestWords && words(of: line, bytes) >= longestHeading
        || index == 0 && opensWithDateline(line, bytes)
        || next.isTerminated && words(of: next, bytes) >= fewestWords && isSubject(line, of: next, bytes)
        || isBeforeMark(next, bytes)
      var first = line
      if !isBroken, let head, isLink(line, from: sentences[head], to: next, bytes) {
        isBroken = true
        first = sentences[head]
        sentences[head].end = first.start
      }
      head = isBroken ? nil : index
      guard isBroken else { continue }
      sentences[index + 1].start = first.start
      sentences[index + 1].opensBlock = first.opensBlock
      sentences[index].end = line.start
    }
    sentences.removeAll { $0.start == $0.end }
  }

  /// Whether a comma or a similar mark begins the second line of a unit. Then its first line is a link or a name that
  /// got a line of its own, in the middle of a sentence: "We spoke", "Jane Roe", ", who has been here since May."
  private static func isBeforeMark(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    var index = ByteVector.find(in: bytes, from: sentence.start, to: sentence.end) { $0.lanes(of: 0x0A) }
    while index < sentence.end, bytes[index] <= 0x20 { index += 1 }
    return index < sentence.end && LeadingMark.isAt(index, bytes)
  }

  /// Whether a line is a name between the halves of a sentence: "People who live near", "Lower Quay", "have asked for a
  /// bridge."
  private static func isLink(_ line: SentenceRange, from head: SentenceRange, to next: SentenceRange, _ bytes: Bytes)
    -> Bool
  {
    next.isTerminated && words(of: next, bytes) >= fewestWords && SentenceScore.isFragment(next, bytes)
      && words(of: head, bytes) >= fewestWords && isName(line, bytes) && !isName(head, bytes)
  }

  /// Whether a line is a name of several words and the next one begins with an English verb in the past: "Jane Roe\n
  /// announced today that …". Behind a heading in capitals, a small letter is chance.
  private static func isSubject(_ line: SentenceRange, of next: SentenceRange, _ bytes: Bytes) -> Bool {
    guard words(of: line, bytes) > 1, SentenceScore.isFragment(next, bytes) else { return false }
    let verb = bytes[next.start..<next.end].prefix { $0 != 0x20 }
    guard verb.elementsEqual("said".utf8) || verb.count > 4 && verb.suffix(2).elementsEqual("ed".utf8) else {
      return false
    }
    return isName(line, bytes)
  }

  /// Whether all words of a line begin with a capital.
  private static func isName(_ line: SentenceRange, _ bytes: Bytes) -> Bool {
    var index = line.start
    var beginsWord = true
    while index < line.end {
      let one = scalar(bytes, at: index)
      if one.isWord, beginsWord, one.kind != .upper { return false }
      beginsWord = !one.isWord
      index += one.length
    }
    return true
  }

  /// Whether a report begins on the line, which is no heading then. A line of nothing but a dateline may end in an
  /// agency, which has a word in capitals, or in the first words of the report: "NEW YORK, March 4 - Lower Quay".
  private static func opensWithDateline(_ line: SentenceRange, _ bytes: Bytes) -> Bool {
    let start = DatelineParser.end(in: line, isFirst: true, bytes)
    guard start > line.start else { return false }
    return start < line.end || !endsInCapitals(line, bytes)
  }

  /// Whether one of the words after the last dash is in capitals.
  private static func endsInCapitals(_ line: SentenceRange, _ bytes: Bytes) -> Bool {
    var index = line.end
    var capitals = 0
    while index > line.start {
      let last = scalar(bytes, before: index)
      if BoilerplateFilter.isDash(last) { return false }
      capitals = last.kind == .upper ? capitals + 1 : 0
      if capitals > 1 { return true }
      index -= last.length
    }
    return false
  }

  private static func words(of sentence: SentenceRange, _ bytes: Bytes) -> Int {
    var words = 1
    for index in sentence.start..<sentence.end where bytes[index] == 0x20 { words += 1 }
    return words
  }
}
