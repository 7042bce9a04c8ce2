/// A mark that belongs to the word before it, and begins no line unless a link or a name got a line of its own.
enum LeadingMark {
  /// Whether such a mark is at an index: a comma, semicolon, colon or full stop before a space, or a closing bracket.
  static func isAt(_ index: Int, _ bytes: Bytes) -> Bool {
    switch bytes[index] {
    case 0x29, 0x5D: true
    case 0x2C, 0x3B, 0x3A: index + 1 < bytes.count && bytes[index + 1] <= 0x20
    // ". . ." is a line of its own.
    case 0x2E: index + 2 < bytes.count && bytes[index + 1] <= 0x20 && bytes[index + 2] != 0x2E
    // ، and ؛
    case 0xD8: index + 1 < bytes.count && (bytes[index + 1] == 0x8C || bytes[index + 1] == 0x9B)
    // 、 。 ， ； ）
    case 0xE3, 0xEF: [0x3001, 0x3002, 0xFF0C, 0xFF1B, 0xFF09].contains(scalar(bytes, at: index).value)
    default: false
    }
  }
}
