import BoundedConcurrency
import CLibrary

// Regular files that are written, read back and replaced.
extension FileDescriptor {
  /// Opens a file for reading and for appending; children do not inherit the descriptor.
  /// - Parameter creating: whether a missing file is created, as with the shell's `>>`.
  public static func openForAppending(_ path: String, creating: Bool) throws(SystemError) -> FileDescriptor {
    let flags = O_RDWR | O_APPEND | O_NOCTTY | O_CLOEXEC | (creating ? O_CREAT : 0)
    return FileDescriptor(rawValue: try retryingOnInterrupt { system_open(path, flags, 0o666) })
  }

  /// Opens a file that is not a regular one for writing. For a FIFO this waits for the reader.
  public static func openForWriting(_ path: String) throws(SystemError) -> FileDescriptor {
    FileDescriptor(rawValue: try retryingOnInterrupt { system_open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC, 0) })
  }

  /// Creates a file for appending and for reading back. Fails if the name exists already, even as a symbolic link.
  /// - Parameter likeNew: whether the file gets the mode of any new file; otherwise only this user can read it.
  public static func create(_ path: String, likeNew: Bool) throws(SystemError) -> FileDescriptor {
    let flags = O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC
    return FileDescriptor(rawValue: try retryingOnInterrupt { system_open(path, flags, likeNew ? 0o666 : 0o600) })
  }

  /// Takes the lock of the file without waiting. The lock is held until the descriptor is closed, at the latest when
  /// the process ends. Every process that locks the file in this way sees it.
  /// - Returns: false when the lock is held already.
  public func lock() throws(SystemError) -> Bool {
    do throws(SystemError) {
      _ = try retryingOnInterrupt { flock(rawValue, LOCK_EX | LOCK_NB) }
      return true
    } catch  where error.code == EWOULDBLOCK {
      return false
    }
  }

  /// Reads once from an offset in the file, into an array from `start` on.
  /// - Returns: the number of bytes read; 0 at the end of the file.
  public func read(into bytes: inout [UInt8], from start: Int = 0, at offset: Int) throws(SystemError) -> Int {
    try bytes.withUnsafeMutableBufferPointer { buffer throws(SystemError) in
      let rest = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[start...]))
      return try retryingOnInterrupt { pread(rawValue, rest.baseAddress, rest.count, off_t(offset)) }
    }
  }

  /// Truncates the file, or extends it with zeros.
  public func truncate(to size: Int) throws(SystemError) {
    _ = try retryingOnInterrupt { ftruncate(rawValue, off_t(size)) }
  }

  /// Returns when everything written is on disk. Does nothing for a descriptor that cannot be synchronized, such as a
  /// pipe.
  public func synchronize() throws(SystemError) {
    do throws(SystemError) {
      _ = try retryingOnInterrupt { system_synchronize(rawValue) }
    } catch  where error.code == EINVAL || error.code == ENOTSUP || error.code == EROFS {
      // Special files and file systems without storage return these errors.
    }
  }

  /// Copies the mode of another file and, where the system allows it, its owner and group.
  public func copyAttributes(of other: FileStatus) throws(SystemError) {
    // Only root may give files away; others may change the group to one of their own.
    if fchown(rawValue, other.owner, other.group) < 0 { _ = fchown(rawValue, uid_t.max, other.group) }
    if fchmod(rawValue, mode_t(other.mode)) < 0 { throw .current }
  }

  /// Writes all of the bytes, waiting as long as that takes.
  public func write(_ bytes: [UInt8]) throws(SystemError) {
    try bytes.withUnsafeBufferPointer { bytes throws(SystemError) in try writeAll(UnsafeRawBufferPointer(bytes)) }
  }
}

/// The kind of a file.
public enum FileKind: Sendable {
  case regular, folder, fifo, other
}

/// The system's information about a file.
public struct FileStatus: Sendable {
  public let kind: FileKind
  /// The identity of the file, whatever its kind.
  public let identity: FileDescriptor.FileIdentity
  /// The size in bytes, for regular files only.
  public let size: Int
  /// The permission bits.
  public let mode: UInt32
  public let owner: UInt32
  public let group: UInt32

  /// Reads the status of the file at a path, following symbolic links.
  public init(path: String) throws(SystemError) {
    var status = SystemFileStatus()
    if system_file_status(path, &status) < 0 { throw .current }
    self.init(status)
  }

