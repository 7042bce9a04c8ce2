import Basics

/// The treatment of markup in a text.
package enum HTMLMode: String, Sendable, CaseIterable {
  /// A text with a closed pair of block tags or two breaks, outside code, is HTML. In any other text references are
  /// decoded; HTML that this reveals is converted too.
  case auto
  /// Every tag is treated as HTML.
  case always
  /// Tags and references are kept as text.
  case never
}

/// The text that a person reads.
package struct ReadableText: Sendable {
  package var bytes: [UInt8]
  /// Where the captions of its figures, and the credits of its pictures, are in the text, in its order.
  package var captions: [Range<Int>] = []
}

/// Converts the text of a feed, an archive or a mail to the text that a person reads.
package enum PlainText {
  /// Returns the text without its markup and damaged characters.
  ///
  /// - Returns: nil when nothing changes. A text without damaged characters, `<` or `&` costs one pass over its bytes.
  package static func plain(_ bytes: UnsafeBufferPointer<UInt8>, html: HTMLMode) -> [UInt8]? {
    readable(bytes, html: html)?.bytes
  }

  /// The same, with the captions of figures.
  package static func readable(_ bytes: UnsafeBufferPointer<UInt8>, html: HTMLMode) -> ReadableText? {
    let first = DamagedCharacters.first(in: bytes, markup: html != .never)
    guard first < bytes.count else { return nil }
    guard html != .never else {
      return TextMending.mend(bytes, from: first, references: nil).map { ReadableText(bytes: $0) }
    }
    if let section = markedSection(bytes) {
      return readable(section, html: html) ?? ReadableText(bytes: Array(section))
    }
    return fromMarkup(bytes, from: first, html)
  }

  /// Returns the plain form of a string, or the string itself when nothing changes.
  package static func plain(_ text: String, html: HTMLMode) -> String {
    var text = text
    guard let plain = text.withUTF8({ plain($0, html: html) }) else { return text }
    return String(decoding: plain, as: UTF8.self)
  }

  private static func fromMarkup(_ bytes: Bytes, from first: Int, _ html: HTMLMode) -> ReadableText? {
    let isAuto = html == .auto
    let survey = MarkupSurvey(bytes, from: 0, sparingCode: isAuto)
    if survey.isMarkup || !isAuto && survey.hasTag { return HTMLConverter.text(of: bytes, survey, sparingCode: isAuto) }
    let rule: CharacterReference.SemicolonRule = isAuto ? .terminated : .bareToo
    let decoded = TextMending.mend(bytes, from: first, references: rule)
    guard let decoded else { return nil }
    return (survey.hasTag ? nil : unescaped(decoded, html)) ?? ReadableText(bytes: decoded)
  }

  /// Converts markup that was escaped up to three times; nil when the decoded text is not HTML.
  private static func unescaped(_ text: [UInt8], _ html: HTMLMode) -> ReadableText? {
    var text = text
    for _ in 0..<3 {
      let isMarkup = text.withUnsafeBufferPointer { bytes -> ReadableText?? in
        guard bytes.contains(.lessThan) else { return .some(nil) }
        let survey = MarkupSurvey(bytes, from: 0, sparingCode: html == .auto)
        guard survey.isMarkup else { return survey.hasTag ? .none : .some(nil) }
        return .some(HTMLConverter.text(of: bytes, survey, sparingCode: html == .auto))
      }
      guard let isMarkup else { return nil }
      if let isMarkup { return isMarkup }
      let again = text.withUnsafeBufferPointer { TextMending.mend($0, from: 0, references: .terminated) }
      guard let again else { return nil }
      text = again
    }
    return nil
  }

  /// Returns the content of a `<![CDATA[` section that is the whole text, ignoring white space around it.
  private static func markedSection(_ bytes: Bytes) -> Bytes? {
    var start = 0
    while start < bytes.count, bytes[start].isSpace { start &+= 1 }
    guard bytes.holds("<![cdata[", at: start) else { return nil }
    var end = bytes.count
    while end > start, bytes[end &- 1].isSpace { end &-= 1 }
    guard end &- start >= 12, bytes.holds("]]>", at: end &- 3) else { return nil }
    let inner = Bytes(rebasing: bytes[start &+ 9..<end &- 3])
    return inner.first("]]>", from: 0) == nil ? inner : nil
  }
}

