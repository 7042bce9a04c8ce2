extension String {
  func trimmed() -> String { String(self[...].trimmed()) }

  /// Returns the text on one line: every run of white space becomes one space, and a text longer than `limit`
  /// characters is cut and ends with an ellipsis. Other control characters remain; they are made visible when the text
  /// is printed.
  func oneLine(atMost limit: Int) -> String {
    let (line, isCut) = beginning(atMost: limit)
    return isCut ? line + "…" : line
  }

  /// Returns the beginning of the text on one line, without an ellipsis, and whether it is cut. Reads no more of the
  /// text than necessary: a server may send a long one.
  func beginning(atMost limit: Int) -> (line: String, isCut: Bool) {
    var line = String.UnicodeScalarView()
    var length = 0
    var needsSpace = false
    for scalar in unicodeScalars {
      if scalar.properties.isWhitespace {
        needsSpace = length > 0
        continue
      }
      if length + (needsSpace ? 2 : 1) > limit { return (String(line), true) }
      if needsSpace { line.append(" ") }
      line.append(scalar)
      length += needsSpace ? 2 : 1
      needsSpace = false
    }
    return (String(line), false)
  }

  /// The text without its full stop, to be continued. An ellipsis remains.
  var withoutFullStop: String { hasSuffix(".") && !hasSuffix("..") ? String(dropLast()) : self }

  /// Returns whether the text contains one of the phrases, which are in lower case, whatever its own case.
  func mentions(_ phrases: [String]) -> Bool {
    let text = Array(lowercased().utf8)
    return phrases.contains { text.contains(Array($0.utf8)) }
  }
}

extension Substring {
  /// Returns the text without white space and byte order marks at its ends.
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
