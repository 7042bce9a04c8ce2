import Basics

/// Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Validation {
  /// Returns the offset of the first sequence that is not UTF-8; nil if there is none. `limit` bytes can be read at
  /// `base`, at least sixteen. The bytes from `count` on are zero.
  static func firstInvalid(_ base: UnsafePointer<UInt8>, count: Int, limit: Int) -> Int? {
    isValid(base, limit: limit) ? nil : firstInvalidByte(UnsafeBufferPointer(start: base, count: count))
  }

  /// Checks every lane by its byte and the three bytes before it, without branches. Runs of ASCII are skipped.
  private static func isValid(_ base: UnsafePointer<UInt8>, limit: Int) -> Bool {
    var index = 0
    var isPending = false
    while index &+ 64 <= limit {
      let a = Bytes16(loading: base + index)
      let b = Bytes16(loading: base + index + 16)
      let c = Bytes16(loading: base + index + 32)
      let d = Bytes16(loading: base + index + 48)
      if !isPending && isASCII((a | b) | (c | d)) {
        index &+= 64
        continue
      }
      var faults = index == 0 ? faultsAtStart(a) : faults(base + index, a)
      faults = faults .| self.faults(base + index + 16, b)
      faults = faults .| self.faults(base + index + 32, c)
      faults = faults .| self.faults(base + index + 48, d)
      if !LaneSet(faults).isEmpty { return false }
      index &+= 64
      isPending = endsInside(base, index)
    }
    while index < limit {
      // The last block overlaps the previous one.
      index = min(index, limit &- Bytes16.width)
      let bytes = Bytes16(loading: base + index)
      if isPending || !isASCII(bytes) {
        let faults = index < 3 ? faultsAtStart(base, index) : faults(base + index, bytes)
        if !LaneSet(faults).isEmpty { return false }
      }
      index &+= Bytes16.width
      isPending = endsInside(base, index)
    }
    return !isPending
  }

  @inline(__always)
  private static func isASCII(_ bytes: Bytes16) -> Bool {
    let words = unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
    return (words[0] | words[1]) & 0x8080_8080_8080_8080 == 0
  }

  /// Returns whether a sequence is unfinished before `index`, which is at least three.
  @inline(__always)
  private static func endsInside(_ base: UnsafePointer<UInt8>, _ index: Int) -> Bool {
    (base[index &- 1] >= 0xC0) || (base[index &- 2] >= 0xE0) || (base[index &- 3] >= 0xF0)
  }

  @inline(__always)
  private static func faults(_ pointer: UnsafePointer<UInt8>, _ bytes: Bytes16) -> Lanes16 {
    faults(
      bytes, Bytes16(loading: pointer - 1), Bytes16(loading: pointer - 2), Bytes16(loading: pointer - 3))
  }

  /// For the block at the start of the line, before which nothing may be read.
  @inline(__always)
  private static func faultsAtStart(_ bytes: Bytes16) -> Lanes16 {
    let word = UInt128(littleEndian: unsafeBitCast(bytes, to: UInt128.self))
    func shifted(_ lanes: UInt128) -> Bytes16 {
      unsafeBitCast((word &<< (lanes &* 8)).littleEndian, to: Bytes16.self)
    }
    return faults(bytes, shifted(1), shifted(2), shifted(3))
  }

  @inline(never)
  private static func faultsAtStart(_ base: UnsafePointer<UInt8>, _ index: Int) -> Lanes16 {
    // A block at 1 or 2 is the second one of a line of 17 or 18 bytes. Fewer than three bytes precede it; zeros stand
    // for the missing ones.
    var word = UInt128(littleEndian: unsafeBitCast(Bytes16(loading: base + index), to: UInt128.self))
    if index == 0 { return faultsAtStart(Bytes16(loading: base)) }
    word = word &<< 8 | UInt128(base[index &- 1])
    let one = unsafeBitCast(word.littleEndian, to: Bytes16.self)
    word = word &<< 8 | UInt128(index > 1 ? base[index &- 2] : 0)
    let two = unsafeBitCast(word.littleEndian, to: Bytes16.self)
    word = word &<< 8
    let three = unsafeBitCast(word.littleEndian, to: Bytes16.self)
    return faults(Bytes16(loading: base + index), one, two, three)
  }

  /// Returns the lanes of `bytes` that cannot follow the bytes one, two and three positions before them.
  @inline(__always)
  private static func faults(_ bytes: Bytes16, _ one: Bytes16, _ two: Bytes16, _ three: Bytes16) -> Lanes16 {
    // As signed bytes, 0x80 to 0xBF are those below -64.
    let isContinuation = unsafeBitCast(bytes, to: SIMD16<Int8>.self) .< SIMD16<Int8>(repeating: -64)
    let mustContinue = (one .>= .all(0xC0)) .| (two .>= .all(0xE0)) .| (three .>= .all(0xF0))
    let isNoLead = ((one & .all(0xFE)) .== .all(0xC0)) .| (one .>= .all(0xF5))
    // After E0 and F0, low bytes are overlong forms. After ED and F4, high bytes are surrogates or beyond U+10FFFF.
    let isE0 = one .== .all(0xE0)
    let isF0 = one .== .all(0xF0)
    let three = (isE0 .| (one .== .all(0xED))) .& (isE0 .^ (bytes .>= .all(0xA0)))
    let four = (isF0 .| (one .== .all(0xF4))) .& (isF0 .^ (bytes .>= .all(0x90)))
    return (isContinuation .^ mustContinue) .| isNoLead .| (three .| four)
  }

  /// Finds the fault byte by byte. Called only for a line that is known to be invalid.
  private static func firstInvalidByte(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      let second: ClosedRange<UInt8>
      let length: Int
      switch lead {
      case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      default: return index
      }
      guard index + length <= bytes.count, second.contains(bytes[index + 1]),
        bytes[(index + 2)..<(index + length)].allSatisfy({ 0x80...0xBF ~= $0 })
      else { return index }
      index += length
    }
    return nil
  }
}

