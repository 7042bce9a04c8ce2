/// Finds the ends of the words around a mark.
struct WordBoundaries {
  /// The maximum distance at which the ends of a word are searched for, so that text without spaces costs no more than
  /// other text.
  static let longestWord = 96

  let bytes: Bytes

  /// Returns the start of the word that ends at an index. An address or an abbreviation is one word.
  func start(before index: Int, from limit: Int) -> Int {
    var start = index
    while start > max(limit, index - Self.longestWord) {
      let previous = scalar(bytes, before: start)
      let isJoint = previous.value == 0x2E || previous.value == 0x2F || previous.value == 0x40 || previous.value == 0xB0
      guard previous.isWord || isJoint || previous.kind == .ignorable || previous.value == 0x2C && start < index else {
        break
      }
      start -= previous.length
    }
    return start
  }

  /// Returns the end of the word that begins at an index.
  func end(after position: Int) -> Int {
    var end = position
    while end < min(bytes.count, position + Self.longestWord) {
      let next = scalar(bytes, at: end)
      guard next.isWord else { break }
      end += next.length
    }
    return min(end, bytes.count)
  }
}
