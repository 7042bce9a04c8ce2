import Basics

/// Reduces Markdown to its words: removes links, emphasis, headings, rules and the quotation marks of mails. Bullets
/// are kept for list detection.
///
/// Only unambiguous markup is removed: `5 * 3 * 2`, `snake_case` and `a[i](x)` are unchanged.
package enum MarkdownRemover {
  /// Returns the text without its Markdown.
  ///
  /// - Returns: nil if there is none.
  package static func words(of bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    let first = bytes.first(from: 0) { block in
      block.lanes(of: 0x2A) .| block.lanes(of: 0x5F) .| block.lanes(of: 0x5D) .| block.lanes(of: .backtick)
        .| block.lanes(of: 0x7E) .| block.lanes(of: 0x5C)
    }
    if first == bytes.count, !hasMarkedLine(bytes), bytes.first("<http", from: 0) == nil { return nil }
    var parser = MarkdownParser(bytes)
    return parser.words()
  }

  /// Whether a line begins with the mark of a heading, a rule, a quotation, a table or a list.
  private static func hasMarkedLine(_ bytes: Bytes) -> Bool {
    var start = 0
    while start < bytes.count {
      switch bytes[start] {
      case 0x23, 0x2D, .equals, .greaterThan, 0x7C, 0x2B: return true
      case .space, .tab, .newline: start &+= 1
      default: start = bytes.first(.newline, from: start) &+ 1
      }
    }
    return false
  }
}

/// Collects the ranges to cut from the text, in order, and copies what is left.
private struct MarkdownParser {
  private struct MarkdownCut {
    let start: Int
    var end: Int
    /// Whether a line end is added after the cut, to set the line apart from the next.
    var isParagraphEnd = false
    /// Whether the cut is certain. An opening delimiter is cut only once it is closed.
    var isCut = true
  }

  private let bytes: Bytes
  private var cuts: [MarkdownCut] = []
  private var code: CodeSpans
  /// The indices in `cuts` of the brackets that are open in this line.
  private var brackets: [Int] = []
  /// The index in `cuts` of the open delimiter of each kind in this block, or -1.
  private var openers = [Int](repeating: -1, count: 7)
  private var quoted: QuotedLines

  init(_ bytes: Bytes) {
    self.bytes = bytes
    quoted = QuotedLines(bytes)
    code = CodeSpans(bytes)
  }

  mutating func words() -> [UInt8]? {
    var start = 0
    var isFenced = false
    while start < bytes.count {
      let end = bytes.first(.newline, from: start)
      let content = bytes.afterSpaces(from: start, to: end)
      if content == end {
        closeBlock()
      } else if !isFenced, content &- start < 4, quoted.leavesOut(content, end) {
        cuts.append(MarkdownCut(start: start, end: end))
        closeBlock()
      } else if bytes[content] == .backtick && fence(at: content, end) {
        isFenced.toggle()
        closeBlock()
      } else if !isFenced {
        let attributes = attributes(content, end)
        if attributes != content { line(from: start, content, to: attributes ?? end) }
        if let attributes { cuts.append(MarkdownCut(start: attributes, end: end)) }
        quoted.keep(content, end)
      }
      start = end &+ 1
    }
    guard cuts.contains(where: \.isCut) else { return nil }
    return cut()
  }

  private mutating func closeBlock() {
    for kind in openers.indices { openers[kind] = -1 }
  }

  private func fence(at index: Int, _ end: Int) -> Bool {
    end &- index >= 3 && bytes[index &+ 1] == .backtick && bytes[index &+ 2] == .backtick
  }

  // MARK: Lines

