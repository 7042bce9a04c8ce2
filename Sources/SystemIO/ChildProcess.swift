import CLibrary

/// A program with its arguments, ready to be started many times.
public final class ChildProgram: @unchecked Sendable {
  private let path: UnsafeMutablePointer<CChar>
  private let arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  /// - Parameters:
  ///   - path: of the file.
  ///   - arguments: the name that it is called by, and what follows.
  public init(path: String, arguments: [String]) {
    self.path = strdup(path)
    count = arguments.count
    self.arguments = .allocate(capacity: count + 1)
    for (index, argument) in arguments.enumerated() { self.arguments[index] = strdup(argument) }
    self.arguments[count] = nil
  }

  deinit {
    free(path)
    for index in 0..<count { free(arguments[index]) }
    arguments.deallocate()
  }

  /// Where a program is that is called by this name: the name itself if it has a slash, else the first in the folders of
  /// `PATH` that may be run.
  /// - Throws: where there is none, or none that may be run.
  public static func find(_ name: String) throws(SystemError) -> String {
    if name.utf8.contains(UInt8(ascii: "/")) {
      try requireExecutable(name)
      return name
    }
    var problem = SystemError.noSuchFile
    let folders = environmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin"
    for folder in folders.split(separator: ":", omittingEmptySubsequences: false) {
      let path = (folder.isEmpty ? "." : String(folder)) + "/" + name
      do throws(SystemError) {
        try requireExecutable(path)
        return path
      } catch {
        if error != .noSuchFile, error.code != ENOTDIR { problem = error }
      }
    }
    throw problem
  }

  private static func requireExecutable(_ path: String) throws(SystemError) {
    if access(path, X_OK) < 0 { throw .current }
    if try FileStatus(path: path).kind == .folder { throw SystemError(code: EACCES) }
  }

  /// - Returns: the process, and its place in the table of those that are killed when this process ends.
  fileprivate func start(_ descriptors: [Int32]) throws(SystemError) -> (process: pid_t, place: Int32) {
    var (process, place): (pid_t, Int32) = (0, -1)
    let code = system_process_start(path, arguments, descriptors, &process, &place)
    if code != 0 { throw SystemError(code: code) }
    return (process, place)
  }
}

/// A running child, in a process group of its own, with a pipe for each of its standard descriptors.
///
/// Whoever started it has to `reap` it once `exit` is readable, and to close the descriptors; that its group does not
/// outlive this process is seen to here. Nothing here waits for a child.
public struct ChildProcess: Sendable {
  /// How a process ended.
  public enum ProcessEnding: Sendable, Equatable {
    case exited(Int32)
    case died(ProcessSignal)
  }

  /// The other end of its standard input; like the other two it never blocks.
  public let input: FileDescriptor
  public let output: FileDescriptor
  public let errors: FileDescriptor
  /// Becomes readable when the process has ended.
  public let exit: FileDescriptor
  private let process: pid_t
  /// In the table of those that are killed when this process ends.
  private let place: Int32

  /// Starts a program. The calling thread waits until it is loaded, not for anything that it does.
  /// - Throws: where it cannot be started, or the system has no descriptor or process left.
  public init(_ program: ChildProgram) throws(SystemError) {
    var open: [FileDescriptor] = []
    do throws(SystemError) {
      for _ in 0..<3 {
        var ends: [Int32] = [-1, -1]
        if system_pipe(&ends) < 0 { throw .current }
        open += ends.map { FileDescriptor(rawValue: $0) }
      }
      (input, output, errors) = (open[1], open[2], open[4])
      for own in [input, output, errors] where system_set_non_blocking(own.rawValue) < 0 { throw .current }
      (process, place) = try program.start([open[0].rawValue, open[3].rawValue, open[5].rawValue])
    } catch {
      for descriptor in open { try? descriptor.close() }
      throw error
    }
    for other in [open[0], open[3], open[5]] { try? other.close() }
    exit = FileDescriptor(rawValue: system_process_exit_descriptor(process))
    if exit.rawValue < 0 {
      let error = SystemError.current
      killGroup()
      // It cannot be waited for but here; a process that was killed ends at once.
      while reap() == nil { SystemThread.yield() }
      for descriptor in [input, output, errors] { try? descriptor.close() }
      throw error
    }
  }

  /// Kills the process and whatever it has started in its group. Not to be called once `reap` has returned its ending: its
  /// number may be another process's then.
  public func killGroup() {
    system_process_signal_group(process, SIGKILL)
  }

  /// Whether it has ended. Until its status is taken it keeps its number, and with it its group.
  public var hasEnded: Bool { system_process_has_ended(process) }

  /// Kills what is left of the group of a process that has ended, and takes its status.
  /// - Returns: nil where it has not ended.
  public func reap() -> ProcessEnding? {
    guard hasEnded else { return nil }
    killGroup()
    system_children_remove(place)
    var value: Int32 = 0
    switch system_process_reap(process, &value) {
    case 1: return .exited(value)
    case 2: return .died(ProcessSignal(rawValue: value))
    // Somebody else has taken it; nothing is known of how it ended.
    default: return .died(.kill)
    }
  }
}

/// Has the programs that this process starts get nothing that it has open but their standard descriptors, and makes sure
/// that it is told how they end. To be called before the first is started.
public func prepareForChildren() {
  // Who started us may ignore the signal: then the system would forget how children ended.
  ProcessSignal.child.reset()
  system_keep_descriptors_from_children()
}

extension FileDescriptor {
  /// What came of a read or a write that does not wait.
  public enum PipeTransfer: Sendable, Equatable {
    case moved(Int)
    /// There is nothing, or no room, for now.
    case later
    /// There will be no more: the end of the file, a reader that has gone, or an error.
    case closed
  }

  /// Appends what there is to an array, at most so many bytes; of a non-blocking descriptor.
  public func readNow(appendingTo bytes: inout [UInt8], atMost count: Int = 65_536) -> PipeTransfer {
    withUnsafeTemporaryAllocation(byteCount: count, alignment: 1) { buffer in
      let transfer = transfer { descriptorRead(rawValue, buffer.baseAddress, buffer.count) }
      if case .moved(let count) = transfer { bytes.append(contentsOf: buffer[..<count]) }
      return transfer == .moved(0) ? .closed : transfer
    }
  }

  /// Writes what there is room for, of a non-blocking descriptor.
  public func writeNow(_ bytes: ArraySlice<UInt8>) -> PipeTransfer {
    bytes.withUnsafeBytes { bytes in transfer { descriptorWrite(rawValue, bytes.baseAddress!, bytes.count) } }
  }

  private func transfer(_ call: () -> Int) -> PipeTransfer {
    do throws(SystemError) {
      return .moved(try retryingOnInterrupt(call))
    } catch {
      return error.code == EAGAIN || error.code == EWOULDBLOCK ? .later : .closed
    }
  }
}
