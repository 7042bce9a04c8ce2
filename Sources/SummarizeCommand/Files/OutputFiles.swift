import Articles
import CommandLine
import JSONLines
import ResultLog
import Summarization
import SystemIO

/// The files that a run writes to, from the command line to the first record, in two steps: `init` looks at all of them,
/// and reads back what is to be gone on with; only `begin` changes anything.
struct OutputFiles {
  /// Where records go in the end.
  struct Begun {
    /// nil for standard output.
    var output: Output?
    var errors: Errors?
    var trace: Target?

    /// With `--output`.
    var resume: ResumeFilter? {
      switch output {
      case .log(let log): log.resume
      case .special(_, _, let resume): resume
      case nil: nil
      }
    }

    /// Whether records go to a file that is put in order at its end.
    var isLog: Bool { if case .log = output { true } else { false } }

    /// What is written to, and may not be read.
    func descriptors(standardOutput: Descriptor) -> [Descriptor] {
      [output?.target.descriptor ?? standardOutput, errors?.target.descriptor, trace?.descriptor].compactMap { $0 }
    }
  }

  /// A descriptor to write to and how the file is called.
  struct Target {
    let descriptor: Descriptor
    let name: String
  }

  enum Output {
    case log(OutputLog)
    /// A device or a pipe, written like standard output.
    case special(Descriptor, name: String, ResumeFilter)

    var target: Target {
      switch self {
      case .log(let log): Target(descriptor: log.file.descriptor, name: log.file.name)
      case .special(let descriptor, let name, _): Target(descriptor: descriptor, name: name)
      }
    }
  }

  enum Errors {
    case file(ErrorsFile)
    case special(Descriptor, name: String)

    var target: Target {
      switch self {
      case .file(let file): Target(descriptor: file.descriptor, name: file.name)
      case .special(let descriptor, let name): Target(descriptor: descriptor, name: name)
      }
    }
  }

  private let configuration: Configuration
  private let output: TargetFile?
  private let errors: TargetFile?
  private let trace: TargetFile?
  /// With `--output`.
  private let resume: ResumeFilter?
  /// What was read back; nil where nothing is to be gone on with.
  private var outputRecovery: Recovery?
  private var errorsRecovery: Recovery?

  /// - Throws: `Refusal` where a file is not to be written to. It is as it was then.
  init(_ configuration: Configuration) throws(Refusal) {
    self.configuration = configuration
    let files = configuration.files
    let named = [("--output", files.output), ("--errors", files.errors), ("--trace", files.trace)]
    try FileCheck.requireDistinct(
      named.compactMap { option, name in name.map { (option, $0) } }, inputs: configuration.inputs)
    let deadline = ContinuousClock.now + files.waitForLock
    output = try Self.target(files.output, deadline)
    errors = try Self.target(files.errors, deadline)
    trace = try Self.target(files.trace, deadline)
    let articles = ArticleReader(fields: configuration.fields, longestLine: configuration.longestLine)
    resume =
      output == nil
      ? nil
      : ResumeFilter(
        articles: articles, identity: files.resumesByID ? .id : .fingerprint, keepsOrder: configuration.keepsOrder)
    for case let file? in [output, errors, trace] where file.size > 0 && !files.resumes {
      guard files.overwrites else {
        // To go on with is the file of --output, and what belongs to it.
        let resume = output == nil ? "--resume, which needs --output" : "--resume"
        throw Refusal("\(file.name) is not empty: go on with it with \(resume), or begin it anew with --force")
      }
      try FileCheck.requireReadable(configuration.inputs, before: file)
    }
    if files.resumes { try recover() }
  }

  /// What is worth telling before the run.
  var warnings: [String] {
    var warnings: [String] = []
    for case let file? in [output, errors, trace] {
      guard let failure = file.lockFailure else { continue }
      warnings.append("cannot lock \(file.name): \(failure); see that no other run writes it")
    }
    if let output, let found = outputRecovery, found.foreignResults > 0 {
      warnings.append(foreignResults(in: output.name, found))
    }
    return warnings
  }

