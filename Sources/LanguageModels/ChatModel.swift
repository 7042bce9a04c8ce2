import Basics
import HTTPClient
import JSONLines
import Summarization

/// Everything about a model but the calls: which request an article becomes, and what a response means. Pure.
struct ChatModel: Sendable {
  let settings: LanguageModelSettings
  let secrets: SecretMask
  private let context: ChatContext
  private let chat: any ChatProtocol

  init(_ settings: LanguageModelSettings, _ request: SummaryRequest) {
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

  /// - Parameter refused: what the server is known not to take.
  func request(for article: Article, without refused: RequestFeatures = []) -> HTTPRequest {
    HTTPRequest(
      url: settings.endpoint.url(of: chat.resource), headers: headers.map { ($0.name, $0.value) },
      body: chat.body(for: article, features: chat.features.subtracting(refused)).json)
  }

  private var headers: [Header] {
    var headers = [
      Header("Content-Type", "application/json"), Header("Accept", "application/json"),
      // Some gateways turn away clients without a name.
      Header("User-Agent", "summarize"),
    ]
    if let userInfo = settings.endpoint.userInfo {
      headers.append(Header("Authorization", "Basic " + Base64.encode(PercentCoding.decode(userInfo)), isHidden: true))
    }
    return headers.replaced(by: chat.headers).replaced(by: settings.headers)
  }

  /// The request of an article as text, with asterisks for what is secret.
  func shownRequest(for article: Article) -> String {
    var text = "POST \(settings.endpoint.description(of: chat.resource))\n"
    for header in headers { text += "\(header.name): \(header.shownValue)\n" }
    let body = String(decoding: request(for: article).body, as: UTF8.self)
    return secrets.masked(message: text) + "\n" + body + "\n"
  }

  /// About how many tokens a call takes, the longest reply included.
  func estimatedTokens(for article: Article) -> Int {
    TokenEstimate.tokens(context.prompt.instructions) + TokenEstimate.tokens(article.title ?? "")
      + TokenEstimate.tokens(article.content) + settings.maximumTokens
  }

  // MARK: Responses

  /// What of a request the server does not take, so that it is to be made again without.
  func refusals(in response: HTTPResponse, without refused: RequestFeatures) -> RequestFeatures {
    guard [400, 415, 422, 500, 501].contains(response.status) else { return [] }
    let error = ErrorBody(response.body)
    let code = error.code(status: response.status)
    guard code == .badRequest || code == .serverError else { return [] }
    return chat.sent(chat.features.subtracting(refused)).refused(by: error)
  }

  /// - Parameter now: seconds since 1970.
  func result(of response: HTTPResponse, to article: Article, now: Double) -> Result<Summary, ArticleError> {
    guard (200..<300).contains(response.status) else {
      return .failure(failure(ErrorBody(response.body), status: response.status, response, to: article, now))
    }
    guard let reply = Self.object(in: response.body) else {
      return .failure(ArticleError(.badReply, "the reply \(defect(of: response.body))", status: response.status))
    }
    if let error = reply["error"], error.saysSomething {
      // Gateways send the failure of the server behind them with a status of their own.
      let body = ErrorBody(reply)
      return .failure(failure(body, status: body.status ?? 500, response, to: article, now))
    }
    var result = summary(of: chat.answer(in: reply, to: article))
    if case .failure(var error) = result {
      error.status = response.status
      result = .failure(error)
    }
    return result
  }

  /// The object that a body is; of several lines, as a stream has them, the last.
  private static func object(in body: [UInt8]) -> JSONValue? {
    if let value = try? JSONValue(scanning: body) { return value.kind == .object ? value : nil }
    guard let line = body.split(separator: UInt8(ascii: "\n")).last(where: { $0.contains { !$0.isSpace } }),
      let value = try? JSONValue(scanning: Array(line)), value["error"] != nil
    else { return nil }
    return value
  }

  /// Why a body is no object, as the end of a sentence.
  private func defect(of body: [UInt8]) -> String {
    if body.isEmpty { return "is empty" }
    if (try? JSONValue(scanning: body)) != nil { return "is not a JSON object" }
    return "is not JSON: " + secrets.oneLine(ErrorBody(body).message, atMost: 100)
  }

  private func summary(of answer: ChatAnswer) -> Result<Summary, ArticleError> {
    func failure(_ code: ArticleError.Code, _ message: String) -> Result<Summary, ArticleError> {
      .failure(ArticleError(code, message, usage: answer.usage))
    }
    switch answer.ending {
    case .complete: break
    case .truncated:
      let own = settings.options.last { ["max_tokens", "max_completion_tokens", "num_predict"].contains($0.name) }
      return failure(
        .truncated,
        "the reply was cut off at \(own == nil ? "\(settings.maximumTokens) tokens" : "its limit of tokens") (a model's "
          + "thoughts count); raise \(own?.name ?? "--max-tokens")")
    case .contextFull:
      return failure(.tooLong, "the article is longer than the model takes; \(Self.longerContext(settings))")
    case .refused(let words):
      let said = secrets.oneLine(words ?? "", atMost: 300)
      return failure(.refused, said.isEmpty ? "the model refused, or a filter stopped it" : "refused: \(said)")
    case .broken(let what): return failure(.badReply, "the reply \(what)")
    case .failed: return failure(.serverError, "the server failed in the middle of its reply")
    }
    do throws(ReplySchema.Mismatch) {
      var summary = try context.schema.check(answer.text ?? "")
      summary.summary = summary.summary.map { secrets.masked(result: $0) }
      summary.keywords = summary.keywords?.map { secrets.masked(result: $0) }
      summary.usage = answer.usage
      return .success(summary)
    } catch {
      return failure(.badReply, secrets.oneLine("the reply \(error.what)", atMost: 100))
    }
  }

  static func longerContext(_ settings: LanguageModelSettings) -> String {
    settings.provider == .ollama
      ? "give it room with --option num_ctx=TOKENS" : "shorten it, or choose a model with a longer context"
  }
}

extension JSONValue {
  /// Some servers have the field of an error in every reply.
  fileprivate var saysSomething: Bool {
    switch kind {
    case .string: string?.isEmpty == false
    case .object: bytes.contains(UInt8(ascii: "\""))
    default: false
    }
  }
}
