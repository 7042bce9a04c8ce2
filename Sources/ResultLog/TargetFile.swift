import Basics
import Synchronization
import SystemIO

/// What stands at the path of the output file before a run.
enum TargetFileState: Sendable {
  case regular(FileDescriptor, FileStatus)
  /// A device or a pipe, written to as it is.
  case special(FileStatus)
}

/// An output file as it was found. A regular file is opened and locked, and nothing else is done to it. An absent file
/// is created, so that there is something to lock: of two runs that begin at once, the second must notice the first.
/// The created file is removed if the run does not begin.
final class TargetFile: Sendable {
  /// The name as it was typed.
  let name: String
  let state: TargetFileState
  /// Why the file could not be locked: the file system has no locks.
  let lockFailure: SystemError?
  /// Whether the file was created for this run, and the run has not begun.
  private let isUnused: Atomic<Bool>

  /// - Parameter deadline: when to stop waiting for another run that has the file locked.
  init(_ name: String, waitingUntil deadline: Instant = .now) throws(OutputFileRefusal) {
    if name == "-" { throw .noName }
    self.name = name
    // Another run may replace the file between the opening and the lock; each run does so only once.
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
    // The lock is held until the name is removed: a run that waits for it then finds that the name leads elsewhere.
    if descriptor.isNamed(name) { try? FileName.remove(name) }
    try? descriptor.close()
  }

  /// Records that the run has begun with this file.
  func use() {
    isUnused.store(false, ordering: .relaxed)
  }

  /// Returns nil if there is no such file, but a folder for it.
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

  /// The size of the file when it was locked; 0 if it is not a regular file.
  var size: Int {
    if case .regular(_, let status) = state { status.size } else { 0 }
  }
}

/// A regular file, opened for appending and locked.
private struct OpenFile {
  let descriptor: FileDescriptor
  let status: FileStatus
  let isNew: Bool
  let lockFailure: SystemError?

  /// nil if the name leads elsewhere by now.
  init?(_ name: String, isAbsent: Bool, _ deadline: Instant) throws(OutputFileRefusal) {
    do throws(SystemError) {
      if isAbsent, let new = try Self.create(name) {
        (descriptor, isNew) = (new, true)
      } else {
        // A dangling symbolic link: exclusive creation fails, but opening with creation makes its target.
        (descriptor, isNew) = (try FileDescriptor.openForAppending(name, creating: isAbsent), false)
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

  /// Returns nil if something of that name exists by now.
  private static func create(_ name: String) throws(SystemError) -> FileDescriptor? {
    do throws(SystemError) {
      return try FileDescriptor.create(name, likeNew: true)
    } catch  where error == .fileExists {
      return nil
    }
  }

  /// - Returns: false if another run still has the lock at the deadline.
  private static func lock(_ descriptor: FileDescriptor, _ deadline: Instant) throws(SystemError) -> Bool {
    while true {
      if try descriptor.lock() { return true }
      let rest = deadline - .now
      guard rest > .zero else { return false }
      pause(for: min(rest, .milliseconds(100)))
    }
  }
}

extension FileDescriptor {
  /// Returns whether the name still leads to the open file.
  func isNamed(_ name: String) -> Bool {
    guard let named = try? FileStatus(path: name), let open = try? status() else { return false }
    return named.identity == open.identity
  }
}
