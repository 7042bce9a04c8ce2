import Basics

/// Characters that are invisible or displayed as others: C1 controls that were CP1252 characters, and zero-width
/// characters, which split words for software but not for the eye.
enum DamagedCharacters {
  /// Returns the index of the first character that may be damaged or, with `markup`, of the first `<` or `&`; the end
  /// if there is none.
  static func first(in bytes: Bytes, markup: Bool) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    // Without `markup` both are 0xC2, so that the signs add nothing: the first test matches every non-ASCII byte
    // anyway.
    let opening: UInt8 = markup ? .lessThan : 0xC2
    let reference: UInt8 = markup ? .ampersand : 0xC2
    var index = 0
    while index &+ 66 <= bytes.count {
      let blocks = (
        Bytes16(loading: base + index), Bytes16(loading: base + index + 16), Bytes16(loading: base + index + 32),
        Bytes16(loading: base + index + 48)
      )
      let wide = (blocks.0 | blocks.1 | blocks.2 | blocks.3).wide
      let signs =
        (blocks.0.lanes(of: opening) .| blocks.0.lanes(of: reference))
        .| (blocks.1.lanes(of: opening) .| blocks.1.lanes(of: reference))
        .| (blocks.2.lanes(of: opening) .| blocks.2.lanes(of: reference))
        .| (blocks.3.lanes(of: opening) .| blocks.3.lanes(of: reference))
      if !LaneSet(wide .| signs).isEmpty {
        for block in 0..<4 {
          let found = LaneSet(stops(base + index + 16 &* block, opening, reference, markup))
          if !found.isEmpty { return index &+ 16 &* block &+ found.first }
        }
      }
      index &+= 64
    }
    while index < bytes.count {
      let byte = bytes[index]
      if markup && (byte == .lessThan || byte == .ampersand) { return index }
      if byte >= 0x80, length(in: bytes, at: index) > 0 { return index }
      index &+= 1
    }
    return index
  }

  /// The lanes at which the scan stops. Two more bytes must be readable after the block.
  @inline(__always)
  private static func stops(
    _ base: UnsafePointer<UInt8>, _ opening: UInt8, _ reference: UInt8, _ markup: Bool
  ) -> Lanes16 {
    let block = Bytes16(loading: base)
    let damaged = damaged(block, Bytes16(loading: base + 1), Bytes16(loading: base + 2))
    return markup ? block.lanes(of: opening) .| block.lanes(of: reference) .| damaged : damaged
  }

  /// The lanes that begin a damaged character. `second` and `third` are the blocks one and two bytes after `block`.
  @inline(__always)
  private static func damaged(_ block: Bytes16, _ second: Bytes16, _ third: Bytes16) -> Lanes16 {
    let controls = (second & .all(0xE0)) .== .all(0x80)
    let latin = block.lanes(of: 0xC2) .& (controls .| second.lanes(of: 0xAD))
    let widthless = second.lanes(of: 0x80) .& third.lanes(of: 0x8B) .| second.lanes(of: 0x81) .& third.lanes(of: 0xA0)
    let mark = block.lanes(of: 0xEF) .& second.lanes(of: 0xBB) .& third.lanes(of: 0xBF)
    return latin .| block.lanes(of: 0xE2) .& widthless .| mark
  }

  /// The length in bytes of the damaged character at `index`, or zero if there is none.
  @inline(__always)
  static func length(in bytes: Bytes, at index: Int) -> Int {
    guard index &+ 1 < bytes.count else { return 0 }
    let second = bytes[index &+ 1]
    switch bytes[index] {
    case 0xC2: return second < 0xA0 || second == 0xAD ? 2 : 0
    case 0xE2:
      guard index &+ 2 < bytes.count else { return 0 }
      let third = bytes[index &+ 2]
      return second == 0x80 && third == 0x8B || second == 0x81 && third == 0xA0 ? 3 : 0
    case 0xEF: return second == 0xBB && index &+ 2 < bytes.count && bytes[index &+ 2] == 0xBF ? 3 : 0
    default: return 0
    }
  }

  /// Returns the character that a damaged character stands for; nil if a reader loses nothing without it.
  ///
  /// A zero-width space is kept after the scripts of South East Asia, which have no other word separator.
  static func meaning(in bytes: Bytes, at index: Int) -> UInt32? {
    switch bytes[index] {
    // Bytes that are not UTF-8 may follow, or none.
    case 0xC2 where index &+ 1 < bytes.count && 0x80...0x9F ~= bytes[index &+ 1]:
      return windows(UInt32(bytes[index &+ 1]))
    case 0xE2 where index &+ 2 < bytes.count:
      return bytes[index &+ 2] == 0x8B && follows(bytes, index) ? 0x200B : nil
    default: return nil
    }
  }

  /// Whether a letter of Thai, Lao, Burmese or Khmer precedes `index`.
  private static func follows(_ bytes: Bytes, _ index: Int) -> Bool {
    guard index >= 3 else { return false }
    let second = bytes[index &- 2]
    switch bytes[index &- 3] {
    case 0xE0: return 0xB8...0xBB ~= second
    case 0xE1: return 0x80...0x82 ~= second || 0x9E...0x9F ~= second
    default: return false
    }
  }

  /// Returns the CP1252 character with the code of a C1 control; nil if CP1252 has none.
  static func windows(_ control: UInt32) -> UInt32? {
    let meaning = windowsTable[Int(control &- 0x80)]
    return meaning == 0 ? nil : UInt32(meaning)
  }

  private static let windowsTable: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
    0x0178,
  ]

  /// Decodes UTF-8 that was read as Latin-1 and encoded as UTF-8 again, such as "â" and two controls for a quotation
  /// mark.
  ///
  /// - Returns: The original scalar and the index after its bytes; nil if no such sequence begins at `start`.
  static func doubleEncoded(in bytes: Bytes, leadAt start: Int) -> (scalar: UInt32, end: Int)? {
    guard start >= 0, let lead = latin(in: bytes, at: start), 0xC2...0xF4 ~= lead else { return nil }
    let count = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3
    var scalar = lead & (0x3F >> UInt32(count))
    for position in 1...count {
      guard let next = latin(in: bytes, at: start &+ 2 &* position), next & 0xC0 == 0x80 else { return nil }
      scalar = scalar << 6 | next & 0x3F
    }
    // Overlong forms and controls are not double-encoded text.
    let least: UInt32 = [0xA0, 0x800, 0x10000][count &- 1]
    guard scalar >= least, Unicode.Scalar(scalar) != nil else { return nil }
    return (scalar, start &+ 2 &* (count &+ 1))
  }

  /// Returns the character at `index` if it is between U+0080 and U+00FF.
  private static func latin(in bytes: Bytes, at index: Int) -> UInt32? {
    guard index &+ 1 < bytes.count, bytes[index] & 0xFE == 0xC2 else { return nil }
    return UInt32(bytes[index] & 3) << 6 | UInt32(bytes[index &+ 1] & 0x3F)
  }
}