  private mutating func line(from start: Int, _ content: Int, to end: Int) {
    // An indent of four or more is code.
    guard content &- start < 4 else { return closeBlock() }
    if isRule(content, end) || isDefinition(content, end) {
      cuts.append(MarkdownCut(start: start, end: end, isParagraphEnd: true))
      return closeBlock()
    }
    var content = content
    if bytes[content] == .greaterThan {
      if quoted.contains(content, end) {
        content = quoted.afterMarks(content, end)
        cuts.append(MarkdownCut(start: start, end: content))
      }
    } else if let text = heading(content, end) {
      cuts.append(MarkdownCut(start: start, end: text.start))
      inline(from: text.start, to: text.end)
      cuts.append(MarkdownCut(start: text.end, end: end, isParagraphEnd: true))
      return closeBlock()
    } else if bytes[content] == 0x2A || bytes[content] == 0x2B || bytes[content] == 0x2D,
      content &+ 1 < end, bytes[content &+ 1] == .space
    {
      // The marker of an item is kept for list detection; the box of a task is cut.
      closeBlock()
      content &+= 2
      if content &+ 3 < end, bytes[content] == 0x5B, bytes[content &+ 2] == 0x5D, bytes[content &+ 3] == .space {
        cuts.append(MarkdownCut(start: content, end: content &+ 4))
        content &+= 4
      }
    }
    inline(from: content, to: end)
  }

  /// Whether a line is a rule: three or more of one mark and nothing else, as in `---`, `* * *`, `=====`, `|---|---|`.
  private func isRule(_ start: Int, _ end: Int) -> Bool {
    let mark = bytes[start] == 0x7C ? 0x2D : bytes[start]
    guard mark == 0x2A || mark == 0x2D || mark == 0x5F || mark == .equals else { return false }
    let isTable = bytes[start] == 0x7C
    var count = 0
    for index in start..<end {
      if bytes[index] == mark {
        count &+= 1
      } else if !bytes[index].isSpace && !(isTable && (bytes[index] == 0x7C || bytes[index] == 0x3A)) {
        return false
      }
    }
    return count >= 3
  }

  /// Returns the start of the attributes at the end of a line: `{.wide #top}`.
  private func attributes(_ start: Int, _ end: Int) -> Int? {
    var index = end
    while index > start, bytes[index &- 1].isSpace { index &-= 1 }
    guard index > start &+ 2, bytes[index &- 1] == 0x7D else { return nil }
    index &-= 1
    while index > start, bytes[index &- 1] != 0x7B, bytes[index &- 1] != 0x7D { index &-= 1 }
    guard index > start, bytes[index &- 1] == 0x7B else { return nil }
    switch bytes[index] {
    case 0x23, 0x2E, 0x3A: return index &- 1
    default: return nil
    }
  }

  /// Whether a line defines a link or a footnote: `[1]: https://example.com`, `[^1]: A note.`
  private func isDefinition(_ start: Int, _ end: Int) -> Bool {
    guard bytes[start] == 0x5B else { return false }
    var index = start &+ 1
    while index < end, bytes[index] != 0x5D, bytes[index] != 0x5B { index &+= 1 }
    guard index &+ 2 < end, index > start &+ 1, bytes[index] == 0x5D, bytes[index &+ 1] == 0x3A else { return false }
    if isNote(start &+ 1, index) { return true }
    let target = bytes.afterSpaces(from: index &+ 2, to: end)
    return target < end && isAddress(target, end)
  }

  /// Returns the range of a heading's text without its marks: `# Title`, `## Title ##`.
  private func heading(_ start: Int, _ end: Int) -> (start: Int, end: Int)? {
    var index = start
    while index < end, bytes[index] == 0x23 { index &+= 1 }
    guard index > start, index &- start <= 6, index < end, bytes[index] == .space else { return nil }
    let text = bytes.afterSpaces(from: index, to: end)
    var last = end
    while last > text, bytes[last &- 1] == 0x23 || bytes[last &- 1].isSpace { last &-= 1 }
    return last > text ? (text, last) : nil
  }

  // MARK: Words

