import SystemIO

/// A new version of a file, made beside it and renamed once it is whole and on disk. At every moment, even after a kill
/// or a power failure, the name leads to either the old or the new version.
struct FileReplacement: Sendable {
  let descriptor: FileDescriptor
  private let path: String
  private let temporaryPath: String

  /// - Parameters:
  ///   - path: the path of the file, with links resolved.
  ///   - status: the status of the old version, whose mode and owner are kept.
  init(of path: String, like status: FileStatus) throws(SystemError) {
    self.path = path
    temporaryPath = OutputFile.temporaryPath(for: path)
    // A leftover of a killed run. If anything else is in the way, `create` reports it.
    try? FileName.remove(temporaryPath)
    descriptor = try TemporaryFiles.create(temporaryPath)
    do throws(SystemError) {
      try descriptor.copyAttributes(of: status)
      // Locked before it takes the name, so that no other run can lock it first.
      _ = try? descriptor.lock()
    } catch {
      discard()
      throw error
    }
  }

  /// Replaces the old version: makes the content durable, then renames the file.
  func commit() throws(SystemError) {
    do throws(SystemError) {
      try descriptor.synchronize()
      try FileName.rename(temporaryPath, to: path)
      TemporaryFiles.keep(temporaryPath)
    } catch {
      discard()
      throw error
    }
    try FileName.synchronizeFolder(of: path)
  }

  func discard() {
    TemporaryFiles.discard(temporaryPath)
  }
}
