public import HTTPTransport
import Locking
public import Summarization

/// A model behind a server: one call an article.
///
/// What the server turns out not to take is left out of the call, which is made again at once as a part of the same
/// attempt, and of all later ones.
public final class LanguageModel: Summarizer {
  /// Makes a call; throws where there is no response.
  public typealias Send = @Sendable (HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse

  private let model: ChatModel
  private let send: Send
  /// Seconds since 1970.
  private let wallClock: @Sendable () -> Double
  private let notice: @Sendable (String) -> Void
  private let refused = Lock(RequestFeatures())

  /// - Parameters:
  ///   - wallClock: seconds since 1970, to read dates from servers by.
  ///   - notice: is told once what the server turns out not to take, in words for people.
  public init(
    _ settings: LanguageModelSettings, _ request: SummaryRequest, wallClock: @escaping @Sendable () -> Double,
    notice: @escaping @Sendable (String) -> Void, send: @escaping Send
  ) {
    model = ChatModel(settings, request)
    self.send = send
    self.wallClock = wallClock
    self.notice = notice
  }

  public func summarize(_ article: Article, attempt: Int) async throws(ArticleError) -> Summary {
    var known = refused.withLock { $0 }
    while true {
      let response: HTTPResponse
      do throws(HTTPTransportError) {
        response = try await send(model.request(for: article, without: known))
      } catch {
        throw model.failure(error)
      }
      let found = model.refusals(in: response, without: known)
      if found.isEmpty { return try model.result(of: response, to: article, now: wallClock()).get() }
      // Each round leaves out more, so that this ends.
      known = learn(found.union(known))
    }
  }

  /// - Returns: all that is known by now.
  private func learn(_ found: RequestFeatures) -> RequestFeatures {
    let (new, known) = refused.withLock { refused in
      let new = found.subtracting(refused)
      refused.formUnion(found)
      return (new, refused)
    }
    if let notice = new.notice { self.notice(notice) }
    return known
  }

  public func estimatedTokens(for article: Article) -> Int { model.estimatedTokens(for: article) }

  /// The request that an article would become, as text and without secrets (`--dry-run`).
  public static func shownRequest(
    for article: Article, _ settings: LanguageModelSettings, _ request: SummaryRequest
  ) -> String {
    ChatModel(settings, request).shownRequest(for: article)
  }
}
