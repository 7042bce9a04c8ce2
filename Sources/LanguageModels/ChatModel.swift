import Basics
import HTTPClient
import JSONLines
import Summarization

/// The part of a language model without calls: builds the request for an article and interprets the response. Pure.
struct ChatModel: Sendable {
  let settings: LanguageModelSettings
  let secrets: SecretMask
  let chat: any ChatProtocol
  let advise: @Sendable (LanguageModelAdvice) -> String
  private let context: ChatContext

  init(
    _ settings: LanguageModelSettings, _ request: SummaryRequest,
    advise: @escaping @Sendable (LanguageModelAdvice) -> String
  ) {
    self.advise = advise
    self.settings = settings
    secrets = settings.secretMask
    context = ChatContext(settings, request)
    chat =
      switch settings.provider {
      case .openAI: OpenAIChat(context: context)
      case .anthropic: AnthropicMessages(context: context)
      case .ollama: OllamaChat(context: context)
      }
  }

  // MARK: Requests

  /// - Parameter correction: what was wrong with the previous reply.
  func request(for article: Article, _ shape: RequestShape = RequestShape(), correction: String? = nil) -> HTTPRequest {
    HTTPRequest(
      url: settings.endpoint.url(of: chat.resource), headers: headers.map { ($0.name, $0.value) },
      body: chat.body(for: article, shape, correction: correction).json)
  }

  private var headers: [RequestHeader] {
    var headers = [
      RequestHeader("Content-Type", "application/json"), RequestHeader("Accept", "application/json"),
      // Some gateways reject clients without a name.
      RequestHeader("User-Agent", "summarize"),
    ]
    if let userInfo = settings.endpoint.userInfo {
      let code = Base64.encode(PercentCoding.decode(userInfo))
      headers.append(RequestHeader("Authorization", "Basic " + code, isHidden: true))
    }
    return headers.replaced(by: chat.headers).replaced(by: settings.headers)
  }

  /// Returns the request for an article as text, with secrets masked. In the body they are masked within strings, so
  /// that it remains JSON.
  func shownRequest(for article: Article) -> String {
    var text = "POST \(settings.endpoint.description(of: chat.resource))\n"
    for header in headers { text += "\(header.name): \(header.shownValue)\n" }
    let body = String(decoding: secrets.masked(json: request(for: article).body), as: UTF8.self)
    return secrets.masked(message: text) + "\n" + body + "\n"
  }

  /// Returns the estimated input tokens of a call, and the reply limit that is sent as its output tokens.
  func estimatedTokens(for article: Article) -> TokenUsage {
    let input =
      TokenEstimate.tokens(context.prompt.instructions) + TokenEstimate.tokens(article.title ?? "")
      + TokenEstimate.tokens(article.content)
    let ownLimit = ownReplyLimitOption.flatMap { Int(String(decoding: $0.json, as: UTF8.self)) }
    return TokenUsage(input: input, output: ownLimit.flatMap { $0 > 0 ? $0 : nil } ?? settings.maximumTokens)
  }

  /// The name of the user-supplied field that replaces the default reply limit; nil if there is none.
  var ownReplyLimit: String? { ownReplyLimitOption?.name }

  /// Returns the limit of the reply that a request contains; nil if it has none.
  private func replyLimit(_ shape: RequestShape) -> Int? {
    if let own = ownReplyLimitOption { return Int(String(decoding: own.json, as: UTF8.self)) }
    let features = chat.features.subtracting(shape.without)
    let isAlwaysSent = settings.provider == .anthropic
    guard isAlwaysSent || !features.isDisjoint(with: [.maxTokens, .maxCompletionTokens]) else { return nil }
    return shape.maximumTokens ?? settings.maximumTokens
  }

  private var ownReplyLimitOption: (name: String, json: [UInt8])? {
    settings.options.last { ["max_tokens", "max_completion_tokens", "num_predict"].contains($0.name) }
  }

  // MARK: Replies

  /// - Parameters:
  ///   - shape: the shape of the request.
  ///   - now: seconds since 1970.
  func result(
    of response: HTTPResponse, to article: Article, _ shape: RequestShape = RequestShape(), now: Double
  ) -> Result<Summary, ArticleError> {
    let result = interpret(response, to: article, shape, now: now)
    let limits = RateLimitHeaders.status(response.headers, now: now)
    switch result {
    case .success(var summary):
      summary.rateLimits = limits
      return .success(summary)
    case .failure(var error):
      error.status = response.status
      if error.code == .serverError, [503, 529].contains(response.status) { error.evidence = .shedLoad }
      error.rateLimits = limits
      return .failure(error)
    }
  }