  private func foreignResults(in name: String, _ found: Recovery) -> String {
    let count = found.foreignResults
    let models = found.foreignModels.map { String(decoding: $0, as: UTF8.self) }.sorted().joined(separator: ", ")
    var writer = JSONWriter()
    writer.value(configuration.madeBy)
    let own = String(decoding: writer.bytes, as: UTF8.self)
    return """
      \(name) has \(count) \(count == 1 ? "result" : "results") of another model (\(models)), which \
      \(count == 1 ? "stays" : "stay"); to do \(count == 1 ? "it" : "them") anew, keep only this model's: \
      jq -c 'select(.made_by==\(own))' \(name) > new && mv new \(name)
      """
  }

  private static func target(
    _ name: String?, _ deadline: ContinuousClock.Instant
  ) throws(Refusal) -> TargetFile? {
    guard let name else { return nil }
    return try TargetFile(name, waitingUntil: deadline)
  }

  // MARK: Reading back

  private mutating func recover() throws(Refusal) {
    if let output {
      if case .special = output.state {
        throw Refusal("--resume: \(output.name) is no regular file; there is nothing in it to go on with")
      }
      outputRecovery = try recover(
        output,
        by: Recovery.Rules(
          tasks: configuration.request.tasks, optionalTasks: configuration.resultsHaveAllTasks ? [] : .all,
          merges: configuration.merges, madeBy: configuration.madeBy))
    }
    if let errors { errorsRecovery = try recover(errors, by: Recovery.Rules()) }
  }

  private func recover(_ file: TargetFile, by rules: Recovery.Rules) throws(Refusal) -> Recovery? {
    guard let resume, case .regular(let descriptor, let status) = file.state else { return nil }
    do throws(Recovery.Refusal) {
      return try resume.recover(descriptor, size: status.size, by: rules)
    } catch {
      throw Refusal(error.message(of: file.name, holdsErrors: rules.tasks == nil))
    }
  }

  // MARK: The beginning

  func begin() throws(Refusal) -> Begun {
    var begun = Begun()
    if let output, let resume {
      if case .special = output.state {
        begun.output = .special(try open(output), name: output.name, resume)
      } else {
        let file = try OutputFile(
          beginning: output, keeping: outputRecovery?.end ?? 0, lacksNewline: outputRecovery?.lacksNewline ?? false)
        begun.output = .log(OutputLog(file: file, found: outputRecovery, resume: resume))
      }
    }
    if let errors {
      if case .special = errors.state {
        begun.errors = .special(try open(errors), name: errors.name)
      } else if configuration.files.resumes {
        begun.errors = .file(try ErrorsFile(replacing: errors, size: errorsRecovery?.end ?? 0))
      } else {
        begun.errors = .file(try ErrorsFile(beginning: errors))
      }
    }
    if let trace {
      // A trace is of one run: with --resume too it is begun anew.
      let descriptor =
        if case .special = trace.state { try open(trace) } else { try OutputFile(beginning: trace).descriptor }
      begun.trace = Target(descriptor: descriptor, name: trace.name)
    }
    return begun
  }

  private func open(_ file: TargetFile) throws(Refusal) -> Descriptor {
    do throws(SystemError) {
      return try Descriptor.openForWriting(file.name)
    } catch {
      throw Refusal("cannot open \(file.name): \(error)")
    }
  }
}

extension Configuration {
  /// Commands may answer with plain text, which is the summary alone.
  fileprivate var resultsHaveAllTasks: Bool {
    !modelName.hasPrefix("exec:") && !modelName.hasPrefix("coprocess:")
  }
}

extension Recovery.Refusal {
  fileprivate func message(of name: String, holdsErrors: Bool) -> String {
    switch self {
    case .notOurs(line: 1):
      holdsErrors
        ? "\(name) does not begin with an error record of summarize; choose another file"
        : "\(name) does not begin with a record of summarize --output; choose another file"
    case .earlierFormat:
      """
      \(name) has records without fingerprints, as an earlier version of summarize wrote them; \
      begin it anew with --force, or choose another file
      """
    case .notOurs(let line):
      "\(name):\(line) is no \(holdsErrors ? "error record" : "record") of summarize; take that line out to go on"
    case .lacks(let task, let line):
      "\(name):\(line) has no \(task); ask for the --tasks that it was made with, or choose another file"
    case .holds(let task, let line):
      "\(name):\(line) has \(task), which is not asked for; ask for the same --tasks, or choose another file"
    case .tooLarge: "\(name) is too large to go on with; choose another file"
    case .failed(let error): "cannot read \(name): \(error)"
    }
  }
}
