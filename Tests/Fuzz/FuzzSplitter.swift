// libFuzzer target; compiled as one module with Sources/JSONLines. See `run`.

/// The first two bytes choose the size of the chunks and the longest line; the rest is the FILE.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSplitter(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count >= 2 else { return 0 }
  let bytes = UnsafeBufferPointer(start: data, count: count)
  let size = Int(bytes[0]) + 1
  let maximumLength = Int(bytes[1]) + 1
  let file = Array(bytes[2...])
  let chunks = stride(from: 0, to: file.count, by: size).map { Array(file[$0..<min($0 + size, file.count)]) }
  let lines = split(chunks, maximumLength)
  precondition(lines == split([file], maximumLength), "the lines depend on the chunks")
  for line in lines {
    switch line.content {
    case .complete(let content):
      precondition(content.count <= maximumLength && !content.contains(0x0A) && !content.isBlankLine)
    case .tooLong(let prefix, let length):
      precondition(length > maximumLength && prefix.count == min(length, NumberedLine.prefixLength))
    }
  }
  return 0
}

private func split(_ chunks: [[UInt8]], _ maximumLength: Int) -> [NumberedLine] {
  var splitter = LineSplitter(maximumLength: maximumLength)
  var lines: [NumberedLine] = []
  for chunk in chunks {
    splitter.append(chunk)
    while let line = splitter.next() { lines.append(line) }
    precondition(splitter.bytesHeld <= 2 * (maximumLength + NumberedLine.prefixLength + 64), "a line holds too much")
  }
  if let line = splitter.finish() { lines.append(line) }
  precondition(splitter.bytesSearched == chunks.reduce(0) { $0 + $1.count }, "a byte was searched twice")
  return lines
}
