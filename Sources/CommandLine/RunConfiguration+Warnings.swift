import LanguageModels
import Pipeline
import ResultLog
import Summarization

extension RunConfiguration {
  /// The name of the model and, if it is on a server, the address of the server.
  package var modelInWords: String {
    languageModelSettings.map { "\(modelName) at \($0.endpoint)" } ?? shownModel
  }

  /// The warnings to print before a run. None of them prevents it.
  package var warnings: [String] {
    let fewer = descriptorLimit.map {
      "at most \(jobs) in flight, as the limit on open files is \($0); raise it with ulimit -n"
    }
    return [fewer, exposure].compactMap(\.self) + idleOptions
  }

  private var exposure: String? {
    guard let settings = languageModelSettings, settings.endpoint.isExposed else { return nil }
    let what = settings.key == nil ? "articles go" : "articles and the key go"
    let way = settings.readingProxy.map { " through \($0), which can read them" } ?? ""
    return "\(what) unencrypted to \(settings.endpoint)\(way); use https where the server has it"
  }

  /// One line for each typed option that has no effect with the others.
  private var idleOptions: [String] {
    var told: Set<OptionName> = []
    return typedOptions.compactMap { name in
      guard told.insert(name).inserted, let reason = idleness(of: name) else { return nil }
      return "--\(name.rawValue) \(reason)"
    }
  }

  /// Returns the reason why an option has no effect; nil if it has one.
  private func idleness(of name: OptionName) -> String? {
    let isLanguageModel = if case .language = model { true } else { false }
    let isCommand = if case .command = model { true } else { false }
    let isCoprocess = if case .command(.coprocess, _) = model { true } else { false }
    let ofNoUse = "is of no use to the model \(shownModel)"
    switch name {
    case .baseURL, .keyFile: return isLanguageModel ? nil : "\(ofNoUse); name the server's with -m"
    case .prompt, .language, .temperature, .maxTokens, .option, .header, .tokenRate:
      return isLanguageModel ? nil : ofNoUse
    // The extractive engine neither fails nor takes long.
    case .retries, .timeout, .maxOutage: return model == .extractive ? ofNoUse : nil
    case .maxJobs: return jobSettings.choice == .given ? "has no effect without -j auto" : nil
    case .startTimeout: return isCoprocess ? nil : ofNoUse
    case .sentences where isCommand: return ofNoUse
    case .window:
      return keepsOrder ? (files.output == nil ? nil : "has no effect with --output") : "has no effect without -k"
    case .sentences: return request.tasks.contains(.summary) ? nil : "has no effect without the task summary"
    case .keywords: return request.tasks.contains(.keywords) ? nil : "has no effect without the task keywords"
    default: return nil
    }
  }
}
