import CLibrary

/// A file descriptor. It does not own the open file: the code that opened the file closes it.
public struct FileDescriptor: Sendable, Hashable {
  public let rawValue: Int32

  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  public static let standardInput = FileDescriptor(rawValue: 0)
  public static let standardOutput = FileDescriptor(rawValue: 1)
  public static let standardError = FileDescriptor(rawValue: 2)

  /// Opens a file for reading; children do not inherit the descriptor. A FIFO is opened without waiting for its writer
  /// (`poll` waits).
  public static func openForReading(_ path: String) throws(SystemError) -> FileDescriptor {
    FileDescriptor(rawValue: try retryingOnInterrupt { system_open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0) })
  }

  /// Closes the descriptor. Some file systems report only here that earlier writes failed.
  public func close() throws(SystemError) {
    // On Linux the descriptor is closed even after EINTR; closing it again could close another thread's.
    if descriptorClose(rawValue) < 0, system_errno() != EINTR { throw .current }
  }

  /// Writes a text, waiting as long as that takes: for the start and the end of a process, never on the cooperative
  /// pool.
  public func write(_ text: String) throws(SystemError) {
    let bytes = Array(text.utf8)
    try bytes.withUnsafeBufferPointer { bytes throws(SystemError) in try writeAll(UnsafeRawBufferPointer(bytes)) }
  }

  /// Reads once, as `read(2)`: the bytes available, at most `count`; empty at the end of the file.
  func read(upTo count: Int) throws(SystemError) -> [UInt8] {
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      do throws(SystemError) {
        initialized = try retryingOnInterrupt { descriptorRead(rawValue, buffer.baseAddress, count) }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Writes all of the bytes, in as many calls as that takes. Waits with `poll` where the descriptor is non-blocking.
  func writeAll(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    var rest = bytes
    while let start = rest.baseAddress, rest.count > 0 {
      do throws(SystemError) {
        let count = try retryingOnInterrupt { descriptorWrite(rawValue, start, rest.count) }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } catch  where error.code == EAGAIN || error.code == EWOULDBLOCK {
        var waiting = [pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)]
        try wait(for: &waiting)
      }
    }
  }

  /// Writes once, as `write(2)`.
  /// - Returns: the number of bytes written.
  func writeOnce(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    guard let start = bytes.baseAddress else { return 0 }
    return try retryingOnInterrupt { descriptorWrite(rawValue, start, bytes.count) }
  }

  /// The number of bytes that can certainly be written now without waiting, in any number of calls: PIPE_BUF, which a
  /// pipe takes as a whole, if the pipe has any room, else 0. A file or a device that is ready takes as much.
  var certainRoom: Int {
    var entry = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
    return poll(&entry, 1, 0) == 1 && entry.revents == Int16(POLLOUT) ? Int(PIPE_BUF) : 0
  }

  /// Whether the descriptor is open.
  var isOpen: Bool { system_descriptor_flags(rawValue) >= 0 }

  /// Whether the descriptor was opened for writing; false for a closed one.
  public var isWritable: Bool {
    let flags = system_status_flags(rawValue)
    return flags >= 0 && flags & O_ACCMODE != O_RDONLY
  }

  /// Whether the descriptor was opened for reading; false for a closed one.
  public var isReadable: Bool {
    let flags = system_status_flags(rawValue)
    return flags >= 0 && flags & O_ACCMODE != O_WRONLY
  }

  /// Checks that this many more descriptors can be opened.
  /// - Throws: when the system has too few left.
  public static func requireSpare(_ count: Int) throws(SystemError) {
    var spare: [FileDescriptor] = []
    defer { for descriptor in spare { try? descriptor.close() } }
    for _ in 0..<count { spare.append(try openForReading("/dev/null")) }
  }

  /// Whether the descriptor is connected to a terminal.
  public var isTerminal: Bool { isatty(rawValue) == 1 }

  /// The number of columns of the terminal; nil when there is no terminal, or the width is unknown.
  public var terminalWidth: Int? {
    let columns = Int(system_terminal_columns(rawValue))
    return columns > 0 ? columns : nil
  }

  /// The identity of a file: equal for all paths and descriptors of the same file.
  public struct FileIdentity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
  }

  /// The identity of the open file if it is a regular one, else nil.
  public var regularFile: FileIdentity? {
    guard let status = try? status(), status.kind == .regular else { return nil }
    return status.identity
  }
}

/// Waits until one of the descriptors has an event.
/// - Parameter milliseconds: the longest wait; -1 waits for ever.
func wait(for descriptors: inout [pollfd], milliseconds: Int32 = -1) throws(SystemError) {
  _ = try retryingOnInterrupt { poll(&descriptors, nfds_t(descriptors.count), milliseconds) }
}

// The methods above have the names of the calls that they make.
func descriptorRead(_ fd: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(fd, buffer, count)
}
func descriptorWrite(_ fd: Int32, _ buffer: UnsafeRawPointer, _ count: Int) -> Int { write(fd, buffer, count) }
private func descriptorClose(_ fd: Int32) -> Int32 { close(fd) }

/// A failed system call.
public struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The value of `errno`.
  public let code: Int32

  public init(code: Int32) {
    self.code = code
  }

  /// The error of the last failed call of this thread, from `errno`.
  static var current: SystemError { SystemError(code: system_errno()) }

  public static let brokenPipe = SystemError(code: EPIPE)
  public static let interrupted = SystemError(code: EINTR)
  public static let badDescriptor = SystemError(code: EBADF)

  /// Whether the system has no processes, descriptors or memory left, or a file is just being written: it may pass.
  public var isShortage: Bool { [EAGAIN, ENOMEM, EMFILE, ENFILE, ETXTBSY].contains(code) }

  /// The system's own words, such as "No space left on device".
  public var description: String {
    String(cString: strerror(code))
  }
}

/// Repeats a system call for as long as signals interrupt it.
func retryingOnInterrupt<Value: FixedWidthInteger>(_ call: () -> Value) throws(SystemError) -> Value {
  while true {
    let value = call()
    if value >= 0 { return value }
    if system_errno() != EINTR { throw .current }
  }
}
