/// A character reference in a text: `&eacute;`, `&#8217;`, `&#x2019;`.
struct CharacterReference {
  /// The first of one or two code points; `second` is zero when there is only one.
  let first: UInt32
  let second: UInt32
  /// The index after the reference.
  let end: Int

  var isAmpersand: Bool { first == UInt32(UInt8.ampersand) }

  /// Whether a reference needs its semicolon. `bareToo` also accepts numbers, and the names in
  /// `CharacterReferenceNames.bare`, without one if no letter, digit or `=` follows: `?a=1&copy=2` has no reference.
  enum SemicolonRule { case terminated, bareToo }

  /// Creates the reference at an ampersand; nil if there is none.
  init?(_ bytes: Bytes, at ampersand: Int, _ rule: SemicolonRule) {
    let start = ampersand &+ 1
    guard start < bytes.count else { return nil }
    if bytes[start] == 0x23 {
      guard let number = Self.number(bytes, from: start &+ 1, rule) else { return nil }
      (first, second, end) = (number.value, 0, number.end)
      return
    }
    var end = start
    while end < bytes.count, end &- start <= CharacterReferenceTable.longestName, bytes[end].isAlphanumeric {
      end &+= 1
    }
    let name = Bytes(rebasing: bytes[start..<end])
    let isTerminated = end < bytes.count && bytes[end] == .semicolon
    guard isTerminated || rule == .bareToo && (end == bytes.count || bytes[end] != .equals) else { return nil }
    guard let meaning = CharacterReferenceTable.shared.meaning(of: name), isTerminated || meaning.isBare else {
      return nil
    }
    (first, second) = (meaning.first, meaning.second)
    self.end = isTerminated ? end &+ 1 : end
  }

  private static func number(_ bytes: Bytes, from start: Int, _ rule: SemicolonRule) -> (value: UInt32, end: Int)? {
    guard start < bytes.count else { return nil }
    let isHex = bytes[start] | 0x20 == 0x78
    let digits = isHex ? start &+ 1 : start
    var end = digits
    var value: UInt32 = 0
    while end < bytes.count {
      let byte = bytes[end]
      let digit: UInt32
      if byte.isDigit {
        digit = UInt32(byte &- 0x30)
      } else if isHex, (byte | 0x20) &- 0x61 < 6 {
        digit = UInt32((byte | 0x20) &- 0x57)
      } else {
        break
      }
      // Saturates, so that a number that is too large does not wrap round to a valid one.
      value = min(value &* (isHex ? 16 : 10) &+ digit, 0x11_0000)
      end &+= 1
    }
    guard end > digits else { return nil }
    if end < bytes.count, bytes[end] == .semicolon { return (meaning(value), end &+ 1) }
    guard rule == .bareToo, end == bytes.count || !bytes[end].isAlphanumeric && bytes[end] != .equals else {
      return nil
    }
    return (meaning(value), end)
  }

  /// Returns the code point for a number. Numbers from 128 to 159 stand for CP1252 characters. Numbers without a
  /// character become U+FFFD, the replacement character.
  private static func meaning(_ value: UInt32) -> UInt32 {
    if 0x80...0x9F ~= value { return DamagedCharacters.windows(value) ?? 0xFFFD }
    return value == 0 || Unicode.Scalar(value) == nil ? 0xFFFD : value
  }

  /// Returns the reference at `ampersand` that was escaped twice: `don&amp;#39;t`, `AT&amp;amp;T`.
  ///
  /// The reference must touch a word, or be an ampersand one space away from a word on each side. A text about
  /// references puts them between spaces or punctuation marks.
  static func escapedTwice(_ bytes: Bytes, from ampersand: Int, to end: Int) -> CharacterReference? {
    // The semicolon of the outer reference takes the place of the inner reference's ampersand.
    guard let inner = CharacterReference(bytes, at: end &- 1, .terminated) else { return nil }
    guard inner.first != UInt32(UInt8.lessThan), inner.first != UInt32(UInt8.greaterThan) else { return nil }
    let before = word(bytes, before: ampersand)
    let after = word(bytes, at: inner.end)
    if before == .touches || after == .touches { return inner }
    return inner.isAmpersand && before == .isNear && after == .isNear ? inner : nil
  }

