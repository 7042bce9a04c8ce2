import Basics

/// The kinds of markup in a text, found in one pass before anything is changed.
struct MarkupSurvey {
  /// Whether the text has tags of HTML, including those that do not make it HTML.
  private(set) var hasTag = false
  /// Whether the text is HTML: it has a closed pair of block tags, or two breaks.
  private(set) var isMarkup = false
  /// Whether the text has `<p>` tags. Without them, blank lines may separate paragraphs.
  private(set) var hasParagraphs = false
  /// The tag reader; after the survey it knows all closed names.
  private(set) var reader: TagReader
  private let bytes: Bytes

  init(_ bytes: Bytes, from start: Int, sparingCode: Bool) {
    self.bytes = bytes
    reader = TagReader(bytes)
    run(from: start, sparingCode)
  }

  private mutating func run(from start: Int, _ sparingCode: Bool) {
    var code = CodeSpans(bytes)
    var raw = RawText(bytes)
    var opened = SIMD4<UInt64>()
    var breaks = 0
    var index = start
    let other: UInt8 = sparingCode ? .backtick : .lessThan
    while true {
      index = bytes.first(from: index) { $0.lanes(of: .lessThan) .| $0.lanes(of: other) }
      guard index < bytes.count else { return }
      if bytes[index] == .backtick {
        index = code.end(at: index).end
        continue
      }
      if let end = raw.commentEnd(at: index) {
        index = end
        continue
      }
      guard let tag = reader.tag(at: index) else {
        index &+= 1
        continue
      }
      let element = tag.element
      if element == .unknown {
        if tag.isEnd { reader.noteEndTag(at: index) }
        index = tag.end
        continue
      }
      hasTag = true
      index = tag.end
      if element == .br { breaks &+= 1 }
      if element == .p { hasParagraphs = true }
      let word = Int(element.index &>> 6)
      let bit: UInt64 = 1 &<< UInt64(element.index & 63)
      if tag.isEnd {
        if opened[word] & bit != 0 && element.traits.contains(.evidence) { isMarkup = true }
      } else {
        opened[word] |= bit
        if element.traits.contains(.raw), let end = raw.end(of: element, at: index) { index = end }
      }
      if breaks >= 2 { isMarkup = true }
    }
  }
}

/// The parts of a text that contain no markup: comments, and elements that only their own end tag ends.
///
/// An unclosed part hides nothing. The search for its end is not repeated.
struct RawText {
  private let bytes: Bytes
  private var unclosed = SIMD4<UInt64>()
  private var hasNoCommentEnd = false
  private var hasNoInstructionEnd = false

  init(_ bytes: Bytes) { self.bytes = bytes }

  /// Returns the index of the end tag of an element whose start tag ends at `start`; nil if it is never closed.
  mutating func end(of element: HTMLElement, at start: Int) -> Int? {
    let word = Int(element.index &>> 6)
    let bit: UInt64 = 1 &<< UInt64(element.index & 63)
    guard unclosed[word] & bit == 0 else { return nil }
    var index = start
    while true {
      index = bytes.first(.lessThan, from: index)
      guard index &+ 2 < bytes.count else { break }
      if bytes[index &+ 1] == .slash {
        var end = index &+ 2
        while end < bytes.count, bytes[end].isLetter { end &+= 1 }
        let isName = end < bytes.count && (bytes[end] == .greaterThan || bytes[end].isSpace || bytes[end] == .slash)
        if isName, ElementTable.element(named: Bytes(rebasing: bytes[index &+ 2..<end])) == element { return index }
      }
      index &+= 1
    }
    unclosed[word] |= bit
    return nil
  }

  /// Returns the end of the comment, doctype or processing instruction at a `<`; nil if there is none or it is never
  /// closed.
  mutating func commentEnd(at start: Int) -> Int? {
    guard start &+ 2 < bytes.count else { return nil }
    switch bytes[start &+ 1] {
    case 0x21:
      if bytes.holds("<!--", at: start) { return endOfComment(from: start &+ 4) }
      // Accepts `<!DOCTYPE html>` and `<![if gte mso 9]>`, but not "<!" in a sentence.
      let isCondition = bytes[start &+ 2] == 0x5B && !bytes.holds("<![cdata[", at: start)
      return isCondition || bytes[start &+ 2].isLetter ? endOfTag(from: start &+ 2) : nil
    case 0x3F:
      guard bytes[start &+ 2].isLetter else { return nil }
      if !hasNoInstructionEnd {
        if let end = bytes.first("?>", from: start) { return end &+ 2 }
        hasNoInstructionEnd = true
      }
      return endOfTag(from: start &+ 2)
    default: return nil
    }
  }

  private mutating func endOfComment(from start: Int) -> Int? {
    if start < bytes.count, bytes[start] == .greaterThan { return start &+ 1 }
    if bytes.holds("->", at: start) { return start &+ 2 }
    guard !hasNoCommentEnd else { return nil }
    var index = start
    while let dashes = bytes.first("--", from: index) {
      if bytes.holds(">", at: dashes &+ 2) { return dashes &+ 3 }
      if bytes.holds("!>", at: dashes &+ 2) { return dashes &+ 4 }
      index = dashes &+ 1
    }
    hasNoCommentEnd = true
    return nil
  }

  /// Returns the index after the next `>`; nil if another tag begins before it.
  private func endOfTag(from start: Int) -> Int? {
    let end = bytes.first(from: start) { $0.lanes(of: .greaterThan) .| $0.lanes(of: .lessThan) }
    return end < bytes.count && bytes[end] == .greaterThan ? end &+ 1 : nil
  }
}
