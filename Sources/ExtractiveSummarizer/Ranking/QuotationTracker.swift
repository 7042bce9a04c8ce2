/// Follows quotation marks through a text and finds the sentences that hold only part of a quotation.
///
/// A sentence taken out of a longer quotation lacks its opening or closing mark, or reads like the reporter's own words.
struct QuotationTracker {
  private var isOpen = false
  /// Of 'single marks', with which British papers quote. Only what begins with a capital counts: it is somebody's words,
  /// and an apostrophe is not taken for them.
  private var isSingleOpen = false
  /// Whether the sentence at hand has a closing mark that nothing in it or before it opened.
  private var closesAnother = false

  enum Part {
    /// No quotation, or whole ones.
    case none, whole
    /// Nothing but a quotation: who speaks is said elsewhere.
    case alone
    /// Begins, ends or stands in a quotation that another sentence has the rest of.
    case piece
  }

  mutating func next(_ sentence: Sentence, _ bytes: Bytes) -> Part {
    // No mark is missed for long: a quotation begins anew with each paragraph.
    if sentence.opensBlock { (isOpen, isSingleOpen) = (false, false) }
    let wasOpen = isOpen || isSingleOpen
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
    if wasOpen || isOpen || isSingleOpen || closesAnother { return .piece }
    if marks == 2, opensWithMark, last + 3 >= sentence.end { return .alone }
    return marks > 0 ? .whole : .none
  }

  /// The next byte that is a mark or begins one.
  private func next(from start: Int, to end: Int, _ bytes: Bytes) -> Int {
    ByteBlock.find(in: bytes, from: start, to: end) { $0.lanes(of: 0x22) .| $0.lanes(of: 0x27) .| $0.lanes(of: 0xE2) }
  }

  private mutating func isMark(at index: Int, of sentence: Sentence, _ bytes: Bytes) -> Bool {
    switch bytes[index] {
    case 0x22:
      // Inches and minutes are no quotations.
      if !isOpen, index > sentence.start, asciiKind(bytes[index - 1]) == .digit { return false }
      isOpen.toggle()
      return true
    case 0x27: return isSingleMark(at: index, length: 1, mayOpen: true, mayClose: true, of: sentence, bytes)
    default:
      guard index + 2 < sentence.end, bytes[index + 1] == 0x80 else { return false }
      switch bytes[index + 2] {
      case 0x98: return isSingleMark(at: index, length: 3, mayOpen: true, mayClose: false, of: sentence, bytes)
      case 0x99: return isSingleMark(at: index, length: 3, mayOpen: false, mayClose: true, of: sentence, bytes)
      // The German closing mark is the English opening one.
      case 0x9C, 0x9E: isOpen = bytes[index + 2] == 0x9E || !isOpen
      case 0x9D:
        if !isOpen, index > sentence.start, asciiKind(bytes[index - 1]) != .digit {
          // Swedes and Finns open with it as well; elsewhere the mark that it answers was lost.
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
    at index: Int, length: Int, mayOpen: Bool, mayClose: Bool, of sentence: Sentence, _ bytes: Bytes
  ) -> Bool {
    // Within double marks they quote what was quoted.
    if isOpen { return false }
    let after = index + length
    if isSingleOpen {
      // "don't" goes on, "the workers' rights" at worst ends a quotation early.
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
