import Articles
import Basics
package import SystemIO

/// A regular file that this run appends records to.
struct OutputFile: Sendable {
  /// As it was typed.
  let name: String
  /// Where it is, links followed.
  let path: String
  let descriptor: Descriptor
  /// Where this run begins to append.
  let start: Int

  /// Whether all that was in it goes when the run begins.
  private let isToBeEmptied: Bool

  /// Begins a file, or goes on with it.
  /// What was in it stays until `empty`, where none of it is kept.
  /// - Parameter keeping: how many bytes of it stay; a newline is added where the last of them is none.
  /// - Throws: `OutputFileRefusal` where it cannot be written.
  init(beginning target: TargetFile, keeping: Int = 0, lacksNewline: Bool = false) throws(OutputFileRefusal) {
    name = target.name
    guard case .regular(let descriptor, _) = target.state else { preconditionFailure("no regular file") }
    self.descriptor = descriptor
    do throws(SystemError) {
      let size = try descriptor.status().size
      // Somebody without a lock has written to it since it was read.
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

  /// Drops what was in a file that begins anew.
  func empty() throws(SystemError) {
    if isToBeEmptied { try descriptor.truncate(to: 0) }
  }

  /// Where a new version of the file is made: beside it, so that it can take its name in one step.
  var temporaryPath: String { Self.temporaryPath(for: path) }

  static func temporaryPath(for path: String) -> String {
    let last = FileName.last(of: path)
    // A name may have 255 bytes.
    let short = last.utf8.count <= 230 ? last : Fingerprint.line(Array(last.utf8)).description
    return FileName.parent(of: path) + "/.\(short).summarize-new"
  }

  /// Removes what a run left that was killed while it made a new version. The lock on the file says that nobody is at it.
  private func removeLeftover() {
    try? FileName.remove(temporaryPath)
  }

  /// After a write that failed: removes the beginning of a record at the end, so that the file is whole lines.
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

  /// Returns when content and name are on disk.
  func synchronize() throws(SystemError) {
    try descriptor.synchronize()
    try FileName.synchronizeFolder(of: path)
  }
}

/// What a file that a run writes to is for.
package enum OutputFileRole: Equatable, Sendable {
  case results, errors, trace
}

/// Why a run does not begin: the state of a file that it is to write to.
package enum OutputFileRefusal: Error, Equatable {
  /// The name is `-`.
  case noName
  case folder(String)
  case cannotOpen(String, SystemError)
  case cannotWrite(String, SystemError)
  /// Somebody puts a new file in its place again and again.
  case unstable(String)
  case isInUse(String)
  case alsoOutput(OutputFileRole, String, other: OutputFileRole)
  case alsoInput(OutputFileRole, String, Standard?)
  case notEmpty(String, hasResults: Bool)
  /// An input cannot be read, so that the file that would be begun anew is left as it is.
  case unreadableInput(String, SystemError, spared: String)
  /// Only a regular file can be gone on with.
  case notRegular(String)
  case notResumable(String, OutputFileRole, LogRecovery.Refusal)

  /// A standard descriptor that leads to the same file; nil for an operand.
  package enum Standard: Equatable, Sendable {
    case input, output, error
  }
}

/// What is worth telling of a file before the run.
package enum OutputFileWarning: Equatable, Sendable {
  case notLocked(String, SystemError)
  /// Results of other models, of which some are named, in JSON; `own` is this run's.
  case foreignResults(String, count: Int, models: [String], own: String)
}

/// What went wrong with a file at the end of a run.
package enum OutputFileProblem: Equatable, Sendable {
  case cannotWrite(String, SystemError)
  case moved(String)
  /// Another program has written to it; its final form was not made.
  case changed(String)
  case notInFinalForm(String, SystemError)
}