  private mutating func inline(from start: Int, to end: Int) {
    var index = start
    brackets.removeAll(keepingCapacity: true)
    while index < end {
      switch bytes[index] {
      case 0x5C where index &+ 1 < end && isEscapable(bytes[index &+ 1]):
        cuts.append(MarkdownCut(start: index, end: index &+ 1))
        index &+= 2
      case .backtick: index = codeSpan(at: index, end)
      case 0x21 where index &+ 1 < end && bytes[index &+ 1] == 0x5B:
        brackets.append(cuts.count)
        cuts.append(MarkdownCut(start: index, end: index &+ 2, isCut: false))
        index &+= 2
      case 0x5B:
        brackets.append(cuts.count)
        cuts.append(MarkdownCut(start: index, end: index &+ 1, isCut: false))
        index &+= 1
      case 0x5D: index = closingBracket(at: index, end)
      case .lessThan:
        if let close = autolink(at: index, end) {
          cuts.append(MarkdownCut(start: index, end: index &+ 1))
          cuts.append(MarkdownCut(start: close, end: close &+ 1))
          index = close &+ 1
        } else {
          index &+= 1
        }
      case 0x2A, 0x5F, 0x7E: index = delimiter(at: index, start, end)
      default: index = next(from: index &+ 1, to: end)
      }
    }
  }

  /// Cuts the marks and the address of a link, or an image as a whole, at its closing bracket. Returns the index after
  /// the link, or after the bracket if there is none.
  private mutating func closingBracket(at index: Int, _ end: Int) -> Int {
    guard let opener = brackets.popLast() else { return index &+ 1 }
    if isNote(cuts[opener].end, index) {
      cuts[opener].isCut = true
      cuts[opener].end = index &+ 1
      return index &+ 1
    }
    guard let linkEnd = linkEnd(from: index, cuts[opener].end, end) else { return index &+ 1 }
    cuts[opener].isCut = true
    if bytes[cuts[opener].start] == 0x21 {
      cuts[opener].end = linkEnd
    } else {
      cuts.append(MarkdownCut(start: index, end: linkEnd))
    }
    return linkEnd
  }

  /// Whether the text between brackets is the number of a footnote: `[^1]`.
  private func isNote(_ start: Int, _ end: Int) -> Bool {
    end &- start >= 2 && end &- start <= 4 && bytes[start] == 0x5E
      && bytes[start &+ 1..<end].allSatisfy { $0.isDigit }
  }

  private func next(from start: Int, to end: Int) -> Int {
    Bytes(rebasing: bytes[..<end]).first(from: start) { block in
      block.lanes(of: 0x5C) .| block.lanes(of: .backtick) .| block.lanes(of: 0x21) .| block.lanes(of: 0x5B)
        .| block.lanes(of: 0x5D)
        .| block.lanes(of: .lessThan) .| block.lanes(of: 0x2A) .| block.lanes(of: 0x5F) .| block.lanes(of: 0x7E)
    }
  }

