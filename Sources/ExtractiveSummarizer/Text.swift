/// Text for output: white space becomes single spaces, control characters and invisible marks go.
struct TextBuilder {
  private var output: [UInt8] = []
  private var pendingSpace = false

  mutating func append(_ bytes: Bytes, from start: Int, to end: Int) {
    var index = start
    output.reserveCapacity(output.count + end - start + 1)
    while index < end {
      let byte = bytes[index]
      if byte > 0x20 && byte < 0x7F {
        let run = index
        repeat { index &+= 1 } while index < end && bytes[index] > 0x20 && bytes[index] < 0x7F
        separate(beforeIdeograph: false)
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[run..<index]))
        continue
      }
      let next = scalar(bytes, at: index)
      switch next.kind {
      case .space: pendingSpace = true
      case .ignorable where next.value == 0xFEFF || next.value == 0x200B || next.value == 0xAD || next.value == 0x2060:
        break
      default:
        separate(beforeIdeograph: next.isUnspaced || next.kind == .opener && next.value > 0x3000)
        output.append(contentsOf: bytes[index..<index + next.length])
      }
      index += next.length
    }
  }

  /// What follows stands apart from what is there.
  mutating func space() { pendingSpace = true }

  /// Sentences of Chinese and Japanese follow each other without a space; a wrapped line of theirs goes on without one too.
  private mutating func separate(beforeIdeograph: Bool) {
    guard pendingSpace else { return }
    pendingSpace = false
    guard !output.isEmpty else { return }
    if beforeIdeograph {
      let wide = output.withUnsafeBufferPointer { bytes in
        let last = scalar(bytes, before: bytes.count)
        return last.value > 0x2E80 && (last.isUnspaced || last.kind == .terminator || last.kind == .closer)
      }
      if wide { return }
    }
    output.append(0x20)
  }

  var isEmpty: Bool { output.isEmpty }

  func text() -> String { String(decoding: output, as: UTF8.self) }

  /// As above, but of a longer text the first `limit` bytes, cut at a word boundary where there is one and marked with an ellipsis.
  mutating func append(_ bytes: Bytes, from start: Int, to end: Int, limit: Int) {
    guard end - start > limit else { return append(bytes, from: start, to: end) }
    var cut = start + limit
    while cut > start && bytes[cut] & 0xC0 == 0x80 { cut -= 1 }
    var word = cut
    while word > start + limit / 2 && bytes[word] > 0x20 { word -= 1 }
    if word > start + limit / 2 { cut = word }
    while cut > start, [0x20, 0x2C, 0x3B, 0x3A, 0x2D].contains(bytes[cut - 1]) { cut -= 1 }
    append(bytes, from: start, to: cut)
    if !isEmpty { output.append(contentsOf: [0xE2, 0x80, 0xA6]) }
  }
}
