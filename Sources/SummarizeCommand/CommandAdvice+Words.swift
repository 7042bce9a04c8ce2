import CommandSummarizer

extension CommandAdvice {
  /// As the end of a sentence.
  var words: String {
    switch self {
    case .allowMoreTime: "--timeout gives it longer"
    case .allowMoreTimeToStart: "--start-timeout gives it longer"
    case .allowLongerAnswers: "raise --max-line to take it"
    case .haveFewerInFlight: "lower --jobs, or raise the limits on processes and open files (ulimit -u, -n)"
    }
  }
}
