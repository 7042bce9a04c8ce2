import Testing

@testable import ExtractiveSummarizer

@Suite struct ByteOctetTests {
  /// Every byte in every lane, beside neighbours that would carry over into it.
  @Test(arguments: [0x00, 0x20, 0x61, 0x7F, 0x80, 0xFF] as [UInt8])
  func eachLaneIsJudgedAlone(neighbour: UInt8) {
    for byte in UInt8.min...UInt8.max {
      for lane in 0..<8 {
        var bytes = [UInt8](repeating: neighbour, count: 8)
        bytes[lane] = byte
        let octet = bytes.withUnsafeBufferPointer { ByteOctet($0.baseAddress!, at: 0, limit: 8) }
        let letters = Self.lanes(bytes) { ($0 | 0x20) &- 0x61 < 26 && $0 < 0x80 }
        #expect(octet.letters == letters)
        #expect(octet.capitals(of: letters) == Self.lanes(bytes) { $0 &- 0x41 < 26 })
        #expect(octet.lanes(of: byte) == Self.lanes(bytes) { $0 == byte })
        #expect(octet.printable & ByteOctet.highs == Self.lanes(bytes) { $0 &- 0x20 < 0x5F })
        #expect(ByteOctet.count(letters) == letters.nonzeroBitCount)
      }
    }
  }

  @Test func readsNothingBeyondTheLimit() {
    let bytes = Array("abcdefghij".utf8)
    bytes.withUnsafeBufferPointer { bytes in
      #expect(ByteOctet(bytes.baseAddress!, at: 7, limit: 9).bits == 0x6968)
      #expect(ByteOctet(bytes.baseAddress!, at: 9, limit: 9).bits == 0)
      #expect(ByteOctet.first(0) == 0)
      #expect(ByteOctet.first(3) == 0xFF_FFFF)
      #expect(ByteOctet.first(8) == .max)
    }
  }

  private static func lanes(_ bytes: [UInt8], _ condition: (UInt8) -> Bool) -> UInt64 {
    bytes.indices.reduce(0) { condition(bytes[$1]) ? $0 | 0x80 << UInt64($1 * 8) : $0 }
  }
}
