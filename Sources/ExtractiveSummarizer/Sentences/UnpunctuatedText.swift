/// Splits text without full stops: a transcript, a list in one line, a text that lost its punctuation.
enum UnpunctuatedText {
  static let longestTerminated = 100
  static let longestOther = 60

  static func split(_ sentences: [SentenceRange], _ bytes: Bytes) -> [SentenceRange] {
    guard sentences.contains(where: { isEndless($0, bytes) }) else { return sentences }
    var result: [SentenceRange] = []
    result.reserveCapacity(2 * sentences.count)
    for sentence in sentences {
      if isEndless(sentence, bytes) {
        split(sentence, bytes, into: &result)
      } else {
        result.append(sentence)
      }
    }
    return result
  }

  private static func isEndless(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    guard sentence.end - sentence.start > 240 else { return false }
    var words = 1
    guard let base = bytes.baseAddress else { return false }
    var index = sentence.start
    var spaces = LaneCount()
    var blocks = min(255, (sentence.end &- index) / ByteVector.width)
    while blocks > 0 {
      spaces.add(ByteVector(base + index).lanes(of: 0x20))
      index &+= ByteVector.width
      blocks &-= 1
    }
    words &+= spaces.total
    while index < sentence.end {
      var spaces = ByteOctet(base, at: index, limit: bytes.count).lanes(of: 0x20)
      if index &+ 8 > sentence.end { spaces &= ByteOctet.first(sentence.end &- index) }
      words &+= ByteOctet.count(spaces)
      index &+= 8
    }
    return words > (sentence.isTerminated ? longestTerminated : longestOther)
  }

  /// Splits a sentence at line ends, semicolons, and hyphens and bars between spaces.
  private static func split(_ sentence: SentenceRange, _ bytes: Bytes, into result: inout [SentenceRange]) {
    var start = sentence.start
    var index = start
    var opens = sentence.opensBlock
    func piece(_ end: Int) -> SentenceRange {
      SentenceRange(
        start: start, end: end, opensBlock: opens, isTerminated: end == sentence.end && sentence.isTerminated,
        isListItem: sentence.isListItem)
    }
    while index < sentence.end {
      let byte = bytes[index]
      let isSpaced =
        index > start && bytes[index - 1] == 0x20 && index + 1 < sentence.end && bytes[index + 1] == 0x20
      if byte == 0x0A || byte == 0x3B || isSpaced && (byte == 0x2D || byte == 0x7C) {
        var end = index
        while end > start && bytes[end - 1] <= 0x20 { end -= 1 }
        if end > start { result.append(piece(end)) }
        index += 1
        while index < sentence.end && bytes[index] <= 0x20 { index += 1 }
        start = index
        opens = false
      } else {
        index += 1
      }
    }
    if sentence.end > start { result.append(piece(sentence.end)) }
  }
}
