import Basics

/// Finds captions by the alternative text of their pictures, on pages that give them no class and no element.
///
/// The alternative text of `<img alt="…">` is no part of the text. Sites fill it from the caption, so that a line with
/// the same words behind the picture is its caption. The two may end differently, in a credit or the name of the site.
struct PictureTexts {
  /// The range of the alternative text in the HTML, and where the picture is in the text.
  private var pictures: [(alternative: Range<Int>, position: Int)] = []

  /// The lengths in bytes of an alternative text that is compared. A shorter one is a label.
  private static let compared = 24...600
  /// The maximum number of lines between a picture and its caption, blank ones not counted.
  private static let nearby = 2
  /// The maximum length in bytes of what stands in the caption alone.
  private static let longestRest = 80
  /// The least number of letters, in bytes, that both texts share.
  private static let fewestLetters = 20

  mutating func add(_ alternative: Range<Int>, at position: Int) {
    if Self.compared.contains(alternative.count) { pictures.append((alternative, position)) }
  }

  /// Returns `captions`, which are in order, with those found in addition. Linear in the texts compared.
  func captions(in text: Bytes, of html: Bytes, besides captions: [Range<Int>]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for picture in pictures {
      var start = picture.position
      for _ in 0..<Self.nearby {
        while start < text.count, text[start].isSpace { start &+= 1 }
        guard start < text.count else { break }
        let end = text.first(.newline, from: start)
        if Self.isCaption(start..<end, picture.alternative, text, html) {
          found.append(start..<end)
          break
        }
        start = end
      }
    }
    guard !found.isEmpty else { return captions }
    var all: [Range<Int>] = []
    for caption in (captions + found).sorted(by: { $0.lowerBound < $1.lowerBound })
    where caption.lowerBound >= all.last?.upperBound ?? 0 {
      all.append(caption)
    }
    return all
  }

  private static func isCaption(_ line: Range<Int>, _ alternative: Range<Int>, _ text: Bytes, _ html: Bytes) -> Bool {
    var (index, other) = (line.lowerBound, alternative.lowerBound)
    var letters = 0
    while true {
      skip(&index, to: line.upperBound, text)
      skip(&other, to: alternative.upperBound, html)
      if index >= line.upperBound { return letters >= fewestLetters }
      if other >= alternative.upperBound {
        return letters >= fewestLetters && line.upperBound &- index <= longestRest
      }
      guard text[index] == html[other] else { return false }
      letters &+= 1
      index &+= 1
      other &+= 1
    }
  }

  /// Skips what is not a letter or a digit: spaces, marks, quotation marks and dashes beyond ASCII, references.
  private static func skip(_ index: inout Int, to end: Int, _ bytes: Bytes) {
    while index < end {
      let byte = bytes[index]
      if byte == 0xE2, index &+ 2 < end, bytes[index &+ 1] == 0x80 {
        index &+= 3
      } else if byte == 0xC2 {
        index &+= 2
      } else if byte == .ampersand, let end = CharacterReference(bytes, at: index, .bareToo)?.end {
        index = end
      } else if byte < 0x80, !byte.isAlphanumeric {
        index &+= 1
      } else {
        return
      }
    }
  }
}
