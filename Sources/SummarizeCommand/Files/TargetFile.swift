import SystemIO

/// Why a run does not begin, in the words of a message.
struct Refusal: Error, Equatable {
  let message: String

  init(_ message: String) { self.message = message }
}

/// A file that is named on the command line to be written to, as it was found: nothing has been done to it yet but that a
/// regular one is open and locked.
struct TargetFile: Sendable {
  enum State: Sendable {
    case absent
    case regular(Descriptor, FileStatus)
    /// A device, a pipe: written to as it is.
    case special(FileStatus)
  }

  /// As it was typed.
  let name: String
  let state: State
  /// Why it could not be locked, where the file system has no locks.
  private(set) var lockFailure: SystemError?

  init(_ name: String) throws(Refusal) {
    self.name = name
    if name == "-" { throw Refusal("'-' names no file here; standard output is what is written to without one") }
    // Another run may put a new file in its place between the opening and the lock; it does so once.
    for _ in 0..<10 {
      let status: FileStatus
      do throws(SystemError) {
        status = try FileStatus(path: name)
      } catch  where error == .noSuchFile {
        try Self.requireFolder(for: name)
        state = .absent
        return
      } catch {
        throw Refusal("cannot open \(name): \(error)")
      }
      switch status.kind {
      case .folder: throw Refusal("cannot write \(name): it is a folder")
      case .fifo, .other:
        state = .special(status)
        return
      case .regular: break
      }
      if let (descriptor, failure) = try Self.openAndLock(name) {
        do throws(SystemError) {
          state = .regular(descriptor, try descriptor.status())
        } catch {
          throw Refusal("cannot open \(name): \(error)")
        }
        lockFailure = failure
        return
      }
    }
    throw Refusal("cannot lock \(name): it is replaced again and again")
  }

  /// nil where the name leads elsewhere by now.
  static func openAndLock(
    _ name: String, creating: Bool = false
  ) throws(Refusal) -> (Descriptor, lockFailure: SystemError?)? {
    let descriptor: Descriptor
    do throws(SystemError) {
      descriptor = try Descriptor.openForAppending(name, creating: creating)
    } catch  where error == .noSuchFile && !creating {
      return nil
    } catch {
      throw Refusal("cannot open \(name): \(error)")
    }
    var lockFailure: SystemError?
    var isLocked = true
    do throws(SystemError) { isLocked = try descriptor.lock() } catch { lockFailure = error }
    guard isLocked else { throw Refusal("\(name) is being written by another run; wait for its end or stop it") }
    guard descriptor.isNamed(name) else {
      try? descriptor.close()
      return nil
    }
    return (descriptor, lockFailure)
  }

  private static func requireFolder(for name: String) throws(Refusal) {
    do throws(SystemError) {
      _ = try FileName.resolved(FileName.parent(of: name))
    } catch {
      throw Refusal("cannot open \(name): \(error)")
    }
  }

  /// The bytes that it has; 0 for what is no regular file.
  var size: Int {
    if case .regular(_, let status) = state { status.size } else { 0 }
  }
}

/// What a name leads to, as far as it matters whether another name leads there too: a regular file or a pipe by its
/// identity, an absent one by its path. Terminals and other devices may well be read and written at once.
enum FilePlace: Hashable {
  case file(Descriptor.FileIdentity)
  case path(String)

  init?(_ status: FileStatus) {
    guard status.kind == .regular || status.kind == .fifo else { return nil }
    self = .file(status.identity)
  }

  init?(path: String) {
    if let status = try? FileStatus(path: path) {
      self.init(status)
    } else if let folder = try? FileName.resolved(FileName.parent(of: path)) {
      self = .path(folder + "/" + FileName.last(of: path))
    } else {
      return nil
    }
  }

  init?(_ descriptor: Descriptor) {
    guard let status = try? descriptor.status() else { return nil }
    self.init(status)
  }
}

extension Descriptor {
  /// Whether the name still leads to the file that is open.
  func isNamed(_ name: String) -> Bool {
    guard let named = try? FileStatus(path: name), let open = try? status() else { return false }
    return named.identity == open.identity
  }
}
