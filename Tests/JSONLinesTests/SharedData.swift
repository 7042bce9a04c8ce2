#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files that some tests read: samples of the project, and sets beside it that are no part of it.
enum SharedData {
  private static let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  /// `SUMMARIZE_TEST_DATA`, or `shared/data` beside the package.
  static let folder: String =
    getenv("SUMMARIZE_TEST_DATA").map { String(cString: $0) } ?? "/\(package)/../shared/data"

  /// The files of JSONTestSuite that are to be accepted or rejected.
  static let suite = list("JSONTestSuite/test_parsing")

  /// A file of that folder, or nil where it is absent.
  static func read(_ name: String) -> [UInt8]? { readFile("\(folder)/\(name)") }

  /// The files of a folder of that folder, sorted by name; empty where it is absent.
  static func list(_ name: String) -> [String] {
    guard let directory = opendir("\(folder)/\(name)") else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let file = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if file.hasSuffix(".json") { names.append(file) }
    }
    return names.sorted()
  }

  private static func readFile(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = readBytes(descriptor, &buffer, buffer.count)
      if count <= 0 { return bytes }
      bytes += buffer[..<count]
    }
  }
}

/// `read(2)`, by a name that no method hides.
private func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
