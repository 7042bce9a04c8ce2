import Articles
import SystemIO

/// A regular file of error records. Where it begins, records are appended to it. Where it is gone on with, a new version is made beside it,
/// which gets the old records of the articles that this run did not read and takes the name when the run ends.
struct ErrorsFile: Sendable {
  /// Where records are appended.
  let descriptor: Descriptor
  let name: String
  private let kind: Kind

  private enum Kind {
    case direct(OutputFile)
    /// The old version and how much of it is whole records.
    case replacement(FileReplacement, old: (Descriptor, size: Int))
  }

  init(beginning target: TargetFile) throws(OutputFileRefusal) {
    let file = try OutputFile(beginning: target)
    name = target.name
    descriptor = file.descriptor
    kind = .direct(file)
  }

  /// - Parameter size: how much of the old version is whole records.
  init(replacing target: TargetFile, size: Int) throws(OutputFileRefusal) {
    name = target.name
    do throws(SystemError) {
      guard case .regular(let old, let status) = target.state else { preconditionFailure("no regular file") }
      // The lock is on the old version, also where that is new and empty.
      let replacement = try FileReplacement(of: FileName.resolved(name), like: status)
      descriptor = replacement.descriptor
      kind = .replacement(replacement, old: (old, size))
      target.use()
    } catch {
      throw .cannotWrite(name, error)
    }
  }

  /// Drops what was in a file that begins anew.
  func empty() throws(SystemError) {
    if case .direct(let file) = kind { try file.empty() }
  }

  /// - Parameters:
  ///   - writingFailed: whether a record could not be written here.
  ///   - keepsAll: whether old records stay whatever this run has read, because not everything that it made was written.
  ///   - resume: knows what this run has read.
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
    _ old: (file: Descriptor, size: Int), keepsAll: Bool, _ resume: ResumeFilter?
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
