/// The encoding of a FILE, told from its first bytes.
public enum UnicodeEncoding: String, Sendable, CaseIterable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case utf32LittleEndian = "UTF-32LE"
  case utf32BigEndian = "UTF-32BE"

  /// The encoding of a FILE that begins with `bytes`, of which the first four count; nil while it is undecided, which
  /// can only be with fewer than four bytes and before the end.
  ///
  /// UTF-16 and UTF-32 are told by their byte order marks, or by the place of the NULs in two ASCII characters (one, for
  /// UTF-32), with which every JSON object begins. All else counts as UTF-8, NULs elsewhere included: those are the
  /// fault of their line. Usually the first two bytes decide.
  public static func sniff(_ bytes: some Collection<UInt8>, isAtEnd: Bool = false) -> UnicodeEncoding? {
    let start = Array(bytes.prefix(4))
    let candidates = signatures.filter { signature in
      zip(signature.pattern, start).allSatisfy { $0.0.matches($0.1) }
    }
    // The longest signature that is there in full wins, as soon as no longer one can still come.
    let complete = candidates.filter { $0.pattern.count <= start.count }
    let mayGrow = start.count < 4 && !isAtEnd
    if let best = complete.max(by: { $0.pattern.count < $1.pattern.count }) {
      let isFinal = candidates.allSatisfy { $0.pattern.count <= best.pattern.count }
      return isFinal || !mayGrow ? best.encoding : nil
    }
    return candidates.isEmpty || !mayGrow ? .utf8 : nil
  }

  private enum Place {
    case byte(UInt8), notNull

    func matches(_ byte: UInt8) -> Bool {
      switch self {
      case .byte(let wanted): byte == wanted
      case .notNull: byte != 0
      }
    }
  }

  private static let signatures: [(pattern: [Place], encoding: UnicodeEncoding)] = [
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
