import SystemIO

/// The file of results from the first record to the end of the run: an append-only log, put in its final form when the whole
/// input has been answered.
///
/// What is promised: a record is appended by a write of its own, or together with others that are ready at the same
/// moment, and is with the system from then on: the death of this process does no harm to it. At the end of a run, before
/// success is reported, everything is on disk. A power failure in between may cost what the system has not written yet;
/// a record cut by it is found and cut off by the run that goes on with it.
struct OutputLog: Sendable {
  let file: OutputFile
  /// What was read back; nil for a file that begins.
  let found: LogRecovery?
  let resume: ResumeFilter

  /// - Parameters:
  ///   - isComplete: whether the whole input was read and all of it answered.
  ///   - isStopped: asked again and again while the final pass goes on.
  /// - Returns: what went wrong.
  func settle(writingFailed: Bool, isComplete: Bool, isStopped: @Sendable () -> Bool) -> OutputFileProblem? {
    // With it goes the lock: FILE is nobody's from here on.
    defer { try? file.descriptor.close() }
    return finish(writingFailed: writingFailed, isComplete: isComplete, isStopped: isStopped)
  }

  private func finish(writingFailed: Bool, isComplete: Bool, isStopped: @Sendable () -> Bool) -> OutputFileProblem? {
    do throws(SystemError) {
      if writingFailed {
        try file.cutTornRecord()
        return nil
      }
      try file.synchronize()
      guard file.descriptor.isNamed(file.path) else {
        return .moved(file.name)
      }
    } catch {
      return .cannotWrite(file.name, error)
    }
    guard isComplete else { return nil }
    do throws(SystemError) {
      return try makeFinalForm(isStopped: isStopped)
    } catch  where error == .interrupted {
      // It stops early like any run: the log is whole.
      return nil
    } catch {
      return .notInFinalForm(file.name, error)
    }
  }

  private func makeFinalForm(isStopped: @Sendable () -> Bool) throws(SystemError) -> OutputFileProblem? {
    let status = try file.descriptor.status()
    var pass = try resume.finalPass(
      of: file.descriptor, found: found, start: file.start, end: status.size, isStopped: isStopped)
    guard try pass?.isNeeded() == true, let pass else { return nil }
    let new = try FileReplacement(of: file.path, like: status)
    do throws(SystemError) {
      let isWhole = try pass.write { bytes throws(SystemError) in
        if isStopped() { throw .interrupted }
        try new.descriptor.write(bytes)
      }
      // Nothing is lost to a file that somebody else has written to meanwhile.
      guard isWhole, try file.descriptor.status().size == status.size, file.descriptor.isNamed(file.path) else {
        new.discard()
        return .changed(file.name)
      }
    } catch {
      new.discard()
      throw error
    }
    try new.commit()
    try new.descriptor.close()
    return nil
  }
}
