import Basics
import JSONLines

/// The API of a server, which determines the form of its requests and replies.
public enum LanguageModelProvider: String, Sendable, CaseIterable {
  case openAI = "openai"
  case anthropic
  case ollama

  /// The environment variable for the key.
  public var keyVariable: String {
    switch self {
    case .openAI: "OPENAI_API_KEY"
    case .anthropic: "ANTHROPIC_API_KEY"
    case .ollama: "OLLAMA_API_KEY"
    }
  }

  public var addressVariable: String {
    switch self {
    case .openAI: "OPENAI_BASE_URL"
    case .anthropic: "ANTHROPIC_BASE_URL"
    case .ollama: "OLLAMA_HOST"
    }
  }

  var defaultAddress: String {
    switch self {
    case .openAI: "https://api.openai.com/v1"
    case .anthropic: "https://api.anthropic.com"
    case .ollama: "http://127.0.0.1:11434"
    }
  }

  /// Whether calls to the default address need a key.
  public var needsKey: Bool { self != .ollama }

  /// Parses the address of a server; nil stands for the provider's default address.
  ///
  /// An OpenAI address without a path gets the path `/v1`, which all such servers have.
  public func endpoint(at address: String?) throws(EndpointError) -> ServerEndpoint {
    var endpoint =
      self == .ollama
      ? try ServerEndpoint(parsingOllamaHost: address ?? defaultAddress)
      : try ServerEndpoint(parsing: address ?? defaultAddress)
    if self == .openAI, endpoint.path.isEmpty { endpoint.path = "/v1" }
    return endpoint
  }
}

/// The settings of calls to a language model, the same for every article of a run.
public struct LanguageModelSettings: Sendable {
  public var provider: LanguageModelProvider
  /// The name of the model on its server.
  public var model: String
  public var endpoint: ServerEndpoint
  /// A description, for messages, of the proxy that can read requests; nil if there is none.
  package var readingProxy: String?
  public var key: APIKey?
  /// The user-supplied headers, which replace default headers of the same name.
  public var headers: [RequestHeader] = []
  /// The user-supplied fields of the request, as JSON, which replace default fields of the same name.
  public var options: [(name: String, json: [UInt8])] = []
  /// The instructions that replace the default ones.
  public var prompt: String?
  /// The language of the results; nil for the language of each article.
  public var language: String?
  /// The sampling temperature; nil for the server's default.
  public var temperature: Double?
  /// The maximum number of tokens in a reply, including the model's thoughts.
  public var maximumTokens = LanguageModelSettings.defaultMaximumTokens

  /// The default reply limit: enough for a summary with some thoughts before it, but small enough to stop a runaway
  /// reply.
  public static let defaultMaximumTokens = 2048

  public init(provider: LanguageModelProvider, model: String, endpoint: ServerEndpoint) {
    self.provider = provider
    self.model = model
    self.endpoint = endpoint
  }

  /// Whether a user-supplied header replaces the key.
  public var hasOwnAuthorization: Bool {
    headers.contains { ["authorization", "x-api-key", "api-key"].contains($0.name.lowercased()) && !$0.value.isEmpty }
  }

  /// The mask for all secrets in the settings: in the key, the base URL and the headers.
  var secretMask: SecretMask {
    var secrets = key.map { [$0.text] } ?? []
    var hidden: [String] = []
    if let userInfo = endpoint.userInfo {
      let pair = String(decoding: PercentCoding.decode(userInfo), as: UTF8.self)
      secrets += RequestHeader.secretParts(ofUser: pair) + [Base64.encode(Array(pair.utf8))]
    }
    for parameter in endpoint.query.dropFirst().split(separator: "&") {
      let parts = parameter.split(separator: "=", maxSplits: 1)
      guard let value = parts.last else { continue }
      let text = String(decoding: PercentCoding.decode(value), as: UTF8.self)
      if parts.count == 2, String(parts[0]).mentions(["key", "token", "secret", "sig", "pass"]) {
        secrets.append(text)
      } else {
        hidden.append(text)
      }
    }
    for header in headers {
      if header.isCredential { secrets += header.secretParts } else { hidden += header.secretParts }
    }
    return SecretMask(secrets, inMessages: hidden)
  }
}

extension LanguageModelSettings {
  public struct OptionError: Error, Equatable {
    /// The end of a sentence that begins with the option.
    public let message: String
  }

  /// Parses a field of the request, `KEY=JSON`.
  public static func option(parsing text: String) throws(OptionError) -> (name: String, json: [UInt8]) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { throw OptionError(message: "is not of the form KEY=JSON") }
    let name = String(parts[0])
    if name == "messages" { throw OptionError(message: "cannot be set: it holds the article") }
    let value: JSONValue
    do throws(RecordError) {
      value = try JSONValue(scanning: Array(parts[1].utf8))
    } catch {
      throw OptionError(
        message: "has a value that is no JSON (\(error.reason)); write a string with its quotes, as in "
          + #"'\#(name)="\#(parts[1].prefix(20))"'"#)
    }
    if name == "stream", value.kind == .true {
      throw OptionError(message: "cannot be true: replies are read whole")
    }
    return (name, value.bytes)
  }
}
