import Articles
import SystemIO

/// A regular file of error records. A file that is begun anew is appended to directly. With `--resume` a new version is
/// made beside the file: at the end of the run it gets the old records of the articles that this run did not read, and
/// takes the file's name.
struct ErrorsFile: Sendable {
  /// The descriptor that records are appended to.
  let descriptor: FileDescriptor
  let name: String
  private let kind: ErrorsFileKind

  private enum ErrorsFileKind {
    case direct(OutputFile)
    /// The new version, and the old one with the size of its whole records.
    case replacement(FileReplacement, old: (FileDescriptor, size: Int))
  }

  init(beginning target: TargetFile) throws(OutputFileRefusal) {
    let file = try OutputFile(beginning: target)
    name = target.name
    descriptor = file.descriptor
    kind = .direct(file)
  }

  /// - Parameter size: the number of bytes of the old version that are whole records.
  init(replacing target: TargetFile, size: Int) throws(OutputFileRefusal) {
    name = target.name
    do throws(SystemError) {
      guard case .regular(let old, let status) = target.state else { preconditionFailure("no regular file") }
      // The lock is on the old version, even if that is new and empty.
      let replacement = try FileReplacement(of: FileName.resolved(name), like: status)
      descriptor = replacement.descriptor
      kind = .replacement(replacement, old: (old, size))
      target.use()
    } catch {
      throw .cannotWrite(name, error)
    }
  }

  /// Drops the previous content of a file that is begun anew.
  func empty() throws(SystemError) {
    if case .direct(let file) = kind { try file.empty() }
  }

  /// Completes the file at the end of the run.
  /// - Parameters:
  ///   - writingFailed: whether writing a record to this file has failed.
  ///   - keepsAll: whether all old records stay, even those of articles that this run has read, because not all of its
  ///     records could be written.
  ///   - resume: knows which articles this run has read.
  /// - Returns: what went wrong.
  func settle(writingFailed: Bool, keepsAll: Bool, _ resume: ResumeFilter?) -> OutputFileProblem? {
    defer { try? descriptor.close() }
    do throws(SystemError) {
      switch kind {
      case .direct(let file):
        if writingFailed { try file.cutTornRecord() } else { try file.synchronize() }
      case .replacement(let new, let old):
        if writingFailed {
          new.discard()
          return nil
        }
        do throws(SystemError) {
          try copy(old, keepsAll: keepsAll, resume)
        } catch {
          new.discard()
          throw error
        }
        try new.commit()
        try? old.0.close()
      }
      return nil
    } catch {
      return .cannotWrite(name, error)
    }
  }

  private func copy(
    _ old: (file: FileDescriptor, size: Int), keepsAll: Bool, _ resume: ResumeFilter?
  ) throws(SystemError) {
    var lines = LogReader(old.file, in: 0..<old.size)
    var buffer: [UInt8] = []
    while let line = try lines.next() {
      guard let record = LogRecord(scanning: line.bytes, by: resume?.identity ?? .fingerprint) else { continue }
      guard keepsAll || resume?.replaces(record) != true else { continue }
      buffer += line.bytes + [0x0A]
      if buffer.count >= 1 << 20 {
        try descriptor.write(buffer)
        buffer.removeAll(keepingCapacity: true)
      }
    }
    try descriptor.write(buffer)
  }
}