/// Mends damaged characters and decodes references in a text that is not HTML; all other bytes are unchanged.
enum TextMending {
  /// - Returns: nil when nothing changes.
  static func mend(_ bytes: Bytes, from first: Int, references rule: CharacterReference.SemicolonRule?) -> [UInt8]? {
    guard let base = bytes.baseAddress else { return nil }
    var output = ByteBuffer(capacity: bytes.count &+ bytes.count / 8)
    var code = CodeSpans(bytes)
    var copied = 0
    // Code spans are kept, so scan from the start: one may open before `first`.
    var index = rule == .terminated ? 0 : first
    while true {
      index = next(in: bytes, from: index, rule)
      guard index < bytes.count else { break }
      if bytes[index] == .backtick {
        index = code.end(at: index).end
        continue
      }
      if bytes[index] == .ampersand {
        guard let rule, let outer = CharacterReference(bytes, at: index, rule) else {
          index &+= 1
          continue
        }
        let inner = outer.isAmpersand ? CharacterReference.escapedTwice(bytes, from: index, to: outer.end) : nil
        output.append(base + copied, index &- copied)
        append(inner ?? outer, to: &output)
        index = (inner ?? outer).end
        copied = index
        continue
      }
      let length = DamagedCharacters.length(in: bytes, at: index)
      guard length > 0 else {
        index &+= 1
        continue
      }
      let meaning = DamagedCharacters.meaning(in: bytes, at: index)
      if meaning == 0x200B {
        index &+= length
        continue
      }
      output.append(base + copied, index &- copied)
      var end = index &+ length
      if let meant = doubleEncoded(bytes, at: index, output) {
        output.truncate(to: output.count &- meant.back)
        output.append(scalar: meant.scalar)
        end = meant.end
      } else if let meaning {
        output.append(scalar: meaning)
      }
      index = end
      copied = end
    }
    guard copied > 0 else { return nil }
    output.append(base + copied, bytes.count &- copied)
    return output.array
  }

  private static func next(in bytes: Bytes, from start: Int, _ rule: CharacterReference.SemicolonRule?) -> Int {
    switch rule {
    case nil: bytes.first(from: start) { $0.lanes(of: 0xC2) .| $0.lanes(of: 0xE2) .| $0.lanes(of: 0xEF) }
    case .terminated:
      bytes.first(from: start) {
        $0.lanes(of: 0xC2) .| $0.lanes(of: 0xE2) .| $0.lanes(of: 0xEF) .| $0.lanes(of: .ampersand)
          .| $0.lanes(of: .backtick)
      }
    case .bareToo:
      bytes.first(from: start) {
        $0.lanes(of: 0xC2) .| $0.lanes(of: 0xE2) .| $0.lanes(of: 0xEF) .| $0.lanes(of: .ampersand)
      }
    }
  }

  private static func append(_ reference: CharacterReference, to output: inout ByteBuffer) {
    for scalar in [reference.first, reference.second] where scalar != 0 {
      switch scalar {
      case 0x09, 0x0A: output.append(UInt8(scalar))
      case 0x0B...0x0D: output.append(.newline)
      case 0x00...0x1F, 0x7F, 0xAD, 0x200B, 0x2060, 0xFEFF: break
      default: output.append(scalar: scalar)
      }
    }
  }

  private static func doubleEncoded(
    _ bytes: Bytes, at index: Int, _ output: borrowing ByteBuffer
  ) -> (scalar: UInt32, end: Int, back: Int)? {
    guard bytes[index] == 0xC2 else { return nil }
    for back in stride(from: 2, through: 6, by: 2) {
      guard let meant = DamagedCharacters.doubleEncoded(in: bytes, leadAt: index &- back),
        output.endsLike(bytes, to: index, length: back)
      else { continue }
      return (meant.scalar, meant.end, back)
    }
    return nil
  }
}
