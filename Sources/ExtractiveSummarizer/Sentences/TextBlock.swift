/// A paragraph or another block of lines. A blank line or an indent begins the next one.
enum TextBlock {
  /// Whether the line that ends at an index is followed by another line of its block.
  static func goesOn(after lineEnd: Int, _ bytes: Bytes) -> Bool {
    var lines = 0
    var indent = 0
    var index = lineEnd
    while index < bytes.count {
      let next = scalar(bytes, at: index)
      guard next.kind == .space || next.kind == .ignorable else { return lines == 1 && indent < 2 }
      indent = next.value == 0x0A ? 0 : indent + (next.value == 0x09 ? 8 : 1)
      if next.value == 0x0A || next.value == 0x2028 { lines += 1 }
      if next.value == 0x2029 { lines += 2 }
      index += next.length
    }
    return false
  }
}
