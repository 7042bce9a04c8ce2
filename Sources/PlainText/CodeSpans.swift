/// Code between backticks, which is kept unchanged: `<br>` is not a break inside it.
struct CodeSpans {
  /// The maximum length in bytes of an inline span, which must also end on the line it begins on.
  private static let longestInline = 400

  private let bytes: Bytes
  /// Whether a fence of three or more backticks was never closed. Later fences are then not searched, so that the scan
  /// stays linear.
  private var hasNoFence = false

  init(_ bytes: Bytes) { self.bytes = bytes }

  /// Returns the end of the code span that opens at a backtick, or of the run of backticks if no span opens there.
  mutating func end(at start: Int) -> (end: Int, isCode: Bool) {
    var open = start
    while open < bytes.count, bytes[open] == .backtick { open &+= 1 }
    let length = open &- start
    if length >= 3 {
      guard !hasNoFence else { return (open, false) }
      if let end = close(from: open, length: length, limit: bytes.count, atLeast: true) { return (end, true) }
      hasNoFence = true
      return (open, false)
    }
    // "press ` or" names a key and opens no code.
    guard open < bytes.count, !bytes[open].isSpace else { return (open, false) }
    let limit = min(bytes.count, open &+ Self.longestInline)
    guard let end = close(from: open, length: length, limit: limit, atLeast: false) else { return (open, false) }
    return bytes[end &- length &- 1].isSpace ? (open, false) : (end, true)
  }

  /// Returns the index after the next closing run: `length` backticks on the same line, or with `atLeast` that many or
  /// more on any line.
  private func close(from start: Int, length: Int, limit: Int, atLeast: Bool) -> Int? {
    var index = start
    while index < limit {
      if bytes[index] == .newline && !atLeast { return nil }
      if bytes[index] == .backtick {
        let run = index
        while index < bytes.count, bytes[index] == .backtick { index &+= 1 }
        if index &- run == length || atLeast && index &- run > length { return index }
      } else {
        index &+= 1
      }
    }
    return nil
  }
}
