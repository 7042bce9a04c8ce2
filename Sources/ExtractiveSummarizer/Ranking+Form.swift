/// What the first and the last letters of a sentence and the marks in it say of its worth.
extension Ranking {
  /// "parent but the court has to decide": a small letter, and not that of "iPhone".
  static func isFragment(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    bytes[sentence.start] &- 0x61 < 26 && sentence.start + 1 < sentence.end
      && asciiKind(bytes[sentence.start + 1]) != .upper
  }

  static func isQuote(_ first: ScannedScalar) -> Bool {
    switch first.value {
    case 0x22, 0x27, 0x2018, 0x201C, 0x201E, 0xAB, 0x300C: true
    default: false
    }
  }

  /// "… to: Update copy Improve pages": a colon before a capital, where a list was run together.
  static func introducesList(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    var index = sentence.start
    guard Block.mayFind(in: bytes, from: index, to: sentence.end, { $0.lanes(of: 0x3A) }) else { return false }
    while index + 2 < sentence.end {
      if bytes[index] == 0x3A, bytes[index + 1] == 0x20, asciiKind(bytes[index + 2]) == .upper { return true }
      index += 1
    }
    return false
  }

  static func isQuestion(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    var end = sentence.end
    while end > sentence.start {
      let last = scalar(bytes, before: end)
      guard last.kind == .closer else { return last.value == 0x3F || last.value == 0xFF1F || last.value == 0x61F }
      end -= last.length
    }
    return false
  }
}
