import Basics

/// Tells the lines that a mail or a post quotes with `>` from its own, and which of them to leave out: what others wrote
/// is not the writer's.
struct QuotedLines {
  private let bytes: Bytes
  /// Whether the last kept line introduced a letter, or the signature of one that is quoted. The quoted lines
  /// after it are that letter or signature.
  private var introducesLetter = false
  /// Whether the last unquoted line ends in a colon. The quoted lines after it are what it speaks of.
  private var introducesQuotation = false

  init(_ bytes: Bytes) {
    self.bytes = bytes
  }

  /// Whether to leave a line out that begins with `>`.
  ///
  /// - Parameter start: The start of the line after its indent, which `end` is not.
  mutating func leavesOut(_ start: Int, _ end: Int) -> Bool {
    guard bytes[start] == .greaterThan else { return false }
    return introducesLetter || contains(start, end) && !introducesQuotation && standsAlone
  }

  /// Takes note of a line that is kept.
  mutating func keep(_ start: Int, _ end: Int) {
    let isQuoted = contains(start, end)
    introducesLetter = introducesLetter(start, end) || isQuoted && introducesSignature(start, end)
    if !isQuoted { introducesQuotation = endsInColon(start, end) }
  }

  /// Whether a line is quoted. A comparison between unquoted lines is not: "> 5 %".
  func contains(_ start: Int, _ end: Int) -> Bool {
    guard start < end, bytes[start] == .greaterThan else { return false }
    let words = afterMarks(start, end)
    if words == end || !bytes[words].isDigit { return true }
    if end &+ 1 < bytes.count, bytes[end &+ 1] == .greaterThan { return true }
    let line = lineStart(start)
    return line > 0 && bytes[lineStart(line &- 1)] == .greaterThan
  }

  /// Returns where the words of a quoted line begin, after its marks; `end` if it has none.
  func afterMarks(_ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end, bytes[index] == .greaterThan || bytes[index].isSpace { index &+= 1 }
    return index
  }

  private func lineStart(_ index: Int) -> Int {
    var start = index
    while start > 0, bytes[start &- 1] != .newline { start &-= 1 }
    return start
  }

  /// Whether the text between the quoted lines is long enough to stand alone.
  private lazy var standsAlone: Bool = {
    var (own, quoted) = (0, 0)
    var start = 0
    while start < bytes.count {
      let end = bytes.first(.newline, from: start)
      let content = bytes.afterSpaces(from: start, to: end)
      if contains(content, end) { quoted &+= end &- content } else { own &+= end &- content }
      start = end &+ 1
    }
    return own >= Self.leastAnswer && own &* 4 >= quoted
  }()

  /// The length in bytes of two short sentences or so.
  private static let leastAnswer = 200

  /// Whether a line introduces a letter: it has an address or a time, and ends in a colon, as in "On Mon, 3 Mar 2024 at
  /// 10:12, John Roe <john@x.example> wrote:".
  private func introducesLetter(_ start: Int, _ end: Int) -> Bool {
    guard endsInColon(start, end) else { return false }
    let colon = bytes.beforeSpaces(from: start, to: end) &- 1
    guard colon > start &+ 2 else { return false }
    for index in start &+ 1..<colon {
      if bytes[index] == 0x40 { return true }
      if bytes[index] == 0x3A, bytes[index &- 1].isDigit, bytes[index &+ 1].isDigit { return true }
    }
    return false
  }

  private func endsInColon(_ start: Int, _ end: Int) -> Bool {
    let last = bytes.beforeSpaces(from: start, to: end)
    return last > start && bytes[last &- 1] == 0x3A
  }

  /// Whether a quoted line is the one above a signature: "> -- ".
  private func introducesSignature(_ start: Int, _ end: Int) -> Bool {
    let dashes = afterMarks(start, end)
    guard dashes &+ 1 < end, bytes[dashes] == 0x2D, bytes[dashes &+ 1] == 0x2D else { return false }
    return bytes.afterSpaces(from: dashes &+ 2, to: end) == end
  }
}

extension Bytes {
  /// Returns the index of the first byte of a range that is no space; `end` if there is none.
  func afterSpaces(from start: Int, to end: Int) -> Int {
    var index = start
    while index < end, self[index].isSpace { index &+= 1 }
    return index
  }

  /// Returns the index after the last byte of a range that is no space; `start` if there is none.
  func beforeSpaces(from start: Int, to end: Int) -> Int {
    var index = end
    while index > start, self[index &- 1].isSpace { index &-= 1 }
    return index
  }
}
