import TestSupport
import Testing

@testable import JSONLines

@Suite struct LineSplitterPropertyTests {
  /// The rules once more, over the whole FILE at once, one byte after another.
  private func naiveLines(_ file: [UInt8], maximumLength: Int) -> [NumberedLine] {
    var file = file[...]
    let hasMark = file.starts(with: [0xEF, 0xBB, 0xBF])
    if hasMark { file = file.dropFirst(3) }
    var pieces = file.split(separator: 0x0A, omittingEmptySubsequences: false)
    if pieces.last?.isEmpty == true { pieces.removeLast() }
    var lines: [NumberedLine] = []
    for (place, piece) in pieces.enumerated() {
      let line = piece.last == 0x0D ? piece.dropLast() : piece
      if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { continue }
      let content: NumberedLine.LineContent =
        line.count > maximumLength
        ? .tooLong(prefix: Array(line.prefix(4096)), length: line.count) : .complete(Array(line))
      lines.append(NumberedLine(number: place + 1, content: content))
    }
    return lines
  }

  private func randomFile(_ random: inout SplitMix64) -> [UInt8] {
    let pieces: [[UInt8]] = [
      [0x0A], [0x0D, 0x0A], [0x0D], [0x20], [0x09], [0xEF, 0xBB, 0xBF], [0xEF], [0xBB, 0xBF], Array("{\"a\":1}".utf8),
      [0],
      Array(repeating: 0x78, count: 70), Array(repeating: 0x20, count: 40), [0xC2, 0x85], Array("\u{2028}".utf8),
    ]
    return (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in pieces.randomElement(using: &random)! }
  }

  private func randomChunks(_ file: [UInt8], _ random: inout SplitMix64) -> [[UInt8]] {
    let largest = [1, 3, 17, 64, 200].randomElement(using: &random)!
    var chunks: [[UInt8]] = []
    var start = 0
    while start < file.count {
      let end = min(file.count, start + Int.random(in: 0...largest, using: &random))
      chunks.append(Array(file[start..<end]))
      start = end
    }
    return chunks
  }

  @Test func anyChunkingGivesTheLinesOfTheNaiveSplitter() {
    var random = SplitMix64(seed: 1)
    for round in 0..<3000 {
      let file = randomFile(&random)
      let maximum = [1, 7, 70, 71, 1000].randomElement(using: &random)!
      let expected = naiveLines(file, maximumLength: maximum)
      #expect(lines(randomChunks(file, &random), maximumLength: maximum) == expected, "round \(round): \(file)")
    }
  }

  @Test func everyCutOfAFileInTwoGivesTheSameLines() {
    let file = Array("\u{FEFF}{\"id\":1}\r\n\r\n {\"t\":\"é\u{2028}\"}\n\t\nlast\r".utf8)
    let expected = naiveLines(file, maximumLength: 20)
    #expect(expected.count == 3)
    for cut in 0...file.count {
      #expect(lines([Array(file[..<cut]), Array(file[cut...])], maximumLength: 20) == expected, "cut at \(cut)")
    }
  }

  @Test func everyByteIsSearchedOnce() {
    let file = Array(repeating: UInt8(0x78), count: 100_000) + [0x0A] + Array("next".utf8)
    for size in [1, 7, 4096, 1 << 16] {
      var splitter = LineSplitter(maximumLength: 1 << 20)
      let chunks = stride(from: 0, to: file.count, by: size).map { Array(file[$0..<min($0 + size, file.count)]) }
      #expect(splitter.lines(chunks).count == 2)
      #expect(splitter.bytesSearched == file.count)
    }
  }

  @Test func whatIsKeptOfALineStaysBelowTheMaximum() {
    var splitter = LineSplitter(maximumLength: 100_000)
    let chunk = Array(repeating: UInt8(0x78), count: 1000)
    for _ in 0..<300 {
      splitter.append(chunk)
      #expect(splitter.next() == nil)
      #expect(splitter.bytesHeld <= 100_000 + 100)
    }
    #expect(splitter.finish()?.text == "too long: 4096 of 300000")
    #expect(splitter.bytesHeld == 0)
  }

  @Test func aLongLineDoesNotLeaveItsRoomBehind() {
    var splitter = LineSplitter(maximumLength: 1 << 24)
    let half = Array(repeating: UInt8(0x78), count: 1 << 20)
    #expect(splitter.lines([half, half + [0x0A]]).count == 1)
    #expect(splitter.bytesHeld == 0)
  }
}
