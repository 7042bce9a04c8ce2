import Basics

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

  /// Runs without escapes are found and copied by blocks. From an escape on the next few bytes are looked at one by one,
  /// since escapes like company.
  private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    guard let base = text.baseAddress else { return }
    var index = 0
    while index < text.count {
      let stop = BlockSearch.first(base, index, text.count, \.writerStops) ?? text.count
      append(raw: UnsafeBufferPointer(rebasing: text[index..<stop]))
      index = stop
      if index < text.count { appendBytewise(text, &index) }
    }
  }

  private mutating func appendBytewise(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
    let end = min(index + 32, text.count)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32 * 6) { output in
      var escaper = Escaper(output: output.baseAddress!)
      while index < end {
        let byte = text[index]
        index &+= 1
        // U+0080 to U+009F; from U+00A0 on the character stays. Its second byte may lie after the end.
        if byte == 0xC2 && text[index] < 0xA0 {
          escaper.put(unicode: text[index])
          index &+= 1
        } else {
          escaper.put(byte)
        }
      }
      append(raw: UnsafeBufferPointer(start: output.baseAddress!, count: escaper.count))
    }
  }

  /// `\u00xx`, in lower case.
  mutating func appendUnicodeEscape(of byte: UInt8) {
    append(raw: "\\u00")
    append(raw: Hexadecimal.digit(byte >> 4))
    append(raw: Hexadecimal.digit(byte & 15))
  }
}
