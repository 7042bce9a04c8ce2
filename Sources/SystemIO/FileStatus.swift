#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What the system knows of a file.
public struct FileStatus: Sendable {
  public enum Kind: Sendable {
    case regular, folder, fifo, other
  }

  public let kind: Kind
  /// What names the same file, whatever its kind.
  public let identity: Descriptor.FileIdentity
  /// In bytes; for regular files only.
  public let size: Int
  /// Permission bits.
  public let mode: UInt32
  public let owner: UInt32
  public let group: UInt32

  /// Of what a path leads to, over symbolic links.
  public init(path: String) throws(SystemError) {
    var status = stat()
    if stat(path, &status) < 0 { throw .current }
    self.init(status)
  }

  fileprivate init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .folder
      case S_IFIFO: .fifo
      default: .other
      }
    identity = Descriptor.FileIdentity(
      device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(status.st_ino))
    size = Int(status.st_size)
    mode = UInt32(status.st_mode) & 0o7777
    owner = status.st_uid
    group = status.st_gid
  }
}

extension Descriptor {
  /// The status of what is open.
  public func status() throws(SystemError) -> FileStatus {
    var status = stat()
    if fstat(rawValue, &status) < 0 { throw .current }
    return FileStatus(status)
  }
}
