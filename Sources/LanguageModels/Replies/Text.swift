extension String {
  func trimmed() -> String { String(self[...].trimmed()) }

  /// The text on one line: every run of white space becomes one space, and what is longer than `limit` characters is cut
  /// and ends with an ellipsis. Other control characters stay; they are made visible where the text is printed.
  func oneLine(atMost limit: Int) -> String {
    var line = ""
    var length = 0
    for word in unicodeScalars.split(whereSeparator: { $0.properties.isWhitespace }) {
      if !line.isEmpty { line += " " }
      length += word.count + 1
      if length > limit + 1 {
        // What was appended before fits; of this word, what does.
        line.unicodeScalars.append(contentsOf: word.prefix(max(0, word.count - (length - limit - 1))))
        return line + "…"
      }
      line.unicodeScalars.append(contentsOf: word)
    }
    return line
  }

  /// Ready for words of ours to follow; an ellipsis stays.
  var withoutFullStop: String { hasSuffix(".") && !hasSuffix("..") ? String(dropLast()) : self }

  /// Whether one of the phrases, in lower case, is in the text, whatever its case.
  func mentions(_ phrases: [String]) -> Bool {
    let text = Array(lowercased().utf8)
    return phrases.contains { text.contains(Array($0.utf8)) }
  }
}

extension Substring {
  /// Without white space at either end.
  func trimmed() -> Substring {
    let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
    guard let first = unicodeScalars.firstIndex(where: { !isSpace($0) }),
      let last = unicodeScalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return Substring(unicodeScalars[first...last])
  }
}

extension UInt8 {
  var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
