extension JSONScanner {
  /// Passes over the rest of a string, from the byte after its opening quote to the byte after its closing one.
  /// - Returns: whether it holds escapes.
  @inline(__always)
  mutating func string() throws(JSONFault) -> Bool {
    var hasEscapes = false
    while index < end {
      // Near the end the block reaches back over bytes that have been read, and their lanes are forgotten.
      let start = min(index, limit &- blockWidth)
      var stops = LaneSet(Bytes16(loading: base + start).stringStops)
      stops.removeLanes(before: index &- start)
      while true {
        if stops.isEmpty {
          index = start &+ blockWidth
          if index &+ 64 <= limit { skipPlainBytes() }
          break
        }
        index = start &+ stops.first
        let stop = base[index]
        if stop == .quote {
          index &+= 1
          return hasEscapes
        }
        guard stop == .backslash else {
          throw index < end ? fault("unescaped control character in a string") : fault("unterminated string")
        }
        hasEscapes = true
        try escape()
        // More stops of the same block are known already.
        let lane = index &- start
        if lane >= blockWidth { break }
        stops.removeLanes(before: lane)
      }
    }
    index = end
    throw fault("unterminated string")
  }

  /// Passes over blocks in which no string can end, four at a time.
  @inline(__always)
  private mutating func skipPlainBytes() {
    while index &+ 64 <= limit {
      let a = Bytes16(loading: base + index).stringStops
      let b = Bytes16(loading: base + index + 16).stringStops
      let c = Bytes16(loading: base + index + 32).stringStops
      let d = Bytes16(loading: base + index + 48).stringStops
      if !LaneSet((a .| b) .| (c .| d)).isEmpty { return }
      index &+= 64
    }
  }

  /// Passes over an escape, from its backslash to the byte after it.
  @inline(__always)
  private mutating func escape() throws(JSONFault) {
    index &+= 1
    let letter = byte
    if letter == 0x75 {
      guard index &+ 5 <= end, HexQuad(base + index + 1).isValid else {
        throw fault("expected four hexadecimal digits after \\u")
      }
      index &+= 5
    } else if isSimpleEscape(letter) {
      index &+= 1
    } else {
      throw index < end ? fault("unknown escape in a string") : fault("unterminated string")
    }
  }

  /// One of `"` `/` `\` `b` `f` `n` `r` `t`, told from a bit set.
  @inline(__always)
  private func isSimpleEscape(_ letter: UInt8) -> Bool {
    let low: UInt64 = 1 << 0x22 | 1 << 0x2F
    let high: UInt64 =
      1 << (0x5C - 64) | 1 << (0x62 - 64) | 1 << (0x66 - 64) | 1 << (0x6E - 64) | 1 << (0x72 - 64)
      | 1 << (0x74 - 64)
    let set = letter < 64 ? low : letter < 128 ? high : 0
    return set &>> UInt64(letter & 63) & 1 == 1
  }
}

/// The four digits of a `\u` escape in one word.
struct HexQuad {
  private let word: UInt32

  /// Reads four bytes at `pointer`.
  @inline(__always)
  init(_ pointer: UnsafePointer<UInt8>) {
    word = UInt32(bigEndian: UnsafeRawPointer(pointer).loadUnaligned(as: UInt32.self))
  }

  /// The top bit of each byte tells whether it is at least `bound`; for bytes below 0x80.
  @inline(__always)
  private static func atLeast(_ bytes: UInt32, _ bound: UInt32) -> UInt32 {
    bytes &+ 0x0101_0101 &* (0x80 - bound)
  }

  @inline(__always)
  var isValid: Bool {
    let isDigit = HexQuad.atLeast(word, 0x30) & ~HexQuad.atLeast(word, 0x3A)
    let lower = word | 0x2020_2020
    let isLetter = HexQuad.atLeast(lower, 0x61) & ~HexQuad.atLeast(lower, 0x67)
    return (isDigit | isLetter) & ~word & 0x8080_8080 == 0x8080_8080
  }

  /// The code unit that four valid digits mean.
  @inline(__always)
  var codeUnit: UInt16 {
    // A letter counts from 9 where its low four bits begin at 1.
    let nibbles = (word & 0x0F0F_0F0F) &+ (word &>> 6 & 0x0101_0101) &* 9
    let pairs = nibbles | nibbles &>> 4
    return UInt16(truncatingIfNeeded: (pairs & 0xFF) | (pairs &>> 8 & 0xFF00))
  }
}
