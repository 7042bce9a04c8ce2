import SystemIO

/// A new version of a file, made beside it and given its name when it is whole and on disk: at every moment, after a kill
/// and a power failure too, the name leads to the old version or to the new one.
struct FileReplacement: Sendable {
  let descriptor: Descriptor
  private let path: String
  private let temporaryPath: String

  /// - Parameters:
  ///   - path: of the file, links followed.
  ///   - status: of the old version, whose mode and owner are kept.
  init(of path: String, like status: FileStatus) throws(SystemError) {
    self.path = path
    temporaryPath = OutputFile.temporaryPath(for: path)
    // Left by a run that was killed. Whatever else is in the way is told by what follows.
    try? FileName.remove(temporaryPath)
    descriptor = try TemporaryFiles.create(temporaryPath)
    do throws(SystemError) {
      try descriptor.copyAttributes(of: status)
      // Held from before it has the name: nobody gets between.
      _ = try? descriptor.lock()
    } catch {
      discard()
      throw error
    }
  }

  /// Takes the name.
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
