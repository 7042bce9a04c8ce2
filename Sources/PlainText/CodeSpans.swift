/// Code between backticks, which is shown as it is: `<br>` is no break there.
struct CodeSpans {
  /// A single span is a matter of one line, and a short one.
  private static let longestInline = 400

  private let bytes: Bytes
  /// Whether a fence of three or more, from the one looked at last on, is never closed.
  private var hasNoFence = false

  init(_ bytes: Bytes) { self.bytes = bytes }

  /// The end of the span that opens at a backtick, or of the backticks where none does.
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
    // "press ` or" is a key, not code.
    guard open < bytes.count, !bytes[open].isSpace else { return (open, false) }
    let limit = min(bytes.count, open &+ Self.longestInline)
    guard let end = close(from: open, length: length, limit: limit, atLeast: false) else { return (open, false) }
    return bytes[end &- length &- 1].isSpace ? (open, false) : (end, true)
  }

  /// Behind the next run of so many backticks.
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
