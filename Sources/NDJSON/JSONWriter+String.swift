extension JSONWriter {
  /// `text` as a JSON string. Escaped are what JSON demands and U+007F to U+009F; all else stays as it is.
  mutating func appendString(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      append(raw: .quote)
      appendEscaped(utf8)
      append(raw: .quote)
    }
  }

  private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    guard let base = text.baseAddress else { return }
    var run = 0
    var index = 0
    while let stop = BlockSearch.first(base, index, text.count, \.writerStops) {
      let byte = base[stop]
      if byte == 0xC2 {
        // U+0080 to U+009F; from U+00A0 on the character stays.
        index = stop + 2
        guard base[stop + 1] < 0xA0 else { continue }
        append(raw: UnsafeBufferPointer(rebasing: text[run..<stop]))
        appendEscape(of: base[stop + 1])
      } else {
        index = stop + 1
        append(raw: UnsafeBufferPointer(rebasing: text[run..<stop]))
        appendEscape(of: byte)
      }
      run = index
    }
    append(raw: UnsafeBufferPointer(rebasing: text[run...]))
  }

  private mutating func appendEscape(of byte: UInt8) {
    switch byte {
    case .quote: append(raw: "\\\"")
    case .backslash: append(raw: "\\\\")
    case .newline: append(raw: "\\n")
    case .carriageReturn: append(raw: "\\r")
    case 0x09: append(raw: "\\t")
    case 0x08: append(raw: "\\b")
    case 0x0C: append(raw: "\\f")
    default: appendUnicodeEscape(of: byte)
    }
  }

  /// `\u00xx`, in lower case.
  mutating func appendUnicodeEscape(of byte: UInt8) {
    func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
    append(raw: "\\u00")
    append(raw: digit(byte >> 4))
    append(raw: digit(byte & 15))
  }
}

enum BlockSearch {
  /// The first place at or after `start` whose lane is in what `stops` makes of a block.
  @inline(__always)
  static func first(
    _ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ stops: (Bytes16) -> Lanes16
  ) -> Int? {
    var index = start
    while index &+ blockWidth <= count {
      let found = LaneSet(stops(Bytes16(loading: base + index)))
      if !found.isEmpty { return index &+ found.first }
      index &+= blockWidth
    }
    guard index < count else { return nil }
    // The rest, in a block of its own; a filler that stops nothing stands after it.
    var rest = Bytes16.all(0x20)
    for lane in 0..<(count &- index) { rest[lane] = base[index &+ lane] }
    let found = LaneSet(stops(rest))
    return found.isEmpty ? nil : index &+ found.first
  }
}
