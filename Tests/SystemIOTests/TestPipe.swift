import SystemIO
import TestSupport

/// A pipe whose ends the test holds.
final class TestPipe: @unchecked Sendable {
  let readEnd: FileDescriptor
  let writeEnd: FileDescriptor

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SystemError(code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    readEnd = FileDescriptor(rawValue: ends[0])
    writeEnd = FileDescriptor(rawValue: ends[1])
    _ = signal(SIGPIPE, SIG_IGN)
  }

  func write(_ text: String) {
    try! writeEnd.write(text)
  }

  func closeWriteEnd() { try? writeEnd.close() }
  func closeReadEnd() { try? readEnd.close() }

  /// Reads until the write end is closed, on a thread of the test's own.
  func readToEnd() -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(readEnd.rawValue, &buffer, buffer.count)
      guard count > 0 else { return all }
      all += buffer[..<count]
    }
  }
}
