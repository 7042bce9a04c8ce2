/// Follows double quotation marks through a text, to tell sentences that stand inside a quotation or are cut off from one.
///
/// A quotation of several sentences leaves each of them broken when it is taken out: one lacks the closing mark, one the
/// opening, and those between seem to be the reporter's own words.
struct Quotations {
  private var isOpen = false

  enum Part {
    /// No quotation, or whole ones.
    case none, whole
    /// Begins, ends or stands in a quotation that another sentence has the rest of.
    case piece
  }

  mutating func next(_ sentence: Sentence, _ bytes: Bytes) -> Part {
    // No mark is missed for long: a quotation begins anew with each paragraph.
    if sentence.opensBlock { isOpen = false }
    let wasOpen = isOpen
    var marks = 0
    var index = next(from: sentence.start, to: sentence.end, bytes)
    while index < sentence.end {
      if bytes[index] == 0x22 {
        // Inches and minutes are no quotations.
        let isUnit = !isOpen && index > sentence.start && asciiKind(bytes[index - 1]) == .digit
        if !isUnit {
          isOpen.toggle()
          marks += 1
        }
      } else if index + 2 < sentence.end, bytes[index + 1] == 0x80 {
        if bytes[index + 2] == 0x9C || bytes[index + 2] == 0x9E {
          // The German closing mark is the English opening one.
          isOpen = bytes[index + 2] == 0x9E || !isOpen
          marks += 1
        } else if bytes[index + 2] == 0x9D {
          isOpen = false
          marks += 1
        }
      }
      index = next(from: index + 1, to: sentence.end, bytes)
    }
    if wasOpen || isOpen { return .piece }
    return marks > 0 ? .whole : .none
  }

  /// The next byte that is a mark or begins one.
  private func next(from start: Int, to end: Int, _ bytes: Bytes) -> Int {
    Block.find(in: bytes, from: start, to: end) { $0.lanes(of: 0x22) .| $0.lanes(of: 0xE2) }
  }
}
