import Articles
import Basics
package import SystemIO

/// A regular file that this run appends records to.
struct OutputFile: Sendable {
  /// The name as it was typed.
  let name: String
  /// The path with links resolved.
  let path: String
  let descriptor: FileDescriptor
  /// The offset at which this run begins to append.
  let start: Int

  /// Whether all of the previous content is dropped when the run begins.
  private let isToBeEmptied: Bool

  /// Begins a file, or resumes it. If none of the previous content is kept, it stays until `empty`.
  /// - Parameters:
  ///   - keeping: the number of bytes that stay.
  ///   - lacksNewline: whether the last of them is not a newline, so that one is added.
  /// - Throws: `OutputFileRefusal` if the file cannot be written.
  init(beginning target: TargetFile, keeping: Int = 0, lacksNewline: Bool = false) throws(OutputFileRefusal) {
    name = target.name
    guard case .regular(let descriptor, _) = target.state else { preconditionFailure("no regular file") }
    self.descriptor = descriptor
    do throws(SystemError) {
      let size = try descriptor.status().size
      // Another program, which takes no lock, has written to the file since it was read.
      if size != target.size { throw .busy }
      isToBeEmptied = keeping == 0 && size > 0
      if size > keeping, !isToBeEmptied { try descriptor.truncate(to: keeping) }
      if lacksNewline { try descriptor.write("\n") }
      start = keeping + (lacksNewline ? 1 : 0)
      path = try FileName.resolved(name)
    } catch {
      throw .cannotWrite(name, error)
    }
    target.use()
    removeLeftover()
  }

  /// Drops the previous content of a file that is begun anew.
  func empty() throws(SystemError) {
    if isToBeEmptied { try descriptor.truncate(to: 0) }
  }

  /// The path at which a new version of the file is made: in the same folder, so that one rename can replace the file.
  var temporaryPath: String { Self.temporaryPath(for: path) }

  static func temporaryPath(for path: String) -> String {
    let last = FileName.last(of: path)
    // A name may have at most 255 bytes.
    let short = last.utf8.count <= 230 ? last : ArticleFingerprint.line(Array(last.utf8)).description
    return FileName.parent(of: path) + "/.\(short).summarize-new"
  }

  /// Removes the unfinished new version left by a killed run. The lock on the file guarantees that no other run is
  /// making one.
  private func removeLeftover() {
    try? FileName.remove(temporaryPath)
  }

  /// Removes the torn record that a failed write left at the end, so that the file consists of whole lines.
  func cutTornRecord() throws(SystemError) {
    var end = try descriptor.status().size
    var block = [UInt8](repeating: 0, count: 1 << 16)
    let size = end
    while end > start {
      let from = max(start, end - block.count)
      let count = try descriptor.read(into: &block, at: from)
      guard count >= end - from else { return }
      if let newline = block[..<(end - from)].lastIndex(of: 0x0A) {
        end = from + newline + 1
        break
      }
      end = from
    }
    if end < size { try descriptor.truncate(to: end) }
  }

  /// Returns when the content and the name of the file are on disk.
  func synchronize() throws(SystemError) {
    try descriptor.synchronize()
    try FileName.synchronizeFolder(of: path)
  }
}

/// The purpose of a file that a run writes to.
package enum OutputFileRole: Equatable, Sendable {
  case results, errors, trace
}

/// Why a run does not begin: the state of a file that it has to write to.
package enum OutputFileRefusal: Error, Equatable {
  /// The name is `-`.
  case noName
  case folder(String)
  case cannotOpen(String, SystemError)
  case cannotWrite(String, SystemError)
  /// Other programs replace the file again and again.
  case unstable(String)
  case isInUse(String)
  case alsoOutput(OutputFileRole, String, other: OutputFileRole)
  case alsoInput(OutputFileRole, String, StandardStream?)
  case notEmpty(String, hasResults: Bool)
  /// An input cannot be read. The file that would be begun anew is left unchanged.
  case unreadableInput(String, SystemError, spared: String)
  /// Only a regular file can be resumed.
  case notRegular(String)
  case notResumable(String, OutputFileRole, ResumeRefusal)

  /// The standard descriptor that leads to the same file; nil in `alsoInput` if it is an operand that does.
  package enum StandardStream: Equatable, Sendable {
    case input, output, error
  }
}

/// A warning about a file before the run.
package enum OutputFileWarning: Equatable, Sendable {
  case notLocked(String, SystemError)
  /// The file has results of other models, some of which are named, as JSON text; `own` is this run's model.
  case foreignResults(String, count: Int, models: [String], own: String)
}

/// What went wrong with a file at the end of a run.
package enum OutputFileProblem: Equatable, Sendable {
  case cannotWrite(String, SystemError)
  case moved(String)
  /// Another program has written to the file; its final form was not made.
  case changed(String)
  case notInFinalForm(String, SystemError)
}
