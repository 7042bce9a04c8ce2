/// Paragraphs that a page parts by single breaks, because it has no other means: each line is one.
enum BrokenParagraphs {
  private static let fewest = 3

  private static let fewestWords = 3

  /// The text with a blank line between its lines; nil where one of them is blank or too short for a paragraph, or may go on in
  /// the next: where one begins with a small letter or ends in a comma, or the text was wrapped.
  static func parted(_ bytes: Bytes) -> [UInt8]? {
    var lines = 1
    var start = 0
    while true {
      let end = bytes.first(.newline, from: start)
      guard end > start, isParagraph(from: start, to: end, bytes) else { return nil }
      guard end < bytes.count else { break }
      lines += 1
      start = end &+ 1
    }
    guard lines >= fewest, WrappedLines.joined(bytes) == nil else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count &+ lines)
    for byte in bytes {
      result.append(byte)
      if byte == .newline { result.append(byte) }
    }
    return result
  }

  private static func isParagraph(from start: Int, to end: Int, _ bytes: Bytes) -> Bool {
    guard bytes[start] &- 0x61 >= 26, bytes[end &- 1] != 0x2C else { return false }
    var words = 1
    for index in start..<end where bytes[index] == .space { words += 1 }
    return words >= fewestWords
  }
}
