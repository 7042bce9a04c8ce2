package import Articles
import BoundedConcurrency
package import SystemIO

/// A record to be written.
package struct OutputRecord: Sendable {
  /// The line with its newline.
  let bytes: [UInt8]
  let isError: Bool
  /// The selected line; nil if results go to standard output.
  let line: SelectedLine?

  package init(bytes: [UInt8], isError: Bool, line: SelectedLine?) {
    self.bytes = bytes
    self.isError = isError
    self.line = line
  }
}

/// The destination of records: standard output or a file, and optionally another file for errors.
package final class RecordSink: Sendable {
  private struct WriteFailures {
    var output = false
    var errors = false
  }

  private let output: OutputWriter
  private let errors: OutputWriter?
  private let files: OutputFiles.OpenedFiles
  private let failures: SharedFailures

  private final class SharedFailures: Sendable {
    let state = Lock(WriteFailures())
  }

  /// - Parameters:
  ///   - standardOutput: written to if there is no file of results; closed at the end.
  ///   - onEvent: called with the events of the writers, and with the name of the file concerned.
  package init(
    _ files: OutputFiles.OpenedFiles, standardOutput: FileDescriptor,
    onEvent: @escaping @Sendable (OutputWriter.WriterEvent, _ file: String?) -> Void
  ) throws(SystemError) {
    self.files = files
    let failures = SharedFailures()
    self.failures = failures
    let target = files.output?.target
    let isLog = files.isLog
    // A record of the log counts as written only when the operating system has it. Until then its article is in flight.
    output = try OutputWriter(target?.descriptor ?? standardOutput, closesAtEnd: !isLog, anticipates: !isLog) { event in
      if case .failed = event { failures.state.withLock { $0.output = true } }
      onEvent(event, target?.name)
    }
    guard let target = files.errors?.target else {
      errors = nil
      return
    }
    errors = try OutputWriter(target.descriptor, closesAtEnd: false) { event in
      if case .failed = event { failures.state.withLock { $0.errors = true } }
      onEvent(event, target.name)
    }
  }

  package func put(_ record: OutputRecord) {
    if record.isError, let errors {
      errors.enqueue(record.bytes)
      return
    }
    let place = output.enqueue(record.bytes)
    if case .log(let log)? = files.output, let line = record.line {
      log.resume.wrote(line, at: log.file.start + place)
    }
  }

  /// Returns when everything is written, on disk and in its final form.
  /// - Parameters:
  ///   - isComplete: whether the whole input was read and answered; asked when everything is written.
  ///   - isStopped: whether a signal has come meanwhile.
  ///   - tell: called with each problem.
  package func finish(
    isComplete: @escaping @Sendable () -> Bool, isStopped: @escaping @Sendable () -> Bool,
    tell: @escaping @Sendable (OutputFileProblem) -> Void
  ) async {
    await output.finish()
    await errors?.finish()
    let failures = failures.state.withLock { $0 }
    var log: OutputLog?
    if case .log(let begun)? = files.output { log = begun }
    var errorsFile: ErrorsFile?
    if case .file(let begun)? = files.errors { errorsFile = begun }
    guard log != nil || errorsFile != nil else { return }
    await onOwnThread { [log, errorsFile] in
      // The errors file comes first: if the machine stops between the two, FILE still has the old error records.
      let anyFailed = failures.output || failures.errors
      if let errorsFile {
        let problem = errorsFile.settle(writingFailed: failures.errors, keepsAll: anyFailed, log?.resume)
        if let problem { tell(problem) }
      }
      if let log {
        let problem = log.settle(writingFailed: failures.output, isComplete: isComplete(), isStopped: isStopped)
        if let problem { tell(problem) }
      }
    }
  }
}
