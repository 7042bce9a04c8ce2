import HTTPClient
import Summarization
import TestServer
import Testing

@testable import LanguageModels

struct ErrorMeaningTests {
  private static let replies = ProviderReply.all.indices.map { $0 }

  /// By whichever protocol the provider is spoken to.
  @Test(arguments: replies) func whatProvidersSay(_ index: Int) throws {
    let said = ProviderReply.all[index]
    // A reply, in spite of its status, is one of this protocol.
    let isReply = said.body.contains("\"choices\"")
    for provider in isReply ? [LanguageModelProvider.openAI] : [.openAI, .anthropic] {
      let code = model(try settings(provider, key: "k-123456")).code(
        response(said.status, headers: said.headers.fields, said.body))
      #expect(code?.rawValue == said.meaning, "\(said.provider) by \(provider): \(said.status) \(said.body)")
    }
  }

  @Test func everyRowIsSaidByTheTestServer() {
    for (index, row) in ErrorMeaningRow.table.enumerated() {
      guard case .failure = row.meaning else { continue }
      let isSaid = ProviderReply.all.contains { said in
        let body = ServerErrorBody(response(said.status, headers: said.headers.fields, said.body))
        let status = (200..<300).contains(said.status) ? body.status ?? said.status : said.status
        return ErrorMeaningRow.matching(body, status: status)?.source == row.source
          && ErrorMeaningRow.matching(body, status: status)?.meaning == row.meaning
      }
      #expect(isSaid, "row \(index) of \(row.provider), \(row.meaning)")
    }
  }

  @Test func rowsAreInLowerCaseAndHaveSources() {
    for row in ErrorMeaningRow.table {
      for text in Array(row.codes) + row.codeParts + row.words + row.and {
        #expect(text == text.lowercased() && !text.isEmpty, "\(text)")
      }
      #expect(row.source.contains("."), "\(row.provider)")
      #expect(!row.codes.isEmpty || !row.codeParts.isEmpty || !row.words.isEmpty)
    }
  }

  @Test func wordsOfTheArticleAreNotTheServers() throws {
    let model = model(try settings(.openAI))
    let echo = #"{"error":{"message":"I read: the content policy was flagged"}}"#
    let poisoned = article("About a Content Policy that was flagged.")
    #expect(model.result(400, echo, to: poisoned).failure?.code == .badRequest)
    #expect(model.result(400, echo).failure?.code == .refused)
  }

  @Test func aKeyThatIsNotKnownIsNoSpentAccount() throws {
    let body = #"{"error":{"message":"You exceeded your current quota","type":"insufficient_quota"}}"#
    #expect(model(try settings(.openAI, key: "k-123456")).code(401, body) == .unauthorized)
  }

  @Test func unknownWordsAreShownWhole() throws {
    let words = (1...150).map { "word\($0)" }.joined(separator: " ")
    #expect(model(try settings(.openAI)).failure(400, words)?.message == "the server answers 400: \(words)")
  }

  @Test(arguments: [
    #"{"message":"x","detail":{"code":"context_length_exceeded"}}"#,
    #"{"errors":[{"error":{"code":"context_length_exceeded"}}]}"#,
    #"[{"error":{"details":[{"reason":"context_length_exceeded"}]}}]"#,
    #"{"error":"upstream: {\"error\":{\"code\":\"context_length_exceeded\"}}"}"#,
    #"{"error":{"metadata":{"raw":{"error":{"innererror":{"code":"context_length_exceeded"}}}}}}"#,
    #"{"error_type":"context_length_exceeded"}"#,
    "\u{FEFF}" + #"{"error":{"code":"context_length_exceeded","usage":NaN}}"#,
  ]) func codesAreFoundWhereverTheyStand(_ body: String) throws {
    #expect(model(try settings(.openAI)).code(400, body) == .tooLong)
  }

