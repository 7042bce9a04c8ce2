/// Decides whether a line continues on the next one, in a text that was not wrapped as a whole.
///
/// A line whose last word cannot end a sentence continues whatever follows. In scripts with case, a line also continues
/// before a small letter, which begins no sentence. In scripts without case, most other line ends end the unit. Before
/// a mark that never begins a line, every line continues.
struct LineContinuation {
  private let bytes: Bytes
  private let lexicon: WordLexicon
  /// Whether the text has small letters and no other letters.
  private let isCaseless: Bool

  init(_ bytes: Bytes, isCaseless: Bool, lexicon: WordLexicon) {
    self.bytes = bytes
    self.isCaseless = isCaseless
    self.lexicon = lexicon
  }

  /// Whether the line that ends at `index` continues at `next`.
  ///
  /// - Parameters:
  ///   - start: The start of the unit that the line belongs to.
  ///   - index: The line end.
  ///   - next: The first character after the white space.
  func goesOn(from start: Int, at index: Int, next: Int) -> Bool {
    guard ListMarker(bytes, at: next) == nil else { return false }
    var end = index
    while end > start, scalar(bytes, before: end).kind == .space || scalar(bytes, before: end).kind == .ignorable {
      end -= scalar(bytes, before: end).length
    }
    guard end > start else { return false }
    let last = scalar(bytes, before: end)
    switch last.value {
    // A comma: , ، 、 ，
    case 0x2C, 0x60C, 0x3001, 0xFF0C: return true
    case 0x3A: return false
    case 0x2E: return bytes[next] == 0x2C || endsInTitle(start, end)
    default: break
    }
    guard last.kind != .terminator else { return false }
    // Lines that each begin with a colon are a list: ": one", ": two".
    if LeadingMark.isAt(next, bytes) { return bytes[next] != 0x3A || !bytes[start..<end].contains(0x3A) }
    let following = scalar(bytes, at: next)
    if last.isUnspaced { return following.isUnspaced && Self.isParticle(last.value) }
    if cannotEndSentence(start, end) { return true }
    if isInitial(at: next), endsInName(start, end) { return true }
    guard !isCaseless, following.kind == .letter, Self.isSmall(following.value) else { return false }
    guard beginsLine(start) else { return true }
    // One to three words are a heading or a list item.
    return hasFourWords(start, end)
  }

  private func hasFourWords(_ start: Int, _ end: Int) -> Bool {
    var words = 1
    for position in start + 1..<end where bytes[position] == 0x20 && bytes[position - 1] != 0x20 {
      words += 1
      if words == 4 { return true }
    }
    return false
  }

  /// Whether the paragraph that ends at `index` continues behind a blank line: it ends in a comma, and a small letter
  /// follows, or a mark follows that begins no paragraph.
  func goesOnBehindBlankLine(from start: Int, at index: Int, next: Int) -> Bool {
    var end = index
    while end > start, scalar(bytes, before: end).kind == .space || scalar(bytes, before: end).kind == .ignorable {
      end -= scalar(bytes, before: end).length
    }
    guard end > start else { return false }
    let last = scalar(bytes, before: end)
    if LeadingMark.isAt(next, bytes) { return last.kind != .terminator && last.value != 0x3A && bytes[next] != 0x3A }
    let following = scalar(bytes, at: next)
    guard following.kind == .letter, ListMarker(bytes, at: next) == nil else { return false }
    guard last.value == 0x2C || last.value == 0x60C else { return false }
    // In a script without case a few words and a comma are a salutation.
    return Self.isSmall(following.value) ? !isCaseless : following.value >= 0x590 && hasFourWords(start, end)
  }

  /// Whether an initial and a name begin at an index: "M. Barton".
  private func isInitial(at index: Int) -> Bool {
    index + 3 < bytes.count && asciiKind(bytes[index]) == .upper && bytes[index + 1] == 0x2E && bytes[index + 2] == 0x20
      && scalar(bytes, at: index + 3).kind == .upper
  }

  /// Whether a line of several words ends in a word with a capital.
  private func endsInName(_ start: Int, _ end: Int) -> Bool {
    let word = wordStart(start, end)
    return word > start && word < end && scalar(bytes, at: word).kind == .upper
  }

  /// Whether nothing but white space precedes an index on its line.
  private func beginsLine(_ start: Int) -> Bool {
    var index = start
    while index > 0, bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09 { index -= 1 }
    return index == 0 || bytes[index - 1] <= 0x20
  }

