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

  /// Returns the request for an article as text, with secrets in the address and headers masked. The body is shown as
  /// it is.
  func shownRequest(for article: Article) -> String {
    var text = "POST \(settings.endpoint.description(of: chat.resource))\n"
    for header in headers { text += "\(header.name): \(header.shownValue)\n" }
    let body = String(decoding: request(for: article).body, as: UTF8.self)
    return secrets.masked(message: text) + "\n" + body + "\n"
  }

  /// Returns the estimated input tokens of a call, and the configured reply limit as its output tokens.
  func estimatedTokens(for article: Article) -> TokenUsage {
    let input =
      TokenEstimate.tokens(context.prompt.instructions) + TokenEstimate.tokens(article.title ?? "")
      + TokenEstimate.tokens(article.content)
    return TokenUsage(input: input, output: settings.maximumTokens)
  }

  /// The name of the user-supplied field that replaces the default reply limit; nil if there is none.
  var ownReplyLimit: String? {
    settings.options.last { ["max_tokens", "max_completion_tokens", "num_predict"].contains($0.name) }?.name
  }

  // MARK: Replies

  /// - Parameter now: seconds since 1970.
  func result(of response: HTTPResponse, to article: Article, now: Double) -> Result<Summary, ArticleError> {
    let result = interpret(response, to: article, now: now)
    let limits = RateLimitHeaders.status(response.headers, now: now)
    switch result {
    case .success(var summary):
      summary.rateLimits = limits
      return .success(summary)
    case .failure(var error):
      error.status = response.status
      error.rateLimits = limits
      return .failure(error)
    }
  }

  private func interpret(_ response: HTTPResponse, to article: Article, now: Double) -> Result<Summary, ArticleError> {
    let isGood = (200..<300).contains(response.status)
    let reply = isGood ? LenientJSON.value(response.body) : nil
    if let error = isGood ? error(in: response, reply) : ServerErrorBody(response.body) {
      return .failure(failure(error, response, to: article, now))
    }
    guard let reply, reply.kind == .object else { return .failure(unusable(response.body, isJSON: reply != nil)) }
    let answer = chat.answer(in: reply, to: article)
    if case .error(let error) = answer.ending { return .failure(failure(error, response, to: article, now)) }
    return summary(of: answer)
  }

  /// Returns the error in a response: the body of a failure status, or an error body behind a success status.
  func error(in response: HTTPResponse) -> ServerErrorBody? {
    guard (200..<300).contains(response.status) else { return ServerErrorBody(response.body) }
    return error(in: response, LenientJSON.value(response.body))
  }

  /// Returns the error in a response with a success status.
  private func error(in response: HTTPResponse, _ reply: JSONValue?) -> ServerErrorBody? {
    if let reply {
      if let error = reply["error"], error.saysSomething { return ServerErrorBody(reply) }
      // Some gateways pass on an upstream failure with a success status.
      guard reply.kind == .object,
        !["choices", "content", "message", "done"].contains(where: { reply[$0]?.isAnswer == true })
      else { return nil }
      let error = ServerErrorBody(reply)
      return error.codes.isEmpty && error.status == nil || error.message.isEmpty ? nil : error
    }
    // In a body of several lines, such as a stream, the last line may be an error.
    let lines = response.body.split(separator: UInt8(ascii: "\n"))
    if let line = lines.last(where: { $0.contains { !$0.isSpace } && !$0.elementsEqual("data: [DONE]".utf8) }) {
      let text = line.starts(with: "data:".utf8) ? line.dropFirst(5) : line
      if let value = LenientJSON.value(Array(text)), value["error"] != nil { return ServerErrorBody(value) }
    }
    let page = ServerErrorBody(Array(response.body.prefix(65_536)))
    return page.isPage && ErrorMeaningRow.matching(page, status: response.status) != nil ? page : nil
  }

  /// Returns the failure for a body that is not a JSON object.
  private func unusable(_ body: [UInt8], isJSON: Bool) -> ArticleError {
    if body.allSatisfy(\.isSpace) { return ArticleError(.badReply, "the reply is empty", evidence: .emptyReply) }
    if isJSON { return ArticleError(.badReply, "the reply is not a JSON object") }
    return ArticleError(
      .badReply,
      "the reply is not JSON: " + secrets.oneLine(ServerErrorBody(Array(body.prefix(65_536))).message, atMost: 100))
  }

  private func summary(of answer: ChatAnswer) -> Result<Summary, ArticleError> {
    func failure(_ code: ArticleError.Code, _ message: String) -> Result<Summary, ArticleError> {
      .failure(ArticleError(code, message, usage: answer.usage))
    }
    switch answer.ending {
    case .complete, .error: break
    case .truncated:
      let limit = ownReplyLimit == nil ? "\(settings.maximumTokens) tokens" : "its limit of tokens"
      return failure(
        .truncated,
        "the reply was cut off at \(limit) (a model's thoughts count); \(advise(.raiseReplyLimit(field: ownReplyLimit)))"
      )
    case .contextFull:
      return failure(.tooLong, "the article is longer than the model takes; \(advise(.widenContext))")
    case .refused(let words):
      let said = secrets.oneLine(words ?? "", atMost: 300)
      return failure(.refused, said.isEmpty ? "the model refused, or a filter stopped it" : "refused: \(said)")
    case .broken(let what): return failure(.badReply, "the reply \(what)")
    case .failed: return failure(.serverError, "the server failed in the middle of its reply")
    }
    return checked(answer)
  }

  private func checked(_ answer: ChatAnswer) -> Result<Summary, ArticleError> {
    let text = answer.text ?? ""
    let isEmpty = text.trimmed().isEmpty
    let hasThoughts = answer.thoughts?.unicodeScalars.contains(where: \.properties.isAlphabetic) == true
    do throws(ReplyMismatch) {
      // Some servers report the answer as thoughts.
      var summary = try context.schema.check(isEmpty && hasThoughts ? answer.thoughts! : text)
      summary.summary = summary.summary.map { secrets.masked(result: $0) }
      summary.keywords = summary.keywords?.map { secrets.masked(result: $0) }
      summary.usage = answer.usage
      return .success(summary)
    } catch {
      var failure = ArticleError(.badReply, "", usage: answer.usage)
      failure.correction = error.correction
      if isEmpty && hasThoughts {
        failure.message = "the reply has thoughts and no answer; \(advise(.thinkLess))"
      } else if isEmpty {
        failure.message = "the reply is empty"
        failure.correction = nil
        failure.evidence = .emptyReply
      } else {
        let what = secrets.oneLine("the reply \(error.what)", atMost: 100)
        failure.message = "\(what); it begins \"\(secrets.oneLine(text, atMost: 80))\""
        if !text.contains("{") || hasThoughts || text.mentions(["think", "<|"]) {
          failure.message += "; if the model thinks, \(advise(.thinkLess))"
        }
      }
      return .failure(failure)
    }
  }
}

extension JSONValue {
  /// Whether an `error` field has content. Some servers send an empty one in every reply.
  fileprivate var saysSomething: Bool {
    switch kind {
    case .string: string?.isEmpty == false
    case .object: bytes.contains(UInt8(ascii: "\""))
    default: false
    }
  }

  /// Whether a field can be part of an answer. A string under one of these names belongs to an error.
  fileprivate var isAnswer: Bool { kind != .string }
}
