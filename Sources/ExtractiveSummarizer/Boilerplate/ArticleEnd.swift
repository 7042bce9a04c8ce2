/// Boilerplate behind the last sentence: the sign-off of an agency or author, and the sentence that a feed cut off.
/// Also knows a paragraph that is cut off like that.
enum ArticleEnd {
  /// The maximum number of words in a sign-off: "Reuter", "Jane Doe".
  private static let longestSignOff = 3

  /// Removes it, if a sentence with its own end precedes it.
  static func drop(from sentences: inout [SentenceRange], _ bytes: Bytes) {
    guard sentences.count > 1, let last = sentences.last else { return }
    let previous = sentences[sentences.count - 2]
    guard previous.isTerminated else { return }
    if isSignOff(last, bytes) || isCutOff(last, bytes) && !isCutOff(previous, bytes) { sentences.removeLast() }
  }

  /// Whether a line of its own is too short for a sentence and has no full stop. In scripts without spaces or capitals
  /// a line of that length may be one.
  private static func isSignOff(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    guard sentence.opensBlock, !sentence.isTerminated, !sentence.isListItem else { return false }
    var words = 1
    for index in sentence.start..<sentence.end {
      if bytes[index] >= 0x80 { return false }
      if bytes[index] == 0x20 { words += 1 }
    }
    return words <= longestSignOff
  }

  /// Whether a sentence is an introduction without what it introduces: "The minister is new …", before his words in a
  /// block of their own. Where the next sentence begins or ends in an ellipsis as well, that is the author's style.
  static func isIntroduction(_ sentence: SentenceRange, before next: SentenceRange, _ bytes: Bytes) -> Bool {
    mayBeCutOff(at: sentence.end, bytes) && next.opensBlock && isCutOff(sentence, bytes) && !isCutOff(next, bytes)
      && scalar(bytes, at: next.start).kind != .terminator
  }

  /// Whether the last two bytes of a sentence do not rule out that it is cut off.
  @inline(__always)
  private static func mayBeCutOff(at end: Int, _ bytes: Bytes) -> Bool {
    switch end > 1 ? bytes[end - 1] : 0 {
    case 0x2E: bytes[end - 2] == 0x2E
    case 0xA6, 0x5D, 0x29: true
    default: false
    }
  }

  /// Whether a sentence stands behind the letter that it belongs to: "P.S. Please do not call", "PS: The keys are mine".
  static func isPostscript(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    var index = sentence.start
    guard bytes[index] | 0x20 == 0x70 else { return false }
    var (letters, marks) = (0, 0)
    while index < sentence.end, letters <= 3, bytes[index] > 0x20 {
      switch bytes[index] | 0x20 {
      case 0x70: if letters > 1 { return false }
      case 0x73: if letters == 0 { return false }
      default:
        guard bytes[index] == 0x2E || bytes[index] == 0x3A else { return false }
        marks += 1
        letters -= 1
      }
      letters += 1
      index += 1
    }
    // "PS 118" and "P.S. 321" are schools.
    while index < sentence.end, bytes[index] <= 0x20 { index += 1 }
    return letters > 1 && marks > 0 && index < sentence.end && asciiKind(bytes[index]) != .digit
      && bytes[sentence.start..<index].contains { $0 | 0x20 == 0x73 }
  }

  /// Whether a sentence ends in an ellipsis, also in brackets: "has…", "has...", "has [...]".
  private static func isCutOff(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    var end = sentence.end
    if end > sentence.start, bytes[end - 1] == 0x5D || bytes[end - 1] == 0x29 { end -= 1 }
    guard end - sentence.start >= 3 else { return false }
    let last = (bytes[end - 3], bytes[end - 2], bytes[end - 1])
    return last == (0x2E, 0x2E, 0x2E) || last == (0xE2, 0x80, 0xA6)
  }
}
