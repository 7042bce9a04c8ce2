import TestSupport

/// Runs curl without its configuration and without a proxy; 127 where it is missing.
func curl(_ arguments: [String]) -> (status: Int32, output: String) {
  let words = ["curl", "-q", "--noproxy", "'*'", "--silent", "--max-time", "240"] + arguments.map { "'\($0)'" }
  guard let stream = popen(words.joined(separator: " ") + " 2>&1", "r") else { return (127, "") }
  var output: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&chunk, 1, chunk.count, stream)
    if count == 0 { break }
    output += chunk[..<count]
  }
  return (pclose(stream) >> 8 & 0xFF, String(decoding: output, as: UTF8.self))
}
