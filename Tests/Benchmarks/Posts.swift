import JSONLines
import TestSupport

/// The lines of the real posts, where they lie beside the project.
let posts: [[UInt8]]? = SharedData.read("govnews-dev.ndjson").map { bytes in
  var splitter = LineSplitter(maximumLength: 1 << 24)
  var lines: [[UInt8]] = []
  splitter.append(bytes)
  while let line = splitter.next() {
    if case .complete(let bytes) = line.content { lines.append(bytes) }
  }
  return lines
}
