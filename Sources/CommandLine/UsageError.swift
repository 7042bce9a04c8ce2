/// An error of the command line. It leads to exit status 2 and a message of one line that says what to do.
package enum UsageError: Error, Equatable {
  /// - Parameter near: an option that may have been meant, with its hyphens.
  case unknownOption(String, near: String?)
  /// A key was given as an argument, where every user of the machine could read it.
  case keyAsArgument(String)
  case missingValue(String, argument: String)
  case needlessValue(String)
  case badValue(option: String, value: String, wanted: String)
  case tooSmall(option: String, least: Int)
  case windowTooSmall(window: Int, jobs: Int, option: String = "--jobs")
  case resumeAndForce
  case resumeWithoutOutput
  /// An error in the options of a language model.
  case languageModel(String)

  package var message: String {
    switch self {
    case .unknownOption(let option, let near?): "unknown option \(option); did you mean \(near)?"
    case .unknownOption(let option, nil): "unknown option \(option); try 'summarize --help'"
    case .missingValue(let option, let argument): "\(option) needs a value: \(option) \(argument)"
    case .needlessValue(let option): "\(option) takes no value"
    case .badValue(let option, let value, let wanted): "\(option): '\(value)' is not \(wanted)"
    case .keyAsArgument(let option):
      "\(option): keys are not arguments; set OPENAI_API_KEY or ANTHROPIC_API_KEY, or give --key-file FILE"
    case .tooSmall(let option, let least): "\(option) must be at least \(least)"
    case .windowTooSmall(let window, let jobs, let option):
      "--window \(window) is smaller than \(option) \(jobs); a window holds at least the articles in flight"
    case .resumeAndForce: "--resume goes on with FILE and --force begins it anew; give one of them"
    case .resumeWithoutOutput: "--resume needs the file that is to be completed: --output FILE"
    case .languageModel(let message): message
    }
  }
}
