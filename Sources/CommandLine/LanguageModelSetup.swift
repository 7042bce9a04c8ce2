import LanguageModels
import SystemIO

/// Makes the settings of a language model, which are the same for all articles, from options, files and the
/// environment.
struct LanguageModelSetup {
  let options: RunConfiguration.LanguageModelOptions
  let surroundings: ProgramSurroundings

  func settings(
    _ provider: LanguageModelProvider, model: String
  ) throws(UsageError) -> LanguageModelSettings {
    let address = options.baseURL ?? nonEmpty(provider.addressVariable)
    var settings = LanguageModelSettings(
      provider: provider, model: model, endpoint: try endpoint(of: provider, at: address))
    settings.key = try key(for: provider)
    settings.readingProxy = settings.endpoint.readingProxy(value: surroundings.variable)
    settings.headers = try headers()
    if provider.needsKey, address == nil, settings.key == nil, !settings.hasOwnAuthorization, !options.callsNothing {
      throw .languageModel(
        "\(provider.rawValue) needs a key: set \(provider.keyVariable), or give --key-file FILE; a server of your own, "
          + "--base-url URL")
    }
    for field in options.fields {
      do throws(LanguageModelSettings.OptionError) {
        settings.options.append(try LanguageModelSettings.option(parsing: field))
      } catch {
        throw .languageModel("--option \(field.split(separator: "=").first ?? "") \(error.message)")
      }
    }
    settings.prompt = try options.prompt.map { source throws(UsageError) in try text(source, of: "--prompt") }
    settings.language = options.language
    settings.temperature = options.temperature
    settings.maximumTokens = options.maximumTokens
    return settings
  }

  private func nonEmpty(_ name: String) -> String? {
    surroundings.variable(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Parses an address. An error quotes no more of it than a bad port: the rest may contain a password.
  private func endpoint(of provider: LanguageModelProvider, at address: String?) throws(UsageError) -> ServerEndpoint {
    do throws(EndpointError) {
      return try provider.endpoint(at: address)
    } catch {
      let source = options.baseURL == nil ? provider.addressVariable : "--base-url"
      throw .languageModel(source + (error.message.hasPrefix(":") ? "" : " ") + error.message)
    }
  }

  private func key(for provider: LanguageModelProvider) throws(UsageError) -> APIKey? {
    let source = options.keyFile.map { "--key-file \($0)" } ?? provider.keyVariable
    let text: String
    if let file = options.keyFile {
      text = try read(file, for: "--key-file")
    } else if let value = nonEmpty(provider.keyVariable) {
      text = value
    } else {
      return nil
    }
    do throws(APIKeyError) {
      return try APIKey(parsing: text)
    } catch {
      throw .languageModel("\(source) \(error.message)")
    }
  }

  private func headers() throws(UsageError) -> [RequestHeader] {
    var headers: [RequestHeader] = []
    for source in options.headers {
      let lines = try text(source, of: "--header")
      do throws(RequestHeaderError) {
        if case .text = source {
          headers.append(try RequestHeader(parsing: lines))
        } else {
          headers += try RequestHeader.parse(file: lines)
        }
      } catch {
        throw .languageModel("--header \(error.message)")
      }
    }
    return headers
  }

  private func text(_ source: TextSource, of option: String) throws(UsageError) -> String {
    switch source {
    case .text(let text): text
    case .file(let path): try read(path, for: option)
    }
  }

  private func read(_ path: String, for option: String) throws(UsageError) -> String {
    do throws(SystemError) {
      return String(decoding: try surroundings.contents(path), as: UTF8.self)
    } catch {
      throw .languageModel("\(option): cannot read \(path): \(error)")
    }
  }
}
