/// A start or end tag in a text.
struct HTMLTag {
  var element = HTMLElement.unknown
  var isEnd = false
  /// The index after the tag.
  var end = 0
  var isSelfClosing = false
  var hasAttributes = false
  /// Whether the element and its content are hidden, or are a menu.
  var isHidden = false
  /// The maximum length of the text of the element that makes it a caption; 0 if its class names none.
  var longestCaption = 0
  /// The range of the alternative text of an image, and whether the image shows a character.
  var alternative: Range<Int>?
  var isEmoji = false
}

/// Reads the tags of one text and tells them from text that looks similar: `a <b`, `<joe@example.com>`, `Vec<u8>`.
///
/// A name that HTML does not have is a tag if the text closes it, or if its form is unambiguous: an end tag, an
/// attribute with a value, a closing slash or a namespace prefix.
struct TagReader {
  private let bytes: Bytes
  /// The index of the last `>` in the text.
  private let lastEnd: Int
  /// Whether a quoted attribute value may contain `>`. False after an unclosed quotation mark, which would hide all
  /// text after it.
  private var honorsQuotes = true
  private var closedNames = ClosedNames()

  init(_ bytes: Bytes) {
    self.bytes = bytes
    var last = bytes.count &- 1
    while last >= 0, bytes[last] != .greaterThan { last &-= 1 }
    lastEnd = last
  }

  /// Prepares for reading the text from its beginning again, with the closed names known so far.
  mutating func restart() { honorsQuotes = true }

  /// Records the end tag of a name that HTML does not have. Start tags of that name are then tags anywhere in the text.
  mutating func noteEndTag(at start: Int) {
    let end = nameEnd(from: start &+ 2)
    if end > start &+ 2 { closedNames.insert(Bytes(rebasing: bytes[start &+ 2..<end])) }
  }

  /// Returns the tag that begins at a `<`; nil if the `<` is text.
  mutating func tag(at start: Int) -> HTMLTag? {
    guard start < lastEnd else { return nil }
    var tag = HTMLTag()
    tag.isEnd = bytes[start &+ 1] == .slash
    let nameStart = start &+ (tag.isEnd ? 2 : 1)
    guard nameStart < bytes.count, bytes[nameStart].isLetter else { return nil }
    let nameEnd = nameEnd(from: nameStart)
    guard nameEnd < bytes.count, bytes[nameEnd].isSpace || bytes[nameEnd] == .slash || bytes[nameEnd] == .greaterThan
    else { return nil }
    let name = Bytes(rebasing: bytes[nameStart..<nameEnd])
    tag.element = element(of: name)
    tag.isHidden = tag.element == .dialog
    guard let attributes = attributes(from: nameEnd, of: &tag) else { return nil }
    guard tag.element != .unknown || attributes != 0 || tag.isEnd || closedNames.contains(name) || Self.hasPrefix(name)
    else { return nil }
    return tag
  }

