import LanguageModels
import Pipeline

/// The value of `--jobs`.
enum JobsOption: Equatable {
  case number(Int)
  /// The number is found automatically.
  case auto

  static let range = 1...100_000

  init(_ value: OptionValue) throws(UsageError) {
    if value.text == "auto" {
      self = .auto
    } else if let number = QuantityParser.count(value.text), Self.range.contains(number) {
      self = .number(number)
    } else {
      throw value.bad("a number from 1 to \(Self.range.upperBound); auto finds the best one")
    }
  }
}

extension RunConfiguration {
  /// Returns the settings for the number of articles in flight.
  /// - Parameters:
  ///   - jobs: the value of `--jobs`; nil if it was not given.
  ///   - most: the value of `--max-jobs`; nil if it was not given.
  ///   - window: the value of `--window`; nil if it was not given or has no effect.
  func jobSettings(
    _ jobs: JobsOption?, atMost most: Int?, window: Int?, in surroundings: ProgramSurroundings
  ) throws(UsageError) -> JobSettings {
    guard jobs == .auto else {
      var number = 0
      if case .number(let given)? = jobs { number = given } else { number = defaultJobs(in: surroundings) }
      if let window, window < number { throw .windowTooSmall(window: window, jobs: number) }
      return JobSettings(most: number, window: window)
    }
    if let window, let most, window < most {
      throw .windowTooSmall(window: window, jobs: most, option: "--max-jobs")
    }
    let isComputed = model == .extractive
    // Commands compute on these cores as well, but may wait for something.
    let isCommand = if case .command = model { true } else { false }
    let cores = isComputed || isCommand ? surroundings.cores() : .max
    return JobSettings(
      most: min(most ?? 64, cores, window ?? .max), choice: isComputed ? .cores : .found, window: window)
  }

  private func defaultJobs(in surroundings: ProgramSurroundings) -> Int {
    switch model {
    case .extractive, .command(.exec, _): surroundings.cores()
    // What is slow to load is large.
    case .command(.coprocess, _): 1
    // A local server takes one article after another unless it was told otherwise.
    case .language(.ollama, _): 1
    case .simulated, .language: 5
    }
  }

  /// The number of articles in flight, in words for `--verbose`.
  package var jobsInWords: String {
    switch jobSettings.choice {
    case .given, .cores: "at most \(jobs) in flight"
    case .found: "as many in flight as prove best, at most \(jobs)"
    }
  }
}