/// The encoding of a FILE, recognised by its first bytes.
public enum UnicodeEncoding: String, Sendable, CaseIterable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case utf32LittleEndian = "UTF-32LE"
  case utf32BigEndian = "UTF-32BE"

  /// Returns the encoding of a FILE that begins with `bytes`, of which the first four count; nil while it is undecided,
  /// which happens only with fewer than four bytes before the end.
  ///
  /// UTF-16 and UTF-32 are recognised by their byte order marks, or by the position of the NULs in two ASCII characters
  /// (one, for UTF-32), with which every JSON object begins. Everything else counts as UTF-8, even with NULs elsewhere:
  /// those are faults of their line. Usually the first two bytes decide.
  public static func sniff(_ bytes: some Collection<UInt8>, isAtEnd: Bool = false) -> UnicodeEncoding? {
    let start = Array(bytes.prefix(4))
    let candidates = signatures.filter { signature in
      zip(signature.pattern, start).allSatisfy { $0.0.matches($0.1) }
    }
    // The longest complete signature wins, as soon as no longer one is still possible.
    let complete = candidates.filter { $0.pattern.count <= start.count }
    let mayGrow = start.count < 4 && !isAtEnd
    if let best = complete.max(by: { $0.pattern.count < $1.pattern.count }) {
      let isFinal = candidates.allSatisfy { $0.pattern.count <= best.pattern.count }
      return isFinal || !mayGrow ? best.encoding : nil
    }
    return candidates.isEmpty || !mayGrow ? .utf8 : nil
  }

  private enum EncodedByte {
    case byte(UInt8), notNull

    func matches(_ byte: UInt8) -> Bool {
      switch self {
      case .byte(let wanted): byte == wanted
      case .notNull: byte != 0
      }
    }
  }

  private static let signatures: [(pattern: [EncodedByte], encoding: UnicodeEncoding)] = [
    ([.byte(0xFF), .byte(0xFE), .byte(0), .byte(0)], .utf32LittleEndian),
    ([.byte(0), .byte(0), .byte(0xFE), .byte(0xFF)], .utf32BigEndian),
    ([.byte(0xFF), .byte(0xFE)], .utf16LittleEndian),
    ([.byte(0xFE), .byte(0xFF)], .utf16BigEndian),
    ([.notNull, .byte(0), .byte(0), .byte(0)], .utf32LittleEndian),
    ([.byte(0), .byte(0), .byte(0), .notNull], .utf32BigEndian),
    ([.notNull, .byte(0), .notNull, .byte(0)], .utf16LittleEndian),
    ([.byte(0), .notNull, .byte(0), .notNull], .utf16BigEndian),
  ]
}
