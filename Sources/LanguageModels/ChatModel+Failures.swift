import HTTPClient
import Summarization

/// What a response means for the request that it answers.
enum ChatVerdict {
  /// The server has taken the request, and this is what came of it.
  case taken(Result<Summary, ArticleError>)
  /// The call failed, whatever the request looked like.
  case failed(ArticleError)
  /// The server does not take a part of the request, which is to be made again in another shape; else the failure stands.
  case refused(RequestShape, ArticleError)
  /// The server refuses the request in words that are not known.
  case unclear(ArticleError)
}

extension ChatModel {
  /// - Parameters:
  ///   - shape: what the request looked like.
  ///   - hasLowered: whether the limit of the reply was lowered for this article already.
  ///   - now: seconds since 1970.
  func verdict(
    on response: HTTPResponse, to article: Article, _ shape: RequestShape, hasLowered: Bool = false, now: Double
  ) -> ChatVerdict {
    let result = result(of: response, to: article, now: now)
    guard case .failure(var error) = result, let body = self.error(in: response) else { return .taken(result) }
    let status = status(of: body, response)
    let sent = chat.sent(chat.features.subtracting(shape.without))
    switch ErrorMeaning(body, status: status, to: article) {
    case .refuses(let features):
      let refused = features.intersection(sent)
      return refused.isEmpty ? .unclear(error) : .refused(RequestShape(without: refused), error)
    case .replyLimitTooHigh:
      let current = shape.maximumTokens ?? settings.maximumTokens
      guard let next = ReplyLimitRefusal(body.message, current: current).next(after: current) else {
        error.code = .tooLong
        error.message = message(.tooLong, body, status: status, response, advice: .widenContext)
        return .failed(error)
      }
      // Once: a server that refuses the lower limit as well means something else.
      guard ownReplyLimit == nil, !hasLowered else {
        error.code = .badRequest
        error.message = message(
          .badRequest, body, status: status, response, advice: .lowerReplyLimit(field: ownReplyLimit))
        return .failed(error)
      }
      return .refused(RequestShape(maximumTokens: next), error)
    case .failure(.badRequest) where [400, 415, 422].contains(status): return .unclear(error)
    case .failure(.serverError) where status == 501: return .unclear(error)
    case .failure(.serverError) where status == 500 && body.everything.mentions(Self.requestWords):
      return .unclear(error)
    default: return .failed(error)
    }
  }

  /// Of what servers speak that fail, with status 500, over what a request asks for.
  private static let requestWords = [
    "template", "jinja", " roles", "schema", "grammar", "structured", "response format",
  ]

  /// What to leave out of a request, one after the other, that was refused in words that are not known.
  func trials(after shape: RequestShape) -> [RequestFeatures] {
    let rest = chat.features.subtracting(shape.without)
    let form = rest.intersection(.replyForm)
    let system = rest.intersection(.systemMessage)
    var trials: [RequestFeatures] = []
    for trial in [form, system, form.union(system), rest.intersection(.replyLimit)]
    where !trial.isEmpty && !trials.contains(trial) {
      trials.append(trial)
    }
    return trials
  }

  // MARK: Failures

  /// The status that a failure goes by: where a gateway says that all is well, the one in its body.
  private func status(of body: ServerErrorBody, _ response: HTTPResponse) -> Int {
    (200..<300).contains(response.status) ? body.status ?? response.status : response.status
  }

  /// The failure that a response with an error means, with what to do about it.
  func failure(
    _ body: ServerErrorBody, _ response: HTTPResponse, to article: Article, _ now: Double
  ) -> ArticleError {
    let status = status(of: body, response)
    let row = ErrorMeaningRow.matching(body, status: status, to: article)
    let code: ArticleError.Code =
      switch row?.meaning {
      case .failure(let code)?: code
      case nil: (200..<300).contains(status) ? .serverError : ArticleError.Code(status: status)
      // Of what it does not take only the status is left.
      default: (200..<300).contains(status) ? .badRequest : ArticleError.Code(status: status)
      }
    var error = ArticleError(
      code, message(code, body, status: status, response, isKnown: row != nil), status: response.status,
      retryAfter: RetryAfter.delay(response.headers, body, now: now))
    error.isFinal = code != .rateLimited && response.headers["x-should-retry"]?.lowercased() == "false"
    if code == .badReply { error.correction = "was not valid JSON of that form" }
    return error
  }

  /// - Parameter isKnown: whether the server's words are; else they are shown whole where they are not too many.
  private func message(
    _ code: ArticleError.Code, _ body: ServerErrorBody, status: Int, _ response: HTTPResponse, isKnown: Bool = true,
    advice: LanguageModelAdvice? = nil
  ) -> String {
    let isShort = body.message.utf8.count <= 2000
    let said = secrets.oneLine(body.message, atMost: isKnown || !isShort ? 300 : 2000).withoutFullStop
    // A status that was good already says nothing of what came after it.
    var message =
      !(200..<300).contains(status)
      ? "the server answers \(status)"
      : code == .serverError ? "the server failed in the middle of its reply" : "the server answers with an error"
    if !said.isEmpty { message += ": \(said)" }
    if let advice = advice ?? self.advice(code, status, response) { message += "; \(advise(advice))" }
    return message
  }

  private func advice(_ code: ArticleError.Code, _ status: Int, _ response: HTTPResponse) -> LanguageModelAdvice? {
    switch code {
    case .unauthorized: return settings.key == nil ? .giveKey : .checkKey
    case .quota: return .seeBilling
    case .tooLong: return .widenContext
    case .notFound where (300..<400).contains(status):
      let target = response.headers["location"].flatMap { secrets.masked(message: $0) == $0 ? $0 : nil }
      let place = target.flatMap { try? Endpoint(parsing: $0) }
      return .useAddress(place.map { "\($0.scheme)://\($0.authority)" })
    case .notFound: return .checkModel
    case .forbidden: return .checkPermission
    default: return nil
    }
  }

  /// What a call that got no response means. The transport's words name the server.
  func failure(_ error: HTTPClientError) -> ArticleError {
    let said = secrets.oneLine(error.message, atMost: 300)
    func unreachable(_ advice: LanguageModelAdvice, _ evidence: ArticleError.Evidence) -> ArticleError {
      ArticleError(.unreachable, "\(said); \(advise(advice))", evidence: evidence)
    }
    switch error.kind {
    case .nameNotResolved: return unreachable(.checkAddress, .noSuchServer)
    case .connectionRefused:
      return unreachable(.startServer, settings.endpoint.isThisHost ? .noSuchServer : .nobodyThere)
    case .proxyUnreachable: return unreachable(.checkProxy, .nobodyThere)
    case .untrusted: return ArticleError(.unreachable, said, evidence: .untrusted)
    case .tooLarge: return ArticleError(.badReply, said)
    case .invalidURL: return ArticleError(.notFound, "\(said); \(advise(.checkAddress))")
    case .cancelled: return ArticleError(.interrupted, "given up when the run stopped")
    case .connectionLost: return ArticleError(.unreachable, said, lostConnection: error.connection)
    default: return ArticleError(.unreachable, said)
    }
  }
}