  private enum WordNeighbor { case touches, isNear, none }

  private static func word(_ bytes: Bytes, before index: Int) -> WordNeighbor {
    guard index >= 1 else { return .none }
    if isWord(bytes[index &- 1]) { return .touches }
    return index >= 2 && bytes[index &- 1] == .space && isWord(bytes[index &- 2]) ? .isNear : .none
  }

  private static func word(_ bytes: Bytes, at index: Int) -> WordNeighbor {
    guard index < bytes.count else { return .none }
    if isWord(bytes[index]) { return .touches }
    return index &+ 1 < bytes.count && bytes[index] == .space && isWord(bytes[index &+ 1]) ? .isNear : .none
  }

  private static func isWord(_ byte: UInt8) -> Bool { byte.isAlphanumeric || byte >= 0x80 }
}

/// A hash table of the named references, built at the first look-up.
struct CharacterReferenceTable: Sendable {
  struct ReferenceMeaning {
    let first: UInt32
    let second: UInt32
    let isBare: Bool
  }

  private struct ReferenceEntry {
    var start: UInt16 = 0
    var length: UInt16 = 0
    var isBare = false
    var first: UInt32 = 0
    var second: UInt32 = 0
  }

  static let longestName = 31
  static let shared = CharacterReferenceTable()

  private static let slots = 4096
  private let entries: [ReferenceEntry]

  private init() {
    let text = CharacterReferenceNames.all
    let names = Bytes(start: text.utf8Start, count: text.utf8CodeUnitCount)
    var entries = [ReferenceEntry](repeating: ReferenceEntry(), count: Self.slots)
    var index = 0
    while index < names.count {
      let start = index
      while names[index] != .equals { index &+= 1 }
      var entry = ReferenceEntry(start: UInt16(start), length: UInt16(index &- start))
      index &+= 1
      entry.first = Self.hexadecimal(names, &index)
      if index < names.count, names[index] == 0x2E {
        index &+= 1
        entry.second = Self.hexadecimal(names, &index)
      }
      index &+= 1
      entries[Self.slot(of: Bytes(rebasing: names[start..<start + Int(entry.length)]), in: entries)] = entry
    }
    let bare = Bytes(
      start: CharacterReferenceNames.bare.utf8Start, count: CharacterReferenceNames.bare.utf8CodeUnitCount)
    for name in bare.split(whereSeparator: \.isSpace) {
      entries[Self.slot(of: Bytes(rebasing: name), in: entries)].isBare = true
    }
    self.entries = entries
  }

  func meaning(of name: Bytes) -> ReferenceMeaning? {
    guard name.count >= 2, name.count <= Self.longestName else { return nil }
    let entry = entries[Self.slot(of: name, in: entries)]
    return entry.length == 0 ? nil : ReferenceMeaning(first: entry.first, second: entry.second, isBare: entry.isBare)
  }

  /// Returns the slot of a name, or the free slot for it.
  private static func slot(of name: Bytes, in entries: [ReferenceEntry]) -> Int {
    let text = CharacterReferenceNames.all.utf8Start
    var hash: UInt32 = 2_166_136_261
    for byte in name { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    var slot = Int(hash ^ hash &>> 15) & (slots &- 1)
    while true {
      let entry = entries[slot]
      if entry.length == 0 { return slot }
      if Int(entry.length) == name.count {
        var offset = 0
        while offset < name.count, text[Int(entry.start) &+ offset] == name[offset] { offset &+= 1 }
        if offset == name.count { return slot }
      }
      slot = (slot &+ 1) & (slots &- 1)
    }
  }

  private static func hexadecimal(_ bytes: Bytes, _ index: inout Int) -> UInt32 {
    var value: UInt32 = 0
    while index < bytes.count, bytes[index].isAlphanumeric {
      value = value &* 16 &+ UInt32(bytes[index].isDigit ? bytes[index] &- 0x30 : bytes[index] &- 0x37)
      index &+= 1
    }
    return value
  }
}
