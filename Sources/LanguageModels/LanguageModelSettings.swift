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
  public var key: APIKey?
  /// Headers that take the place of ours.
  public var headers: [Header] = []
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
  /// For an attempt, from its connection to the last byte of its reply.
  public var timeout: Duration = .seconds(300)

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

  /// What must not be seen, wherever it comes from.
  var secrets: Secrets {
    var secrets = key.map { [$0.text] } ?? []
    if let userInfo = endpoint.userInfo {
      secrets.append(userInfo)
      if let colon = userInfo.firstIndex(of: ":") {
        let password = String(userInfo[userInfo.index(after: colon)...])
        secrets += [password, String(decoding: percentDecoded(password), as: UTF8.self)]
      }
      secrets.append(base64(percentDecoded(userInfo)))
    }
    for parameter in endpoint.query.dropFirst().split(separator: "&") {
      let parts = parameter.split(separator: "=", maxSplits: 1)
      if parts.count == 2, String(parts[0]).mentions(["key", "token", "secret", "sig", "pass"]) {
        secrets.append(String(parts[1]))
      }
    }
    for header in headers where header.isSecret {
      secrets.append(header.value)
      // Of "Bearer sk-…" the key alone, too.
      secrets += header.value.split(separator: " ").dropFirst().map(String.init)
    }
    return Secrets(secrets)
  }
}
