/// Joins lines that were wrapped at a width: the wraps become spaces, and each block becomes a paragraph again.
///
/// A text is wrapped if at least three of its line ends, and at least four fifths of those within blocks, stand where the
/// first word of the next line would not have fitted into the width of the whole text. In a wrapped text, a line end
/// is a wrap if it comes at most an eighth of the width earlier, because people break lines by hand and words are
/// exchanged afterwards.
/// Poems, lists, tables, results and code do not meet this. In a wrapped text, a line end is kept before a marker or an
/// indent, and on both sides of a line with a column gap.
package enum WrappedLines {
  /// Returns the text with its wrapped lines joined.
  ///
  /// - Returns: nil if no line end is a wrap.
  package static func joined(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard hasLineEndWithinBlock(bytes) else { return nil }
    let lines = TextLines(bytes).lines
    for slack in [0, ragged] {
      for isByCharacters in [false, true] {
        let wraps = wraps(in: lines, isByCharacters, slack: slack)
        if !wraps.isEmpty { return join(bytes, lines, wraps) }
      }
    }
    return nil
  }

  private static let narrowest = 45
  /// How many columns before the width a line may end that was broken by hand.
  private static let ragged = 4

  /// Whether any block has several lines. In most texts none has: their paragraphs are lines, or are separated by blank
  /// lines.
  package static func hasLineEndWithinBlock(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = bytes.first(.newline, from: 0)
    while index < bytes.count {
      let start = index
      while index < bytes.count, bytes[index].isSpace { index &+= 1 }
      var lines = 0
      for position in start..<index where bytes[position] == .newline { lines &+= 1 }
      if lines == 1 && start > 0 && index < bytes.count { return true }
      index = bytes.first(.newline, from: index)
    }
    return false
  }

  /// Returns the indices of the lines that end in a wrap; empty if the text is not wrapped.
  private static func wraps(in lines: [TextLine], _ isByCharacters: Bool, slack: Int) -> [Int] {
    var width = 0
    var columns = 0
    for index in lines.indices where !lines[index].isSingleWord && isInBlock(index, lines) {
      width = max(width, lines[index].length(isByCharacters))
      columns = max(columns, lines[index].columns)
    }
    guard columns >= narrowest else { return [] }
    var wraps: [Int] = []
    var certain = 0
    var ends = 0
    var capitals = 0
    for index in lines.indices.dropLast() where mayGoOn(index, lines) {
      ends += 1
      let line = lines[index]
      let next = lines[index + 1]
      // The indent of a paragraph may have been added after it was wrapped, so it counts here and not in the width.
      let length = line.indent + line.length(isByCharacters) + (line.joinsWithSpace(next) ? 1 : 0) + next.firstWord
      if length + slack > width { certain += 1 }
      guard length + width / 8 > width else { continue }
      wraps.append(index)
      if next.beginsWithCapital { capitals += 1 }
    }
    guard certain >= 3, certain * 5 >= ends * 4 else { return [] }
    // Lines that all begin with a capital are verse, whatever their length.
    return wraps.count >= 6 && capitals == wraps.count ? [] : wraps
  }

  private static func isInBlock(_ index: Int, _ lines: [TextLine]) -> Bool {
    guard !lines[index].isBlank, !lines[index].hasGap else { return false }
    return index > 0 && !lines[index - 1].isBlank || index + 1 < lines.count && !lines[index + 1].isBlank
  }

  /// Whether a line and the next are in one block and may be joined.
  private static func mayGoOn(_ index: Int, _ lines: [TextLine]) -> Bool {
    let line = lines[index]
    let next = lines[index + 1]
    return !line.isBlank && !next.isBlank && !line.hasGap && !next.hasGap && !next.isIndented && !next.hasMarker
  }

  private static func join(_ bytes: Bytes, _ lines: [TextLine], _ wraps: [Int]) -> [UInt8]? {
    guard let base = bytes.baseAddress else { return nil }
    var output = ByteBuffer(capacity: bytes.count)
    var copied = 0
    for index in wraps {
      let line = lines[index]
      let next = lines[index + 1]
      output.append(base + copied, line.end &- copied)
      if line.joinsWithSpace(next) { output.append(.space) }
      copied = next.start
    }
    output.append(base + copied, bytes.count &- copied)
    return output.array
  }
}

