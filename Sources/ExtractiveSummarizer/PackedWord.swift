/// A short word in lower case, in two registers: compared with a handful of others without a table or a string.
///
/// Letters beyond the sixteenth are not kept; no list that is compared with has words so long.
struct PackedWord: Hashable {
  private(set) var low: UInt64 = 0
  private(set) var high: UInt64 = 0

  init() {}

  init(_ token: Token, _ bytes: Bytes) {
    let length = Int(token.end &- token.start)
    if length <= 8, let base = bytes.baseAddress {
      let octet = Octet(base, at: Int(token.start), limit: bytes.count)
      let lanes = Octet.first(length)
      if octet.bits & lanes & Octet.highs == 0 {
        low = (octet.bits | octet.letters &>> 2) & lanes
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

/// Some words, to be looked for one at a time.
struct PackedWords: Sendable {
  private static let slotCount = 256

  // Made once and never freed: these lists live as long as the process.
  private nonisolated(unsafe) let slots: UnsafePointer<PackedWord>

  init(_ list: StaticString) {
    let slots = FastList<PackedWord>(repeating: PackedWord(), count: Self.slotCount)
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
