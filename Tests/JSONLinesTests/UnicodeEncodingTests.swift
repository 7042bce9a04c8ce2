import JSONLines
import Testing

@Suite struct UnicodeEncodingTests {
  private static let samples: [(bytes: [UInt8], encoding: UnicodeEncoding)] = [
    ([0x7B, 0x22, 0x69, 0x64], .utf8),
    ([0xEF, 0xBB, 0xBF, 0x7B], .utf8),
    ([0x0A, 0x0A, 0x7B, 0x22], .utf8),
    ([0xC3, 0xA9, 0x00, 0x00], .utf8),
    ([0x00, 0x00, 0x00, 0x00], .utf8),
    ([0x7B, 0x00, 0x22, 0x22], .utf8),
    ([0xFF, 0xFE, 0x7B, 0x00], .utf16LittleEndian),
    ([0xFE, 0xFF, 0x00, 0x7B], .utf16BigEndian),
    ([0x7B, 0x00, 0x22, 0x00], .utf16LittleEndian),
    ([0x00, 0x7B, 0x00, 0x22], .utf16BigEndian),
    ([0xFF, 0xFE, 0x00, 0x00], .utf32LittleEndian),
    ([0x00, 0x00, 0xFE, 0xFF], .utf32BigEndian),
    ([0x7B, 0x00, 0x00, 0x00], .utf32LittleEndian),
    ([0x00, 0x00, 0x00, 0x7B], .utf32BigEndian),
  ]

  @Test(arguments: samples) func fourBytesDecide(_ sample: (bytes: [UInt8], encoding: UnicodeEncoding)) {
    #expect(UnicodeEncoding.sniff(sample.bytes) == sample.encoding)
    #expect(UnicodeEncoding.sniff(sample.bytes + [0x41]) == sample.encoding)
  }

  @Test(arguments: samples) func anAnswerNeverChanges(_ sample: (bytes: [UInt8], encoding: UnicodeEncoding)) {
    for count in 0...4 {
      let answer = UnicodeEncoding.sniff(sample.bytes.prefix(count))
      #expect(answer == nil || answer == sample.encoding, "after \(count) bytes")
    }
  }

  @Test func twoBytesOfASCIIDecide() {
    #expect(UnicodeEncoding.sniff([0x7B]) == nil)
    #expect(UnicodeEncoding.sniff([0x7B, 0x22]) == .utf8)
    #expect(UnicodeEncoding.sniff([0xFF, 0xFE]) == nil)
  }

  @Test func theEndDecides() {
    #expect(UnicodeEncoding.sniff([], isAtEnd: true) == .utf8)
    #expect(UnicodeEncoding.sniff([0x31], isAtEnd: true) == .utf8)
    #expect(UnicodeEncoding.sniff([0xFF, 0xFE], isAtEnd: true) == .utf16LittleEndian)
    #expect(UnicodeEncoding.sniff([0xFE, 0xFF, 0x00], isAtEnd: true) == .utf16BigEndian)
  }
}
