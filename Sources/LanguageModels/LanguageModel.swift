public import HTTPClient
public import Summarization

/// A model behind a server: one call an article.
///
/// What the server turns out not to take is left out of the call, which is made again at once as a part of the same
/// attempt, and, where that has helped, of all later ones.
public final class LanguageModel: Summarizer {
  /// Makes a call; throws where there is no response.
  public typealias Send = @Sendable (HTTPRequest) async throws(HTTPClientError) -> HTTPResponse

  private let model: ChatModel
  private let send: Send
  /// Seconds since 1970.
  private let wallClock: @Sendable () -> Double
  private let notice: @Sendable (String) -> Void
  private let negotiation = RequestNegotiation()

  /// - Parameters:
  ///   - wallClock: seconds since 1970, to read dates from servers by.
  ///   - advise: puts advice into words, as the end of a sentence.
  ///   - notice: is told once what the server turns out not to take, in words for people.
  public init(
    _ settings: LanguageModelSettings, _ request: SummaryRequest, wallClock: @escaping @Sendable () -> Double,
    advise: @escaping @Sendable (LanguageModelAdvice) -> String, notice: @escaping @Sendable (String) -> Void,
    send: @escaping Send
  ) {
    model = ChatModel(settings, request, advise: advise)
    self.send = send
    self.wallClock = wallClock
    self.notice = notice
  }

  public func summarize(_ article: Article, attempt: Int) async throws(ArticleError) -> Summary {
    try await summarize(article, attempt: attempt, after: nil)
  }

  public func summarize(
    _ article: Article, attempt: Int, after failure: ArticleError?
  ) async throws(ArticleError) -> Summary {
    let correction = failure?.correction
    var shape = await negotiation.currentShape()
    var hasLowered = false
    while true {
      let response = try await call(article, shape, correction)
      switch model.verdict(on: response, to: article, shape, hasLowered: hasLowered, now: wallClock()) {
      case .taken(let result):
        learn(shape)
        return try result.get()
      case .failed(let error): throw error
      case .refused(let less, _):
        // Each round leaves out more, or lowers the limit once, so that this ends.
        shape = shape.union(less)
        if less.maximumTokens != nil { hasLowered = true }
      case .unclear(let error):
        switch await negotiation.role(after: shape) {
        case .refused: throw error
        case .again(let known): shape = known
        case .lead: return try await lead(article, shape, correction, refusal: error)
        }
      }
    }
  }

  /// Tries what the server may not have liked about a request. Nobody is charged for these calls.
  private func lead(
    _ article: Article, _ shape: RequestShape, _ correction: String?, refusal: ArticleError
  ) async throws(ArticleError) -> Summary {
    var isConclusive = false
    defer { negotiation.ended(isConclusive: isConclusive) }
    for without in model.trials(after: shape) {
      let shape = shape.union(RequestShape(without: without))
      let response = try await call(article, shape, correction)
      // A rate limit or an outage says nothing about the request: it stands, and what helps is found out later.
      switch model.verdict(on: response, to: article, shape, now: wallClock()) {
      case .refused, .unclear: continue
      case .failed(let error): throw error
      case .taken(let result):
        isConclusive = true
        learn(shape)
        return try result.get()
      }
    }
    isConclusive = true
    throw refusal
  }

  private func call(
    _ article: Article, _ shape: RequestShape, _ correction: String?
  ) async throws(ArticleError) -> HTTPResponse {
    do throws(HTTPClientError) {
      return try await send(model.request(for: article, shape, correction: correction))
    } catch {
      throw model.failure(error)
    }
  }

  private func learn(_ shape: RequestShape) {
    for notice in negotiation.succeeded(with: shape) { self.notice(notice) }
  }

  public func estimatedTokens(for article: Article) -> Int { model.estimatedTokens(for: article).total }
}

/// What a language model would be asked, without asking it.
public struct LanguageModelPreview: Sendable {
  private let model: ChatModel

  public init(_ settings: LanguageModelSettings, _ request: SummaryRequest) {
    model = ChatModel(settings, request) { _ in "" }
  }

  /// The request that an article would become, as text and without secrets.
  public func request(for article: Article) -> String { model.shownRequest(for: article) }

  /// About how many tokens a call would send, and the most that would come back.
  public func estimatedUsage(for article: Article) -> TokenUsage { model.estimatedTokens(for: article) }
}
