import HTTPClient
import Summarization

/// The meaning of a response for its request.
enum ChatVerdict {
  /// The server accepted the request, with this result.
  case taken(Result<Summary, ArticleError>)
  /// The call failed, and another shape of the request would not help.
  case failed(ArticleError)
  /// The server rejects a part of the request. The request is to be repeated in this shape; otherwise the failure
  /// stands.
  case refused(RequestShape, ArticleError)
  /// The server refuses the request, and the error does not identify a part that was sent.
  case unclear(ArticleError)
}

extension ChatModel {
  /// - Parameters:
  ///   - shape: the shape of the request.
  ///   - hasLowered: whether the reply limit has already been lowered for this article.
  ///   - now: seconds since 1970.
  func verdict(
    on response: HTTPResponse, to article: Article, _ shape: RequestShape, hasLowered: Bool = false, now: Double
  ) -> ChatVerdict {
    let result = result(of: response, to: article, shape, now: now)
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
      // The limit is lowered only once: a server that refuses the lower limit as well means something else.
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

  /// Words that mark an error with status 500 as a complaint about the request.
  private static let requestWords = [
    "template", "jinja", " roles", "schema", "grammar", "structured", "response format",
  ]

  /// Returns the features to leave out, in one trial after another, after an unclear refusal.
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

  /// The statuses that gateways use for whatever another server answered.
  private static let vagueStatuses = [400, 500, 502]
  /// The statuses in a body that say more than those. The others leave open whether the request is at fault.
  private static let clearStatuses = [401, 402, 403, 404, 408, 413, 429, 502, 503, 504, 529]

  /// Returns the status that classifies an error: that of the response or, behind a success status or a vague one, the
  /// one in the body.
  private func status(of body: ServerErrorBody, _ response: HTTPResponse) -> Int {
    guard let inner = body.status else { return response.status }
    if (200..<300).contains(response.status) { return inner }
    let isClearer = Self.vagueStatuses.contains(response.status) && Self.clearStatuses.contains(inner)
    return isClearer && !body.statusIsQuoted ? inner : response.status
  }

  /// Returns the failure for an error response, with advice.
  func failure(
    _ body: ServerErrorBody, _ response: HTTPResponse, to article: Article, _ now: Double
  ) -> ArticleError {
    let status = status(of: body, response)
    let row = ErrorMeaningRow.matching(body, status: status, to: article)
    let code: ArticleError.Code =
      switch row?.meaning {
      case .failure(let code)?: code
      case nil: (200..<300).contains(status) ? .serverError : ArticleError.Code(status: status)
      // For rejected features and limits, only the status is left to classify the failure.
      default: (200..<300).contains(status) ? .badRequest : ArticleError.Code(status: status)
      }
    var error = ArticleError(
      code, message(code, body, status: status, response, isKnown: row != nil, advice: row?.advice),
      status: response.status,
      retryAfter: RetryAfter.delay(response.headers, body, now: now))
    error.isFinal = code != .rateLimited && response.headers["x-should-retry"]?.lowercased() == "false"
    if code == .badReply { error.correction = "was not valid JSON of that form" }
    return error
  }

  /// - Parameter isKnown: whether the table knows the error. The message of an unknown error is quoted up to 2000
  ///   characters, unless it is longer than 2000 bytes; all others are cut at 300 characters.
  private func message(
    _ code: ArticleError.Code, _ body: ServerErrorBody, status: Int, _ response: HTTPResponse, isKnown: Bool = true,
    advice: LanguageModelAdvice? = nil
  ) -> String {
    let isShort = body.message.utf8.count <= 2000
    let said = secrets.oneLine(body.message, atMost: isKnown || !isShort ? 300 : 2000, wasCut: body.isCut)
      .withoutFullStop
    // A success status, which was sent first, says nothing about the failure that followed.
    let shown = (200..<300).contains(response.status) ? status : response.status
    var message =
      !(200..<300).contains(shown)
      ? "the server answers \(shown)"
      : code == .serverError ? "the server failed in the middle of its reply" : "the server answers with an error"
    if !said.isEmpty { message += ": \(said)" }
    if let advice = advice ?? self.advice(code, status, response, isKnown: isKnown) { message += "; \(advise(advice))" }
    return message
  }

  private func advice(
    _ code: ArticleError.Code, _ status: Int, _ response: HTTPResponse, isKnown: Bool
  ) -> LanguageModelAdvice? {
    switch code {
    case .unauthorized: return settings.key == nil ? .giveKey : .checkKey
    case .quota: return .seeBilling
    // Without words of a model's server, the body is too large for it or for a proxy before it.
    case .tooLong where status == 413 && !isKnown: return .shorten
    case .tooLong: return .widenContext
    case .notFound where (300..<400).contains(status):
      let target = response.headers["location"].flatMap { secrets.masked(message: $0) == $0 ? $0 : nil }
      let place = target.flatMap { try? ServerEndpoint(parsing: $0) }
      return .useAddress(place.map { "\($0.scheme)://\($0.authority)" })
    case .notFound: return .checkModel
    case .forbidden: return .checkPermission
    default: return nil
    }
  }

  /// Returns the failure for a call without a response. The transport's message names the server.
  func failure(_ error: HTTPClientError) -> ArticleError {
    let said = secrets.oneLine(error.message, atMost: 300)
    func unreachable(_ advice: LanguageModelAdvice, _ evidence: ArticleError.FailureEvidence) -> ArticleError {
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
    case .cancelled: return .givenUp
    case .connectionLost: return ArticleError(.unreachable, said, lostConnection: error.connection)
    default: return ArticleError(.unreachable, said)
    }
  }
}

/// Advice on a failure. The owner of the options supplies the wording.
public enum LanguageModelAdvice: Sendable, Equatable {
  case giveKey
  case checkKey
  case checkPermission
  case seeBilling
  /// The article does not fit into the model's context.
  case widenContext
  /// The request is larger than the server, or a proxy before it, accepts.
  case shorten
  case checkModel
  /// The server redirects to this scheme and host; nil if the address is missing, invalid or contains a secret.
  case useAddress(String?)
  /// The address has http:// where the server expects https://.
  case useTLS
  case startServer
  case checkAddress
  case checkProxy
  case allowMoreTime
  /// - Parameter field: the user-supplied field that replaces the default reply limit; nil if there is none.
  case raiseReplyLimit(field: String?)
  case lowerReplyLimit(field: String?)
  /// For a model with thoughts: reduce them, or raise the reply limit.
  /// - Parameter field: the user-supplied field that replaces the default reply limit; nil if there is none.
  case thinkLess(field: String?)
  /// The server lacks the memory for the model.
  case useLessMemory
}
