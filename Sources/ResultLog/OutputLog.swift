import SystemIO

/// The file of results from the first record to the end of the run: an append-only log, which gets its final form when
/// the whole input has been answered.
///
/// Durability: a record is appended by a write of its own, or together with others that are ready at the same moment.
/// From then on the operating system has it, and the death of this process does not harm it. At the end of a run
/// everything is on disk before success is reported. A power failure before that may lose what the operating system has
/// not written yet. A record that it cut off is found and removed when a later run resumes the file.
struct OutputLog: Sendable {
  let file: OutputFile
  /// What was read back; nil for a file that was not resumed.
  let found: LogRecovery?
  let resume: ResumeFilter

  /// - Parameters:
  ///   - isComplete: whether the whole input was read and answered.
  ///   - isStopped: asked repeatedly during the final pass, which ends when it returns true.
  /// - Returns: what went wrong.
  func settle(writingFailed: Bool, isComplete: Bool, isStopped: @Sendable () -> Bool) -> OutputFileProblem? {
    // Closing the descriptor releases the lock: other runs may use FILE from here on.
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
      // The final pass was stopped. The log is complete, as after any run that stops early.
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
      // If another program has written to the log meanwhile, the log stays in place, so that nothing is lost.
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
