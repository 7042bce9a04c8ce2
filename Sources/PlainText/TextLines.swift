/// The lines of a text with their measurements.
struct TextLines {
  private(set) var lines: [TextLine] = []
  private let bytes: Bytes

  init(_ bytes: Bytes) {
    self.bytes = bytes
    var start = 0
    while start <= bytes.count {
      let end = bytes.first(.newline, from: start)
      lines.append(line(from: start, to: end))
      start = end &+ 1
    }
    judgeMarkers()
  }

  private func line(from lineStart: Int, to lineEnd: Int) -> TextLine {
    var line = TextLine()
    line.start = lineStart
    line.end = lineEnd
    while line.end > line.start, bytes[line.end &- 1].isSpace { line.end &-= 1 }
    while line.start < line.end, bytes[line.start].isSpace { line.start &+= 1 }
    guard line.start < line.end else { return line }
    // A quotation in a mail counts as indented, so that it is not joined.
    line.isIndented = line.start > lineStart || bytes[line.start] == .greaterThan || bytes[line.start] == 0x7C
    line.indent = line.start &- lineStart
    measure(&line)
    line.beginsWithCapital = beginsWithCapital(line)
    if bytes[line.end &- 1] == 0x2D {
      var before = line.end &- 1
      while before > line.start, bytes[before &- 1] == 0x2D { before &-= 1 }
      line.endsInHyphen = before > line.start && (bytes[before &- 1].isAlphanumeric || bytes[before &- 1] >= 0x80)
    }
    line.beginsWithAnd = BrokenWord.beginsWithAnd(bytes, at: line.start, to: line.end)
    return line
  }

  private func measure(_ line: inout TextLine) {
    var index = line.start
    var spaces = 0
    var isInFirstWord = true
    while index < line.end {
      let byte = bytes[index]
      if byte == .space || byte == .tab {
        isInFirstWord = false
        line.isSingleWord = false
        spaces &+= 1
        if byte == .tab || spaces >= 3 { line.hasGap = true }
        line.columns &+= 1
        line.characters &+= 1
        index &+= 1
        continue
      }
      spaces = 0
      let (scalar, length) = Self.scalar(bytes, at: index)
      if line.first == 0 { line.first = scalar }
      let columns = ScalarWidth.columns(scalar)
      if isInFirstWord {
        // Without spaces between words, a line may end after any character, but not before a closing mark.
        if index > line.start, ScalarWidth.isUnspaced(line.first), !Self.closes(scalar) {
          isInFirstWord = false
        } else {
          line.firstWord &+= columns
        }
      }
      if ScalarWidth.isUnspaced(scalar) { line.isSingleWord = false }
      line.last = scalar
      line.columns &+= columns
      line.characters &+= 1
      index &+= length
    }
  }

  /// Whether the scalar is a punctuation mark that no line begins with.
  private static func closes(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3001, 0x3002, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0xFF01, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F,
      0x201D:
      true
    default: false
    }
  }

  private func beginsWithCapital(_ line: TextLine) -> Bool {
    var index = line.start
    while index < line.end {
      let (scalar, length) = Self.scalar(bytes, at: index)
      if scalar < 0x80 {
        if UInt8(scalar).isLetter { return UInt8(scalar).isCapital }
        // Punctuation marks may precede the capital. A digit is not a capital.
        if UInt8(scalar).isAlphanumeric || scalar == 0x20 { return false }
      } else if !(0x2000...0x206F ~= scalar || 0xA0...0xBF ~= scalar) {
        return Unicode.Scalar(scalar)?.properties.isUppercase ?? false
      }
      index &+= length
    }
    return false
  }

  static func scalar(_ bytes: Bytes, at index: Int) -> (UInt32, Int) {
    let first = UInt32(bytes[index])
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard length > 1, index &+ length <= bytes.count else { return (first, 1) }
    var scalar = first & (0x7F &>> UInt32(length))
    for offset in 1..<length { scalar = scalar &<< 6 | UInt32(bytes[index &+ offset] & 0x3F) }
    return (scalar, length)
  }

  // MARK: Markers

  private enum LineMarker: Equatable { case bullet, dash, number(Int) }

  /// Decides which markers are list markers. A number or dash at the beginning of a line may end a date or belong to a
  /// sentence. In a list it opens a block, is the number 1 or has a neighbour.
  private mutating func judgeMarkers() {
    var previous: LineMarker?
    for index in lines.indices where !lines[index].isBlank {
      guard let marker = marker(of: lines[index]) else { continue }
      let opensBlock = index == 0 || lines[index - 1].isBlank
      switch marker {
      case .bullet: lines[index].hasMarker = true
      case .dash: lines[index].hasMarker = opensBlock || previous == .dash || neighbor(after: index) == .dash
      case .number(let number):
        lines[index].hasMarker =
          opensBlock || number == 1 || previous == .number(number - 1) || neighbor(after: index) == .number(number + 1)
      }
      if lines[index].hasMarker { previous = marker }
    }
  }

  /// Returns the marker of the first line with one among the next six.
  private func neighbor(after index: Int) -> LineMarker? {
    for next in lines[(index + 1)...].prefix(6) where !next.isBlank {
      if let marker = marker(of: next) { return marker }
    }
    return nil
  }

  private func marker(of line: TextLine) -> LineMarker? {
    var index = line.start
    switch line.first {
    case 0x2022, 0x2043, 0x25AA, 0x25CF, 0x25E6, 0x2219, 0xB7, 0x25A0, 0x25BA, 0x27A2: return .bullet
    case 0x2A, 0x2B: return follows(index &+ 1, line) ? .bullet : nil
    case 0x2D: return follows(index &+ 1, line) ? .dash : nil
    case 0x2013, 0x2014: return follows(index &+ 3, line) ? .dash : nil
    case 0x23:
      while index < line.end, bytes[index] == 0x23 { index &+= 1 }
      return follows(index, line) ? .bullet : nil
    default: break
    }
    if bytes[index] == 0x28 { index &+= 1 }
    let digits = index
    var number = 0
    while index < line.end, bytes[index].isDigit, index < digits &+ 3 {
      number = number * 10 + Int(bytes[index] &- 0x30)
      index &+= 1
    }
    if index == digits {
      // A letter and a bracket: "a)".
      guard index < line.end, bytes[index].isLetter, index &+ 1 < line.end, bytes[index &+ 1] == 0x29 else {
        return nil
      }
      return follows(index &+ 2, line) ? .number(Int(bytes[index] | 0x20)) : nil
    }
    guard index < line.end, bytes[index] == 0x2E || bytes[index] == 0x29 else { return nil }
    index &+= 1
    if index < line.end, bytes[index] == 0x29 { index &+= 1 }
    return follows(index, line) ? .number(number) : nil
  }

  private func follows(_ index: Int, _ line: TextLine) -> Bool { index < line.end && bytes[index] == .space }
}
