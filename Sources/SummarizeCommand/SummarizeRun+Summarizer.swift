import Articles
import CommandLine
import CommandSummarizer
import ExtractiveSummarizer
import HTTPClient
import LanguageModels
import Pipeline
import Reporting
import SimulatedSummarizer
import Summarization
import SystemIO

extension SummarizeRun {
  /// Returns the summarizer that a configuration names.
  static func summarizer(
    for configuration: RunConfiguration, _ poller: EventPoller, _ messages: MessageConsole
  ) throws(StartFailure) -> any Summarizer {
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
      let transport: HTTPClient
      do throws(HTTPClientUnavailable) {
        transport = try HTTPClient(poller: poller, maximumConnections: configuration.jobs)
      } catch {
        throw .unavailable(error.message)
      }
      let adviser = LanguageModelAdviser(settings: settings)
      return LanguageModel(
        settings, configuration.request, wallClock: secondsSince1970, advise: adviser.words(for:),
        notice: { messages.tell($0) },
        send: { request throws(HTTPClientError) in try await transport.send(request) })
    case .command(let kind, let command):
      return try summarizer(kind, command, configuration)
    }
  }

  private static func summarizer(
    _ kind: RunConfiguration.CommandKind, _ command: ExternalCommand, _ configuration: RunConfiguration
  ) throws(StartFailure) -> any Summarizer {
    let program: ChildProgram
    do throws(SystemError) {
      program = ChildProgram(path: try ChildProgram.find(command.words[0]), arguments: command.words)
    } catch {
      throw .unavailable("cannot run \(command.name): \(error); \(kind.rawValue): takes a command and its arguments")
    }
    let secrets = SecretMask(command.secrets(environment: environmentVariables()))
    var settings = CommandSettings(
      command, configuration.request, advise: { $0.words }, shown: { secrets.oneLine($0, atMost: $1) })
    settings.idField = configuration.fields.id
    settings.longestAnswer = configuration.longestLine
    settings.timeout = configuration.calls.timeout
    settings.startTimeout = configuration.startTimeout
    prepareForChildren()
    do throws(SystemError) {
      let poller = try EventPoller(spacesWakes: false)
      switch kind {
      case .exec: return ExecSummarizer(settings, program: program, poller: poller)
      case .coprocess: return CoprocessSummarizer(settings, program: program, poller: poller)
      }
    } catch {
      throw .system(error)
    }
  }
}
