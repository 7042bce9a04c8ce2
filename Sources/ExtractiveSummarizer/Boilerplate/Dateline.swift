/// Where and by whom a report was sent, before its first sentence.
extension BoilerplateFilter {
  /// Where the sentence begins after "LONDON (Reuters) - ", "(CNN) -- " or "WASHINGTON, June 3 — "; its start where there
  /// is no such thing.
  static func afterDateline(_ sentence: Sentence, _ bytes: Bytes) -> Int {
    var index = afterAgency(sentence, bytes)
    if index > sentence.start { return index }
    let limit = min(sentence.end, sentence.start + 72)
    guard mayHaveDash(bytes, from: index, to: limit + 2) else { return sentence.start }
    // Of the word at hand; words of a place begin with a capital but for "de", "of" and "the".
    var letters = 0
    var isSmall = false
    var bracketed = false
    while index < limit {
      let next = scalar(bytes, at: index)
      switch next.kind {
      case .upper, .letter:
        if letters == 0 { isSmall = next.kind == .letter }
        letters += 1
        // "The company (formerly Lower Quay) - the largest of the island - …"
        if isSmall, letters > 3, !bracketed { return sentence.start }
        index += next.length
        continue
      case .opener where next.value == 0x28: bracketed = true
      case .closer where next.value == 0x29: bracketed = false
      default:
        if isDash(next), index > sentence.start, bytes[index - 1] == 0x20 || next.value == 0x2014 {
          var after = index
          while after < sentence.end, scalar(bytes, at: after).value == next.value { after += next.length }
          guard after < sentence.end, bytes[after] == 0x20 || next.value == 0x2014 else { return sentence.start }
          while after < sentence.end, bytes[after] == 0x20 { after += 1 }
          return isPlace(sentence.start, index, bytes) && after < sentence.end ? after : sentence.start
        }
      }
      letters = 0
      index += next.length
    }
    return sentence.start
  }

  /// Whether there may be a dash after a space, or a long one, behind `start`: most sentences are told by that alone.
  static func mayHaveDash(_ bytes: Bytes, from start: Int, to end: Int) -> Bool {
    guard let base = bytes.baseAddress, start > 0, bytes.count > ByteBlock.width else { return true }
    let last = bytes.count - ByteBlock.width
    var found = ByteBlock.Lanes(repeating: false)
    var index = start
    while index < end {
      let place = min(index, last)
      let (block, before) = (ByteBlock(base + place), ByteBlock(base + place - 1))
      // U+2013 and U+2014 end so.
      let long = (block.lanes(of: 0x93) .| block.lanes(of: 0x94)) .& before.lanes(of: 0x80)
      let short = (block.lanes(of: 0x2D) .| block.lanes(of: 0x5F)) .& before.lanes(of: 0x20)
      found = found .| long .| short
      index &+= ByteBlock.width
    }
    return ByteBlock.isAny(found)
  }

  /// "(CNN)The ministers": an agency at the very start with no dash after it; with one, it is left to the caller.
  private static func afterAgency(_ sentence: Sentence, _ bytes: Bytes) -> Int {
    guard bytes[sentence.start] == 0x28 else { return sentence.start }
    var index = sentence.start + 1
    while index < sentence.end, asciiKind(bytes[index]) == .upper || bytes[index] == 0x20 { index += 1 }
    let length = index - sentence.start
    guard length >= 3, length <= 12, index + 1 < sentence.end, bytes[index] == 0x29 else { return sentence.start }
    let after = bytes[index + 1] == 0x20 ? index + 2 : index + 1
    return after < sentence.end && scalar(bytes, at: after).kind == .upper ? after : sentence.start
  }

  static func isDash(_ scalar: ScannedScalar) -> Bool {
    scalar.value == 0x2D || scalar.value == 0x5F || scalar.value == 0x2013 || scalar.value == 0x2014
  }

  /// A place in capitals or an agency in brackets stands before the dash.
  private static func isPlace(_ start: Int, _ end: Int, _ bytes: Bytes) -> Bool {
    var index = start
    var upper = 0
    while index < end, bytes[index] != 0x20, bytes[index] != 0x2C {
      let next = scalar(bytes, at: index)
      if next.kind == .letter && bytes[start] != 0x28 { upper = -100 }
      if next.kind == .upper { upper += 1 }
      index += next.length
    }
    if upper >= 2 { return true }
    var last = end
    while last > start, bytes[last - 1] == 0x20 { last -= 1 }
    // "Berlin (dpa) - ", "(Reuters) - ": an agency just before the dash.
    guard last > start, bytes[last - 1] == 0x29 else { return false }
    var open = last
    while open > start, bytes[open - 1] != 0x28 { open -= 1 }
    return open > start && last - open <= 20 && open - start <= 30
  }
}
