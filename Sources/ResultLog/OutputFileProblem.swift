package import SystemIO

/// What a file that a run writes to is for.
package enum OutputFileRole: Equatable, Sendable {
  case results, errors, trace
}

/// Why a run does not begin: the state of a file that it is to write to.
package enum OutputFileRefusal: Error, Equatable {
  /// The name is `-`.
  case noName
  case folder(String)
  case cannotOpen(String, SystemError)
  case cannotWrite(String, SystemError)
  /// Somebody puts a new file in its place again and again.
  case unstable(String)
  case isInUse(String)
  case alsoOutput(OutputFileRole, String, other: OutputFileRole)
  case alsoInput(OutputFileRole, String, Standard?)
  case notEmpty(String, hasResults: Bool)
  /// An input cannot be read, so that the file that would be begun anew is left as it is.
  case unreadableInput(String, SystemError, spared: String)
  /// Only a regular file can be gone on with.
  case notRegular(String)
  case notResumable(String, OutputFileRole, LogRecovery.Refusal)

  /// A standard descriptor that leads to the same file; nil for an operand.
  package enum Standard: Equatable, Sendable {
    case input, output, error
  }
}

/// What is worth telling of a file before the run.
package enum OutputFileWarning: Equatable, Sendable {
  case notLocked(String, SystemError)
  /// Results of other models, of which some are named, in JSON; `own` is this run's.
  case foreignResults(String, count: Int, models: [String], own: String)
}

/// What went wrong with a file at the end of a run.
package enum OutputFileProblem: Equatable, Sendable {
  case cannotWrite(String, SystemError)
  case moved(String)
  /// Another program has written to it; its final form was not made.
  case changed(String)
  case notInFinalForm(String, SystemError)
}
