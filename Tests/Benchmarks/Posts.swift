import JSONLines

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The lines of the real posts, where they lie beside the project.
let posts: [[UInt8]]? = {
  let package = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  let folder = getenv("SUMMARIZE_TEST_DATA").map { String(cString: $0) } ?? "\(package)/../shared/data"
  guard let file = fopen("\(folder)/govnews-dev.ndjson", "r") else { return nil }
  defer { fclose(file) }
  var splitter = LineSplitter(maximumLength: 1 << 24)
  var lines: [[UInt8]] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { return lines }
    splitter.append(Array(buffer[..<count]))
    while let line = splitter.next() {
      if case .complete(let bytes) = line.content { lines.append(bytes) }
    }
  }
}()
