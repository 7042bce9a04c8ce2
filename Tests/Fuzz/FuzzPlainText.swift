// libFuzzer target; compiled as one module with Sources/PlainText. See `run`.

/// The first byte chooses the mode; the rest is the text. Whatever it holds, what is made of it is valid UTF-8 and no longer than tabs and marks make it,
/// and what has no more markup is not changed again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPlainText(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count >= 1 else { return 0 }
  let mode = HTMLMode.allCases[Int(data[0]) % 3]
  let raw = UnsafeBufferPointer(start: data + 1, count: count - 1)
  // Bytes that are no UTF-8 never come here from JSON; they must do no harm all the same.
  for change in changes(mode) { _ = change(raw) }
  for change in changes(mode) {
    let text = Array(String(decoding: raw, as: UTF8.self).utf8)
    guard let changed = text.withUnsafeBufferPointer(change) else { continue }
    precondition(String(validating: changed, as: UTF8.self) != nil, "invalid UTF-8")
    precondition(changed.count <= text.count * 4 + 2, "longer than what it was made of")
  }
  let text = Array(String(decoding: raw, as: UTF8.self).utf8)
  if let plain = text.withUnsafeBufferPointer({ PlainText.plain($0, html: mode) }), isPlain(plain) {
    precondition(plain.withUnsafeBufferPointer { PlainText.plain($0, html: mode) } == nil, "changed again")
  }
  return 0
}

private func changes(_ mode: HTMLMode) -> [(UnsafeBufferPointer<UInt8>) -> [UInt8]?] {
  [{ PlainText.plain($0, html: mode) }, { WrappedLines.joined($0) }, { MarkdownRemover.words(of: $0) }]
}

/// Neither markup, nor what may become a character with what was taken out between.
private func isPlain(_ text: [UInt8]) -> Bool {
  !text.contains(0x3C) && !text.contains(0x26) && !text.contains(0xC2) && !text.contains(0xE2)
}
