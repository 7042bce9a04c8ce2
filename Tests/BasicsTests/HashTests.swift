import Basics
import Testing

@Suite struct HashTests {
  /// Vectors of another implementation (Python's hashlib, `blake2b(data, digest_size=16)`).
  @Test(
    arguments: [
      ([], "cae66941d9efbd404e4d88758ea67670"), (Array("abc".utf8), "cf4ab791c62b8d2b2109c90275287816"),
      (Array(repeating: 0x61, count: 128), "1271d28e731afb57bdfba6bdaf3501be"),
      (Array(repeating: 0x61, count: 129), "68b7bafbad5055c4ebe6eb170a0f8524"),
      ((0..<768).map { UInt8($0 % 256) }, "e0892860f9fc0da273b9db57e857c19a"),
    ] as [([UInt8], String)])
  func blake2b(bytes: [UInt8], digest: String) {
    #expect(BLAKE2b.hash { hasher in bytes.withUnsafeBytes { hasher.update($0) } }.description == digest)
    // However the bytes are handed over.
    #expect(BLAKE2b.hash { hasher in for byte in bytes { hasher.update(byte) } }.description == digest)
  }

  @Test func hexadecimalThereAndBack() {
    let hash = Hash128(high: 0x0123_4567_89AB_CDEF, low: 0xF0)
    #expect(hash.description == "0123456789abcdef00000000000000f0")
    #expect(Hash128(hexadecimal: hash.description.utf8) == hash)
    #expect(Hash128(hexadecimal: hash.description.uppercased().utf8) == hash)
    for bad in ["", "0", hash.description + "0", String(hash.description.dropLast()) + "g"] {
      #expect(Hash128(hexadecimal: bad.utf8) == nil)
    }
  }

  @Test func occurrencesDiffer() {
    let hash = Hash128(high: .max, low: 7)
    #expect(hash.occurrence(1) == hash)
    #expect(Set((1...10_000).map { hash.occurrence($0) }).count == 10_000)
  }
}
