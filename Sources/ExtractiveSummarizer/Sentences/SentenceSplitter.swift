/// A part of the text that may appear in a summary: a sentence, or a line without a final stop (a heading, a list
/// item).
struct SentenceRange: Equatable {
  var start: Int
  var end: Int
  /// Whether it is the first of its line.
  var opensBlock = false
  /// Whether it ends with a full stop or an equivalent mark.
  var isTerminated = false
  /// Whether it follows a bullet or a number.
  var isListItem = false
  var quotation = QuotationPart.none
  /// False if the sentence certainly has no colon.
  var mayHaveColon = true
}

/// Splits text into sentences in one pass over its bytes.
///
/// A false break spoils a summary while a missed one only lengthens it, so doubtful cases are not split.
struct SentenceSplitter {
  private let bytes: Bytes
  private let lexicon: WordLexicon
  private var sentences: [SentenceRange] = []
  private var start = 0
  private var opensBlock = true
  private var item: ListMarker?
  private let isCaseless: Bool
  private let continuation: LineContinuation

  static func split(_ bytes: Bytes, lexicon: WordLexicon = .shared) -> [SentenceRange] {
    var splitter = SentenceSplitter(bytes, lexicon)
    splitter.run()
    return splitter.sentences
  }

  private init(_ bytes: Bytes, _ lexicon: WordLexicon) {
    self.bytes = bytes
    self.lexicon = lexicon
    isCaseless = Self.isCaseless(bytes)
    continuation = LineContinuation(bytes, isCaseless: isCaseless, lexicon: lexicon)
    sentences.reserveCapacity(bytes.count / 96 + 4)
  }

  /// Whether the text is ASCII with small letters and no capitals. Most texts have a capital at the very beginning,
  /// which ends the scan.
  private static func isCaseless(_ bytes: Bytes) -> Bool {
    var hasLetters = false
    for byte in bytes {
      if byte >= 0x80 || byte &- 0x41 < 26 { return false }
      if byte &- 0x61 < 26 { hasLetters = true }
    }
    return hasLetters
  }

  private mutating func run() {
    var index = 0
    begin(at: 0, opensBlock: true)
    index = start
    while true {
      index = nextMark(from: index)
      guard index < bytes.count else { break }
      let byte = bytes[index]
      if byte < 0x80 {
        switch byte {
        case 0x0A, 0x0D: index = lineBreak(at: index)
        case 0x2E, 0x21, 0x3F: index = terminator(at: index)
        case 0x20: index = space(at: index)
        case 0x3A, 0x3B: index = isStopOfScript(byte, at: index) ? terminator(at: index) : index + 1
        default: index += 1
        }
      } else {
        let wide = scalar(bytes, at: index)
        switch wide.value {
        case 0x2028, 0x2029: index = lineBreak(at: index)
        case 0x2022, 0x2043, 0x25AA, 0x25CF, 0x25E6, 0x2219:
          index = bullet(at: index, length: wide.length)
        default: index = wide.kind == .terminator ? terminator(at: index) : index + wide.length
        }
      }
    }
    end(at: bytes.count, terminated: false)
  }

  /// Returns the index of the next byte at which a unit may end: a stop, a line end, a non-ASCII byte or, within a
  /// list, a space.
  @inline(__always)
  private func nextMark(from start: Int) -> Int {
    item == nil
      ? ByteVector.find(in: bytes, from: start, to: bytes.count) { $0.stops }
      : ByteVector.find(in: bytes, from: start, to: bytes.count) { $0.stops .| $0.lanes(of: 0x20) }
  }

  // MARK: Units

  private mutating func begin(at index: Int, opensBlock: Bool) {
    start = skipSpace(index)
    self.opensBlock = opensBlock
    item = ListMarker(bytes, at: start)
  }

  private mutating func end(at index: Int, terminated: Bool) {
    var end = index
    while end > start, scalar(bytes, before: end).kind == .space { end -= scalar(bytes, before: end).length }
    guard end > start else { return }
    sentences.append(
      SentenceRange(start: start, end: end, opensBlock: opensBlock, isTerminated: terminated, isListItem: item != nil))
  }

  private func skipSpace(_ index: Int) -> Int {
    var index = index
    while index < bytes.count {
      let next = scalar(bytes, at: index)
      if next.kind != .space && next.kind != .ignorable { break }
      index += next.length
    }
    return index
  }

  // MARK: Breaks

  /// Handles a line end. It ends a unit, unless the line continues on the next. Behind a blank line few do.
  private mutating func lineBreak(at index: Int) -> Int {
    var next = index
    var lines = 0
    while next < bytes.count {
      let one = scalar(bytes, at: next)
      guard one.kind == .space || one.kind == .ignorable else { break }
      if one.value == 0x0A || one.value == 0x2029 { lines += 1 }
      next += one.length
    }
    if next < bytes.count, index > start,
      lines > 1
        ? continuation.goesOnBehindBlankLine(from: start, at: index, next: next)
        : continuation.goesOn(from: start, at: index, next: next)
    {
      return next
    }
    // A terminator before the line end makes the unit terminated, even if it was judged not to end a sentence.
    end(at: index, terminated: endsWithTerminator(index))
    begin(at: next, opensBlock: true)
    return max(start, next)
  }