/// The properties of a line that decide whether it continues on the next.
struct TextLine {
  /// The bounds of the line without the white space at its edges.
  var start = 0
  var end = 0
  /// The number of columns before the text.
  var indent = 0
  /// The width of the text on a terminal: wide characters take two columns, combining marks none.
  var columns = 0
  var characters = 0
  /// The width in columns of the first word.
  var firstWord = 0
  var isIndented = false
  /// Whether the line begins with a bullet or number that is not part of the sentence.
  var hasMarker = false
  /// Whether the line has a gap between columns, as in a table.
  var hasGap = false
  var isSingleWord = true
  var beginsWithCapital = false
  var first = UInt32(0)
  var last = UInt32(0)
  /// Whether the line ends in hyphens that follow a word.
  var endsInHyphen = false
  /// Whether the line begins with a word such as "and" in "short- and long-term".
  var beginsWithAnd = false

  var isBlank: Bool { start == end }

  func length(_ isByCharacters: Bool) -> Int { isByCharacters ? characters : columns }

  /// Whether a space replaces the line end. It does not between characters of scripts without spaces, such as Chinese,
  /// Japanese and Thai, or after a hyphen that broke a word.
  func joinsWithSpace(_ next: TextLine) -> Bool {
    if endsInHyphen { return !BrokenWord.goesOn(next) }
    return !(ScalarWidth.isUnspaced(last) && ScalarWidth.isUnspaced(next.first))
  }
}

/// A word that a line end broke at its hyphen.
package enum BrokenWord {
  /// Whether the text at `start` is the rest of such a word.
  package static func goesOn(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, to end: Int) -> Bool {
    ScalarWidth.isWord(TextLines.scalar(bytes, at: start).0) && !beginsWithAnd(bytes, at: start, to: end)
  }

  static func goesOn(_ next: TextLine) -> Bool { ScalarWidth.isWord(next.first) && !next.beginsWithAnd }

  /// Whether the text begins with a word such as "and" in "short- and long-term".
  static func beginsWithAnd(_ bytes: Bytes, at start: Int, to limit: Int) -> Bool {
    var end = start
    while end < limit, bytes[end].isLetter { end &+= 1 }
    guard end < limit, bytes[end] == .space else { return false }
    let words: [StaticString] = ["and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "e", "en", "of"]
    return words.contains { $0.utf8CodeUnitCount == end &- start && bytes.holds($0, at: start) }
  }
}

/// The widths of characters, and the scripts without spaces between words.
enum ScalarWidth {
  static func columns(_ scalar: UInt32) -> Int {
    if scalar < 0x300 { return 1 }
    if isMark(scalar) { return 0 }
    return isWide(scalar) ? 2 : 1
  }

  private static func isMark(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x300...0x36F, 0x483...0x489, 0x591...0x5BD, 0x610...0x61A, 0x64B...0x65F, 0x900...0x902, 0x93C, 0x941...0x948,
      0x94D,
      0xE31, 0xE34...0xE3A, 0xE47...0xE4E, 0x200B...0x200F, 0x20D0...0x20F0, 0xFE00...0xFE0F:
      true
    default: false
    }
  }

  private static func isWide(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }

  /// Whether a scalar belongs to a script without spaces between words, or is one of its marks.
  static func isUnspaced(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2E80...0x312F, 0x31A0...0x31FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
      0x20000...0x3FFFD,
      0xE01...0xEFF, 0x1000...0x109F, 0x1780...0x17FF:
      true
    default: false
    }
  }

  /// Whether a scalar is a letter or digit, for the purpose of joining words at a hyphen.
  static func isWord(_ scalar: UInt32) -> Bool {
    scalar < 0x80 ? UInt8(scalar).isAlphanumeric : scalar >= 0xC0 && !(0x2000...0x2BFF ~= scalar)
  }
}

/// Separates the paragraphs of a page that has only single breaks: each line is a paragraph.
enum BrokenParagraphs {
  private static let fewest = 3

  private static let fewestWords = 3

  /// Returns the text with a blank line between its lines.
  ///
  /// - Returns: nil if a line is blank, is too short for a paragraph or may continue on the next, or if the text was
  ///   wrapped. A line may continue if it ends in a comma or the next begins with a small letter.
  static func parted(_ bytes: Bytes) -> [UInt8]? {
    var lines = 1
    var start = 0
    while true {
      let end = bytes.first(.newline, from: start)
      guard end > start, isParagraph(from: start, to: end, bytes) else { return nil }
      guard end < bytes.count else { break }
      lines += 1
      start = end &+ 1
    }
    guard lines >= fewest, WrappedLines.joined(bytes) == nil else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count &+ lines)
    for byte in bytes {
      result.append(byte)
      if byte == .newline { result.append(byte) }
    }
    return result
  }

  private static func isParagraph(from start: Int, to end: Int, _ bytes: Bytes) -> Bool {
    guard bytes[start] &- 0x61 >= 26, bytes[end &- 1] != 0x2C else { return false }
    var words = 1
    for index in start..<end where bytes[index] == .space { words += 1 }
    return words >= fewestWords
  }
}
