import BoundedConcurrency
import HTTPClient
import JSONLines
import Summarization
import Testing

@testable import LanguageModels

/// Collects values from many tasks.
final class Recorder<Value: Sendable>: Sendable {
  private let values = Lock<[Value]>([])

  func append(_ value: Value) { values.withLock { $0.append(value) } }
  var all: [Value] { values.withLock { $0 } }
}

/// A server that does not say in words that are known what it does not take.
private struct SilentServer: Sendable {
  /// What must not be in a request.
  let refused: [String]
  var status = 400
  var words = #"[{"error":{"code":400,"message":"No.","status":"INVALID_ARGUMENT"}}]"#
  let calls = Recorder<String>()

  @Sendable func answer(_ request: HTTPRequest) -> HTTPResponse {
    let body = String(decoding: request.body, as: UTF8.self)
    calls.append(body)
    return refused.contains(where: body.contains)
      ? response(status, words) : response(200, reply(.openAI, goodReply))
  }
}

struct NegotiationTests {
  private func language(_ server: SilentServer, _ notices: Recorder<String> = Recorder()) throws -> LanguageModel {
    LanguageModel(try settings(.openAI, at: "http://localhost"), notice: { notices.append($0) }) { server.answer($0) }
  }

  @Test(arguments: [
    (["response_format"], 2, 1), (["\"system\""], 3, 1), (["response_format", "\"system\""], 4, 2),
    (["max_tokens"], 5, 1),
  ])
  func whatHelpsIsFoundByTryingAndKept(_ refused: [String], _ calls: Int, _ news: Int) async throws {
    let server = SilentServer(refused: refused)
    let notices = Recorder<String>()
    let language = try language(server, notices)
    for _ in 0..<3 { _ = try await language.summarize(article(), attempt: 1) }
    #expect(server.calls.all.count == calls + 2)
    #expect(notices.all.count == news, "\(notices.all)")
  }

  @Test func whatNothingHelpsIsTriedInEachWayAndGivenUp() async throws {
    let server = SilentServer(refused: ["{"])
    let language = try language(server)
    for _ in 0..<4 {
      await #expect(throws: ArticleError.self) { try await language.summarize(article(), attempt: 1) }
    }
    // Two articles are looked into: the first may have been the reason itself.
    #expect(server.calls.all.count == 2 * 5 + 2)
  }

  @Test func afterASuccessARefusalIsTheArticles() async throws {
    let server = SilentServer(refused: ["poison"])
    let language = try language(server)
    _ = try await language.summarize(article(), attempt: 1)
    await #expect(throws: ArticleError.self) { try await language.summarize(article("poison"), attempt: 1) }
    #expect(server.calls.all.count == 2)
  }

  @Test func oneCallTriesAndTheOthersWait() async throws {
    let server = SilentServer(refused: ["response_format"])
    let first = Lock<[CheckedContinuation<Void, Never>]>([])
    let arrivals = Lock(0)
    let language = LanguageModel(try settings(.openAI, at: "http://localhost")) { request in
      // The first eight are on the wire together.
      let number = arrivals.withLock { count in
        count += 1
        return count
      }
      if number <= 8 {
        await withCheckedContinuation { continuation in
          let all = first.withLock { waiting in
            waiting.append(continuation)
            return waiting.count == 8 ? waiting : []
          }
          for continuation in all { continuation.resume() }
        }
      }
      return server.answer(request)
    }
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 { group.addTask { (try? await language.summarize(article(), attempt: 1)) != nil } }
      for await isDone in group { #expect(isDone) }
    }
    // Eight refusals, the trial, and seven again.
    #expect(server.calls.all.count == 16)
  }

  @Test func anOutageMeanwhileLeavesTheQuestionOpen() async throws {
    let calls = Recorder<Int>()
    let language = LanguageModel(try settings(.openAI, at: "http://localhost")) { request in
      calls.append(0)
      let body = String(decoding: request.body, as: UTF8.self)
      if calls.all.count == 2 { return response(503, "") }
      return body.contains("response_format") ? response(400, "No.") : response(200, reply(.openAI, goodReply))
    }
    let failure = await #expect(throws: ArticleError.self) { try await language.summarize(article(), attempt: 1) }
    #expect(failure?.code == .serverError)
    _ = try await language.summarize(article(), attempt: 2)
    #expect(calls.all.count == 4)
  }

  @Test func aWaitingCallCanBeCancelled() async throws {
    let negotiation = RequestNegotiation()
    #expect(await negotiation.role(after: RequestShape()) == .lead)
    let waiting = Task { await negotiation.currentShape() }
    waiting.cancel()
    #expect(await waiting.value == RequestShape())
    negotiation.ended(isConclusive: true)
  }

  @Test(arguments: [
    (400, "Developer instruction is not enabled for this model"),
    (400, #"Unexpected role \"system\"; allowed are user"#),
    (400, "The first message must be from the user"),
    (500, "the template says: only user and assistant roles are supported"),
    (500, "jinja2.exceptions.TemplateError: no"),
  ]) func waysToRefuseASystemMessage(_ status: Int, _ words: String) async throws {
    let server = SilentServer(
      refused: ["\"role\":\"system\""], status: status, words: #"[{"error":{"code":\#(status),"message":"\#(words)"}}]"#
    )
    let language = try language(server)
    for _ in 0..<2 { _ = try await language.summarize(article(), attempt: 1) }
    #expect(server.calls.all.count <= 4)
  }

  @Test func anErrorInAGoodAnswerIsNoSuccess() async throws {
    let server = SilentServer(refused: ["response_format"])
    let calls = Recorder<Int>()
    let language = LanguageModel(try settings(.openAI, at: "http://localhost")) { request in
      calls.append(0)
      return calls.all.count == 1 ? response(200, #"{"error":{"code":429,"message":"slow"}}"#) : server.answer(request)
    }
    await #expect(throws: ArticleError.self) { try await language.summarize(article(), attempt: 1) }
    _ = try await language.summarize(article(), attempt: 2)
  }

  @Test func aReplyThatDoesNotFitIsAskedForAgainWithWhatWasWrong() async throws {
    let bodies = Recorder<String>()
    let language = LanguageModel(try settings(.openAI, at: "http://localhost")) { request in
      bodies.append(String(decoding: request.body, as: UTF8.self))
      let isFirst = bodies.all.count == 1
      let text = #"{"summary":"s","sentiment":"SECRET WORDS","keywords":[]}"#
      return response(200, reply(.openAI, isFirst ? text : goodReply))
    }
    let failure = await #expect(throws: ArticleError.self) { try await language.summarize(article(), attempt: 1) }
    _ = try await language.summarize(article(), attempt: 2, after: failure)
    #expect(bodies.all[1].contains("Your previous reply could not be used: it has the sentiment"))
    // What the model made of the article is not put into instructions.
    #expect(!bodies.all[1].contains("SECRET WORDS"))
  }
}
