/// The last line of a terminal, which is written over again and again. Pure: it makes the text to be written.
struct StatusLine {
  /// Whether the terminal knows the escape that clears a line; else it is written over with spaces.
  let takesLinesBack: Bool
  /// What is shown; empty where nothing is.
  private var shown = ""

  init(takesLinesBack: Bool) {
    self.takesLinesBack = takesLinesBack
  }

  /// What shows a text instead of the last.
  mutating func show(_ text: String) -> String {
    defer { shown = text }
    if shown.isEmpty { return text.isEmpty ? "" : "\r" + text }
    if takesLinesBack { return "\r" + text + "\u{1B}[K" + (text.isEmpty ? "\r" : "") }
    let surplus = max(0, shown.unicodeScalars.count - text.unicodeScalars.count)
    return "\r" + text + String(repeating: " ", count: surplus) + (surplus > 0 ? "\r" + text : "")
      + (text.isEmpty ? "\r" : "")
  }

  /// What writes whole lines above it.
  mutating func around(_ lines: String) -> String {
    guard !shown.isEmpty else { return lines }
    let text = shown
    return show("") + lines + show(text)
  }
}
