import Basics
import JSONLines

/// The language of a server: what its requests and replies look like.
public enum LanguageModelProvider: String, Sendable, CaseIterable {
  case openAI = "openai"
  case anthropic
  case ollama

  /// The variables that hold a key and an address.
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

  /// Whether calls to its default address need a key.
  public var needsKey: Bool { self != .ollama }

  /// Reads an address of a server; nil for the provider's own.
  ///
  /// Of an OpenAI server without a path `/v1` is meant, as all of them have it.
  public func endpoint(at address: String?) throws(Endpoint.ParseError) -> Endpoint {
    var endpoint =
      self == .ollama
      ? try Endpoint(parsingOllamaHost: address ?? defaultAddress) : try Endpoint(parsing: address ?? defaultAddress)
    if self == .openAI, endpoint.path.isEmpty { endpoint.path = "/v1" }
    return endpoint
  }
}

/// Which model is asked, where, and how: the same for every article of a run.
public struct LanguageModelSettings: Sendable {
  public var provider: LanguageModelProvider
  /// The name of the model, as its server knows it.
  public var model: String
  public var endpoint: Endpoint
  /// Who can read what goes to the server, in words for people; nil where nobody between can.
  package var readingProxy: String?
  public var key: APIKey?
  /// Headers that take the place of ours.
  public var headers: [RequestHeader] = []
  /// Fields of the request that take the place of ours; the values are JSON.
  public var options: [(name: String, json: [UInt8])] = []
  /// Instructions in place of ours.
  public var prompt: String?
  /// The language of the results; nil for that of each article.
  public var language: String?
  /// nil leaves it to the server.
  public var temperature: Double?
  /// The most tokens of a reply, a model's thoughts included.
  public var maximumTokens = LanguageModelSettings.defaultMaximumTokens

  /// Enough for a summary with some thought before it, little enough for a reply that runs away.
  public static let defaultMaximumTokens = 2048

  public init(provider: LanguageModelProvider, model: String, endpoint: Endpoint) {
    self.provider = provider
    self.model = model
    self.endpoint = endpoint
  }

  /// Whether a header of the user's takes the place of a key.
  public var hasOwnAuthorization: Bool {
    headers.contains { ["authorization", "x-api-key", "api-key"].contains($0.name.lowercased()) && !$0.value.isEmpty }
  }

  /// Hides what must not be seen, wherever it comes from.
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
    /// As the end of a sentence that begins with the option.
    public let message: String
  }

  /// Reads `KEY=JSON`, a field of the request.
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
