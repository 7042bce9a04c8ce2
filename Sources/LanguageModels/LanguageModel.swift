public import HTTPClient
import BoundedConcurrency
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
    var leftOut: RequestFeatures = []
    while true {
      let without = refused.withLock { $0 }.union(leftOut)
      let response: HTTPResponse
      do throws(HTTPClientError) {
        response = try await send(model.request(for: article, without: without))
      } catch {
        throw model.failure(error)
      }
      let found = model.refusals(in: response, without: without)
      if found.isEmpty {
        // An error may also repeat the words of an article: then the next call fails like the first.
        if (200..<300).contains(response.status) { learn(leftOut) }
        return try model.result(of: response, to: article, now: wallClock()).get()
      }
      // Each round leaves out more, so that this ends.
      leftOut.formUnion(found)
    }
  }

  private func learn(_ leftOut: RequestFeatures) {
    if leftOut.isEmpty { return }
    let new = refused.withLock { refused in
      defer { refused.formUnion(leftOut) }
      return leftOut.subtracting(refused)
    }
    for notice in new.notices { self.notice(notice) }
  }

  public func estimatedTokens(for article: Article) -> Int { model.estimatedTokens(for: article) }

  /// The request that an article would become, as text and without secrets (`--dry-run`).
  public static func shownRequest(
    for article: Article, _ settings: LanguageModelSettings, _ request: SummaryRequest
  ) -> String {
    ChatModel(settings, request).shownRequest(for: article)
  }
}
