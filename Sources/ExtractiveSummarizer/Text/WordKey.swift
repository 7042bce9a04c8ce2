/// A word in lower case, as the tables store it: its bytes, zero-padded to a multiple of eight, and their hash.
///
/// Unlike that of `Hasher`, the hash is the same in every process. It processes eight bytes at once.
struct WordKey {
  let chunks: UnsafePointer<UInt64>
  let count: Int
  let hash: UInt32

  /// - Parameter chunks: `count` bytes, zero-padded to a multiple of eight.
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

  /// Creates the key of a word of at most eight bytes.
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

  /// Whether the bytes after the first eight equal those of `other`, a word of the same length.
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

  /// Runs `body` with the key of bytes that are already in lower case.
  @inline(__always)
  static func with<Result>(_ bytes: Bytes, _ body: (WordKey) -> Result) -> Result {
    with(capacity: bytes.count) { buffer in
      for index in 0..<bytes.count { buffer[index] = bytes[index] }
      return bytes.count
    } _: {
      body($0)
    }
  }

  /// Runs `body` with the key of the bytes that `fill` writes; `fill` returns their number.
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

/// A short word in lower case, in two registers. It is compared with a handful of others without a table or a string.
///
/// Bytes beyond the sixteenth are dropped, on both sides of a comparison: eight letters of Russian, five of Hindi.
struct PackedWord: Hashable {
  private(set) var low: UInt64 = 0
  private(set) var high: UInt64 = 0

  init() {}

  init(_ token: WordToken, _ bytes: Bytes) {
    let length = Int(token.end &- token.start)
    let start = Int(token.start)
    if let base = bytes.baseAddress, start &+ 16 <= bytes.count {
      let (first, second) = (ByteOctet(base + start), ByteOctet(base + start + 8))
      let (lanes, more) = (ByteOctet.first(length), length > 8 ? ByteOctet.first(length &- 8) : 0)
      if (first.bits & lanes | second.bits & more) & ByteOctet.highs == 0 {
        low = (first.bits | first.letters &>> 2) & lanes
        if more != 0 { high = (second.bits | second.letters &>> 2) & more }
        return
      }
    }
    var shift: UInt64 = 0
    for index in Int(token.start)..<Int(token.end) {
      let byte = bytes[index]
      // U+2019 is read as an apostrophe.
      if byte == 0xE2 { append(0x27, &shift) } else if byte < 0x80 { append(byte, &shift) }
    }
  }

  init(_ word: StaticString) {
    var shift: UInt64 = 0
    word.withUTF8Buffer { for byte in $0 { append(byte, &shift) } }
  }

  init(_ bytes: Bytes) {
    var shift: UInt64 = 0
    for byte in bytes { append(byte, &shift) }
  }

  private mutating func append(_ byte: UInt8, _ shift: inout UInt64) {
    let folded = UInt64(byte &- 0x41 < 26 ? byte | 0x20 : byte)
    if shift < 64 { low |= folded << shift } else if shift < 128 { high |= folded << (shift - 64) }
    shift += 8
  }
}

/// A set of short words.
struct PackedWordSet: Sendable {
  private static let slotCount = 256

  // Allocated once and never freed: these sets live as long as the process.
  private nonisolated(unsafe) let slots: UnsafePointer<PackedWord>

  init(_ list: StaticString) {
    let slots = UncheckedList<PackedWord>(repeating: PackedWord(), count: Self.slotCount)
    let words = list.withUTF8Buffer { bytes in
      bytes.split(whereSeparator: { $0 <= 0x20 }).map { PackedWord(Bytes(rebasing: $0)) }
    }
    precondition(words.count * 2 <= Self.slotCount, "a list has outgrown its table")
    for word in words {
      var slot = Self.slot(of: word)
      while slots[slot] != PackedWord() { slot = (slot + 1) % Self.slotCount }
      slots.base[slot] = word
    }
    self.slots = slots.leak()
  }

  @inline(__always)
  private static func slot(of word: PackedWord) -> Int {
    Int(truncatingIfNeeded: (word.low &* 0x9E37_79B9_7F4A_7C15 ^ word.high) &>> 56)
  }

  func contains(_ word: PackedWord) -> Bool {
    var slot = Self.slot(of: word)
    while slots[slot].low != 0 {
      if slots[slot] == word { return true }
      slot = (slot &+ 1) & (Self.slotCount &- 1)
    }
    return false
  }
}
