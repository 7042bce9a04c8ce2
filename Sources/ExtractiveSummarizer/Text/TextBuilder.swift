internal import PlainText

/// Builds text for output: white space becomes single spaces; control characters and invisible marks are dropped.
struct TextBuilder: ~Copyable {
  private var output = UncheckedList<UInt8>(capacity: 1024)
  private var pendingSpace = false

  mutating func append(_ bytes: Bytes, from start: Int, to end: Int) {
    guard let base = bytes.baseAddress, start < end else { return }
    output.reserve(end - start + 1)
    var index = start
    while index < end {
      index = appendPlain(base, from: index, to: end)
      guard index < end else { break }
      let byte = bytes[index]
      if byte > 0x20 && byte < 0x7F {
        let run = index
        repeat { index &+= 1 } while index < end && bytes[index] > 0x20 && bytes[index] < 0x7F
        separate(beforeIdeograph: false)
        output.append(base + run, count: index - run)
        continue
      }
      let next = scalar(bytes, at: index)
      switch next.kind {
      case .space:
        if next.value == 0x0A, breaksWord(bytes, at: index, to: end) {
          while index < end, bytes[index] <= 0x20 { index &+= 1 }
          continue
        }
        pendingSpace = next.value != 0x0A || !precedesMark(bytes, at: index, to: end)
        if !pendingSpace {
          while index < end, bytes[index] <= 0x20 { index &+= 1 }
          continue
        }
      case .ignorable where next.value == 0xFEFF || next.value == 0x200B || next.value == 0xAD || next.value == 0x2060:
        break
      default:
        separate(beforeIdeograph: next.isUnspaced || next.kind == .opener && next.value > 0x3000)
        output.append(base + index, count: next.length)
      }
      index += next.length
    }
  }

  /// Copies printable ASCII with single spaces unchanged, eight bytes at a time. The first byte must not be a space.
  ///
  /// - Returns: The index where other text begins, or where fewer than eight bytes are left.
  private mutating func appendPlain(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
    guard base[start] > 0x20 else { return start }
    var index = start
    var endsInSpace = false
    while index &+ 8 <= end {
      let octet = ByteOctet(base, at: index, limit: end)
      let spaces = octet.lanes(of: 0x20)
      let after = spaces &<< 8 | (endsInSpace ? 0x80 : 0)
      guard ~octet.printable & ByteOctet.highs | spaces & after == 0 else { break }
      if index == start { separate(beforeIdeograph: false) }
      output.append(base + index, count: 8)
      endsInSpace = spaces &>> 63 != 0
      index &+= 8
    }
    if endsInSpace {
      output.removeLast(1)
      pendingSpace = true
    }
    return index
  }

  /// Whether a line end stands between the parts of a word with a hyphen: "a 35-year-", "old dentist".
  private func breaksWord(_ bytes: Bytes, at lineEnd: Int, to end: Int) -> Bool {
    guard !pendingSpace, output.count > 1, output.elements[output.count - 1] == 0x2D,
      scalar(output.elements, before: output.count - 1).isWord
    else { return false }
    var next = lineEnd
    while next < end, bytes[next] <= 0x20 { next &+= 1 }
    return next < end && BrokenWord.goesOn(bytes, at: next, to: end)
  }

  /// Whether the line after a line end begins with a mark that belongs to the word before it.
  private func precedesMark(_ bytes: Bytes, at lineEnd: Int, to end: Int) -> Bool {
    var next = lineEnd
    while next < end, bytes[next] <= 0x20 { next &+= 1 }
    return next < end && LeadingMark.isAt(next, bytes)
  }

  /// Puts a space before the text that is appended next.
  mutating func space() { pendingSpace = true }

  /// Ends the sentence with the full stop of its script if it ends with a letter or digit, also inside quotation marks
  /// or brackets.
  mutating func stop() {
    var end = output.count
    while end > 0 {
      let last = scalar(output.elements, before: end)
      if last.kind == .closer || last.value == 0x27 || last.value == 0x22 {
        end -= last.length
        continue
      }
      guard last.isWord else { return }
      for byte in Self.fullStop(after: last) { output.append(byte) }
      return
    }
  }

  /// Returns the full stop of a script as UTF-8; empty if it has none.
  private static func fullStop(after last: ScannedScalar) -> [UInt8] {
    switch last.value {
    // Devanagari, Bengali and Gurmukhi: U+0964.
    case 0x900...0xA7F: [0xE0, 0xA5, 0xA4]
    // Chinese and Japanese: U+3002.
    case 0x3005...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFD: [0xE3, 0x80, 0x82]
    // Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic and Korean.
    case 0..<0x700, 0x1E00..<0x2000, 0xAC00...0xD7A3: [0x2E]
    default: []
    }
  }

  /// Writes the pending space, except between Chinese or Japanese characters: their sentences and wrapped lines follow
  /// one another without one.
  private mutating func separate(beforeIdeograph: Bool) {
    guard pendingSpace else { return }
    pendingSpace = false
    guard !isEmpty else { return }
    let last = scalar(output.elements, before: output.count)
    if last.value > 0x2E80 {
      if last.kind == .terminator { return }
      if beforeIdeograph && (last.isUnspaced || last.kind == .closer) { return }
    }
    output.append(0x20)
  }

  var isEmpty: Bool { output.count == 0 }

  /// Returns the text and starts a new one.
  mutating func take() -> String {
    let text = Self.string(of: output.elements)
    output.removeAll()
    pendingSpace = false
    return text
  }

  /// The bytes come from strings and are cut between scalars, so they are valid UTF-8 and need no check.
  private static func string(of bytes: Bytes) -> String {
    guard #available(macOS 26, *) else { return String(decoding: bytes, as: UTF8.self) }
    return String(copying: UTF8Span(unchecked: bytes.span))
  }

  /// Appends at most `limit` columns, cut at a word boundary if possible and marked with an ellipsis.
  mutating func append(_ bytes: Bytes, from start: Int, to end: Int, limit: Int) {
    guard var cut = Self.index(after: limit, bytes, from: start, to: end) else {
      return append(bytes, from: start, to: end)
    }
    let half = start + (cut - start) / 2
    var word = cut
    while word > half && bytes[word] > 0x20 { word -= 1 }
    if word > half { cut = word }
    while cut > start, [0x20, 0x2C, 0x3B, 0x3A, 0x2D].contains(bytes[cut - 1]) { cut -= 1 }
    append(bytes, from: start, to: cut)
    if !isEmpty {
      for byte: UInt8 in [0xE2, 0x80, 0xA6] { output.append(byte) }
    }
  }

  /// Returns the index of the first scalar beyond so many columns; nil if the text is no wider. A scalar has one column,
  /// from U+3000 on two.
  static func index(after columns: Int, _ bytes: Bytes, from start: Int, to end: Int) -> Int? {
    guard end - start > columns else { return nil }
    var width = 0
    for index in start..<end where bytes[index] & 0xC0 != 0x80 {
      width += bytes[index] < 0xE3 ? 1 : 2
      if width > columns { return index }
    }
    return nil
  }
}
