import ExtractiveSummarizer
import HTTPClient
import LanguageModels
import Reporting
import SimulatedSummarizer
import Summarization
import SystemIO

extension Run {
  /// The summarizer that a configuration names.
  static func summarizer(
    for configuration: Configuration, _ poller: Poller, _ messages: Console
  ) throws(HTTPTransportUnavailable) -> any Summarizer {
    switch configuration.model {
    case .extractive: return ExtractiveSummarizer(configuration.request)
    case .simulated(let settings):
      return SimulatedSummarizer(configuration.request, settings: settings, poller: poller)
    case .language:
      guard let settings = configuration.languageModelSettings else {
        preconditionFailure("a language model without its settings")
      }
      // A run that only shows a request calls nothing, and needs nothing to call with.
      if configuration.languageModel.isDryRun { return ExtractiveSummarizer(configuration.request) }
      let transport = try HTTPTransport(poller: poller, maximumConnections: configuration.jobs)
      return LanguageModel(
        settings, configuration.request, wallClock: secondsSince1970, notice: { messages.tell($0) },
        send: { request throws(HTTPTransportError) in try await transport.send(request) })
    }
  }
}

extension Configuration {
  /// The model and, where it is behind a server, the address of that.
  var modelInWords: String {
    languageModelSettings.map { "\(modelName) at \($0.endpoint)" } ?? modelName
  }

  /// Each call has a connection: has no more of them in flight than descriptors are left by everything else.
  /// - Parameter raise: raises the limit on descriptors to what is wanted, and tells what it is then.
  mutating func fitDescriptors(raise: (_ wanted: Int) -> Int = DescriptorLimit.raise) {
    let others = 64
    let limit = raise(jobs + others)
    guard limit < jobs + others else { return }
    jobs = max(1, limit - others)
    descriptorLimit = limit
  }

  /// What is to be known before a run begins, and keeps nobody from it.
  var warnings: [String] {
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
