/// Finds a caption, a note or a list of points that lost its line end and runs into the next sentence.
///
/// In "Image copyright Lower Quay Image caption The ferry in the harbour A ferry ran aground on Monday." the former
/// line has no full stop. Without this step the sentence after it, usually the lead, would be dropped with it.
enum RunOnLine {
  /// Words that begin a sentence but are rarely capitalised in the middle of a name.
  static let starters = PackedWordSet(
    """
    a an the it he she they we this that these those there in on at as after for when while with more two three four five six
    seven eight nine ten hundreds thousands dozens police scientists researchers officials
    """)
  /// Words that need another word after them: a "The" that follows is part of a name.
  static let joints = PackedWordSet(
    "a an the of in on at by for from to with and or as near over under into is are was were")
  /// The minimum length in bytes of such a line together with a sentence.
  private static let shortest = 32
  /// The minimum number of words in a caption.
  private static let fewestWords = 3

  /// Returns the start of the sentence after such a line; nil if there is no such line or its end cannot be found.
  static func prose(in sentence: SentenceRange, _ bytes: Bytes) -> Int? {
    guard sentence.isTerminated, sentence.end - sentence.start >= shortest else { return nil }
    if let start = PictureCredit.prose(in: sentence, bytes) { return start }
    // The first letter rules out most sentences. One in five begins with "The", so "t" is checked further.
    switch bytes[sentence.start] | 0x20 {
    case 0x66, 0x69, 0x6D, 0x73: break  // f i m s
    case 0x74 where bytes[sentence.start + 3] == 0x73: break  // "These"
    default: return nil
    }
    guard BoilerplatePhrases.kinds(of: sentence, bytes).contains(.runOn) else { return nil }
    return afterAgency(sentence, bytes) ?? afterGap(sentence, bytes) ?? atStarter(sentence, bytes)
  }

  /// Returns the index of the bracket in "Story highlights … (CNN) -- The ministers". The bracket is left for the
  /// dateline parser.
  private static func afterAgency(_ sentence: SentenceRange, _ bytes: Bytes) -> Int? {
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

  /// Returns the index after the last gap of two spaces, which a lost line end leaves behind.
  private static func afterGap(_ sentence: SentenceRange, _ bytes: Bytes) -> Int? {
    var result: Int?
    var index = sentence.start
    while index + 2 < sentence.end {
      if bytes[index] == 0x20, bytes[index + 1] == 0x20, asciiKind(bytes[index + 2]) == .upper { result = index + 2 }
      index += 1
    }
    return result
  }

  /// Returns the index of a capitalised word that begins sentences and follows a word that can end a line.
  private static func atStarter(_ sentence: SentenceRange, _ bytes: Bytes) -> Int? {
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

/// Handles lines that were joined with " . ": headings, bylines and captions of a page that was made into one line.
///
/// In "By . Jane Doe . PUBLISHED: . 3 March 2014 . A ferry ran aground on Monday. Stranded: The ferry off Mull . It was
/// …", sentences keep their own full stop, so a stop after a space marks a line that had none. At least one such line
/// must be too short for a sentence, have a label, end in a colon or be boilerplate: otherwise the space is the remains
/// of a link. If most stops follow a space, the punctuation is merely set apart.
enum RunOnPage {
  /// Removes those stops and marks the lines as unterminated.
  static func part(_ sentences: inout [SentenceRange], _ bytes: Bytes) {
    var terminated = 0
    var spaced = 0
    var isPage = false
    for sentence in sentences where sentence.isTerminated {
      terminated += 1
      guard endsInSpacedStop(sentence, bytes) else { continue }
      spaced += 1
      isPage =
        isPage || isShort(sentence, bytes) || BoilerplateFilter.hasLabel(sentence, bytes)
        || endsInColon(sentence, bytes)
        || BoilerplatePhrases.opens(sentence, bytes)
    }
    guard isPage, spaced < terminated - spaced || opensWithByline(sentences[0], bytes) else { return }
    var opensBlock = false
    for index in sentences.indices {
      if opensBlock { sentences[index].opensBlock = true }
      opensBlock = sentences[index].isTerminated && endsInSpacedStop(sentences[index], bytes)
      guard opensBlock else { continue }
      sentences[index].isTerminated = false
      sentences[index].end -= 2
      while sentences[index].end > sentences[index].start + 1, bytes[sentences[index].end - 1] == 0x20 {
        sentences[index].end -= 1
      }
    }
  }

  private static func endsInSpacedStop(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    sentence.end - sentence.start >= 3 && bytes[sentence.end - 1] == 0x2E && bytes[sentence.end - 2] == 0x20
  }

  /// Whether the line before the stop ends in a colon, which no sentence does: "It is as follows: .".
  private static func endsInColon(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    bytes[sentence.end - 3] == 0x3A
  }

  /// Whether the line has at most three words.
  private static func isShort(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    guard sentence.end - sentence.start < 48 else { return false }
    var spaces = 0
    for index in sentence.start..<sentence.end where bytes[index] == 0x20 { spaces += 1 }
    return spaces <= 3
  }

  /// Whether the text begins with "By .". Such a page may be too short for the counts to decide.
  private static func opensWithByline(_ first: SentenceRange, _ bytes: Bytes) -> Bool {
    first.end - first.start == 4 && bytes[first.start] | 0x20 == 0x62 && bytes[first.start + 1] | 0x20 == 0x79
  }
}
