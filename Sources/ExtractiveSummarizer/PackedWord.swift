/// A short word in lower case, in two registers: compared with a handful of others without a table or a string.
///
/// Letters beyond the sixteenth are not kept; no list that is compared with has words so long.
struct PackedWord: Hashable {
  private(set) var low: UInt64 = 0
  private(set) var high: UInt64 = 0

  init() {}

  init(_ token: Token, _ bytes: Bytes) {
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

  fileprivate init(_ bytes: Bytes) {
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
  private let words: [PackedWord]
  /// A bit for each word by its first eight letters: most others are told by theirs.
  private let bits: UInt64

  init(_ list: StaticString) {
    words = list.withUTF8Buffer { bytes in
      bytes.split(whereSeparator: { $0 <= 0x20 }).map { PackedWord(Bytes(rebasing: $0)) }
    }
    bits = words.reduce(0) { $0 | Self.bit($1) }
  }

  private static func bit(_ word: PackedWord) -> UInt64 { 1 &<< (word.low &* 0x9E37_79B9_7F4A_7C15 &>> 58) }

  func contains(_ word: PackedWord) -> Bool { bits & Self.bit(word) != 0 && words.contains(word) }
}
