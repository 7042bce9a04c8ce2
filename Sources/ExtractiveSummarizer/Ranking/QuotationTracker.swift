/// Follows quotation marks through a text and finds the sentences that contain only part of a quotation.
///
/// A sentence taken out of a longer quotation lacks its opening or closing mark, or reads like the reporter's own
/// words.
struct QuotationTracker {
  private var isOpen = false
  /// Whether a quotation in 'single marks', as in British papers, is open. Only one that begins with a capital counts:
  /// it quotes somebody, and no apostrophe is mistaken for it.
  private var isSingleOpen = false
  /// Whether the current sentence has a closing mark without an opening one in it or before it.
  private var closesAnother = false

  /// The number of open 「 and 『, which nest.
  private var corners = 0

  /// Marks the part that each sentence takes in quotations. All sentences of the text are needed, boilerplate included,
  /// so that no mark is missed.
  static func mark(_ sentences: inout [SentenceRange], _ bytes: Bytes) {
    var tracker = QuotationTracker()
    for index in sentences.indices { sentences[index].quotation = tracker.next(sentences[index], bytes) }
  }

  /// Returns for each sentence whether all its quotations begin and end in these sentences, taken as the whole text.
  static func complete(_ sentences: UnsafeBufferPointer<SentenceRange>, _ bytes: Bytes) -> [Bool] {
    var isComplete = [Bool](repeating: true, count: sentences.count)
    var tracker = QuotationTracker()
    // The index of the sentence in which the open quotation began.
    var opened: Int?
    for index in sentences.indices {
      if sentences[index].opensBlock, let start = opened {
        for piece in start..<index { isComplete[piece] = false }
        opened = nil
      }
      let part = tracker.next(sentences[index], bytes)
      guard part == .piece else { continue }
      if tracker.closesAnother { isComplete[index] = false }
      if !tracker.isInside { opened = nil } else if opened == nil { opened = index }
    }
    if let opened { for piece in opened..<sentences.count { isComplete[piece] = false } }
    return isComplete
  }

  private var isInside: Bool { isOpen || isSingleOpen || corners > 0 }

  mutating func next(_ sentence: SentenceRange, _ bytes: Bytes) -> QuotationPart {
    // A missed mark has no lasting effect: each paragraph begins without an open quotation.
    if sentence.opensBlock { (isOpen, isSingleOpen, corners) = (false, false, 0) }
    let wasOpen = isOpen || isSingleOpen || corners > 0
    closesAnother = false
    var marks = 0
    var last = sentence.start
    var index = next(from: sentence.start, to: sentence.end, bytes)
    let opensWithMark = index == sentence.start
    while index < sentence.end {
      if isMark(at: index, of: sentence, bytes) {
        marks += 1
        last = index
      }
      index = next(from: index + 1, to: sentence.end, bytes)
    }
    if wasOpen || isOpen || isSingleOpen || corners > 0 || closesAnother { return .piece }
    if marks == 2, opensWithMark, endsBehind(last, sentence, bytes) { return .alone }
    return marks > 0 ? .whole : .none
  }

  /// Returns the index of the next byte that is a mark or may begin one.
  private func next(from start: Int, to end: Int, _ bytes: Bytes) -> Int {
    ByteVector.find(in: bytes, from: start, to: end) {
      let plain = $0.lanes(of: 0x22) .| $0.lanes(of: 0x27)
      return plain .| $0.lanes(of: 0xE2) .| ($0.lanes(of: 0xC2) .| $0.lanes(of: 0xE3))
    }
  }

  /// Whether only stops and spaces follow the mark at `index`.
  private func endsBehind(_ index: Int, _ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    var index = index + scalar(bytes, at: index).length
    while index < sentence.end {
      let next = scalar(bytes, at: index)
      guard next.kind == .terminator || next.kind == .space else { return false }
      index += next.length
    }
    return true
  }

  private mutating func isMark(at index: Int, of sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    switch bytes[index] {
    case 0x22:
      // After a digit the mark means inches or seconds.
      if !isOpen, index > sentence.start, asciiKind(bytes[index - 1]) == .digit { return false }
      isOpen.toggle()
      return true
    case 0x27: return isSingleMark(at: index, length: 1, mayOpen: true, mayClose: true, of: sentence, bytes)
    // « and »: French opens with the first, German and Danish with the second.
    case 0xC2:
      guard index + 1 < sentence.end, bytes[index + 1] == 0xAB || bytes[index + 1] == 0xBB else { return false }
      isOpen.toggle()
      return true
    case 0xE3:
      guard index + 2 < sentence.end, bytes[index + 1] == 0x80 else { return false }
      switch bytes[index + 2] {
      case 0x8C, 0x8E: corners += 1
      case 0x8D, 0x8F: if corners > 0 { corners -= 1 } else { closesAnother = true }
      default: return false
      }
      return true
    default:
      guard index + 2 < sentence.end, bytes[index + 1] == 0x80 else { return false }
      switch bytes[index + 2] {
      case 0x98: return isSingleMark(at: index, length: 3, mayOpen: true, mayClose: false, of: sentence, bytes)
      case 0x99: return isSingleMark(at: index, length: 3, mayOpen: false, mayClose: true, of: sentence, bytes)
      // U+201C closes in German and opens in English.
      case 0x9C, 0x9E: isOpen = bytes[index + 2] == 0x9E || !isOpen
      case 0x9D:
        if !isOpen, index > sentence.start, asciiKind(bytes[index - 1]) != .digit {
          // Swedish and Finnish also open with this mark. Elsewhere its opening mark was lost.
          if bytes[index - 1] == 0x20 || bytes[index - 1] == 0x28 {
            isOpen = true
            return true
          }
          closesAnother = true
        }
        isOpen = isOpen ? false : index == sentence.start
      default: return false
      }
      return true
    }
  }

  private mutating func isSingleMark(
    at index: Int, length: Int, mayOpen: Bool, mayClose: Bool, of sentence: SentenceRange, _ bytes: Bytes
  ) -> Bool {
    // Inside double marks, single ones quote within the quotation.
    if isOpen { return false }
    let after = index + length
    if isSingleOpen {
      // The quotation continues after "don't"; at worst "the workers' rights" ends it early.
      guard mayClose, after >= sentence.end || !scalar(bytes, at: after).isWord else { return false }
      isSingleOpen = false
      return true
    }
    guard mayOpen, after < sentence.end, scalar(bytes, at: after).kind == .upper,
      index == sentence.start || bytes[index - 1] == 0x20 || bytes[index - 1] == 0x28
    else { return false }
    isSingleOpen = true
    return true
  }
}

/// The part that a sentence takes in a quotation.
enum QuotationPart: UInt8 {
  /// No quotation, or only whole ones.
  case none, whole
  /// Only a quotation: the speaker is named elsewhere.
  case alone
  /// Begins, ends or is inside a quotation that extends over other sentences.
  case piece
}
