import Synchronization
import SystemIO

/// A file that is to be written to, as it was found: nothing has been done to it yet but that a
/// regular one is open and locked. One that was absent has been made, so that there is something to lock: of two runs that
/// begin at once the second must see the first. It goes again where the run does not begin.
final class TargetFile: Sendable {
  enum State: Sendable {
    case regular(Descriptor, FileStatus)
    /// A device, a pipe: written to as it is.
    case special(FileStatus)
  }

  /// As it was typed.
  let name: String
  let state: State
  /// Why it could not be locked, where the file system has no locks.
  let lockFailure: SystemError?
  /// Whether it was made for this run, which has not begun.
  private let isUnused: Atomic<Bool>

  /// - Parameter deadline: how long to wait for another run that has it.
  init(_ name: String, waitingUntil deadline: ContinuousClock.Instant = .now) throws(OutputFileRefusal) {
    if name == "-" { throw .noName }
    self.name = name
    // Another run may put a new file in its place between the opening and the lock; it does so once.
    for _ in 0..<1_000 {
      let status = try Self.status(of: name)
      switch status?.kind {
      case .folder: throw .folder(name)
      case .fifo, .other:
        state = .special(status!)
        lockFailure = nil
        isUnused = Atomic(false)
        return
      case .regular, nil: break
      }
      guard let opened = try OpenFile(name, isAbsent: status == nil, deadline) else { continue }
      state = .regular(opened.descriptor, opened.status)
      lockFailure = opened.lockFailure
      isUnused = Atomic(opened.isNew)
      return
    }
    throw .unstable(name)
  }

  deinit {
    guard isUnused.load(ordering: .relaxed), case .regular(let descriptor, _) = state else { return }
    // The lock is held until the name is gone: whoever waits for it sees that the name leads elsewhere.
    if descriptor.isNamed(name) { try? FileName.remove(name) }
    try? descriptor.close()
  }

  /// The run has begun with it.
  func use() {
    isUnused.store(false, ordering: .relaxed)
  }

  /// nil where there is no such file, but a folder for it.
  private static func status(of name: String) throws(OutputFileRefusal) -> FileStatus? {
    do throws(SystemError) {
      return try FileStatus(path: name)
    } catch  where error == .noSuchFile {
      try requireFolder(for: name)
      return nil
    } catch {
      throw .cannotOpen(name, error)
    }
  }

  private static func requireFolder(for name: String) throws(OutputFileRefusal) {
    do throws(SystemError) {
      _ = try FileName.resolved(FileName.parent(of: name))
    } catch {
      throw .cannotOpen(name, error)
    }
  }

  /// The bytes that it had; 0 for what is no regular file.
  var size: Int {
    if case .regular(_, let status) = state { status.size } else { 0 }
  }
}

/// A regular file that was opened for appending and locked.
private struct OpenFile {
  let descriptor: Descriptor
  let status: FileStatus
  let isNew: Bool
  let lockFailure: SystemError?

  /// nil where the name leads elsewhere by now.
  init?(_ name: String, isAbsent: Bool, _ deadline: ContinuousClock.Instant) throws(OutputFileRefusal) {
    do throws(SystemError) {
      if isAbsent, let new = try Self.create(name) {
        (descriptor, isNew) = (new, true)
      } else {
        // A link that leads to nothing cannot be made as a new file, but opened as one.
        (descriptor, isNew) = (try Descriptor.openForAppending(name, creating: isAbsent), false)
      }
    } catch  where error == .noSuchFile && !isAbsent {
      return nil
    } catch {
      throw .cannotOpen(name, error)
    }
    do throws(SystemError) {
      guard try Self.lock(descriptor, deadline) else {
        try? descriptor.close()
        throw SystemError.busy
      }
      lockFailure = nil
    } catch  where error == .busy {
      throw .isInUse(name)
    } catch {
      lockFailure = error
    }
    guard descriptor.isNamed(name), let status = try? descriptor.status() else {
      try? descriptor.close()
      return nil
    }
    self.status = status
  }

  /// nil where there is something of that name by now.
  private static func create(_ name: String) throws(SystemError) -> Descriptor? {
    do throws(SystemError) {
      return try Descriptor.create(name, likeNew: true)
    } catch  where error == .fileExists {
      return nil
    }
  }

  /// - Returns: false where another run still has it at the deadline.
  private static func lock(_ descriptor: Descriptor, _ deadline: ContinuousClock.Instant) throws(SystemError) -> Bool {
    while true {
      if try descriptor.lock() { return true }
      let rest = deadline - .now
      guard rest > .zero else { return false }
      pause(for: min(rest, .milliseconds(100)))
    }
  }
}

extension Descriptor {
  /// Whether the name still leads to the file that is open.
  func isNamed(_ name: String) -> Bool {
    guard let named = try? FileStatus(path: name), let open = try? status() else { return false }
    return named.identity == open.identity
  }
}

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
