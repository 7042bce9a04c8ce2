/// A fresh folder that goes away with its last user.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws(SystemFailure) {
    var template = Array("\(environmentVariable("TMPDIR") ?? "/tmp")/summarize-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemFailure("mkdtemp") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Writes a file of the folder and returns its path.
  package func file(_ name: String, _ content: some Collection<UInt8>) throws(SystemFailure) -> String {
    let path = self.path + "/" + name
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw SystemFailure("open of \(path)") }
    defer { close(descriptor) }
    try writeAll(descriptor, content)
    return path
  }

  package func file(_ name: String, _ content: String = "") throws(SystemFailure) -> String {
    try file(name, content.utf8)
  }

  package func fifo(_ name: String) throws(SystemFailure) -> String {
    guard mkfifo(path + "/" + name, 0o600) == 0 else { throw SystemFailure("mkfifo") }
    return path + "/" + name
  }

  deinit {
    for name in fileNames(in: path) { unlink(path + "/" + name) }
    rmdir(path)
  }
}

/// Returns the names of everything in a folder, hidden files too; none where it cannot be read.
package func fileNames(in path: String) -> [String] {
  guard let folder = opendir(path) else { return [] }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != "." && name != ".." { names.append(name) }
  }
  return names
}

/// Returns a file's content; nil where it cannot be read.
package func contents(of path: String) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(descriptor, &chunk, chunk.count)
    guard count > 0 else { return count == 0 ? bytes : nil }
    bytes += chunk[..<count]
  }
}

/// Writes all of it to a blocking descriptor that has room for it.
package func writeAll(_ descriptor: Int32, _ content: some Collection<UInt8>) throws(SystemFailure) {
  var bytes = Array(content)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { throw SystemFailure("write") }
    bytes.removeFirst(count)
  }
}

package func writeAll(_ descriptor: Int32, _ text: String) throws(SystemFailure) { try writeAll(descriptor, text.utf8) }
