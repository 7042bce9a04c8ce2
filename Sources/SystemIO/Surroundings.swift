#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The value of an environment variable; nil where it is not set.
public func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}

/// Seconds since 1970, as the system's clock has them now: for dates from elsewhere, never for measuring.
public func secondsSince1970() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_REALTIME, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}

/// The whole of a file, a pipe or a FIFO, waiting for as long as that takes: for the start of a process.
/// - Throws: also where it is longer than `limit`.
public func contents(ofFile path: String, upTo limit: Int) throws(SystemError) -> [UInt8] {
  let file = try Descriptor.openForReading(path)
  defer { try? file.close() }
  var contents: [UInt8] = []
  while true {
    do throws(SystemError) {
      // Before the first writer of a FIFO has come, a read would take it for empty.
      var entry = [pollfd(fd: file.rawValue, events: Int16(POLLIN), revents: 0)]
      try wait(for: &entry)
      let bytes = try file.read(upTo: 65_536)
      if bytes.isEmpty { return contents }
      contents += bytes
      if contents.count > limit { throw SystemError(code: EFBIG) }
    } catch  where error.code == EAGAIN || error.code == EWOULDBLOCK {
      // The wake was spurious: wait again.
    }
  }
}
