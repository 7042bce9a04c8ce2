import LanguageModels

extension Configuration {
  /// The model and, where it is behind a server, the address of that.
  package var modelInWords: String {
    languageModelSettings.map { "\(modelName) at \($0.endpoint)" } ?? modelName
  }

  /// What is to be known before a run begins, and keeps nobody from it.
  package var warnings: [String] {
    let fewer = descriptorLimit.map {
      "at most \(jobs) in flight, as the limit on open files is \($0); raise it with ulimit -n"
    }
    return [fewer, exposure, uselessAddress].compactMap(\.self)
  }

  private var exposure: String? {
    guard let settings = languageModelSettings, settings.endpoint.isExposed else { return nil }
    let what = settings.key == nil ? "articles go" : "articles and the key go"
    return "\(what) unencrypted to \(settings.endpoint); use https where the server has it"
  }

  /// Who names a server and no model would wait for answers that it is never asked for.
  private var uselessAddress: String? {
    if case .language = model { return nil }
    let option = languageModel.baseURL != nil ? "--base-url" : languageModel.keyFile != nil ? "--key-file" : nil
    return option.map { "\($0) is of no use to the model \(modelName); name the server's with -m" }
  }
}
