/// The items of a list that a line with a colon introduces: "Each round does the following:".
///
/// Without the others and the line before, a step or a point says little.
enum ListedItems {
  /// The number of sentences from which an article says enough without its lists.
  private static let enough = 5

  /// Removes the items from the prose of an article, if enough is left.
  static func remove(from prose: inout [Sentence], _ sentences: [Sentence], _ bytes: Bytes) {
    var items: [Range<Int>] = []
    var index = 0
    while index + 1 < sentences.count {
      let end = endsInColon(sentences[index], bytes) ? self.end(after: index, sentences, bytes) : index + 1
      if end > index + 1 { items.append(sentences[index + 1].start..<sentences[end - 1].end) }
      index = end
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
  static func endsInColon(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    sentence.end > sentence.start
      && (bytes[sentence.end - 1] == 0x3A
        || bytes[sentence.end - 1] == 0x9A && scalar(bytes, before: sentence.end).value == 0xFF1A)
  }

  /// Returns the index after the last sentence of the list that follows a sentence, or the next index if none does.
  private static func end(after introduction: Int, _ sentences: [Sentence], _ bytes: Bytes) -> Int {
    let first = introduction + 1
    guard sentences[first].opensBlock else { return first }
    let isMarked = sentences[first].isListItem
    // Lines without markers are items if they are a block of several.
    guard
      isMarked || isBlankLine(before: first, sentences, bytes) || isBlankLine(before: introduction, sentences, bytes)
    else { return first }
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
      : (index - first) * 2 > lines * 3 || sentences[first..<index].contains { endsInColon($0, bytes) }
    return lines > 1 && !isText ? index : first
  }

  /// Whether a blank line or nothing is before a sentence.
  private static func isBlankLine(before index: Int, _ sentences: [Sentence], _ bytes: Bytes) -> Bool {
    guard index > 0 else { return true }
    var lines = 0
    for position in sentences[index - 1].end..<sentences[index].start where bytes[position] == 0x0A { lines += 1 }
    return lines > 1
  }
}