  fileprivate init(_ status: SystemFileStatus) {
    kind =
      switch status.kind {
      case SYSTEM_FILE_REGULAR: .regular
      case SYSTEM_FILE_FOLDER: .folder
      case SYSTEM_FILE_FIFO: .fifo
      default: .other
      }
    identity = FileDescriptor.FileIdentity(device: status.device, inode: status.inode)
    size = Int(status.size)
    mode = status.mode
    owner = status.owner
    group = status.group
  }
}

extension FileDescriptor {
  /// Returns the status of the open file.
  public func status() throws(SystemError) -> FileStatus {
    var status = SystemFileStatus()
    if system_descriptor_status(rawValue, &status) < 0 { throw .current }
    return FileStatus(status)
  }
}

/// Returns the contents of a file, a pipe or a FIFO, waiting as long as that takes: for the start of a process.
/// - Throws: also when the contents are longer than `limit`.
public func contents(ofFile path: String, upTo limit: Int) throws(SystemError) -> [UInt8] {
  let file = try FileDescriptor.openForReading(path)
  defer { try? file.close() }
  var contents: [UInt8] = []
  while true {
    do throws(SystemError) {
      // A FIFO without a writer yet looks empty to `read`; `poll` waits for the writer.
      var entry = [pollfd(fd: file.rawValue, events: Int16(POLLIN), revents: 0)]
      try wait(for: &entry)
      let bytes = try file.read(upTo: 65_536)
      if bytes.isEmpty { return contents }
      contents += bytes
      if contents.count > limit { throw SystemError(code: EFBIG) }
    } catch  where error.code == EAGAIN || error.code == EWOULDBLOCK {
      // The wake-up was spurious: wait again.
    }
  }
}

/// The new versions of files that do not have their final names yet. None may be left behind if the process ends first.
public enum TemporaryFiles {
  private struct TemporaryFilesState {
    var paths: Set<String> = []
    var isClosed = false
  }

  private static let state = Lock(TemporaryFilesState())

  /// Creates a file that only this user can read. `discardAll` removes it, unless it was discarded or kept before.
  public static func create(_ path: String) throws(SystemError) -> FileDescriptor {
    // One critical section, so that `discardAll` sees every file that exists.
    try state.withLock { state throws(SystemError) in
      if state.isClosed { throw .interrupted }
      let descriptor = try FileDescriptor.create(path, likeNew: false)
      state.paths.insert(path)
      return descriptor
    }
  }

  public static func discard(_ path: String) {
    state.withLock { state in
      if state.paths.remove(path) != nil { try? FileName.remove(path) }
    }
  }

  /// Keeps a file that has got its final name.
  public static func keep(_ path: String) {
    _ = state.withLock { $0.paths.remove(path) }
  }

  /// Removes all temporary files. No more can be created afterwards: the process is about to end.
  public static func discardAll() {
    state.withLock { state in
      state.isClosed = true
      for path in state.paths { try? FileName.remove(path) }
      state.paths = []
    }
  }
}

/// Operations on file names.
public enum FileName {
  /// Returns the path without symbolic links, `.` and `..`.
  public static func resolved(_ path: String) throws(SystemError) -> String {
    guard let resolved = realpath(path, nil) else { throw .current }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Checks that this user can read the file. The file is not opened, because the writer of a FIFO would notice.
  public static func requireReadable(_ path: String) throws(SystemError) {
    if access(path, R_OK) < 0 { throw .current }
  }

  /// Renames a file in one step, replacing a file that has the new name.
  public static func rename(_ old: String, to new: String) throws(SystemError) {
    if system_rename(old, new) < 0 { throw .current }
  }

  public static func remove(_ path: String) throws(SystemError) {
    if unlink(path) < 0 { throw .current }
  }

  /// Returns when the names in the folder of a file are on disk.
  public static func synchronizeFolder(of path: String) throws(SystemError) {
    let folder = FileDescriptor(
      rawValue: try retryingOnInterrupt { system_open(parent(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0) })
    defer { try? folder.close() }
    try folder.synchronize()
  }

  /// Returns the folder that a path leads into.
  public static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }

  /// Returns what follows the last slash.
  public static func last(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }
}

/// Blocks this thread for a while: before a run, when no task waits for the thread.
public func pause(for time: Duration) {
  let (seconds, attoseconds) = time.components
  // A signal that ends the pause early does no harm.
  var length = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
  nanosleep(&length, nil)
}

extension SystemError {
  public static let noSuchFile = SystemError(code: ENOENT)
  public static let fileExists = SystemError(code: EEXIST)
  public static let isFolder = SystemError(code: EISDIR)
  public static let busy = SystemError(code: EBUSY)
}
