/// Boilerplate above the text: the path to the page, the repeated title, story highlights, a note on the author.
enum PageHeader {
  /// The number of sentences in which the path and the title are searched for; they are in all before the first prose.
  static let sentences = 4
  /// The minimum length in bytes of a repeated title. A shorter line may occur in the title by chance.
  private static let shortestTitle = 16
  private static let longestTitle = 512

  /// Whether a line is the heading "Story highlights". The lines after it have no full stop, and the text repeats them
  /// in sentences.
  static func opensHighlights(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    sentence.opensBlock && bytes[sentence.start] | 0x20 == 0x73
      && BoilerplatePhrases.kinds(of: sentence, bytes).contains(.highlights)
  }

  /// Whether a sentence begins an "Editor's note: …", which describes the author, often in several sentences.
  static func opensNote(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    bytes[sentence.start] | 0x20 == 0x65 && BoilerplatePhrases.kinds(of: sentence, bytes).contains(.editorsNote)
  }

  /// Whether a line is the path to the page, "Home > News > Harbours": at least two of its marks, also U+BB and U+203A,
  /// are between spaces.
  static func isPath(_ sentence: SentenceRange, _ bytes: Bytes) -> Bool {
    guard sentence.opensBlock,
      ByteVector.mayFind(
        in: bytes, from: sentence.start, to: sentence.end,
        { $0.lanes(of: 0x3E) .| $0.lanes(of: 0xBB) .| $0.lanes(of: 0xBA) })
    else { return false }
    var marks = 0
    var index = sentence.start + 1
    while index + 1 < sentence.end {
      switch bytes[index] {
      case 0x3E where bytes[index - 1] == 0x20 && bytes[index + 1] == 0x20: marks += 1
      case 0xC2, 0xE2:
        let mark = scalar(bytes, at: index)
        let after = index + mark.length
        if mark.value == 0xBB || mark.value == 0x203A, bytes[index - 1] == 0x20, after < sentence.end,
          bytes[after] == 0x20
        {
          marks += 1
        }
      default: break
      }
      index += 1
    }
    return marks > 1
  }

  /// Whether all of the sentence occurs in the title, ignoring case. The reader already has the title, and a title of
  /// two lines would take two of three sentences. A sentence with a full stop that is the whole title is kept: such a
  /// title was made from the lead.
  static func repeatsTitle(_ sentence: SentenceRange, _ title: Bytes, _ bytes: Bytes) -> Bool {
    let line = Bytes(rebasing: bytes[sentence.start..<sentence.end])
    let isSentence = sentence.isTerminated && line.last == 0x2E
    guard line.count >= shortestTitle, !title.isEmpty else { return false }
    if isPart(line, of: title, orWhole: !isSentence) || beginsWithTitle(line, title, isSentence) { return true }
    // A title and its heading may differ in their spaces, of which Japanese has wide ones.
    guard line[0] >= 0x80, let spaced = withoutSpaces(line), let other = withoutSpaces(title) else { return false }
    return spaced.withUnsafeBufferPointer { line in
      other.withUnsafeBufferPointer { line.count >= shortestTitle && isPart(line, of: $0, orWhole: !isSentence) }
    }
  }

  /// Whether a heading has a link or a label behind it: "Oil prices fall Add to ...".
  private static func beginsWithTitle(_ line: Bytes, _ title: Bytes, _ isSentence: Bool) -> Bool {
    guard title.count >= shortestTitle, line.count > title.count, line.count - title.count <= longestLabel,
      !isSentence || line[line.count - 2] == 0x2E
    else { return false }
    return line[title.count] == 0x20 && isPart(Bytes(rebasing: line[..<title.count]), of: title, orWhole: true)
  }

  private static let longestLabel = 24

  /// - Parameter orWhole: Whether the line may be as long as the title.
  private static func isPart(_ line: Bytes, of title: Bytes, orWhole: Bool) -> Bool {
    guard line.count <= title.count, line.count + 4 < title.count || orWhole else { return false }
    let first = line[0] | 0x20
    return (0...title.count - line.count).contains { offset in
      title[offset] | 0x20 == first && (1..<line.count).allSatisfy { areAlike(title[offset + $0], line[$0]) }
    }
  }

  /// Whether two bytes differ at most in case, or are white space: a heading may have more lines than the title.
  @inline(__always)
  private static func areAlike(_ a: UInt8, _ b: UInt8) -> Bool { a | 0x20 == b | 0x20 || a <= 0x20 && b <= 0x20 }

  /// Returns the text without spaces; nil if it is too long for a title.
  private static func withoutSpaces(_ text: Bytes) -> [UInt8]? {
    guard text.count <= longestTitle else { return nil }
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      let next = scalar(text, at: index)
      if next.kind != .space { result += text[index..<index + next.length] }
      index += next.length
    }
    return result
  }
}
