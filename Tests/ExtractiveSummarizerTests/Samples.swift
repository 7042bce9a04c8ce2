import ExtractiveSummarizer
import Summarization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Development data beside the package; absent on most machines, and tests that want it say so and pass.
func sharedLines(_ name: String) -> [[UInt8]]? {
  var root = #filePath.split(separator: "/", omittingEmptySubsequences: false)
  root.removeLast(4)
  guard let lines = fileLines(root.joined(separator: "/") + "/shared/data/" + name) else {
    print("skipped: \(name) is not there")
    return nil
  }
  return lines
}

/// The lines of a file; nil where it cannot be read.
func fileLines(_ path: String) -> [[UInt8]]? {
  let descriptor = open(path, O_RDONLY)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    if count <= 0 { break }
    bytes.append(contentsOf: buffer[..<count])
  }
  return bytes.split(separator: 0x0A).map { Array($0) }
}

/// The strings of a flat JSON object, lists of strings included: enough for the data files, which are known to be valid.
func fields(_ line: [UInt8]) -> [String: [String]] {
  var result: [String: [String]] = [:]
  var key: String?
  var depth = 0
  var index = 0
  while index < line.count {
    switch line[index] {
    case 0x5B: depth += 1
    case 0x5D: depth -= 1
    case 0x2C where depth == 0: key = nil
    case 0x22:
      let text = string(line, &index)
      if let key { result[key, default: []].append(text) } else { key = text }
      continue
    default: break
    }
    index += 1
  }
  return result
}

private func string(_ line: [UInt8], _ index: inout Int) -> String {
  var units: [UInt16] = []
  index += 1
  var plain = index
  func flush() { units += Array(String(decoding: line[plain..<index], as: UTF8.self).utf16) }
  while line[index] != 0x22 {
    guard line[index] == 0x5C else {
      index += 1
      continue
    }
    flush()
    switch line[index + 1] {
    case 0x75:
      units.append(UInt16(String(decoding: line[index + 2..<index + 6], as: UTF8.self), radix: 16) ?? 0xFFFD)
      index += 4
    case 0x6E: units.append(0x0A)
    case 0x74: units.append(0x09)
    case 0x72: units.append(0x0D)
    default: units.append(UInt16(line[index + 1]))
    }
    index += 2
    plain = index
  }
  flush()
  index += 1
  return String(decoding: units, as: UTF16.self)
}