  private func interpret(
    _ response: HTTPResponse, to article: Article, _ shape: RequestShape, now: Double
  ) -> Result<Summary, ArticleError> {
    let (reply, error) = read(response)
    if let error { return .failure(failure(error, response, to: article, now)) }
    guard let reply, reply.kind == .object else { return .failure(unusable(response.body, isJSON: reply != nil)) }
    var answer = chat.answer(in: reply, to: article)
    if let limit = replyLimit(shape), answer.endedWithContext(before: limit) { answer.ending = .contextFull }
    if case .error(let error) = answer.ending { return .failure(failure(error, response, to: article, now)) }
    return summary(of: answer)
  }

  /// Returns the error in a response: the body of a failure status, or an error body behind a success status.
  func error(in response: HTTPResponse) -> ServerErrorBody? { read(response).error }

  /// Returns the reply or the error in a response; neither if the response is something else.
  private func read(_ response: HTTPResponse) -> (reply: JSONValue?, error: ServerErrorBody?) {
    guard (200..<300).contains(response.status) else { return (nil, ServerErrorBody(response)) }
    if let reply = LenientJSON.value(response.body) { return (reply, error(in: reply)) }
    if let stream = StreamedReply(response.body, { chat.add($0, to: &$1) }) {
      if let error = stream.error { return (nil, error) }
      if let whole = chat.whole(stream) { return (whole, nil) }
    }
    if let reply = LenientJSON.leadingObject(response.body) { return (reply, error(in: reply)) }
    // A network, such as a CDN, may have answered in place of the server.
    let page = ServerErrorBody(
      HTTPResponse(status: response.status, headers: response.headers, body: Array(response.body.prefix(65_536))))
    let isMeant =
      (page.isPage || page.message.isEmpty) && ErrorMeaningRow.matching(page, status: response.status) != nil
    return (nil, isMeant ? page : nil)
  }

  /// Returns the error in a reply with a success status.
  private func error(in reply: JSONValue) -> ServerErrorBody? {
    if reply.kind == .array {
      let error = reply.elements?.first?["error"]
      return error?.saysSomething == true ? ServerErrorBody(reply) : nil
    }
    if reply["error"]?.saysSomething == true { return ServerErrorBody(reply) }
    // MiniMax sends this field in every reply; 0 means no error.
    if let code = reply["base_resp"]?["status_code"]?.integer, code != 0 { return ServerErrorBody(reply) }
    // Some gateways pass on an upstream failure with a success status.
    guard reply.kind == .object,
      !["choices", "content", "message", "done"].contains(where: { reply[$0]?.isAnswer == true })
    else { return nil }
    let error = ServerErrorBody(reply)
    if reply["success"]?.kind == .false || reply["error"]?.kind == .true { return error }
    if error.message.isEmpty { return nil }
    let isMeant = !error.codes.isEmpty || error.status != nil || ErrorMeaningRow.matching(error, status: 200) != nil
    return isMeant ? error : nil
  }

  /// Returns the failure for a body that is not a JSON object.
  private func unusable(_ body: [UInt8], isJSON: Bool) -> ArticleError {
    if StreamedReply.isEmpty(body) { return ArticleError(.badReply, "the reply is empty", evidence: .emptyReply) }
    if isJSON { return ArticleError(.badReply, "the reply is not a JSON object") }
    if body.starts(with: [0x1F, 0x8B]) {
      return ArticleError(.badReply, "the reply is compressed by gzip, and no Content-Encoding says so")
    }
    let said = ServerErrorBody(Array(body.prefix(65_537)))
    let message = "the reply is not JSON: " + secrets.oneLine(said.message, atMost: 100, wasCut: said.isCut)
    return ArticleError(.badReply, said.isPage ? "\(message); \(advise(.checkAddress))" : message)
  }

