public import HTTPClient
public import Summarization

/// A language model on a server, called once per article.
///
/// If the server rejects a part of the request, the call is repeated at once without that part, within the same
/// attempt. If that succeeds, later calls leave the part out as well.
public final class LanguageModel: Summarizer {
  /// Sends a request and returns the response; throws if there is none.
  public typealias Send = @Sendable (HTTPRequest) async throws(HTTPClientError) -> HTTPResponse

  private let model: ChatModel
  private let send: Send
  /// The wall-clock time in seconds since 1970.
  private let wallClock: @Sendable () -> Double
  private let notice: @Sendable (String) -> Void
  private let negotiation = RequestNegotiation()

  /// - Parameters:
  ///   - wallClock: returns the seconds since 1970, the reference for dates from servers.
  ///   - advise: returns the wording of advice, as the end of a sentence.
  ///   - notice: called with a message for the user, once for each part of a request that the server turns out to
  ///     reject.
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
        // The loop ends, because each round leaves out more, or lowers the limit once.
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

  /// Repeats a request without the parts that the server may have rejected, one trial after another. The trials belong
  /// to the same attempt and use no retries.
  private func lead(
    _ article: Article, _ shape: RequestShape, _ correction: String?, refusal: ArticleError
  ) async throws(ArticleError) -> Summary {
    var isConclusive = false
    defer { negotiation.ended(isConclusive: isConclusive) }
    for without in model.trials(after: shape) {
      let shape = shape.union(RequestShape(without: without))
      let response = try await call(article, shape, correction)
      // A rate limit or an outage says nothing about the request. The trials end, and are repeated after a later
      // refusal.
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

/// A preview of the requests to a language model, without calls.
public struct LanguageModelPreview: Sendable {
  private let model: ChatModel

  public init(_ settings: LanguageModelSettings, _ request: SummaryRequest) {
    model = ChatModel(settings, request) { _ in "" }
  }

  /// Returns the request for an article as text, with secrets in the address and headers masked.
  public func request(for article: Article) -> String { model.shownRequest(for: article) }

  /// Returns the estimated input tokens of a call, and the configured reply limit as its output tokens.
  public func estimatedUsage(for article: Article) -> TokenUsage { model.estimatedTokens(for: article) }
}
