/// The items of a list that a line with a colon introduces: "Each round does the following:".
///
/// Without the others and the line before, a step or a point says little.
enum ListedItems {
  /// The number of sentences from which an article says enough without its lists.
  private static let enough = 5
  /// The maximum length in bytes of an item without a marker.
  private static let longestItem = 120

  /// Removes the items from the prose of an article, if enough is left.
  static func remove(from prose: inout [SentenceRange], _ sentences: [SentenceRange], _ bytes: Bytes) {
    var items: [Range<Int>] = []
    var index = 0
    while index + 1 < sentences.count {
      guard endsInColon(sentences[index], bytes) else {
        index += 1
        continue
      }
      let list = list(after: index, sentences, bytes)
      if list.isItems { items.append(sentences[index + 1].start..<sentences[list.end - 1].end) }
      index = list.end
    }
    guard !items.isEmpty else { return }
    var list = 0
    let others = prose.filter { sentence in
      while list < items.count, items[list].upperBound <= sentence.start { list += 1 }
      return list == items.count || sentence.start < items[list].lowerBound
    }
    if others.count >= enough { prose = others }
  }

  /// Whether a sentence ends in a colon, also a wide one.
  static func endsInColon(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    sentence.end > sentence.start
      && (bytes[sentence.end - 1] == 0x3A
        || bytes[sentence.end - 1] == 0x9A && scalar(bytes, before: sentence.end).value == 0xFF1A)
  }

  /// Returns whether a list follows a sentence, and the index from which on the next one is searched: what is no list as
  /// a whole has none in it.
  private static func list(after introduction: Int, _ sentences: [SentenceRange], _ bytes: Bytes) -> (
    isItems: Bool, end: Int
  ) {
    let first = introduction + 1
    guard sentences[first].opensBlock else { return (false, first) }
    let isMarked = sentences[first].isListItem
    // Lines without markers are items if they are a block of several short ones, and no letter with its salutation and
    // no quotation.
    guard
      isMarked
        || introduction > 0 && !SentenceScore.isQuote(scalar(bytes, at: sentences[first].start))
          && (isBlankLine(before: first, sentences, bytes) || isBlankLine(before: introduction, sentences, bytes))
    else { return (false, first) }
    var lines = 1
    var index = first + 1
    while index < sentences.count {
      if sentences[index].opensBlock {
        if isBlankLine(before: index, sentences, bytes) && !(isMarked && sentences[index].isListItem) { break }
        lines += 1
      }
      index += 1
    }
    // Items of many sentences are paragraphs, and lines of which one ends in a colon are parts of the text.
    let isText =
      isMarked
      ? index - first > lines * 2
      : (index - first) * 2 > lines * 3
        || sentences[first..<index].contains { endsInColon($0, bytes) || $0.end - $0.start > longestItem }
    return (lines > 1 && !isText, isMarked ? index : max(first, lines > 1 && !isText ? index : first))
  }

  /// Whether a blank line or nothing is before a sentence.
  private static func isBlankLine(before index: Int, _ sentences: [SentenceRange], _ bytes: Bytes) -> Bool {
    guard index > 0 else { return true }
    var lines = 0
    for position in sentences[index - 1].end..<sentences[index].start where bytes[position] == 0x0A { lines += 1 }
    return lines > 1
  }
}
