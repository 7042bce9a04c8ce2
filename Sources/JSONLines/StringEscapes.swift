import Basics

/// The escapes of a string, judged a block at a time; what reaches over the end of a block is remembered for the next.
/// Sets of lanes have one bit, the lowest of the four of a lane, unless they are said to be full.
struct EscapeState {
  /// Whether the first lane of the next block is escaped: 1 or 0.
  private var isEscaped: UInt64 = 0
  /// The first lanes of the next block that have to be hexadecimal digits.
  private var digits: UInt64 = 0

  /// Whether the next block has to be judged even if it holds no backslash.
  @inline(__always)
  var isOpen: Bool { isEscaped | digits != 0 }

  /// The lanes that an odd run of backslashes escapes.
  /// - Parameter backslashes: the full lanes of the block that hold one.
  @inline(__always)
  mutating func escapedLanes(_ backslashes: UInt64) -> UInt64 {
    let even: UInt64 = 0x0101_0101_0101_0101
    // In a run of backslashes every second one is escaped itself; only the lane after a run of odd length is of interest.
    // An addition carries from the start of each run to that lane.
    let runs = backslashes & ~(isEscaped &* 15)
    let starts = runs & ~(runs &<< 4)
    let afterEven = runs &+ (starts & even)
    let (afterOdd, reachesEnd) = runs.addingReportingOverflow(starts & (even &<< 4))
    let escaped = (afterEven & (even &<< 4) | afterOdd & even) & ~runs | isEscaped & ~backslashes
    isEscaped = reachesEnd ? 1 : 0
    return escaped
  }

  /// Whether the escaped lanes hold letters that may stand there, and four digits follow each `u`.
  /// - Parameter inside: the lanes up to the end of the string, that included; others are not judged.
  @inline(__always)
  mutating func areValid(_ escaped: UInt64, in block: Bytes16, _ inside: UInt64) -> Bool {
    let wrong = escaped & ~LaneSet(block.escapeLetters).bits
    let unicode = escaped & LaneSet(block .== .all(0x75)).bits
    var missing: UInt64 = 0
    if unicode | digits != 0 {
      let following = unicode &<< 4 | unicode &<< 8 | unicode &<< 12 | unicode &<< 16 | digits
      digits = unicode &>> 60 | unicode &>> 56 | unicode &>> 52 | unicode &>> 48
      missing = following & ~LaneSet(block.hexDigits).bits
    }
    return (wrong | missing) & inside == 0
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
