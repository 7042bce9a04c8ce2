import JSONLines
import PlainText
import TestSupport

/// How fast HTML becomes text on one core: MB/s of processor time over the contents of a file of articles, all in memory.
func htmlBenchmark(_ arguments: [String]) {
  guard let path = arguments.first, let file = fopen(path, "r") else { fatalError("usage: Benchmarks html FILE") }
  defer { fclose(file) }
  var splitter = LineSplitter(maximumLength: 1 << 26)
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  var pages: [[UInt8]] = []
  func take() {
    while let line = splitter.next() {
      guard case .complete(let bytes) = line.content, let record = try? JSONRecord(scanning: bytes),
        let field = record["content"]
      else { continue }
      pages.append(Array(record.string(of: field).utf8))
    }
  }
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { break }
    splitter.append(Array(buffer[..<count]))
    take()
  }
  let size = pages.reduce(0) { $0 + $1.count }
  var rounds = 0
  var made = 0
  let start = clock()
  repeat {
    for page in pages { made &+= page.withUnsafeBufferPointer { PlainText.plain($0, html: .auto) }?.count ?? 0 }
    rounds += 1
  } while clock() - start < CLOCKS_PER_SEC
  precondition(made > 0, "no page became a text")
  print(Double(size * rounds) / Double(clock() - start) * Double(CLOCKS_PER_SEC) / 1e6)
}