  /// Whether the scalar is a small letter of an alphabet with capitals.
  private static func isSmall(_ value: UInt32) -> Bool {
    switch value {
    case 0x61...0x7A, 0xDF...0x24F, 0x3AC...0x3CE, 0x430...0x45F, 0x561...0x587, 0x1E00...0x1EFF: true
    default: false
    }
  }

  /// Whether the character always leads on to another word: を の に は が と で へ も, 的 和 与 在 及.
  private static func isParticle(_ value: UInt32) -> Bool {
    switch value {
    case 0x3092, 0x306E, 0x306B, 0x306F, 0x304C, 0x3068, 0x3067, 0x3078, 0x3082, 0x7684, 0x548C, 0x4E0E, 0x5728, 0x53CA:
      true
    default: false
    }
  }

  /// Whether the line ends in a title such as "Mr." or "Dr.", which a name follows.
  private func endsInTitle(_ start: Int, _ end: Int) -> Bool {
    let word = wordStart(start, end - 1)
    guard word < end - 1, end - word <= 24 else { return false }
    return WordKey.with(capacity: 24) { buffer in
      foldCase(bytes, word, end - 1, into: buffer)
    } _: {
      lexicon.entry(of: $0)?.roles.contains(.titleAbbreviation) ?? false
    }
  }

  private func cannotEndSentence(_ start: Int, _ end: Int) -> Bool {
    let word = wordStart(start, end)
    guard word < end, end - word <= 8, word == start || scalar(bytes, before: word).kind == .space else { return false }
    // With a capital the word is a name: "in May".
    if word > start, asciiKind(bytes[word]) == .upper, asciiKind(bytes[end - 1]) != .upper { return false }
    var key: UInt64 = 0
    for index in word..<end {
      let byte = bytes[index]
      key = key &<< 8 | UInt64(byte &- 0x41 < 26 ? byte | 0x20 : byte)
    }
    return Self.leadingOn.contains(key)
  }

  private func wordStart(_ start: Int, _ end: Int) -> Int {
    var word = end
    while word > start, end - word < 32 {
      let previous = scalar(bytes, before: word)
      guard previous.isWord else { break }
      word -= previous.length
    }
    return word
  }

  /// Articles, prepositions, conjunctions, possessives and auxiliary verbs of up to eight bytes that are nothing else
  /// in another of the languages.
  private static let words: StaticString = """
    a an the of to in on at by for with from into onto upon than that which who whose and or but nor as if when while because \
    although though since until unless whether whereas during between among against under without within via per is are was \
    were be been has have had will would can could should may might must its his their our your my every these those \
    der das den dem des ein eine einen einem einer und oder aber im am auf aus bei beim nach von vom zum zur für über unter vor \
    zwischen wie dass weil ob seit seine ihre sein ihr wird wurde werden \
    le la les du de une et ou dans sur pour par avec que qui au aux ce cette ces sa ses leur leurs dont où sans sous chez entre \
    el los las un una y en con del al su sus se lo pero sin sobre entre hasta desde cuando donde \
    os da dos das em na nas nos ao aos à às um uma com para por seu sua seus suas mas sem até \
    il gli di della dei delle degli nel nella alla ai è e ed che con per tra fra \
    het een van voor naar bij uit maar omdat \
    и в на с по к у о от до за из для при под над без или что как не об во со но
    """

  private static let leadingOn: Set<UInt64> = {
    var keys: Set<UInt64> = []
    let text = Bytes(start: words.utf8Start, count: words.utf8CodeUnitCount)
    for word in text.split(separator: 0x20) where word.count <= 8 {
      keys.insert(word.reduce(0) { $0 &<< 8 | UInt64($1) })
    }
    return keys
  }()
}

/// A paragraph or another block of lines. A blank line or an indent begins the next one.
enum TextBlock {
  /// Whether the line that ends at an index is followed by another line of its block.
  static func goesOn(after lineEnd: Int, _ bytes: Bytes) -> Bool {
    var lines = 0
    var indent = 0
    var index = lineEnd
    while index < bytes.count {
      let next = scalar(bytes, at: index)
      guard next.kind == .space || next.kind == .ignorable else { return lines == 1 && indent < 2 }
      indent = next.value == 0x0A ? 0 : indent + (next.value == 0x09 ? 8 : 1)
      if next.value == 0x0A || next.value == 0x2028 { lines += 1 }
      if next.value == 0x2029 { lines += 2 }
      index += next.length
    }
    return false
  }
}
