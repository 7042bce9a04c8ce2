/// A word in lower case, as the tables know it: its bytes, with zeros up to a multiple of eight, and a hash of them.
///
/// The hash is the same in every process, unlike `Hasher`; eight bytes go into it at once.
struct WordKey {
  let chunks: UnsafePointer<UInt64>
  let count: Int
  let hash: UInt32

  /// - Parameter chunks: `count` bytes, and zeros up to a multiple of eight.
  @inline(__always)
  init(_ chunks: UnsafePointer<UInt64>, count: Int) {
    self.chunks = chunks
    self.count = count
    var hash = Self.mixed(chunks[0])
    var index = 1
    while index &* 8 < count {
      hash = Self.mixed(hash ^ chunks[index])
      index &+= 1
    }
    self.hash = UInt32(truncatingIfNeeded: hash)
  }

  /// A word of at most eight bytes.
  @inline(__always)
  init(first chunk: UnsafePointer<UInt64>, count: Int) {
    chunks = chunk
    self.count = count
    hash = UInt32(truncatingIfNeeded: Self.mixed(chunk[0]))
  }

  @inline(__always)
  private static func mixed(_ value: UInt64) -> UInt64 {
    let product = value &* 0x9E37_79B9_7F4A_7C15
    return product ^ product &>> 32
  }

  @inline(__always)
  var first: UInt64 { chunks[0] }

  /// Whether the bytes after the first eight are those of `other`, a word of the same length.
  @inline(__always)
  func restEquals(_ other: UnsafePointer<UInt64>) -> Bool {
    var index = 1
    while index &* 8 < count {
      if chunks[index] != other[index] { return false }
      index &+= 1
    }
    return true
  }

  static func chunkCount(_ bytes: Int) -> Int { max(1, (bytes + 7) / 8) }

  /// Runs `body` with the key of bytes that are in lower case already.
  @inline(__always)
  static func with<Result>(_ bytes: Bytes, _ body: (WordKey) -> Result) -> Result {
    with(capacity: bytes.count) { buffer in
      for index in 0..<bytes.count { buffer[index] = bytes[index] }
      return bytes.count
    } _: {
      body($0)
    }
  }

  /// Runs `body` with the key of the bytes that `fill` writes and counts.
  @inline(__always)
  static func with<Result>(
    capacity: Int, fill: (UnsafeMutableBufferPointer<UInt8>) -> Int, _ body: (WordKey) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: chunkCount(capacity)) { chunks in
      chunks.initialize(repeating: 0)
      let count = fill(UnsafeMutableRawBufferPointer(chunks).assumingMemoryBound(to: UInt8.self))
      return body(WordKey(UnsafePointer(chunks.baseAddress.unsafelyUnwrapped), count: count))
    }
  }
}
