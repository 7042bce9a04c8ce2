#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A pipe to itself, by which other threads and signal handlers wake a thread that waits in `poll`.
struct Wakeup: Sendable {
  let readEnd: Int32
  let writeEnd: Int32

  init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) < 0 { throw .current }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  /// Wakes the waiting thread; if it does not wait just now, its next wait ends at once.
  func signal() {
    var byte: UInt8 = 0
    // A full pipe (EAGAIN) will wake the thread as well as one byte more would.
    _ = write(writeEnd, &byte, 1)
  }

  /// Takes out what `signal` put in, or a signal handler: the values, oldest first.
  @discardableResult
  func drain() -> [UInt8] {
    var taken: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64)
    while true {
      let count = read(readEnd, &buffer, buffer.count)
      guard count > 0 else { return taken }
      taken += buffer[..<count]
      if count < buffer.count { return taken }
    }
  }

  var pollEntry: pollfd { pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0) }
}
