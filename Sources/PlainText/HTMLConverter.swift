import Basics

/// Converts HTML to text in one pass: blocks and breaks become line ends, and content that is not shown is dropped.
///
/// Dropped content is written first and removed when its element is closed, so that an unclosed element loses no text.
struct HTMLConverter: ~Copyable {
  private let bytes: Bytes
  private var reader: TagReader
  private var raw: RawText
  private var code: CodeSpans?
  private let hasParagraphs: Bool
  private var output: PlainTextBuilder
  private var open = OpenElements()
  private var forms: [HTMLForm] = []
  /// Where the captions of figures are in the output.
  private var captions: [Range<Int>] = []
  private var openCaptions = 0
  private var pictures = PictureTexts()
  private var mainParts = 0
  /// The index of the `]]>` that ends the open CDATA section; `Int.max` when none is open.
  private var sectionEnd = Int.max
  private var hasNoSectionEnd = false
  /// Whether the HTML has neither elements that begin a line, such as list items and rows, nor preformatted text.
  private var hasOnlyBreaks = true

  private struct HTMLForm {
    let start: Int
    let end: Int
    let holdsPage: Bool
  }

  static func text(of bytes: Bytes, _ survey: MarkupSurvey, sparingCode: Bool) -> ReadableText {
    var converter = HTMLConverter(bytes, survey, sparingCode: sparingCode)
    converter.run()
    return converter.result()
  }

  private init(_ bytes: Bytes, _ survey: MarkupSurvey, sparingCode: Bool) {
    self.bytes = bytes
    reader = survey.reader
    reader.restart()
    hasParagraphs = survey.hasParagraphs
    raw = RawText(bytes)
    code = sparingCode ? CodeSpans(bytes) : nil
    output = PlainTextBuilder(capacity: bytes.count)
  }

  private mutating func run() {
    guard let base = bytes.baseAddress else { return }
    var index = 0
    while index < bytes.count {
      if index >= sectionEnd {
        if index == sectionEnd { index &+= 3 }
        sectionEnd = .max
        continue
      }
      switch bytes[index] {
      case .lessThan: index = markup(at: index, base)
      case .ampersand: index = reference(at: index)
      case 0x09...0x0D, 0x20: index = whiteSpace(at: index)
      case 0x00...0x1F: index &+= 1
      case 0xC2, 0xE2, 0xEF: index = wide(at: index, base)
      case .backtick: index = backtick(at: index, base)
      default:
        var end = runEnd(from: index, base)
        let next = end
        if bytes[end &- 1] == .space { end &-= 1 }
        output.append(base + index, end &- index)
        if end < next { output.separate(.space) }
        index = next
      }
    }
  }

  // MARK: Text

  /// Returns the end of the run that can be copied unchanged, single spaces included.
  private func runEnd(from start: Int, _ base: UnsafePointer<UInt8>) -> Int {
    let limit = min(bytes.count, sectionEnd)
    var index = start &+ 1
    while !open.isPreformatted, index &+ 16 < limit {
      let block = Bytes16(loading: base + index)
      let next = Bytes16(loading: base + index + 1)
      let spaces = block.lanes(of: .space) .& (next .<= .all(.space))
      let marks = block.lanes(of: .lessThan) .| block.lanes(of: .ampersand) .| block.lanes(of: .backtick)
      let wide = block.lanes(of: 0xC2) .| block.lanes(of: 0xE2) .| block.lanes(of: 0xEF)
      let found = (block .< .all(.space)) .| spaces .| marks .| wide
      let set = LaneSet(found)
      if !set.isEmpty { return index &+ set.first }
      index &+= 16
    }
    while index < limit, !stops(bytes[index]) { index &+= 1 }
    return index
  }

