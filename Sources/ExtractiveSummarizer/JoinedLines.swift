/// Lines that somebody joined with " . ": headings, bylines and captions of pages that were made into one line.
///
/// "By . Jane Doe . PUBLISHED: . 3 March 2014 . A ferry ran aground on Monday. Stranded: The ferry off Mull . It was …":
/// sentences keep their own full stop, so that a stop after a space marks a line that had none. It is taken for that
/// where one of those lines is too short for a sentence, has a label, or is furniture: elsewhere the space is what a link left
/// behind, and where most stops stand so, punctuation was merely set apart.
enum JoinedLines {
  /// Takes those stops off, and with them the claim to be a sentence.
  static func part(_ sentences: inout [Sentence], _ bytes: Bytes) {
    var terminated = 0
    var spaced = 0
    var isPage = false
    for sentence in sentences where sentence.isTerminated {
      terminated += 1
      guard endsInSpacedStop(sentence, bytes) else { continue }
      spaced += 1
      isPage =
        isPage || isShort(sentence, bytes) || ProseFilter.hasLabel(sentence, bytes) || endsInColon(sentence, bytes)
        || Furniture.opens(sentence, bytes)
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

  private static func endsInSpacedStop(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    sentence.end - sentence.start >= 3 && bytes[sentence.end - 1] == 0x2E && bytes[sentence.end - 2] == 0x20
  }

  /// "It is as follows: .": no sentence ends so.
  private static func endsInColon(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    bytes[sentence.end - 3] == 0x3A
  }

  /// Up to three words.
  private static func isShort(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    guard sentence.end - sentence.start < 48 else { return false }
    var spaces = 0
    for index in sentence.start..<sentence.end where bytes[index] == 0x20 { spaces += 1 }
    return spaces <= 3
  }

  /// "By .": there may be too little of such a page to be sure by counting.
  private static func opensWithByline(_ first: Sentence, _ bytes: Bytes) -> Bool {
    first.end - first.start == 4 && bytes[first.start] | 0x20 == 0x62 && bytes[first.start + 1] | 0x20 == 0x79
  }
}
