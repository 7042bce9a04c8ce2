import Testing

@testable import SummarizeCommand

@Suite struct IdentityTableTests {
  @Test func agreesWithADictionary() {
    var generator = SplitMix(seed: 7)
    let table = IdentityTable()
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
    let table = IdentityTable()
    for n in 1...30_000 { table[.test(n)] = UInt64(n) << 16 | 1 }
    #expect((1...30_000).allSatisfy { table[.test($0)] == UInt64($0) << 16 | 1 })
    #expect((30_001...31_000).allSatisfy { table[.test($0)] == 0 })
    #expect(table.count == 30_000)
  }

  /// 32 bytes an article, of which 6 are for its place in the order of the input, and the tails of the parts; one part of
  /// 256 is there twice while it grows.
  @Test func takesFewBytesAnEntryAtEverySize() {
    let table = IdentityTable()
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
    var generator = SplitMix(seed: UInt64(number))
    return Hash128(high: generator.next(), low: generator.next())
  }
}

/// The generator of Steele, Lea and Flood, 2014.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
