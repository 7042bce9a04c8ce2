/// Lines that somebody joined with " . ": headings, bylines and captions of pages that were made into one line.
///
/// "PUBLISHED: . 3 March 2014 . A ferry ran aground on Monday. Stranded: The ferry off Mull . It was …": sentences keep
/// their own full stop, so that a stop after a space marks a line that had none. Where most stops stand so, the punctuation
/// was merely set apart, and they end sentences as others do.
enum JoinedLines {
  /// Takes those stops off, and with them the claim to be a sentence.
  static func part(_ sentences: inout [Sentence], _ bytes: Bytes) {
    var terminated = 0
    var spaced = 0
    for sentence in sentences where sentence.isTerminated {
      terminated += 1
      if endsInSpacedStop(sentence, bytes) { spaced += 1 }
    }
    guard spaced > 0, spaced < terminated - spaced || mayBePage(sentences[0], bytes) else { return }
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

  /// "By . Jane Doe . PUBLISHED: .": the first line of such a page, if there is not enough of it to be sure by counting.
  private static func mayBePage(_ first: Sentence, _ bytes: Bytes) -> Bool {
    first.end - first.start == 4 && bytes[first.start] | 0x20 == 0x62 && bytes[first.start + 1] | 0x20 == 0x79
  }
}
