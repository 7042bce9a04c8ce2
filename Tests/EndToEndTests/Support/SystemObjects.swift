#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

func makePipe() throws(SystemFailure) -> (readEnd: Int32, writeEnd: Int32) {
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { throw SystemFailure("pipe") }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}

/// Two ends of a connection, each to be read and written.
func makeSocketPair() throws(SystemFailure) -> (Int32, Int32) {
  var ends: [Int32] = [-1, -1]
  #if canImport(Glibc)
    let type = Int32(SOCK_STREAM.rawValue)
  #else
    let type = SOCK_STREAM
  #endif
  guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw SystemFailure("socketpair") }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}

/// A terminal: what is written to one side is read from the other.
func makeTerminal() throws(SystemFailure) -> (controller: Int32, terminal: Int32) {
  typealias Functions = LibraryFunctions
  guard let controller = Functions.openTerminal?(O_RDWR | O_NOCTTY), controller >= 0,
    Functions.grantTerminal?(controller) == 0, Functions.unlockTerminal?(controller) == 0,
    let name = Functions.nameOfTerminal?(controller)
  else { throw SystemFailure("posix_openpt") }
  let terminal = open(name, O_RDWR | O_NOCTTY)
  guard terminal >= 0 else { throw SystemFailure("open of a terminal") }
  for end in [controller, terminal] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (controller, terminal)
}

func closeDescriptor(_ descriptor: Int32) {
  close(descriptor)
}

func isNonBlocking(_ descriptor: Int32) -> Bool {
  fcntl(descriptor, F_GETFL) & O_NONBLOCK != 0
}

func makeNonBlocking(_ descriptor: Int32) {
  _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
}

/// Writes all of it to a blocking descriptor that has room for it.
func writeAll(_ descriptor: Int32, _ text: String) throws(SystemFailure) {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { throw SystemFailure("write") }
    bytes.removeFirst(count)
  }
}

/// A fresh folder that goes away with its last user.
final class TemporaryFolder {
  let path: String

  init() throws(SystemFailure) {
    var template = Array("\(environmentVariable("TMPDIR") ?? "/tmp")/summarize-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemFailure("mkdtemp") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Writes a file of the folder and returns its path.
  func file(_ name: String, _ content: String = "") throws(SystemFailure) -> String {
    let path = self.path + "/" + name
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw SystemFailure("open of \(path)") }
    defer { close(descriptor) }
    try writeAll(descriptor, content)
    return path
  }

  func fifo(_ name: String) throws(SystemFailure) -> String {
    guard mkfifo(path + "/" + name, 0o600) == 0 else { throw SystemFailure("mkfifo") }
    return path + "/" + name
  }

  deinit {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        unlink(path + "/" + name)
      }
      closedir(folder)
    }
    rmdir(path)
  }
}

/// A file's content; nil where it cannot be read.
func contents(of path: String) -> [UInt8]? {
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
