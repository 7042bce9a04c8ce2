/// Separates the paragraphs of a page that has only single breaks: each line is a paragraph.
enum BrokenParagraphs {
  private static let fewest = 3

  private static let fewestWords = 3

  /// Returns the text with a blank line between its lines.
  ///
  /// - Returns: nil if a line is blank, is too short for a paragraph or may continue on the next, or if the text was
  ///   wrapped. A line may continue if it ends in a comma or the next begins with a small letter.
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