  private func isEscapable(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2A, 0x5F, 0x5B, 0x5D, 0x23, 0x60, 0x7E, 0x2E, 0x21: true
    default: false
    }
  }

  private mutating func codeSpan(at index: Int, _ end: Int) -> Int {
    let span = code.end(at: index)
    guard span.isCode, span.end <= end else { return min(span.end, end) }
    var length = 0
    while bytes[index &+ length] == .backtick { length &+= 1 }
    cuts.append(MarkdownCut(start: index, end: index &+ length))
    cuts.append(MarkdownCut(start: span.end &- length, end: span.end))
    return span.end
  }

  /// Returns the end of a link such as `](https://example.com "title")` or `][1]`; nil if this is not a link.
  private func linkEnd(from bracket: Int, _ textStart: Int, _ end: Int) -> Int? {
    guard bracket &+ 2 < end else { return nil }
    var index = bracket &+ 2
    switch bytes[bracket &+ 1] {
    case 0x28:
      guard isAddress(index, end) else { return nil }
      var parentheses = 1
      while index < end {
        switch bytes[index] {
        case 0x28: parentheses &+= 1
        case 0x29:
          parentheses &-= 1
          if parentheses == 0 { return index &+ 1 }
        // Another link begins before this one is closed.
        case 0x5D where index &+ 1 < end && bytes[index &+ 1] == 0x28: return nil
        default: break
        }
        index &+= 1
      }
      return nil
    case 0x5B where bracket > textStart && bytes[textStart] != 0x5E:
      let label = index
      while index < end, bytes[index].isAlphanumeric || bytes[index] == 0x2D || bytes[index] == 0x5F { index &+= 1 }
      return index < end && bytes[index] == 0x5D && index &- label <= 40 ? index &+ 1 : nil
    default: return nil
    }
  }

  /// Whether the text at `start` looks like the address of a page: `https:`, `/about`, `#top`, `example.com`, `<…>`.
  private func isAddress(_ start: Int, _ end: Int) -> Bool {
    guard start < end else { return false }
    switch bytes[start] {
    case .slash, 0x23, .lessThan, 0x2E: return true
    default: break
    }
    var index = start
    while index < end, !bytes[index].isSpace, bytes[index] != 0x29 {
      if bytes[index] == 0x3A || bytes[index] == .slash { return index > start }
      if bytes[index] == 0x2E, index > start, index &+ 1 < end, bytes[index &+ 1].isLetter { return true }
      index &+= 1
    }
    return false
  }

  private func autolink(at start: Int, _ end: Int) -> Int? {
    guard bytes.holds("<http", at: start) || bytes.holds("<mailto:", at: start) else { return nil }
    var index = start &+ 1
    while index < end, !bytes[index].isSpace, bytes[index] != .lessThan, bytes[index] != .greaterThan { index &+= 1 }
    return index < end && bytes[index] == .greaterThan ? index : nil
  }

  // MARK: Emphasis

  /// Reads a run of `*`, `_` or `~`. It opens emphasis if a word follows it, and closes emphasis if a word precedes it.
  private mutating func delimiter(at start: Int, _ lineStart: Int, _ end: Int) -> Int {
    let mark = bytes[start]
    var index = start
    while index < end, bytes[index] == mark { index &+= 1 }
    let length = index &- start
    let isStrike = mark == 0x7E
    guard length <= 3, !isStrike || length == 2 else { return index }
    let slot = isStrike ? 6 : (mark == 0x2A ? 0 : 3) &+ length &- 1
    let before = start > lineStart ? bytes[start &- 1] : .space
    let after = index < end ? bytes[index] : .space
    let mayClose = !before.isSpace && (mark == 0x2A || !isWord(after))
    let mayOpen = !after.isSpace && !(start > lineStart && endsWithLetter(start))
    if mayClose, openers[slot] >= 0 {
      cuts[openers[slot]].isCut = true
      cuts.append(MarkdownCut(start: start, end: index))
      openers[slot] = -1
    } else if mayOpen {
      openers[slot] = cuts.count
      cuts.append(MarkdownCut(start: start, end: index, isCut: false))
    }
    return index
  }

  private func isWord(_ byte: UInt8) -> Bool { byte.isAlphanumeric || byte >= 0x80 }

  /// Whether a letter of an alphabet, or a digit, ends at `end`. Chinese is excluded: emphasis may begin anywhere in
  /// it, as it may after any punctuation mark.
  private func endsWithLetter(_ end: Int) -> Bool {
    var start = end &- 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start &-= 1 }
    let (scalar, _) = TextLines.scalar(bytes, at: start)
    return scalar < 0x80 ? UInt8(scalar).isAlphanumeric : 0xC0..<0x2000 ~= scalar
  }

  // MARK: Output

  private func cut() -> [UInt8]? {
    guard let base = bytes.baseAddress else { return nil }
    var output = ByteBuffer(capacity: bytes.count &+ 16)
    var copied = 0
    for cut in cuts where cut.isCut && cut.start >= copied {
      output.append(base + copied, cut.start &- copied)
      copied = cut.end
      if cut.isParagraphEnd, cut.end < bytes.count { output.append(.newline) }
    }
    output.append(base + copied, bytes.count &- copied)
    return output.array
  }
}