  private func summary(of answer: ChatAnswer) -> Result<Summary, ArticleError> {
    func failure(_ code: ArticleError.Code, _ message: String) -> Result<Summary, ArticleError> {
      .failure(ArticleError(code, message, usage: answer.usage))
    }
    switch answer.ending {
    case .complete:
      let isEmpty = [answer.text, answer.thoughts].allSatisfy { $0?.trimmed().isEmpty ?? true }
      // The reason for an empty reply with an unknown finish reason is not known, but it is not an overloaded server.
      if isEmpty, let word = answer.endingWord, ChatAnswer.ReplyEnding.isUnknown(word) {
        return failure(.refused, secrets.oneLine("the server ended the reply with '\(word)'", atMost: 100))
      }
    case .error: break
    case .truncated: return failure(.truncated, truncation(of: answer))
    case .contextFull:
      return failure(.tooLong, "the article is longer than the model takes; \(advise(.widenContext))")
    case .refused(let words):
      let said = secrets.oneLine(words ?? "", atMost: 300)
      return failure(.refused, said.isEmpty ? "the model refused, or a filter stopped it" : "refused: \(said)")
    case .broken(let what): return failure(.badReply, secrets.oneLine("the reply \(what)", atMost: 300))
    case .callsTool: break
    case .empty(let what):
      return .failure(ArticleError(.badReply, "the reply \(what)", evidence: .emptyReply, usage: answer.usage))
    case .failed: return failure(.serverError, "the server failed in the middle of its reply")
    }
    return checked(answer)
  }

  /// Returns the message for a reply that was cut off: where thoughts have left nothing for the answer, a higher limit
  /// is not the only help.
  private func truncation(of answer: ChatAnswer) -> String {
    let limit = ownReplyLimit == nil ? "\(settings.maximumTokens) tokens" : "its limit of tokens"
    let text = answer.text ?? ""
    if text.trimmed().isEmpty, answer.hasThoughts || answer.thoughtTokens > 0 {
      return
        "the model's thoughts were cut off at \(limit), before any answer; \(advise(.thinkLess(field: ownReplyLimit)))"
    }
    let place = text.contains("{") ? "" : ", before the answer began"
    return "the reply was cut off at \(limit)\(place) (a model's thoughts count); "
      + advise(.raiseReplyLimit(field: ownReplyLimit))
  }

  private func checked(_ answer: ChatAnswer) -> Result<Summary, ArticleError> {
    let text = answer.text ?? ""
    let isEmpty = text.trimmed().isEmpty
    let hasThoughts = answer.hasThoughts
    do throws(ReplyMismatch) {
      // Some servers report the answer as thoughts.
      return .success(try checked(isEmpty && hasThoughts ? answer.thoughts ?? "" : text, answer.usage))
    } catch {
      // A gateway that makes a tool of the schema has the answer in a call of it. Several calls must agree.
      if !answer.toolCalls.isEmpty {
        if let summary = try? checked(answer.toolCalls.joined(separator: "\n"), answer.usage) {
          return .success(summary)
        }
      }
      if answer.ending == .callsTool || isEmpty && !answer.toolCalls.isEmpty {
        var failure = ArticleError(.badReply, "the reply calls a tool", usage: answer.usage)
        failure.correction = "called a tool, and there are none"
        return .failure(failure)
      }
      var failure = ArticleError(.badReply, "", usage: answer.usage)
      failure.correction = error.correction
      if isEmpty && hasThoughts {
        failure.message = "the reply has thoughts and no answer; \(advise(.thinkLess(field: ownReplyLimit)))"
      } else if isEmpty {
        failure.message = "the reply is empty"
        failure.correction = nil
        failure.evidence = .emptyReply
      } else {
        let what = secrets.oneLine("the reply \(error.what)", atMost: 100)
        failure.message = "\(what); it begins \"\(secrets.oneLine(text, atMost: 80))\""
        if !text.contains("{") || hasThoughts || text.mentions(["think", "<|"]) {
          failure.message += "; if the model thinks, \(advise(.thinkLess(field: ownReplyLimit)))"
        }
      }
      return .failure(failure)
    }
  }

  /// Returns the summary in a text, with secrets masked.
  private func checked(_ text: String, _ usage: TokenUsage?) throws(ReplyMismatch) -> Summary {
    var summary = try context.schema.check(text)
    summary.summary = summary.summary.map { secrets.masked(result: $0) }
    summary.keywords = summary.keywords?.map { secrets.masked(result: $0) }
    summary.usage = usage
    return summary
  }
}

extension JSONValue {
  /// Whether a field can be part of an answer. A string under one of these names belongs to an error.
  fileprivate var isAnswer: Bool { kind != .string }
}
