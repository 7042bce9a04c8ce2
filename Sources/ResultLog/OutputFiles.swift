import Basics
package import Articles
import JSONLines
package import SystemIO

/// The files for records. Records go to standard output if there is no output file.
package struct OutputFileSettings: Equatable, Sendable {
  package var output: String?
  package var errors: String?
  package var trace: String?
  package var resumes = false
  /// Whether an article that has an id is identified by the id alone.
  package var resumesByID = false
  package var overwrites = false
  /// The longest time to wait for another run that has one of the files locked.
  package var waitForLock = Duration.zero

  package init() {}
}

/// The files that a run writes to, from their names to the first record, in two steps: `init` locks and examines all of
/// them (creating those that are absent) and reads back those to be resumed; only `begin` changes their content.
package struct OutputFiles {
  /// The files after `begin`.
  package struct OpenedFiles {
    /// nil for standard output.
    var output: ResultsTarget?
    var errors: ErrorsTarget?
    package var trace: WriteTarget?
    /// The file of the trace, unless it is a special one.
    var traceFile: OutputFile?

    /// The resume filter; nil if results go to standard output.
    package var resume: ResumeFilter? {
      switch output {
      case .log(let log): log.resume
      case .special(_, _, let resume): resume
      case nil: nil
      }
    }

    /// Whether results go to a regular file, which gets its final form at the end of the run.
    package var isLog: Bool { if case .log = output { true } else { false } }

    /// Drops the previous content of the files that are begun anew. To be called before the first record is written.
    package func empty() throws(OutputFileRefusal) {
      if case .log(let log) = output {
        do throws(SystemError) { try log.file.empty() } catch { throw .cannotWrite(log.file.name, error) }
      }
      if case .file(let file) = errors {
        do throws(SystemError) { try file.empty() } catch { throw .cannotWrite(file.name, error) }
      }
      if let traceFile {
        do throws(SystemError) { try traceFile.empty() } catch { throw .cannotWrite(traceFile.name, error) }
      }
    }

    /// The descriptors that the run writes to. Their files must not be read as inputs.
    package func descriptors(standardOutput: FileDescriptor) -> [FileDescriptor] {
      [output?.target.descriptor ?? standardOutput, errors?.target.descriptor, trace?.descriptor].compactMap { $0 }
    }
  }

  /// A descriptor to write to, and the name of its file.
  package struct WriteTarget {
    package let descriptor: FileDescriptor
    package let name: String
  }

  enum ResultsTarget {
    case log(OutputLog)
    /// A device or a pipe, written like standard output.
    case special(FileDescriptor, name: String, ResumeFilter)

    var target: WriteTarget {
      switch self {
      case .log(let log): WriteTarget(descriptor: log.file.descriptor, name: log.file.name)
      case .special(let descriptor, let name, _): WriteTarget(descriptor: descriptor, name: name)
      }
    }
  }

  enum ErrorsTarget {
    case file(ErrorsFile)
    case special(FileDescriptor, name: String)

    var target: WriteTarget {
      switch self {
      case .file(let file): WriteTarget(descriptor: file.descriptor, name: file.name)
      case .special(let descriptor, let name): WriteTarget(descriptor: descriptor, name: name)
      }
    }
  }

  private let settings: OutputFileSettings
  private let rules: RecoveryRules
  private let output: TargetFile?
  private let errors: TargetFile?
  private let trace: TargetFile?
  /// The resume filter; nil if results go to standard output.
  private let resume: ResumeFilter?
  /// What was read back; nil if the file is not resumed.
  private var outputRecovery: LogRecovery?
  private var errorsRecovery: LogRecovery?

  /// - Parameters:
  ///   - inputs: the operands; `-` is standard input.
  ///   - rules: what a file of results must hold to be resumed.
  /// - Throws: `OutputFileRefusal` if a file must not be written to. All files are then unchanged.
  package init(
    _ settings: OutputFileSettings, inputs: [String], rules: RecoveryRules, articles: ArticleReader,
    keepsOrder: Bool
  ) throws(OutputFileRefusal) {
    self.settings = settings
    self.rules = rules
    let named: [(OutputFileRole, String?)] = [
      (.results, settings.output), (.errors, settings.errors), (.trace, settings.trace),
    ]
    try FileCheck.requireDistinct(named.compactMap { role, name in name.map { (role, $0) } }, inputs: inputs)
    let deadline = Instant.now + settings.waitForLock
    output = try Self.target(settings.output, deadline)
    errors = try Self.target(settings.errors, deadline)
    trace = try Self.target(settings.trace, deadline)
    resume =
      output == nil
      ? nil
      : ResumeFilter(
        articles: articles, identity: settings.resumesByID ? .id : .fingerprint, keepsOrder: keepsOrder)
    for case let file? in [output, errors, trace] where file.size > 0 && !settings.resumes {
      // Resuming needs a file of results, so the refusal says whether there is one.
      guard settings.overwrites else { throw .notEmpty(file.name, hasResults: output != nil) }
      try FileCheck.requireReadable(inputs, before: file)
    }
    if settings.resumes { try recover() }
  }

  package var warnings: [OutputFileWarning] {
    var warnings: [OutputFileWarning] = []
    for case let file? in [output, errors, trace] {
      if let failure = file.lockFailure { warnings.append(.notLocked(file.name, failure)) }
    }
    if let output, let found = outputRecovery, found.foreignResults > 0 {
      var writer = JSONWriter()
      writer.value(rules.madeBy)
      warnings.append(
        .foreignResults(
          output.name, count: found.foreignResults,
          models: found.foreignModels.map { String(decoding: $0, as: UTF8.self) }.sorted(),
          own: String(decoding: writer.bytes, as: UTF8.self)))
    }
    return warnings
  }

  private static func target(
    _ name: String?, _ deadline: Instant
  ) throws(OutputFileRefusal) -> TargetFile? {
    guard let name else { return nil }
    return try TargetFile(name, waitingUntil: deadline)
  }

  // MARK: Reading back

  private mutating func recover() throws(OutputFileRefusal) {
    if let output {
      if case .special = output.state { throw .notRegular(output.name) }
      outputRecovery = try recover(output, .results, by: rules)
    }
    if let errors { errorsRecovery = try recover(errors, .errors, by: RecoveryRules()) }
  }

  private func recover(
    _ file: TargetFile, _ role: OutputFileRole, by rules: RecoveryRules
  ) throws(OutputFileRefusal) -> LogRecovery? {
    guard let resume, case .regular(let descriptor, let status) = file.state else { return nil }
    do throws(ResumeRefusal) {
      return try resume.recover(descriptor, size: status.size, by: rules)
    } catch {
      throw .notResumable(file.name, role, error)
    }
  }

  // MARK: The beginning

  package func begin() throws(OutputFileRefusal) -> OpenedFiles {
    var opened = OpenedFiles()
    if let output, let resume {
      if case .special = output.state {
        opened.output = .special(try open(output), name: output.name, resume)
      } else {
        let file = try OutputFile(
          beginning: output, keeping: outputRecovery?.end ?? 0, lacksNewline: outputRecovery?.lacksNewline ?? false)
        opened.output = .log(OutputLog(file: file, found: outputRecovery, resume: resume))
      }
    }
    if let errors {
      if case .special = errors.state {
        opened.errors = .special(try open(errors), name: errors.name)
      } else if settings.resumes {
        opened.errors = .file(try ErrorsFile(replacing: errors, size: errorsRecovery?.end ?? 0))
      } else {
        opened.errors = .file(try ErrorsFile(beginning: errors))
      }
    }
    if let trace {
      // A trace belongs to one run: it is always begun anew.
      if case .special = trace.state {
        opened.trace = WriteTarget(descriptor: try open(trace), name: trace.name)
      } else {
        let file = try OutputFile(beginning: trace)
        opened.traceFile = file
        opened.trace = WriteTarget(descriptor: file.descriptor, name: trace.name)
      }
    }
    return opened
  }

  private func open(_ file: TargetFile) throws(OutputFileRefusal) -> FileDescriptor {
    do throws(SystemError) {
      return try FileDescriptor.openForWriting(file.name)
    } catch {
      throw .cannotOpen(file.name, error)
    }
  }
}
