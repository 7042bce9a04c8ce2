/// BLAKE2b with a digest of 16 bytes and without a key (RFC 7693).
///
/// A hash made for tables would be faster, but ids come from strangers: anyone who can construct two articles with one
/// hash can keep one of them from being summarized. No known way to find such a pair is better than trying 2^64
/// articles. Among n articles that nobody made to collide, the probability that any two agree is n²/2^129: 1.5e-27 for
/// a million, 1.5e-21 for a thousand million. It hashes about a gigabyte a second; a short id costs one compression,
/// less than the scan of its line.
package struct BLAKE2b {
  private static let blockSize = 128

  private var state: SIMD8<UInt64>
  /// Input that is not compressed yet. A full block waits for more input, since the last block has to be compressed as
  /// such.
  private let block: UnsafeMutableRawPointer
  private var filled = 0
  private var length: UInt64 = 0

  /// Returns the hash of the bytes that `feed` passes to the hasher.
  package static func hash(_ feed: (inout BLAKE2b) -> Void) -> Hash128 {
    withUnsafeTemporaryAllocation(byteCount: blockSize, alignment: 16) { block in
      var hasher = BLAKE2b(block: block.baseAddress!)
      feed(&hasher)
      return hasher.finish()
    }
  }

  private init(block: UnsafeMutableRawPointer) {
    self.block = block
    state = Self.initialState
    // The parameter block: 16 bytes of digest, no key, sequential mode.
    state[0] ^= 0x0101_0010
  }

  // MARK: What is hashed

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      if filled == Self.blockSize { compress(isLast: false) }
      let count = min(Self.blockSize - filled, rest.count)
      (block + filled).copyMemory(from: start, byteCount: count)
      filled += count
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  package mutating func update(_ byte: UInt8) {
    withUnsafeBytes(of: byte) { update($0) }
  }

  /// Adds a part, preceded by its length, so that no two lists of parts are hashed as the same bytes.
  package mutating func update(part: some Sequence<UInt8>, count: Int) {
    withUnsafeBytes(of: UInt64(count).littleEndian) { update($0) }
    let isContiguous: Void? = part.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
    if isContiguous == nil { Array(part).withUnsafeBytes { update($0) } }
  }

  private mutating func finish() -> Hash128 {
    (block + filled).initializeMemory(as: UInt8.self, repeating: 0, count: Self.blockSize - filled)
    compress(isLast: true)
    // The digest is the state in little-endian bytes; swapped, its hexadecimal form shows them in this order.
    return Hash128(high: state[0].byteSwapped, low: state[1].byteSwapped)
  }

  // MARK: Compression

  private static var initialState: SIMD8<UInt64> {
    SIMD8(
      0x6A09_E667_F3BC_C908, 0xBB67_AE85_84CA_A73B, 0x3C6E_F372_FE94_F82B, 0xA54F_F53A_5F1D_36F1,
      0x510E_527F_ADE6_82D1, 0x9B05_688C_2B3E_6C1F, 0x1F83_D9AB_FB41_BD6B, 0x5BE0_CD19_137E_2179)
  }

  private mutating func compress(isLast: Bool) {
    length += UInt64(filled)
    filled = 0
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 32) { words in
      let v = words.baseAddress!
      let m = v + 16
      let initial = Self.initialState
      for i in 0..<8 {
        (v + i).initialize(to: state[i])
        (v + 8 + i).initialize(to: initial[i])
      }
      for i in 0..<16 {
        (m + i).initialize(to: UInt64(littleEndian: block.load(fromByteOffset: 8 * i, as: UInt64.self)))
      }
      v[12] ^= length
      if isLast { v[14] = ~v[14] }
      // The order in which the words of the block are mixed in. The last two rounds repeat the first two.
      Self.round(v, m, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
      Self.round(v, m, 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3)
      Self.round(v, m, 11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4)
      Self.round(v, m, 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8)
      Self.round(v, m, 9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13)
      Self.round(v, m, 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9)
      Self.round(v, m, 12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11)
      Self.round(v, m, 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10)
      Self.round(v, m, 6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5)
      Self.round(v, m, 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0)
      Self.round(v, m, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
      Self.round(v, m, 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3)
      for i in 0..<8 { state[i] ^= v[i] ^ v[i &+ 8] }
    }
  }

  /// Mixes the columns of the state, then its diagonals.
  @inline(__always)
  private static func round(
    _ v: UnsafeMutablePointer<UInt64>, _ m: UnsafeMutablePointer<UInt64>, _ a: Int, _ b: Int, _ c: Int, _ d: Int,
    _ e: Int, _ f: Int, _ g: Int, _ h: Int, _ i: Int, _ j: Int, _ k: Int, _ l: Int, _ n: Int, _ o: Int, _ p: Int,
    _ q: Int
  ) {
    mix(v, 0, 4, 8, 12, m[a], m[b])
    mix(v, 1, 5, 9, 13, m[c], m[d])
    mix(v, 2, 6, 10, 14, m[e], m[f])
    mix(v, 3, 7, 11, 15, m[g], m[h])
    mix(v, 0, 5, 10, 15, m[i], m[j])
    mix(v, 1, 6, 11, 12, m[k], m[l])
    mix(v, 2, 7, 8, 13, m[n], m[o])
    mix(v, 3, 4, 9, 14, m[p], m[q])
  }

  @inline(__always)
  private static func mix(
    _ v: UnsafeMutablePointer<UInt64>, _ a: Int, _ b: Int, _ c: Int, _ d: Int, _ x: UInt64, _ y: UInt64
  ) {
    v[a] = v[a] &+ v[b] &+ x
    v[d] = rotated(v[d] ^ v[a], 32)
    v[c] = v[c] &+ v[d]
    v[b] = rotated(v[b] ^ v[c], 24)
    v[a] = v[a] &+ v[b] &+ y
    v[d] = rotated(v[d] ^ v[a], 16)
    v[c] = v[c] &+ v[d]
    v[b] = rotated(v[b] ^ v[c], 63)
  }

  @inline(__always)
  private static func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 { word &>> count | word &<< (64 &- count) }
}
