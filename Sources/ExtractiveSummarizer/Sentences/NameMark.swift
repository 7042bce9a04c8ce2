/// A terminator that may be part of a name: "Amazon.Com", "Yahoo!Japan", "Yahoo! Inc. said".
struct NameMark {
  private let bytes: Bytes
  private let mark: Range<Int>
  private let lexicon: WordLexicon
  private let words: WordBoundaries

  init(_ bytes: Bytes, at mark: Range<Int>, _ lexicon: WordLexicon) {
    self.bytes = bytes
    self.mark = mark
    self.lexicon = lexicon
    words = WordBoundaries(bytes: bytes)
  }

  /// Whether the mark is inside a name.
  ///
  /// - Parameters:
  ///   - word: The start of the word before the mark.
  ///   - next: The start of the word after it, with or without a space between.
  func isInsideName(from word: Int, before next: Int, after sentenceStart: Int) -> Bool {
    next == mark.upperBound ? joinsName(from: word) : continuesName(from: word, before: next, after: sentenceStart)
  }

  /// Whether the mark joins two words of a name: "Amazon.Com", "Node.Js", "Yahoo!Japan".
  ///
  /// Behind a word with a capital, the next word must prove that it begins a sentence: it opens many, is a title such
  /// as "Mr.", is also there in small letters, or is no ending of an address and several words in small letters follow.
  /// Behind other words, only the ending of an address and words of two letters are parts of a name.
  private func joinsName(from word: Int) -> Bool {
    guard bytes[mark.lowerBound] != 0x3F else { return false }
    let next = mark.upperBound
    let rest = words.end(after: next)
    let isEnding = Self.addressEndings.contains(PackedWord(Bytes(rebasing: bytes[next..<rest])))
    guard isEnding || rest - next <= 2 || scalar(bytes, at: word).kind == .upper else { return false }
    let roles = lexicon.roles(of: next..<rest, bytes)
    if roles.contains(.sentenceStarter)
      || rest < bytes.count && bytes[rest] == 0x2E && roles.contains(.titleAbbreviation)
    {
      return false
    }
    if occursElsewhere(word..<rest, inSmallLetters: false) { return true }
    if !isEnding, rest - next > 2, areSmall(3, wordsFrom: rest) { return false }
    return (isEnding || !lexicon.isStopWord(next..<rest, bytes)) && !occursElsewhere(next..<rest, inSmallLetters: true)
  }

  /// Whether a name continues behind the space with the abbreviation of a company, "Yahoo! Inc. said", or with small
  /// words in capitals, "Panic! At The Disco".
  private func continuesName(from word: Int, before next: Int, after sentenceStart: Int) -> Bool {
    guard word < mark.lowerBound, scalar(bytes, at: word).kind == .upper else { return false }
    let end = words.end(after: next)
    let roles = lexicon.roles(of: next..<end, bytes)
    if word > sentenceStart, end < bytes.count, bytes[end] == 0x2E, roles.contains(.abbreviation) { return true }
    guard roles.contains(.sentenceStarter), end + 1 < bytes.count, bytes[end] == 0x20,
      scalar(bytes, at: end + 1).kind == .upper
    else { return false }
    return lexicon.roles(of: (end + 1)..<words.end(after: end + 1), bytes).contains(.sentenceStarter)
  }

  /// Whether so many words follow that begin with a small letter.
  private func areSmall(_ count: Int, wordsFrom start: Int) -> Bool {
    var index = start
    for _ in 0..<count {
      guard index + 1 < bytes.count, bytes[index] == 0x20, scalar(bytes, at: index + 1).kind == .letter else {
        return false
      }
      index = words.end(after: index + 1)
    }
    return true
  }

  private static let addressEndings = PackedWordSet("com net org edu gov info biz")

  /// Whether words with a capital are near the mark once more, after a space.
  ///
  /// - Parameter inSmallLetters: Whether their first letter is small there.
  private func occursElsewhere(_ words: Range<Int>, inSmallLetters: Bool) -> Bool {
    let capital = scalar(bytes, at: words.lowerBound).length
    let tail = Bytes(rebasing: bytes[(words.lowerBound + capital)..<words.upperBound])
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 8) { buffer in
      var head = capital
      if inSmallLetters {
        head = foldCase(bytes, words.lowerBound, words.lowerBound + capital, into: buffer)
      } else {
        for offset in 0..<capital { buffer[offset] = bytes[words.lowerBound + offset] }
      }
      let length = head + tail.count
      var index = max(0, words.lowerBound - Self.neighbourhood)
      let last = min(bytes.count, words.upperBound + Self.neighbourhood) - length
      while index < last {
        index = ByteVector.find(in: bytes, from: index, to: last) { $0.lanes(of: 0x20) } + 1
        if index <= last, index != words.lowerBound, bytes[index] == buffer[0],
          bytes[index..<index + head].elementsEqual(buffer[..<head]),
          bytes[index + head..<index + length].elementsEqual(tail),
          index + length == bytes.count || !scalar(bytes, at: index + length).isWord
        {
          return true
        }
      }
      return false
    }
  }

  /// How many bytes before and after a mark are searched, so that a text of many such marks takes linear time.
  private static let neighbourhood = 512
}