  private func endsWithTerminator(_ index: Int) -> Bool {
    var end = index
    while end > start {
      let last = scalar(bytes, before: end)
      switch last.kind {
      case .terminator: return true
      case .space, .closer, .ignorable: end -= last.length
      default: return false
      }
    }
    return false
  }

  private mutating func bullet(at index: Int, length: Int) -> Int {
    guard index > start, scalar(bytes, before: index).kind == .space else { return index + length }
    end(at: index, terminated: false)
    begin(at: index, opensBlock: false)
    return start + length
  }

  /// Splits a list that was run together in one line: "1) Wash the rice 2) Boil it".
  private mutating func space(at index: Int) -> Int {
    let next = index + 1
    guard let item, next < bytes.count, asciiKind(bytes[next]) != .space,
      let following = ListMarker(bytes, at: next), following.follows(item)
    else { return next }
    end(at: index, terminated: endsWithTerminator(index))
    begin(at: next, opensBlock: false)
    return next + following.length
  }

  /// Whether a mark ends a sentence in its script: Greek asks with ";", Armenian ends with ":".
  private func isStopOfScript(_ byte: UInt8, at index: Int) -> Bool {
    guard index > start, bytes[index - 1] >= 0x80 else { return false }
    let before = scalar(bytes, before: index).value
    return byte == 0x3B ? (0x370...0x3FF).contains(before) : (0x531...0x58F).contains(before)
  }

  private mutating func terminator(at index: Int) -> Int {
    // The marker of a list item contains a stop of its own.
    if let item, index < start + item.length { return index + 1 }
    let stop = SentenceTerminator(bytes, at: index)
    guard stop.endsSentence(after: start, isCaseless: isCaseless, lexicon: lexicon) else { return stop.end }
    end(at: stop.end, terminated: true)
    begin(at: stop.end, opensBlock: false)
    // A line end after the stop still decides whether the next unit begins a line.
    var lines = 0
    for position in stop.end..<start where bytes[position] == 0x0A { lines += 1 }
    opensBlock = lines > 0
    return start
  }
}

/// The marker of a list item: a bullet, "1.", "2)", "3.)", "b.".
struct ListMarker: Equatable {
  enum MarkerStyle: Equatable { case bullet, stop, bracket, stopAndBracket, letter }

  let style: MarkerStyle
  let value: Int
  /// The length of the marker in bytes, without the space after it.
  let length: Int

  init?(_ bytes: Bytes, at start: Int) {
    guard start < bytes.count else { return nil }
    let first = scalar(bytes, at: start)
    let second = start + first.length < bytes.count ? bytes[start + first.length] : 0x20
    switch first.value {
    case 0x2022, 0x2043, 0x25AA, 0x25CF, 0x25E6, 0x2219:
      (style, value, length) = (.bullet, 0, first.length + Self.number(bytes, start + first.length))
      return
    case 0x2A, 0x2D, 0x2013:
      guard second == 0x20 else { return nil }
      (style, value, length) = (.bullet, 0, first.length)
      return
    case 0x61...0x7A:
      guard second == 0x2E || second == 0x29, start + 2 < bytes.count, bytes[start + 2] == 0x20 else { return nil }
      (style, value, length) = (.letter, Int(first.value), 2)
      return
    case 0x30...0x39: break
    default: return nil
    }
    var index = start
    var number = 0
    while index < bytes.count, (0x30...0x39).contains(bytes[index]), index < start + 3 {
      number = number * 10 + Int(bytes[index] - 0x30)
      index += 1
    }
    guard index < bytes.count else { return nil }
    let stop = bytes[index] == 0x2E
    let bracket = index + (stop ? 1 : 0)
    let hasBracket = bracket < bytes.count && bytes[bracket] == 0x29
    guard stop || hasBracket else { return nil }
    let end = bracket + (hasBracket ? 1 : 0)
    guard end < bytes.count, bytes[end] == 0x20 else { return nil }
    (style, value) = (stop ? (hasBracket ? .stopAndBracket : .stop) : .bracket, number)
    length = end - start
  }

  func follows(_ other: ListMarker) -> Bool {
    style == other.style && style != .bullet && value == other.value + 1
  }

  /// Returns the length of a number after a bullet, including the space between: "• 9."
  private static func number(_ bytes: Bytes, _ start: Int) -> Int {
    var index = start
    if index < bytes.count, bytes[index] == 0x20 { index += 1 }
    let digits = index
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
    return index > digits && index < bytes.count && bytes[index] == 0x2E ? index + 1 - start : 0
  }
}