  /// A gateway that answers 400 or 500 whatever happened says in the body what did.
  @Test(
    arguments: [
      (400, "429", .rateLimited), (400, "401", .unauthorized), (400, "402", .quota), (400, "404", .notFound),
      (400, "503", .serverError), (500, "429", .rateLimited), (500, "401", .unauthorized), (502, "413", .tooLong),
      // These do not say more than the status of the response, or less.
      (400, "500", .badRequest), (500, "400", .serverError), (503, "429", .serverError), (404, "429", .notFound),
      (429, "500", .rateLimited),
    ] as [(Int, String, ArticleError.Code)])
  func aStatusInTheBodyOfAVagueOne(_ status: Int, _ inner: String, _ code: ArticleError.Code) throws {
    let model = model(try settings(.openAI, key: "k-123456"))
    for inner in [inner, "\"\(inner)\""] {
      let failure = model.failure(status, #"{"error":{"message":"Upstream says no","code":\#(inner)}}"#)
      #expect(failure?.code == code && failure?.status == status)
      #expect(failure?.message.hasPrefix("the server answers \(status): Upstream says no") == true)
    }
    // A text may be the article, which the server repeats.
    let quoted = #"{"error":{"message":"cannot parse {\"code\":\#(inner)}"}}"#
    #expect(model.failure(status, quoted)?.code == ArticleError.Code(status: status))
  }

  @Test(arguments: [
    #"upstream: {"error":{"code":"insufficient_quota"}}"#,
    "Error code: 429 - {'error': {'code': 'insufficient_quota'}}",
  ]) func codesInPlainText(_ body: String) throws {
    let model = model(try settings(.openAI, key: "k-123456"))
    #expect(model.code(429, body) == .quota)
    // The article may be about it.
    let poisoned = article("As in {'error': {'code': 'insufficient_quota'}}.")
    #expect(model.result(429, body, to: poisoned).failure?.code == .rateLimited)
    #expect(model.result(429, #"{"code":"insufficient_quota"}"#, to: poisoned).failure?.code == .quota)
  }

  /// A model that does not fit into the server's memory fits no better for the next article.
  @Test func tooLittleMemoryIsNoFaultThatPasses() throws {
    let body = #"{"error":"model requires more system memory (19.3 GiB) than is available (14.8 GiB)"}"#
    let failure = model(try settings(.ollama)).failure(500, body)
    #expect(failure?.code == .notFound && failure?.retry == .never)
    #expect(failure?.message.hasSuffix("(14.8 GiB); advice: useLessMemory") == true)
  }

  @Test func aStreamMayEndWithAnError() throws {
    let body =
      "data: {\"choices\":[{\"delta\":{\"content\":\"{\"}}]}\n\ndata: {\"error\":{\"code\":429,\"message\":\"slow\"}}\n\ndata: [DONE]\n\n"
    #expect(model(try settings(.openAI)).code(200, body) == .rateLimited)
  }

  @Test(arguments: [
    #"data: {"error":{"code":429,"message":"slow"}}\#r\#n\#r\#ndata: [DONE]\#r\#n"#,
    ": PROCESSING\n\ndata:{\"error\":{\"code\":429}}\n\n: PROCESSING\n\n",
    "data: {\"error\":{\"code\":429}}\n\ndata: {\"choices\":[{\"finish_reason\":\"error\"}]}\n\ndata: [DONE]\n\n",
    "event: error\ndata: {\"code\":429,\"message\":\"slow\"}\n\n",
    "data: {\"object\":\"error\",\"message\":\"slow\",\"code\":429}\n\ndata: [DONE]\n\n",
    "{\"choices\":[{\"delta\":{\"content\":\"{\n{\"error\":{\"code\":429}}\n",
    #"[{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}]"#, #"{"error":429,"message":"slow"}"#,
    "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\",\"error\":{\"code\":429}}]}\n\ndata: [DONE]\n\n",
    "data: {\"choices\":[{\"delta\":{}}]}\n\ndata: {\"choices\":[],\"base_resp\":{\"status_code\":1002}}\n\n",
    #"{"statusCode":429,"message":"slow"}"#, #"{"success":false,"code":429,"message":"slow"}"#,
    #"{"choices":null,"errors":[{"code":429,"message":"slow"}]}"#,
  ]) func errorsInAnswersWhoseStatusIsGood(_ body: String) throws {
    #expect(model(try settings(.openAI)).code(200, body) == .rateLimited)
  }

  @Test(arguments: [
    "event: error\ndata: upstream timed out\n\n", "data: {\"detail\":\"the engine is gone\"}\n\n",
    #"{"detail":"model is loading"}"#,
    #"{"error":["boom"]}"#, #"{"success":false,"message":"upstream failed"}"#, #"{"error":true,"message":"boom"}"#,
  ]) func errorsWithoutACode(_ body: String) throws {
    #expect(model(try settings(.openAI)).code(200, body) == .serverError)
  }

  @Test(arguments: [
    #""error":{"message":"","code":null}"#, #""errors":[],"success":true"#, #""code":0,"message":"ok""#,
    #""base_resp":{"status_code":0,"status_msg":""}"#, #""error":[]"#,
  ]) func whatIsNoError(_ more: String) throws {
    #expect(model(try settings(.openAI)).result(200, reply(.openAI, goodReply, more: "," + more)).success != nil)
  }

  @Test func whatAGatewayTellsBeforeItsReplyIsNoError() throws {
    let piece = reply(.openAI, goodReply)
    let body = "data: {\"message\":\"queued\"}\n\ndata: \(piece)\n\ndata: [DONE]\n\n"
    #expect(model(try settings(.openAI)).result(200, body).success != nil)
  }

  @Test func whatIsNotToBeTriedAgain() throws {
    let model = model(try settings(.openAI))
    #expect(model.failure(500, "", ["X-Should-Retry": "false"])?.retry == .never)
    #expect(model.failure(500, "", ["x-should-retry": "true"])?.retry == .backOff(atMost: nil))
    #expect(model.failure(500, "")?.retry == .backOff(atMost: nil))
  }

  @Test(
    arguments: [
      (#"[{"error":{"details":[{"retryDelay":"34.074824224s"}]}}]"#, .seconds(34.074824224)),
      (#"{"error":{"message":"x","retry_after":12}}"#, .seconds(12)),
      (#"{"error":"loading","estimated_time":20.5}"#, .seconds(20.5)),
      (#"{"error":{"message":"Limit reached. Please try again in 7m12.5s. Visit …"}}"#, .seconds(432.5)),
      (#"{"error":{"message":"please try again after 1 seconds"}}"#, .seconds(1)),
      (#"{"error":{"message":"Please try again in 20ms."}}"#, .milliseconds(20)),
      (#"{"error":{"message":"Please wait 3000 seconds before retrying."}}"#, .seconds(3000)),
      (#"{"error":{"message":"Please try again in 1 minute and 30 seconds."}}"#, .seconds(90)),
      (#"{"error":{"message":"Please try again in 1h 30m, or later."}}"#, .seconds(5400)),
      (#"{"error":{"message":"Please try again in 250 ms."}}"#, .milliseconds(250)),
      (#"{"error":{"message":"Please try again in 2 hours."}}"#, .seconds(7200)),
      (#"{"error":{"message":"Please try again in 1 day."}}"#, .seconds(86_400)),
      (#"{"error":{"message":"Retry after 3 min"}}"#, .seconds(180)),
      (#"{"error":{"message":"Please wait 40 milliseconds"}}"#, .milliseconds(40)),
      (#"{"error":{"message":"Please retry in 2 days"}}"#, .seconds(172_800)),
      (#"{"error":{"message":"Please try again in 3 steps"}}"#, nil),
      (#"{"error":{"retryDelay":"soon"}}"#, nil), (#"{"error":{"retry_after":-5}}"#, nil),
      (#"{"error":{"message":"try again in a while"}}"#, nil),
    ] as [(String, Duration?)])
  func timesThatStandInTheBody(_ body: String, _ time: Duration?) throws {
    let model = model(try settings(.openAI))
    #expect(model.failure(429, body)?.retryAfter == time)
    #expect(model.failure(429, body, ["Retry-After": "3"])?.retryAfter == .seconds(3))
    #expect(model.failure(429, body, ["Retry-After": "nonsense"])?.retryAfter == time)
  }
}

struct ReplyLimitTests {
  @Test(
    arguments: [
      (
        "max_tokens is too large: 2048. This model's maximum context length is 2048 tokens and the request has 400 input tokens (2048 > 2048 - 400).",
        1236
      ),
      (
        "'max_tokens' or 'max_completion_tokens' is too large: 2048. This model's maximum context length is 2,048 tokens and your request has 48 input tokens (2048 > 2048 - 48).",
        1500
      ),
      ("max_tokens: 2048 > 1024, which is the maximum allowed number of output tokens for m", 1024),
      (
        "input length and `max_tokens` exceed context limit: 1000 + 2048 > 2000, decrease input length or `max_tokens`",
        750
      ),
      (
        "max_tokens is too large: 2048. This model supports at most 1000 completion tokens, whereas you provided 2048.",
        1000
      ),
      ("Invalid max_tokens value, the valid range of max_tokens is [1, 1500]", 1500),
      ("Range of max_tokens should be [1,1500]", 1500),
      ("`max_tokens` must be less than or equal to `1200`, the maximum value for `max_tokens`", 1200),
      (
        "This model's maximum context length is 4000 tokens. However, you requested 5048 tokens (3000 in the messages, 2048 in the completion). Please reduce the length.",
        750
      ),
      (
        "`inputs` tokens + `max_new_tokens` must be <= 4000. Given: 3000 `inputs` tokens and 2048 `max_new_tokens`", 750
      ),
      (
        "Requested token count exceeds the model's maximum context length of 4000 tokens. You requested a total of 5048 tokens: 3000 tokens from the input messages and 2048 tokens for the completion.",
        750
      ),
      (
        "This model's maximum context length is 99999999999999999999 tokens and the request has 400 input tokens.", 2047
      ),
      (
        "This model's maximum context length is 4000 tokens and the request has 99999999999999999999 input tokens.", nil
      ),
      ("max_tokens must be at most 99999999999999999999", 1024),
      ("max_tokens is too large", 1024),
      ("input length and `max_tokens` exceed context limit: 1900 + 2048 > 2000", nil),
      (
        "This model's maximum context length is 4000 tokens. However, you requested 5048 tokens (3900 in the messages, 1148 in the completion).",
        nil
      ),
    ] as [(String, Int?)])
  func whatFits(_ message: String, _ limit: Int?) {
    #expect(ReplyLimitRefusal(message, current: 2048).next(after: 2048) == limit)
  }

  @Test(arguments: LanguageModelProvider.allCases)
  func aLimitIsLoweredOnceAndThenTheRequestIsBad(_ provider: LanguageModelProvider) async throws {
    let limits = Recorder<Int>()
    let language = LanguageModel(try settings(provider, key: "k-123456")) { request in
      let limit = try! replyLimit(of: request)
      limits.append(limit)
      return response(400, #"{"error":{"message":"max_tokens is too large: \#(limit)"}}"#)
    }
    let failure = await #expect(throws: ArticleError.self) { try await language.summarize(article(), attempt: 1) }
    #expect(failure?.code == .badRequest && failure?.message.contains("lowerReplyLimit(field: nil)") == true)
    #expect(limits.all == [2048, 1024])
  }

  /// The code says that the prompt is too long, and most of what was requested is the reply.
  @Test func aReplyLimitIsToldInSpiteOfTheCode() throws {
    let body =
      #"{"error":{"message":"This model's maximum context length is 2048 tokens, however you requested 3000 tokens (952 in your prompt; 2048 for the completion).","code":"context_length_exceeded"}}"#
    let verdict = model(try settings(.openAI)).verdict(
      on: response(400, body), to: article(), RequestShape(), now: 0)
    guard case .refused(let shape, _) = verdict else {
      Issue.record("\(verdict)")
      return
    }
    #expect(shape.maximumTokens == 822)
  }

  @Test func aLowerLimitThatHelpedIsKept() async throws {
    let limits = Recorder<Int>()
    let notices = Recorder<String>()
    let language = LanguageModel(
      try settings(.openAI, at: "http://localhost"), notice: { notices.append($0) },
      send: { request in
        let limit = try! replyLimit(of: request)
        limits.append(limit)
        return limit > 1600
          ? response(
            400,
            #"{"object":"error","code":400,"message":"max_tokens is too large: \#(limit). This model's maximum context length is 2048 tokens and the request has 400 input tokens (\#(limit) > 2048 - 400)."}"#
          ) : response(200, reply(.openAI, goodReply))
      })
    for _ in 0..<3 { _ = try await language.summarize(article(), attempt: 1) }
    #expect(limits.all == [2048, 1236, 1236, 1236])
    #expect(notices.all.count == 1 && notices.all[0].contains("1236"))
  }
}

@Sendable private func replyLimit(of request: HTTPRequest) throws -> Int {
  let text = String(decoding: request.body, as: UTF8.self)
  for name in ["\"max_completion_tokens\":", "\"max_tokens\":", "\"num_predict\":"] {
    if let range = text.firstRange(of: name) { return Int(text[range.upperBound...].prefix { $0.isNumber }) ?? 0 }
  }
  return 0
}
