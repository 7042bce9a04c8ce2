import Basics

extension JSONWriter {
  /// JSON that the scanner has accepted, byte for byte but for raw U+007F to U+009F, which can stand in strings only,
  /// and lone surrogate escapes.
  mutating func appendVerbatim(_ json: ArraySlice<UInt8>) {
    json.withUnsafeBufferPointer { json in
      guard let base = json.baseAddress else { return }
      var run = 0
      var index = 0
      while let stop = BlockSearch.first(base, index, json.count, \.verbatimStops) {
        let change = Change(base, stop, json.count)
        index = stop + change.length
        guard change.kind != .none else { continue }
        append(raw: UnsafeBufferPointer(rebasing: json[run..<stop]))
        if change.kind == .escape {
          appendUnicodeEscape(of: base[index - 1])
        } else {
          append(raw: "\\ufffd")
        }
        run = index
      }
      append(raw: UnsafeBufferPointer(rebasing: json[run...]))
    }
  }
}

/// What is to be done about the bytes at a stop, and how many they are.
private struct Change {
  enum Kind { case none, escape, replace }

  let kind: Kind
  let length: Int

  init(_ base: UnsafePointer<UInt8>, _ stop: Int, _ count: Int) {
    switch base[stop] {
    case 0x7F: (kind, length) = (.escape, 1)
    case 0xC2: (kind, length) = (base[stop + 1] < 0xA0 ? .escape : .none, 2)
    default:
      // A backslash; the scanner has seen that a whole escape follows.
      guard base[stop + 1] == 0x75 else {
        (kind, length) = (.none, 2)
        return
      }
      let unit = HexQuad(base + stop + 2).codeUnit
      guard unit & 0xF800 == 0xD800 else {
        (kind, length) = (.none, 6)
        return
      }
      let isPair =
        unit < 0xDC00 && stop + 12 <= count && base[stop + 6] == .backslash && base[stop + 7] == 0x75
        && HexQuad(base + stop + 8).codeUnit & 0xFC00 == 0xDC00
      (kind, length) = isPair ? (.none, 12) : (.replace, 6)
    }
  }
}
