/// What a page says above the text: its title once more, the points of the story in a list, a note on the author.
enum PageTop {
  /// The title is looked for among so many.
  static let sentences = 4
  /// A shorter line may stand in the title by chance.
  private static let shortestTitle = 16

  /// "Story highlights": the lines behind it have no stop, and the text says the same in sentences.
  static func opensHighlights(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    sentence.opensBlock && bytes[sentence.start] | 0x20 == 0x73 && Furniture.opensHighlights(sentence, bytes)
  }

  /// "Editor's note: …": who the author is, often in several sentences.
  static func opensNote(_ sentence: Sentence, _ bytes: Bytes) -> Bool {
    bytes[sentence.start] | 0x20 == 0x65 && Furniture.opensNote(sentence, bytes)
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