  private func nameEnd(from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end].isAlphanumeric || Self.isNameMark(bytes[end]) { end &+= 1 }
    return end
  }

  /// Whether the byte is `-`, `.`, `:` or `_`.
  private static func isNameMark(_ byte: UInt8) -> Bool { byte == 0x2D || byte == 0x2E || byte == 0x3A || byte == 0x5F }

  /// Returns the element of a name, ignoring the prefixes of XHTML.
  private func element(of name: Bytes) -> HTMLElement {
    for prefix: StaticString in ["xhtml:", "html:"] where name.holds(prefix, at: 0) {
      return ElementTable.element(named: Bytes(rebasing: name[prefix.utf8CodeUnitCount...]))
    }
    return ElementTable.element(named: name)
  }

  /// Whether a name has a namespace prefix: `o:p`, `media:thumbnail`, but not `https:`.
  private static func hasPrefix(_ name: Bytes) -> Bool {
    guard let colon = name.firstIndex(of: 0x3A) else { return false }
    return colon > 0 && colon < name.count &- 1
  }

  // MARK: Attributes

  /// Returns the number of attributes with a value, plus one if the tag closes itself; nil if this is not a tag.
  private mutating func attributes(from start: Int, of tag: inout HTMLTag) -> Int? {
    var index = start
    var valued = 0
    var isFirst = true
    while true {
      while index < bytes.count, bytes[index].isSpace || bytes[index] == .slash { index &+= 1 }
      guard index < bytes.count else { return unterminated() }
      if bytes[index] == .greaterThan {
        if bytes[index &- 1] == .slash {
          tag.isSelfClosing = true
          valued &+= 1
        }
        tag.end = index &+ 1
        break
      }
      if bytes[index] == .lessThan {
        // The tag lacks its `>`. Without an attribute value it is text: "i <b and c <d".
        guard valued > 0 else { return nil }
        tag.end = index
        break
      }
      // Text, not a tag: "a <b & c", "a <b 2".
      if isFirst && !tag.isEnd && !Self.mayBeginAttribute(bytes[index]) { return nil }
      isFirst = false
      tag.hasAttributes = true
      let name = index
      index &+= 1
      while index < bytes.count, !endsAttributeName(bytes[index]) { index &+= 1 }
      let nameEnd = index
      while index < bytes.count, bytes[index].isSpace { index &+= 1 }
      var value = nameEnd..<nameEnd
      if index < bytes.count, bytes[index] == .equals {
        index &+= 1
        value = attributeValue(&index)
        valued &+= 1
      }
      guard !tag.isEnd else { continue }
      switch nameEnd &- name {
      case 3 where tag.element == .img && bytes.holds("alt", at: name): tag.alternative = value
      case 4 where bytes.holds("role", at: name):
        if equals(value, "navigation") { tag.isHidden = true }
      case 4 where tag.element == .dialog && bytes.holds("open", at: name): tag.isHidden = false
      case 5 where bytes.holds("style", at: name):
        if hidesStyle(value) { tag.isHidden = true }
      case 5 where bytes.holds("class", at: name):
        if hidesClass(value) { tag.isHidden = true }
        tag.longestCaption = CaptionClass.longestText(Bytes(rebasing: bytes[value]))
        if tag.element == .img, mentions(value, "emoji") || mentions(value, "smiley") { tag.isEmoji = true }
      case 6 where bytes.holds("hidden", at: name): tag.isHidden = true
      case 11 where bytes.holds("aria-hidden", at: name):
        if equals(value, "true") { tag.isHidden = true }
      default: break
      }
    }
    // A page that fades in hides its body at first.
    if tag.element == .body || tag.element == .html { tag.isHidden = false }
    return valued
  }

  private mutating func unterminated() -> Int? {
    honorsQuotes = false
    return nil
  }

  private static func mayBeginAttribute(_ byte: UInt8) -> Bool {
    switch byte {
    case .quote, .apostrophe, 0x23, 0x24, 0x25, 0x28, 0x2A, 0x3A, 0x40, 0x5B, 0x5F, 0x7B: true
    default: byte.isLetter || byte >= 0x80
    }
  }

  private func endsAttributeName(_ byte: UInt8) -> Bool {
    byte.isSpace || byte == .slash || byte == .greaterThan || byte == .equals || byte == .lessThan
  }

  /// Returns the value after a `=`, and moves `index` past it.
  private mutating func attributeValue(_ index: inout Int) -> Range<Int> {
    while index < bytes.count, bytes[index].isSpace { index &+= 1 }
    guard index < bytes.count else { return index..<index }
    let mark = bytes[index]
    if mark == .quote || mark == .apostrophe {
      if honorsQuotes {
        let end = bytes.first(mark, from: index &+ 1)
        if end < bytes.count {
          defer { index = end &+ 1 }
          return index &+ 1..<end
        }
        honorsQuotes = false
      }
      index &+= 1
      let start = index
      while index < bytes.count, bytes[index] != mark, bytes[index] != .greaterThan { index &+= 1 }
      defer { if index < bytes.count, bytes[index] == mark { index &+= 1 } }
      return start..<index
    }
    let start = index
    while index < bytes.count, !bytes[index].isSpace, bytes[index] != .greaterThan { index &+= 1 }
    return start..<index
  }

  // MARK: Values

  private func equals(_ value: Range<Int>, _ text: StaticString) -> Bool {
    value.count == text.utf8CodeUnitCount && bytes.holds(text, at: value.lowerBound)
  }

  private func mentions(_ value: Range<Int>, _ text: StaticString) -> Bool {
    Bytes(rebasing: bytes[value]).first(text, from: 0) != nil
  }

  /// Whether a style hides the element: `display: none`, `visibility:hidden` and similar, with or without spaces.
  private func hidesStyle(_ value: Range<Int>) -> Bool {
    declares(value, "display", "none") || declares(value, "visibility", "hidden") || declares(value, "mso-hide", "all")
  }

  private func declares(_ style: Range<Int>, _ property: StaticString, _ value: StaticString) -> Bool {
    let style = Bytes(rebasing: bytes[style])
    var start = 0
    while let found = style.first(property, from: start) {
      var index = found &+ property.utf8CodeUnitCount
      while index < style.count, style[index].isSpace { index &+= 1 }
      if index < style.count, style[index] == 0x3A {
        index &+= 1
        while index < style.count, style[index].isSpace { index &+= 1 }
        if style.holds(value, at: index), found == 0 || !style[found &- 1].isAlphanumeric && style[found &- 1] != 0x2D {
          return true
        }
      }
      start = found &+ 1
    }
    return false
  }

  /// Whether a class hides the element from all but screen readers.
  private func hidesClass(_ value: Range<Int>) -> Bool {
    for name in bytes[value].split(whereSeparator: \.isSpace) {
      let name = Bytes(rebasing: name)
      switch name.count {
      case 7 where name.holds("sr-only", at: 0): return true
      case 14 where name.holds("visuallyhidden", at: 0): return true
      case 15 where name.holds("visually-hidden", at: 0): return true
      case 18 where name.holds("screen-reader-text", at: 0): return true
      default: break
      }
    }
    return false
  }
}

/// A set of names that may contain a name never inserted, but never lacks an inserted one.
private struct ClosedNames {
  private var bits = SIMD4<UInt64>()

  mutating func insert(_ name: Bytes) {
    let bit = Self.bit(of: name)
    bits[bit &>> 6] |= 1 &<< UInt64(bit & 63)
  }

  func contains(_ name: Bytes) -> Bool {
    let bit = Self.bit(of: name)
    return bits[bit &>> 6] & (1 &<< UInt64(bit & 63)) != 0
  }

  private static func bit(of name: Bytes) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in name { hash = (hash ^ UInt32(byte.isCapital ? byte | 0x20 : byte)) &* 16_777_619 }
    return Int(hash &>> 24)
  }
}
