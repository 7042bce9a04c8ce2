/// Boilerplate above the text: the path to the page, the title once more, story highlights, a note on the author.
enum PageHeader {
  /// The way to the page and its title are looked for among so many.
  static let sentences = 4
  /// A shorter line may stand in the title by chance.
  private static let shortestTitle = 16

  /// "Story highlights": the lines behind it have no stop, and the text says the same in sentences.
  static func opensHighlights(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    sentence.opensBlock && bytes[sentence.start] | 0x20 == 0x73 && BoilerplatePhrases.opensHighlights(sentence, bytes)
  }

  /// "Editor's note: …": who the author is, often in several sentences.
  static func opensNote(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    bytes[sentence.start] | 0x20 == 0x65 && BoilerplatePhrases.opensNote(sentence, bytes)
  }

  /// "Home > News > Harbours": the way to the page, by its marks between spaces (also U+BB and U+203A).
  static func isPath(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    guard sentence.opensBlock,
      ByteBlock.mayFind(
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

  /// Whether all of it stands in the title, in capitals or not. The reader has the title, and a title of two lines would leave
  /// one sentence of three. A sentence with a full stop that is the whole title stays: such a title was made from the lead.
  static func repeatsTitle(_ sentence: Sentence, _ title: Bytes, _ bytes: Bytes) -> Bool {
    let length = sentence.end - sentence.start
    guard length >= shortestTitle, length <= title.count,
      length + 4 < title.count || !sentence.isTerminated || bytes[sentence.end - 1] != 0x2E
    else { return false }
    let first = bytes[sentence.start] | 0x20
    return (0...title.count - length).contains { offset in
      title[offset] | 0x20 == first
        && (1..<length).allSatisfy { title[offset + $0] | 0x20 == bytes[sentence.start + $0] | 0x20 }
    }
  }
}
