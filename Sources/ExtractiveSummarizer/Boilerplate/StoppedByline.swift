/// A reporter or an agency with a place before the text of a paragraph, ended by a full stop: "Jane Roe, Lyde. The
/// harbour is closed." In Hindi most papers write so.
enum StoppedByline {
  /// The maximum length in bytes.
  static let longest = 96
  private static let mostWords = 5
  /// The minimum number of words of the text behind it.
  private static let fewestAfter = 6

  /// Whether a sentence that opens a block is one.
  ///
  /// - Parameter isFirst: Whether no prose precedes it. In scripts with capitals it is not searched for further on.
  static func isOne(_ sentence: SentenceRange, isFirst: Bool, _ bytes: Bytes) -> Bool {
    guard sentence.isTerminated, sentence.opensBlock, !sentence.isListItem, sentence.end - sentence.start <= longest
    else {
      return false
    }
    let stop = scalar(bytes, before: sentence.end)
    // Of the scripts with this stop, the verbs of Hindi are known.
    let isDanda = stop.value == 0x964 && (0x900...0x97F).contains(scalar(bytes, at: sentence.start).value)
    guard isDanda || isFirst && stop.value == 0x2E && mayBeNames(sentence, bytes) else { return false }
    var words = 0
    var commas = 0
    var inWord = false
    var last = sentence.start
    var index = sentence.start
    while index < sentence.end - stop.length {
      let next = scalar(bytes, at: index)
      if next.isWord || next.kind == .ignorable {
        if !inWord {
          // A name has a capital, where there are any.
          guard isDanda || next.kind == .upper else { return false }
          words += 1
          last = index
        }
        inWord = true
      } else {
        if next.value == 0x2C { commas += 1 } else if next.kind != .space { return false }
        inWord = false
      }
      index += next.length
    }
    guard commas == 1, words >= (isDanda ? 2 : 3), words <= mostWords else { return false }
    return !(isDanda && mayBeVerb(Bytes(rebasing: bytes[last..<index]))) && hasText(after: sentence, bytes)
  }

  /// Whether the second word does not begin with a small letter, as it does in most sentences.
  private static func mayBeNames(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    var index = sentence.start
    while index < sentence.end, bytes[index] != 0x20 { index += 1 }
    return index + 1 < sentence.end && bytes[index + 1] &- 0x61 >= 26
  }

  /// Whether a sentence follows on the line.
  private static func hasText(after sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    var words = 0
    var index = sentence.end
    while index < bytes.count, bytes[index] != 0x0A, words < fewestAfter {
      if bytes[index] == 0x20 { words += 1 }
      index += 1
    }
    return words >= fewestAfter
  }

  private static func mayBeVerb(_ word: Bytes) -> Bool {
    hindiVerbs.contains(PackedWord(word)) || hindiVerbEndings.contains { $0.elementsEqual(word.suffix($0.count)) }
  }

  /// Of the future and of requests. Those of the present are also those of cities: Kolkata, Patna.
  private static let hindiVerbEndings = ["गा", "गे", "गी", "ए", "ओ"].map { Array($0.utf8) }
  /// Verbs that end short sentences.
  private static let hindiVerbs = PackedWordSet(
    "है हैं था थे थी थीं हो गया गई गयी गए गये हुआ हुई हुए रहा रही रहे दिया दिए लिया लिए किया किए कहा आया आई आए मिला मिले नहीं")
}
