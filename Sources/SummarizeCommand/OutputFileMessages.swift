import ResultLog

/// Messages about output files, with the options that help.

extension OutputFileRole {
  fileprivate var option: String {
    switch self {
    case .results: "--output"
    case .errors: "--errors"
    case .trace: "--trace"
    }
  }
}

extension OutputFileRefusal {
  var message: String {
    switch self {
    case .noName: "'-' names no file here; standard output is what is written to without one"
    case .folder(let name): "cannot write \(name): it is a folder"
    case .cannotOpen(let name, let error): "cannot open \(name): \(error)"
    case .cannotWrite(let name, let error): "cannot write \(name): \(error)"
    case .unstable(let name): "cannot lock \(name): it is replaced again and again"
    case .isInUse(let name): "\(name) is being written by another run; wait for its end (--wait-lock 10m) or stop it"
    case .alsoOutput(let role, let name, let other):
      "\(role.option) \(name) is also the file of \(other.option); choose another file"
    case .alsoInput(let role, let name, let standard):
      "\(role.option) \(name) is also \(standard.map(Self.words) ?? "an input"); choose another file"
    case .notEmpty(let name, let hasResults):
      """
      \(name) is not empty: go on with it with \(hasResults ? "--resume" : "--resume, which needs --output"), \
      or begin it anew with --force
      """
    case .unreadableInput(let name, let error, let spared):
      "cannot read \(name): \(error); \(spared) is left as it is"
    case .notRegular(let name): "--resume: \(name) is no regular file; there is nothing in it to go on with"
    case .notResumable(let name, let role, let refusal): refusal.message(of: name, holdsErrors: role == .errors)
    }
  }

  private static func words(for standard: StandardStream) -> String {
    switch standard {
    case .input: "standard input"
    case .output: "standard output"
    case .error: "standard error"
    }
  }
}

extension ResumeRefusal {
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

extension OutputFileWarning {
  var message: String {
    switch self {
    case .notLocked(let name, let error): "cannot lock \(name): \(error); see that no other run writes it"
    case .foreignResults(let name, count: 1, let models, let own):
      """
      \(name) has 1 result of another model (\(models.joined(separator: ", "))), which stays; to do it anew, keep only \
      this model's: jq -c 'select(.made_by==\(own))' \(name) > new && mv new \(name)
      """
    case .foreignResults(let name, let count, let models, let own):
      """
      \(name) has \(count) results of another model (\(models.joined(separator: ", "))), which stay; to do them anew, \
      keep only this model's: jq -c 'select(.made_by==\(own))' \(name) > new && mv new \(name)
      """
    }
  }
}

extension OutputFileProblem {
  var message: String {
    switch self {
    case .cannotWrite(let name, let error): "cannot write \(name): \(error)"
    case .moved(let name): "\(name) was moved or removed while it was written; look for the results where it is now"
    case .changed(let name): "\(name) was changed by another program while it was written; it is left as it is"
    case .notInFinalForm(let name, let error):
      "cannot put \(name) in its final form: \(error); it has every record, and --resume will try again"
    }
  }
}
