import Basics
import Testing

@Suite struct ByteBlockTests {
  /// Every length around the widths of the loops, and every place of the byte in it.
  @Test func theFirstByteIsFoundWhereverItIs() {
    for count in [0, 1, 15, 16, 17, 31, 63, 64, 65, 79, 80, 130] {
      let plain = [UInt8](repeating: 0x61, count: count)
      #expect(plain.firstIndex(of: 0x0A, from: 0) == nil)
      for place in 0..<count {
        var bytes = plain
        bytes[place] = 0x0A
        #expect(bytes.firstIndex(of: 0x0A, from: 0) == place)
        if place + 3 < count { bytes[place + 3] = 0x0A }
        for start in Set([0, place / 2, place]) { #expect(bytes.firstIndex(of: 0x0A, from: start) == place) }
        #expect(bytes.firstIndex(of: 0x0A, from: place + 1) == (place + 3 < count ? place + 3 : nil))
      }
    }
  }

  @Test func aSearchByLanesAgreesWithOneByBytes() {
    for count in [1, 15, 16, 17, 40] {
      for place in 0..<count {
        var bytes = [UInt8](repeating: 0x61, count: count)
        bytes[place] = 0x22
        bytes.withUnsafeBufferPointer { buffer in
          let base = buffer.baseAddress!
          #expect(BlockSearch.first(base, 0, count) { $0 .== .all(0x22) } == place)
          #expect(BlockSearch.first(base, place + 1, count) { $0 .== .all(0x22) } == nil)
          #expect(BlockSearch.first(base, 0, count) { $0 .== .all(0x0A) } == nil)
        }
      }
    }
  }

  @Test func aBlockIsPaddedWithSpaces() {
    for count in 1...15 {
      // Nothing behind the bytes may be read: they are at the end of what was allocated.
      let bytes = (0..<count).map { UInt8(0x80 + $0) }
      let block = bytes.withUnsafeBufferPointer { Bytes16(paddingWithSpaces: $0.baseAddress!, count: count) }
      #expect((0..<16).map { block[$0] } == bytes + [UInt8](repeating: 0x20, count: 16 - count))
    }
  }

  @Test func blocksAtTheEndAreFilledWithZeros() {
    let bytes = (1...40).map { UInt8($0) }
    bytes.withUnsafeBufferPointer { buffer in
      for index in 0..<40 {
        let block = Bytes16(buffer.baseAddress!, at: index, limit: 40)
        #expect((0..<16).map { block[$0] } == (0..<16).map { index + $0 < 40 ? bytes[index + $0] : 0 })
      }
    }
  }

  @Test func aSetKnowsItsFirstLane() {
    #expect(LaneSet(Bytes16.all(0) .== .all(1)).isEmpty)
    #expect(LaneSet(Bytes16.all(0) .== .all(1)).first == Bytes16.width)
    for lane in 0..<16 {
      var block = Bytes16.all(0)
      block[lane] = 7
      block[15] = 7
      #expect(LaneSet(block .== .all(7)).first == lane)
    }
  }
}
