/// A caption, a note or a list of points that lost its line end, so that the next sentence hangs on it.
///
/// "Image copyright Lower Quay Image caption The ferry in the harbour A ferry ran aground on Monday.": what was a line has no
/// stop, and the sentence behind it, mostly the lead, would be dropped with it.
enum GluedLine {
  /// Words that a sentence begins with, and a name hardly ever has in capitals in its middle.
  private static let starters = PackedWords(
    """
    a an the it he she they we this that these those there in on at as after for when while with more two three four five six
    seven eight nine ten hundreds thousands dozens police scientists researchers officials
    """)
  /// Words that wait for another one: behind them "The" belongs to a name.
  private static let joints = PackedWords(
    "a an the of in on at by for from to with and or as near over under into is are was were")
  /// Bytes of such a line with a sentence behind it, at least.
  private static let shortest = 32
  /// A caption has more words than these.
  private static let fewestWords = 3

  /// Where the sentence behind such a line begins; nil where there is no such line or its end cannot be told.
  static func prose(in sentence: Sentence, _ bytes: Bytes) -> Int? {
    guard sentence.isTerminated, sentence.end - sentence.start >= shortest else { return nil }
    // Most sentences are told by their beginning to be whole: one in five begins with "The".
    switch bytes[sentence.start] | 0x20 {
    case 0x66, 0x69, 0x6D, 0x73: break  // f i m s
    case 0x74 where bytes[sentence.start + 3] == 0x73: break  // "These"
    default: return nil
    }
    guard Furniture.opensGluedLine(sentence, bytes) else { return nil }
    return afterAgency(sentence, bytes) ?? afterGap(sentence, bytes) ?? atStarter(sentence, bytes)
  }

  /// "Story highlights … (CNN) -- The ministers": up to the bracket, which is left to the dateline.
  private static func afterAgency(_ sentence: Sentence, _ bytes: Bytes) -> Int? {
    var index = sentence.start
    while index + 4 < sentence.end {
      if bytes[index] == 0x28 {
        var end = index + 1
        while end < sentence.end, asciiKind(bytes[end]) == .upper { end += 1 }
        if end - index >= 3, end - index <= 9, end < sentence.end, bytes[end] == 0x29 { return index }
      }
      index += 1
    }
    return nil
  }

  /// Two spaces are what is left of a line end.
  private static func afterGap(_ sentence: Sentence, _ bytes: Bytes) -> Int? {
    var result: Int?
    var index = sentence.start
    while index + 2 < sentence.end {
      if bytes[index] == 0x20, bytes[index + 1] == 0x20, asciiKind(bytes[index + 2]) == .upper { result = index + 2 }
      index += 1
    }
    return result
  }

  /// At a word in capitals that begins sentences, behind one that can end a line.
  private static func atStarter(_ sentence: Sentence, _ bytes: Bytes) -> Int? {
    var previous = sentence.start..<sentence.start
    var words = 0
    var index = sentence.start
    while index < sentence.end {
      while index < sentence.end, bytes[index] == 0x20 { index += 1 }
      let start = index
      while index < sentence.end, bytes[index] != 0x20 { index += 1 }
      let word = Bytes(rebasing: bytes[start..<index])
      guard let first = word.first, let last = bytes[previous].last ?? word.last else { break }
      if PackedWord(word) == Self.caption {
        words = 0
      } else {
        if words >= fewestWords, asciiKind(first) == .upper,
          scalar(bytes, at: previous.upperBound - 1).isWord || last >= 0x80,
          starters.contains(PackedWord(word)), !joints.contains(PackedWord(Bytes(rebasing: bytes[previous])))
        {
          return start
        }
        words += 1
      }
      previous = start..<index
    }
    return nil
  }

  private static let caption = PackedWord("caption")
}
