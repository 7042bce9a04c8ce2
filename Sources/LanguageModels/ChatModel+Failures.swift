import HTTPClient
import Summarization

extension ChatModel {
  /// The failure that a response with an error means, with what to do about it.
  func failure(
    _ body: ErrorBody, status: Int, _ response: HTTPResponse, to article: Article, _ now: Double
  ) -> ArticleError {
    let code = body.code(status: status, to: article)
    let said = secrets.oneLine(body.message, atMost: 300).withoutFullStop
    // A status that was good already says nothing of what came after it.
    let isLate = (200..<300).contains(response.status) && body.status == nil
    var message = isLate ? "the server failed in the middle of its reply" : "the server answers \(status)"
    if !said.isEmpty { message += ": \(said)" }
    if let advice = advice(code, status, response) { message += "; \(advice)" }
    return ArticleError(
      code, message, status: response.status, retryAfter: RetryAfter.delay(response.headers, now: now))
  }

  private func advice(_ code: ArticleError.Code, _ status: Int, _ response: HTTPResponse) -> String? {
    switch code {
    case .unauthorized:
      let sources = "\(settings.provider.keyVariable) or --key-file"
      return settings.key == nil ? "give a key with \(sources)" : "check the key in \(sources)"
    case .quota: return "see the account's billing and limits"
    case .tooLong: return Self.longerContext(settings)
    case .notFound where (300..<400).contains(status):
      let target = response.headers["location"].flatMap { secrets.masked(message: $0) == $0 ? $0 : nil }
      let place = target.flatMap { try? Endpoint(parsing: $0) }
      return "redirects are not followed; give the address itself with --base-url"
        + (place.map { " (it leads to \($0.scheme)://\($0.authority))" } ?? "")
    case .notFound where settings.provider == .ollama:
      return "get the model with 'ollama pull \(settings.model)', or check the address \(settings.endpoint)"
    case .notFound: return "check the model's name, '\(settings.model)', and the address \(settings.endpoint)"
    case .forbidden: return "check what the key may do"
    default: return nil
    }
  }

  /// What a call that got no response means. The transport's words name the server.
  func failure(_ error: HTTPClientError) -> ArticleError {
    let said = secrets.oneLine(error.message, atMost: 300)
    switch error.kind {
    case .nameNotResolved: return ArticleError(.unreachable, "\(said); check the address", evidence: .noSuchServer)
    case .connectionRefused:
      return ArticleError(
        .unreachable, "\(said); \(settings.provider.startAdvice)",
        evidence: settings.endpoint.isThisHost ? .noSuchServer : .nobodyThere)
    case .proxyUnreachable:
      return ArticleError(
        .unreachable, "\(said); check http_proxy, https_proxy and all_proxy", evidence: .nobodyThere)
    case .untrusted:
      return ArticleError(.unreachable, said, evidence: .untrusted)
    case .tooLarge: return ArticleError(.badReply, said)
    case .invalidURL: return ArticleError(.notFound, "\(said); check the address")
    case .cancelled: return ArticleError(.interrupted, "given up when the run stopped")
    case .connectionLost: return ArticleError(.unreachable, said, lostConnection: error.connection)
    default: return ArticleError(.unreachable, said)
    }
  }
}

extension LanguageModelProvider {
  fileprivate var startAdvice: String {
    self == .ollama ? "start it with 'ollama serve', or check OLLAMA_HOST" : "start the server, or check --base-url"
  }
}