  private func stops(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x20, .lessThan, .ampersand, .backtick, 0xC2, 0xE2, 0xEF: true
    default: false
    }
  }

  private mutating func whiteSpace(at start: Int) -> Int {
    var index = start
    var lines = 0
    let isPreformatted = open.isPreformatted
    while index < bytes.count, bytes[index].isSpace {
      if isPreformatted {
        let isPartOfLineEnd = bytes[index] == 0x0D && index &+ 1 < bytes.count && bytes[index &+ 1] == .newline
        if !isPartOfLineEnd { output.preformatted(bytes[index] == 0x0D ? .newline : bytes[index]) }
      }
      if bytes[index] == .newline { lines &+= 1 }
      index &+= 1
    }
    if !isPreformatted { output.separate(lines >= 2 && endsSentence ? .blankLine : .space) }
    return index
  }

  /// Whether a blank line here ends a paragraph. In a text without `<p>` it does after a sentence: some texts are
  /// stored in this form and get their tags later.
  private var endsSentence: Bool {
    !hasParagraphs && isAfterSentence
  }

  /// Whether the text so far ends in a mark that ends sentences.
  private var isAfterSentence: Bool {
    guard output.count > 0 else { return false }
    switch output.buffer.base[output.count &- 1] {
    case 0x21, 0x22, 0x27, 0x29, 0x2E, 0x3A, 0x3F: return true
    // The last UTF-8 byte of ”, … and 。.
    case let last: return last == 0x9D || last == 0xA6 || last == 0x82
    }
  }

  private mutating func wide(at index: Int, _ base: UnsafePointer<UInt8>) -> Int {
    if bytes[index] == 0xC2, index &+ 1 < bytes.count, bytes[index &+ 1] == 0xA0 {
      space()
      return index &+ 2
    }
    let length = DamagedCharacters.length(in: bytes, at: index)
    guard length == 0 else { return mend(at: index, length) }
    var end = index &+ 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end &+= 1 }
    output.append(base + index, end &- index)
    return end
  }

  private mutating func mend(at index: Int, _ length: Int) -> Int {
    for back in stride(from: 2, through: 6, by: 2) where bytes[index] == 0xC2 && output.mark.pending == .none {
      guard let meant = DamagedCharacters.doubleEncoded(in: bytes, leadAt: index &- back),
        output.buffer.endsLike(bytes, to: index, length: back)
      else { continue }
      output.removeLast(back)
      output.append(scalar: meant.scalar)
      return meant.end
    }
    if let meaning = DamagedCharacters.meaning(in: bytes, at: index) { output.append(scalar: meaning) }
    return index &+ length
  }

  /// Adds a space that is visible to a reader though HTML does not treat it as white space.
  private mutating func space() {
    if open.isPreformatted { output.preformatted(.space) } else { output.separate(.space) }
  }

  private mutating func backtick(at start: Int, _ base: UnsafePointer<UInt8>) -> Int {
    guard let span = code?.end(at: start) else {
      output.append(.backtick)
      return start &+ 1
    }
    guard span.isCode else {
      output.append(base + start, span.end &- start)
      return span.end
    }
    var index = start
    while index < span.end {
      if bytes[index].isSpace {
        index = whiteSpace(at: index)
      } else {
        let word = index
        while index < span.end, !bytes[index].isSpace { index &+= 1 }
        output.append(base + word, index &- word)
      }
    }
    return index
  }

  private mutating func reference(at index: Int) -> Int {
    guard let outer = CharacterReference(bytes, at: index, .bareToo) else {
      output.append(.ampersand)
      return index &+ 1
    }
    let reference =
      outer.isAmpersand ? CharacterReference.escapedTwice(bytes, from: index, to: outer.end) ?? outer : outer
    for scalar in [reference.first, reference.second] where scalar != 0 {
      switch scalar {
      case 0x0A where open.isPreformatted: output.preformatted(.newline)
      case 0x09...0x0D, 0x20, 0xA0: space()
      case 0x00...0x1F, 0x7F, 0xAD, 0x200B, 0x2060, 0xFEFF: break
      default: output.append(scalar: scalar)
      }
    }
    return reference.end
  }

  // MARK: Markup

  private mutating func markup(at start: Int, _ base: UnsafePointer<UInt8>) -> Int {
    if let tag = reader.tag(at: start) {
      return tag.isEnd ? end(tag) : begin(tag, at: start, base)
    }
    if let end = raw.commentEnd(at: start) { return end }
    if bytes.holds("<![cdata[", at: start) {
      if sectionEnd == .max && !hasNoSectionEnd {
        if let end = bytes.first("]]>", from: start) { sectionEnd = end } else { hasNoSectionEnd = true }
      }
      return start &+ 9
    }
    // The text of a comment that is never closed is kept.
    if bytes.holds("<!--", at: start) { return start &+ 4 }
    output.append(.lessThan)
    return start &+ 1
  }

  private mutating func begin(_ tag: HTMLTag, at start: Int, _ base: UnsafePointer<UInt8>) -> Int {
    let element = tag.element
    guard element != .unknown else { return tag.end }
    let traits = element.traits
    if traits.contains(.raw) {
      if tag.isSelfClosing { return tag.end }
      if let end = raw.end(of: element, at: tag.end) { return end }
      // A tag that a sentence mentions: "the <script> element".
      if start > 0, bytes[start &- 1].isSpace, tag.end < bytes.count, bytes[tag.end].isSpace, !tag.hasAttributes {
        output.append(base + start, tag.end &- start)
      }
      return tag.end
    }
    if let depth = open.depth(endedByStartOf: element) { close(downTo: depth) }
    if traits.contains(.block) { output.separate(.blankLine) }
    if traits.contains(.line) { output.separate(.line) }
    if traits.contains(.line) || element == .pre { hasOnlyBreaks = false }
    switch element {
    case .br: output.breakLine()
    case .img: picture(tag)
    case .tr: output.beginRow()
    case .td, .th: output.beginCell()
    case .article, .main: mainParts += 1
    case .q: output.append(scalar: 0x201C)
    default: break
    }
    if traits.contains(.void) || tag.isSelfClosing && (tag.isHidden || traits.contains(.dropped)) { return tag.end }
    let longestCaption = longestCaption(of: tag)
    if longestCaption > 0 { output.separate(.blankLine) }
    let isRecorded = open.push(
      element, drops: tag.isHidden || traits.contains(.dropped), mark: output.currentMark, mainParts: mainParts,
      longestCaption: longestCaption)
    if isRecorded, longestCaption > 0 { openCaptions += 1 }
    return tag.end
  }

  private mutating func end(_ tag: HTMLTag) -> Int {
    switch tag.element {
    case .unknown: return tag.end
    case .br: output.breakLine()
    // Content after this end tag is still part of the page.
    case .html, .body: output.separate(.blankLine)
    default:
      let traits = tag.element.traits
      if traits.contains(.raw) || traits.contains(.void) { return tag.end }
      if let depth = open.depth(endedBy: tag.element) {
        close(downTo: depth)
      } else if traits.contains(.block) {
        output.separate(.blankLine)
      }
    }
    return tag.end
  }

  private mutating func close(downTo depth: Int) {
    while let entry = open.pop(downTo: depth) {
      let traits = entry.element.traits
      if entry.drops {
        output.rewind(to: entry.mark)
        while let form = forms.last, form.start >= entry.mark.count { forms.removeLast() }
        while let caption = captions.last, caption.lowerBound >= entry.mark.count { captions.removeLast() }
      }
      if entry.element == .form {
        forms.append(HTMLForm(start: entry.mark.count, end: output.count, holdsPage: mainParts > entry.mainParts))
      }
      if entry.longestCaption > 0 {
        openCaptions -= 1
        if !entry.drops { addCaption(from: entry.mark.count, longest: entry.longestCaption) }
        output.separate(.blankLine)
      }
      if entry.element == .q { output.append(scalar: 0x201D) }
      if entry.element == .tr { output.endRow() }
      if traits.contains(.block) { output.separate(.blankLine) }
      if traits.contains(.line) { output.separate(.line) }
    }
  }

  /// Returns the maximum length of the text that makes the element a caption; 0 if it is none. An element within a line
  /// is none in the middle of a sentence, nor in another caption.
  private func longestCaption(of tag: HTMLTag) -> Int {
    if tag.element == .figcaption { return .max }
    guard tag.longestCaption > 0, openCaptions == 0 else { return 0 }
    switch tag.element {
    case .html, .body, .main, .article, .table: return 0
    default: break
    }
    let standsApart =
      !tag.element.traits.isDisjoint(with: [.block, .line]) || output.count == 0 || output.mark.pending >= .cell
      || isAfterSentence
    return standsApart ? tag.longestCaption : 0
  }

  private mutating func addCaption(from start: Int, longest: Int) {
    var start = start
    while start < output.count, output.buffer.base[start].isSpace { start &+= 1 }
    guard start < output.count, output.count &- start <= longest else { return }
    while let inner = captions.last, inner.lowerBound >= start { captions.removeLast() }
    captions.append(start..<output.count)
  }

  /// Appends the alternative text of an image that shows a character; that of other images tells their caption.
  private mutating func picture(_ tag: HTMLTag) {
    guard let text = tag.alternative else { return }
    guard tag.isEmoji else { return pictures.add(text, at: output.count) }
    guard text.count <= 40 else { return }
    var index = text.lowerBound
    while index < text.upperBound {
      if bytes[index] == .ampersand {
        index = reference(at: index)
      } else {
        output.append(bytes[index])
        index &+= 1
      }
    }
  }

  // MARK: Forms

  private mutating func result() -> ReadableText {
    captions = pictures.captions(
      in: Bytes(start: output.buffer.base, count: output.count), of: bytes, besides: captions)
    let text = withoutForms()
    guard hasOnlyBreaks, !hasParagraphs else { return text }
    // There is no caption in a text without blank lines.
    return text.bytes.withUnsafeBufferPointer { BrokenParagraphs.parted($0) }.map { ReadableText(bytes: $0) } ?? text
  }

  /// Returns the text without its forms. A form with a main part, or with more than half of the text, encloses the
  /// whole page and is kept.
  private func withoutForms() -> ReadableText {
    let text = output.buffer.array
    guard forms.contains(where: { isDropped($0) }) else { return ReadableText(bytes: text, captions: captions) }
    var result = ReadableText(bytes: [])
    result.bytes.reserveCapacity(text.count)
    var rest = captions[...]
    var index = 0
    /// Copies the text up to `end`, and the captions in it.
    func copy(to end: Int, continuingAt next: Int) {
      while index < end, result.bytes.isEmpty, text[index] == .newline { index += 1 }
      while let caption = rest.first, caption.lowerBound < next {
        rest.removeFirst()
        guard caption.lowerBound >= index, caption.upperBound <= end else { continue }
        let start = result.bytes.count + caption.lowerBound - index
        result.captions.append(start..<start + caption.count)
      }
      result.bytes += text[index..<end]
      index = next
    }
    for form in forms.sorted(by: { $0.start < $1.start }) where isDropped(form) && form.start >= index {
      copy(to: form.start, continuingAt: form.end)
    }
    copy(to: text.count, continuingAt: text.count)
    return result
  }

  private func isDropped(_ form: HTMLForm) -> Bool {
    !form.holdsPage && (form.end &- form.start) &* 2 <= output.count
  }
}
