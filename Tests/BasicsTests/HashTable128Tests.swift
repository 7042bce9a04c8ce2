import Testing

import Basics
import TestSupport

@Suite struct HashTable128Tests {
  @Test func agreesWithADictionary() {
    var generator = SplitMix64(seed: 7)
    let table = HashTable128()
    var model: [Hash128: UInt64] = [:]
    // Few enough bits that hashes are equal in a half, in a part, and altogether.
    func random() -> Hash128 {
      let bits = generator.next()
      return Hash128(
        high: bits % 5 << 56 | bits >> 8 % 2, low: (bits >> 16 % 64) &* 0x0400_0000_0000_0000 &+ bits >> 60)
    }
    for step in 1...20_000 {
      let hash = random()
      #expect(table[hash] == model[hash] ?? 0)
      table[hash] = UInt64(step)
      model[hash] = UInt64(step)
    }
    #expect(table.count == model.count)
    for (hash, payload) in model { #expect(table[hash] == payload) }
  }

  @Test func holdsWhatWasStoredThroughItsGrowth() {
    let table = HashTable128()
    for n in 1...30_000 { table[.test(n)] = UInt64(n) << 16 | 1 }
    #expect((1...30_000).allSatisfy { table[.test($0)] == UInt64($0) << 16 | 1 })
    #expect((30_001...31_000).allSatisfy { table[.test($0)] == 0 })
    #expect(table.count == 30_000)
  }

  /// 32 bytes an article, of which 6 are for its place in the order of the input, and the tails of the parts; one part of
  /// 256 is there twice while it grows.
  @Test func takesFewBytesAnEntryAtEverySize() {
    let table = HashTable128()
    let tails = 256 * 64 * 22
    var worst = 0.0
    for n in 1...200_000 {
      table[.test(n)] = 1
      if n >= 100_000, n % 500 == 0 {
        worst = max(worst, Double(table.byteCount - tails) * 257 / 256 / Double(n))
      }
    }
    #expect(worst <= 25.75)
  }
}

extension Hash128 {
  /// The hash of a number.
  static func test(_ number: Int) -> Hash128 {
    var generator = SplitMix64(seed: UInt64(number))
    return Hash128(high: generator.next(), low: generator.next())
  }
}
