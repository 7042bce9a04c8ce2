import CommandLine
import ExtractiveSummarizer
import HTTPClient
import LanguageModels
import Reporting
import SimulatedSummarizer
import Summarization
import SystemIO

extension Run {
  /// Returns the summarizer that a configuration names.
  static func summarizer(
    for configuration: Configuration, _ poller: Poller, _ messages: Console
  ) throws(HTTPClientUnavailable) -> any Summarizer {
    switch configuration.model {
    case .extractive: return ExtractiveSummarizer(configuration.request)
    case .simulated(let settings):
      return SimulatedSummarizer(configuration.request, settings: settings, poller: poller)
    case .language:
      guard let settings = configuration.languageModelSettings else {
        preconditionFailure("a language model without its settings")
      }
      // A run without calls needs no HTTP client. Its summarizer is never used.
      if configuration.isDryRun || configuration.isEstimate { return ExtractiveSummarizer(configuration.request) }
      let transport = try HTTPClient(poller: poller, maximumConnections: configuration.jobs)
      let adviser = LanguageModelAdviser(settings: settings)
      return LanguageModel(
        settings, configuration.request, wallClock: secondsSince1970, advise: adviser.words(for:),
        notice: { messages.tell($0) },
        send: { request throws(HTTPClientError) in try await transport.send(request) })
    }
  }
}
