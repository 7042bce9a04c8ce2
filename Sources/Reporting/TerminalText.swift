import Basics

/// Returns a text from outside in a form that is safe to print in one line of a terminal. Escapes replace control
/// characters, and characters that hide or reorder others.
package func visible(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    if isUnsafe(scalar) {
      result += scalar.value < 0x80 ? "\\x" + hexadecimal(scalar, 2) : "\\u{\(hexadecimal(scalar, 1))}"
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

private func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x00...0x1F, 0x7F...0x9F: true  // C0, DEL, C1
  case 0x061C, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF: true  // bidirectional, zero width
  case 0x2028, 0x2029: true  // line and paragraph separators
  default: false
  }
}

private func hexadecimal(_ scalar: Unicode.Scalar, _ digits: Int) -> String {
  Hexadecimal.digits(of: UInt64(scalar.value), count: digits)
}

/// The last line of a terminal, which is overwritten repeatedly. Pure: returns the text to be written.
package struct StatusLine {
  /// Whether the terminal supports the escape that clears a line. Without it, the line is overwritten with spaces.
  let takesLinesBack: Bool
  /// The text that is shown; empty if there is none.
  private var shown = ""

  package init(takesLinesBack: Bool) {
    self.takesLinesBack = takesLinesBack
  }

  /// Returns the output that replaces the line with a new text.
  package mutating func show(_ text: String) -> String {
    defer { shown = text }
    if shown.isEmpty { return text.isEmpty ? "" : "\r" + text }
    if takesLinesBack { return "\r" + text + "\u{1B}[K" + (text.isEmpty ? "\r" : "") }
    let surplus = max(0, shown.unicodeScalars.count - text.unicodeScalars.count)
    return "\r" + text + String(repeating: " ", count: surplus) + (surplus > 0 ? "\r" + text : "")
      + (text.isEmpty ? "\r" : "")
  }

  /// Returns the output that writes whole lines above the line.
  package mutating func around(_ lines: String) -> String {
    guard !shown.isEmpty else { return lines }
    let text = shown
    return show("") + lines + show(text)
  }
}
