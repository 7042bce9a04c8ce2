#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

// Regular files that are written to, read back and replaced.
extension Descriptor {
  /// Opens a file for reading and for appending, closed in children.
  /// - Parameter creating: whether it is made where there is none, as the shell's `>>` does.
  public static func openForAppending(_ path: String, creating: Bool) throws(SystemError) -> Descriptor {
    let flags = O_RDWR | O_APPEND | O_NOCTTY | O_CLOEXEC | (creating ? O_CREAT : 0)
    return Descriptor(rawValue: try retryingOnInterrupt { open(path, flags, 0o666) })
  }

  /// Opens what is no regular file for writing; of a FIFO this waits for the reader.
  public static func openForWriting(_ path: String) throws(SystemError) -> Descriptor {
    Descriptor(rawValue: try retryingOnInterrupt { open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC) })
  }

  /// Makes a file for appending and for reading back; fails where there is something of that name already, be it a
  /// symbolic link.
  /// - Parameter likeNew: with the mode that a new file has; else nobody else can read it.
  public static func create(_ path: String, likeNew: Bool) throws(SystemError) -> Descriptor {
    let flags = O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC
    return Descriptor(rawValue: try retryingOnInterrupt { open(path, flags, likeNew ? 0o666 : 0o600) })
  }

  /// Takes the lock of the file without waiting; it is held until the descriptor is closed, at the latest with the
  /// process. Every process that asks in this way sees it.
  /// - Returns: false where another one holds it.
  public func lock() throws(SystemError) -> Bool {
    do throws(SystemError) {
      _ = try retryingOnInterrupt { flock(rawValue, LOCK_EX | LOCK_NB) }
      return true
    } catch  where error.code == EWOULDBLOCK {
      return false
    }
  }

  /// Reads once, from a place of the file, and fills an array from `start` on as far as there is something to read.
  /// - Returns: how many bytes were read; 0 at the end.
  public func read(into bytes: inout [UInt8], from start: Int = 0, at offset: Int) throws(SystemError) -> Int {
    try bytes.withUnsafeMutableBufferPointer { buffer throws(SystemError) in
      let rest = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[start...]))
      return try retryingOnInterrupt { pread(rawValue, rest.baseAddress, rest.count, off_t(offset)) }
    }
  }

  /// Cuts the file off, or lengthens it with zeros.
  public func truncate(to size: Int) throws(SystemError) {
    _ = try retryingOnInterrupt { ftruncate(rawValue, off_t(size)) }
  }

  /// Returns when all that was written is on disk. Nothing for what cannot be synchronized, such as a pipe.
  public func synchronize() throws(SystemError) {
    #if canImport(Darwin)
      // fsync only hands over to the drive there.
      if fcntl(rawValue, F_FULLFSYNC) >= 0 { return }
    #endif
    do throws(SystemError) {
      _ = try retryingOnInterrupt { fsync(rawValue) }
    } catch  where error.code == EINVAL || error.code == ENOTSUP || error.code == EROFS {
      // Said by special files and by file systems that keep nothing.
    }
  }

  /// Gives the file mode and, where the system allows it, owner and group of another.
  public func copyAttributes(of other: FileStatus) throws(SystemError) {
    // Only root may give files away; others may change the group to one of their own.
    if fchown(rawValue, other.owner, other.group) < 0 { _ = fchown(rawValue, uid_t.max, other.group) }
    if fchmod(rawValue, mode_t(other.mode)) < 0 { throw .current }
  }

  /// Writes all of the bytes, waiting for as long as that takes.
  public func write(_ bytes: [UInt8]) throws(SystemError) {
    try bytes.withUnsafeBufferPointer { bytes throws(SystemError) in try writeAll(UnsafeRawBufferPointer(bytes)) }
  }
}

/// Names of files.
public enum FileName {
  /// The path without symbolic links, `.` and `..`.
  public static func resolved(_ path: String) throws(SystemError) -> String {
    guard let resolved = realpath(path, nil) else { throw .current }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Whether the file can be read by this user. It is not opened: a FIFO would notice.
  public static func requireReadable(_ path: String) throws(SystemError) {
    if access(path, R_OK) < 0 { throw .current }
  }

  /// Gives a file another name at once, in place of what has that name.
  public static func rename(_ old: String, to new: String) throws(SystemError) {
    if system_rename(old, new) < 0 { throw .current }
  }

  public static func remove(_ path: String) throws(SystemError) {
    if unlink(path) < 0 { throw .current }
  }

  /// Returns when the names in the folder of a file are on disk.
  public static func synchronizeFolder(of path: String) throws(SystemError) {
    let folder = Descriptor(
      rawValue: try retryingOnInterrupt { open(parent(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC) })
    defer { try? folder.close() }
    try folder.synchronize()
  }

  /// The folder that a path leads into.
  public static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }

  /// What follows the last slash.
  public static func last(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }
}

/// Stops this thread for a while: before a run, while no task waits for it.
public func pause(for time: Duration) {
  let (seconds, attoseconds) = time.components
  // A signal that ends it early does no harm.
  var length = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
  nanosleep(&length, nil)
}

private func system_rename(_ old: String, _ new: String) -> Int32 { rename(old, new) }

extension SystemError {
  public static let noSuchFile = SystemError(code: ENOENT)
  public static let fileExists = SystemError(code: EEXIST)
  public static let isFolder = SystemError(code: EISDIR)
  public static let busy = SystemError(code: EBUSY)
}
