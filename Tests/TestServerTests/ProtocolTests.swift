import JSONLines
import TestServer
import TestSupport
import Testing

/// What a model says, and errors, in the words of each protocol.
@Suite struct ProtocolTests {
  static let paths = [openAIPath, anthropicPath, ollamaPath]

  /// Asks once; the body has to be JSON by another reader too.
  private static func ask(_ path: String, _ reply: Reply) async throws -> (status: Int, body: ParsedJSON, head: String)
  {
    try await blocking {
      let server = try TestServer { _, _ in reply }
      let client = try #require(RawClient(server.port))
      let answer = try #require(client.answer(path, #"about \"article-0042\""#))
      #expect(answer["content-type"] == "application/json")
      _ = try JSONLines.JSON.validate(Array(answer.text.utf8))
      return (answer.status, try ParsedJSON(parsing: answer.text), answer.head)
    }
  }

  /// The text, the reason to stop and the tokens, where the protocol has them.
  private static func said(_ path: String, _ body: ParsedJSON) -> (text: String?, stop: String?, tokens: [Double?]) {
    switch path {
    case openAIPath:
      let choice = body["choices"]?[0]
      let usage = body["usage"]
      return (
        choice?["message"]?["content"]?.string, choice?["finish_reason"]?.string,
        [usage?["prompt_tokens"]?.number, usage?["completion_tokens"]?.number]
      )
    case anthropicPath:
      let usage = body["usage"]
      let blocks = body["content"]?.items.compactMap { $0["type"]?.string == "text" ? $0["text"]?.string : nil }
      let input = usage.map { usage in
        ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"].reduce(0) {
          $0 + (usage[$1]?.number ?? 0)
        }
      }
      return (blocks?.joined(), body["stop_reason"]?.string, [input, usage?["output_tokens"]?.number])
    default:
      return (
        body["message"]?["content"]?.string, body["done_reason"]?.string,
        [body["prompt_eval_count"]?.number, body["eval_count"]?.number]
      )
    }
  }

  @Test(arguments: paths) func aSummary(_ path: String) async throws {
    let reply = Reply.summary(sentiment: "mixed", keywords: ["a", "ü\""], tokens: (101, 7))
    let (status, body, _) = try await Self.ask(path, reply)
    let (text, stop, tokens) = Self.said(path, body)
    let result = try #require(text.flatMap { try? ParsedJSON(parsing: $0) })
    #expect(status == 200 && tokens == [101, 7])
    #expect(stop == (path == anthropicPath ? "end_turn" : "stop"))
    #expect(result.names == ["summary", "sentiment", "keywords"])
    #expect(result["summary"]?.string == "Summary of article-0042." && result["sentiment"]?.string == "mixed")
    #expect(result["keywords"] == .array([.string("a"), .string("ü\"")]))
    #expect(body["model"]?.string == "test")
  }

  @Test(arguments: paths) func noUsage(_ path: String) async throws {
    let (_, body, _) = try await Self.ask(path, .summary(tokens: nil))
    #expect(Self.said(path, body).tokens == [nil, nil])
  }

  @Test(arguments: paths) func answersThatAreNone(_ path: String) async throws {
    func said(_ reply: Reply) async throws -> (text: String?, stop: String?) {
      let (status, body, _) = try await Self.ask(path, reply)
      #expect(status == 200)
      let (text, stop, _) = Self.said(path, body)
      return (text, stop)
    }
    func object(_ reply: Reply) async throws -> ParsedJSON? {
      try await said(reply).text.flatMap { try? ParsedJSON(parsing: $0) }
    }

    let length = path == anthropicPath ? "max_tokens" : "length"
    let truncated = try await said(.truncated())
    #expect(truncated.stop == length && (try? ParsedJSON(parsing: truncated.text ?? "")) == nil)
    #expect(try await object(.truncated(looksWhole: true))?.names == ["summary", "sentiment", "keywords"])
    #expect(try await said(.truncated(looksWhole: true)).stop == length)
    #expect(try await said(.endlessBlanks).stop == length)
    #expect(try await said(.emptyContent).text == "")
    #expect(try await object(.notJSON) == nil)
    #expect(try await object(.missingField)?.names == ["summary", "sentiment"])
    #expect(try await object(.wrongSentiment)?["sentiment"]?.string == "meh")
    let fenced = try #require(try await said(.fencedJSON).text)
    #expect(fenced.contains("\n```json\n{\"summary\":\"Summary of article-0042.\"") && fenced.hasSuffix("```\n"))
    #expect(try await Self.ask(path, .emptyObject).body == .object([]))
    #expect(try await Self.ask(path, .noContent).body["choices"]?[0]?["message"]?["content"] ?? .null == .null)
  }

  @Test func refusalsAndFilters() async throws {
    let refusal = try await Self.ask(openAIPath, .refusal).body["choices"]?[0]
    #expect(refusal?["message"]?["refusal"]?.string?.contains("can't") == true)
    #expect(refusal?["message"]?["content"] == .null && refusal?["finish_reason"]?.string == "stop")
    #expect(try await Self.ask(anthropicPath, .refusal).body["stop_reason"]?.string == "refusal")
    #expect(try await Self.ask(ollamaPath, .refusal).body["message"]?["content"]?.string?.contains("can't") == true)

    let filtered = try await Self.ask(openAIPath, .filtered)
    #expect(filtered.status == 200 && filtered.body["choices"]?[0]?["finish_reason"]?.string == "content_filter")
    #expect(try await Self.ask(anthropicPath, .filtered).status == 400)
    let prompt = try await Self.ask(openAIPath, .promptFiltered)
    #expect(prompt.status == 400 && prompt.body["error"]?["code"]?.string == "content_filter")
  }

  @Test func whatOllamaAloneSays() async throws {
    #expect(try await Self.ask(ollamaPath, .ollamaLoaded).body["done_reason"]?.string == "load")
    try await blocking {
      let server = try TestServer { _, _ in .ollamaStreamedError }
      let answer = try #require(RawClient(server.port)?.answer(ollamaPath))
      let lines = answer.text.split(separator: "\n").map { try? ParsedJSON(parsing: String($0)) }
      #expect(answer.status == 200 && lines.count == 2)
      #expect(lines[0]?["done"]?.bool == false && lines[1]?["error"]?.string != nil)
    }
  }

  /// Status, and what the error says: type or text, and code.
  @Test(
    arguments: [
      (openAIPath, Reply.rateLimited(), 429, "requests", "rate_limit_exceeded"),
      (anthropicPath, .rateLimited(), 429, "rate_limit_error", nil),
      (ollamaPath, .rateLimited(), 429, "too many requests", nil),
      (openAIPath, .slowDown(), 429, "rate_limit_error", "slow_down"),
      (openAIPath, .quota(), 429, "insufficient_quota", "insufficient_quota"),
      (openAIPath, .quota("credit_balance_exhausted"), 429, "insufficient_quota", "credit_balance_exhausted"),
      (openAIPath, .overloaded(), 503, "service_unavailable_error", "server_is_overloaded"),
      (anthropicPath, .overloaded(), 529, "overloaded_error", nil),
      (ollamaPath, .overloaded(), 503, "server busy", nil),
      (anthropicPath, .error(500), 500, "api_error", nil),
      (anthropicPath, .error(402), 402, "billing_error", nil),
      (anthropicPath, .error(403), 403, "permission_error", nil),
      (openAIPath, .error(408), 408, "invalid_request_error", nil),
      (anthropicPath, .error(409), 409, "conflict_error", nil),
      (openAIPath, .error(425), 425, "invalid_request_error", nil),
      (openAIPath, .unauthorized, 401, "invalid_request_error", "invalid_api_key"),
      (anthropicPath, .unauthorized, 401, "authentication_error", nil),
      (openAIPath, .modelNotFound, 404, "invalid_request_error", "model_not_found"),
      (anthropicPath, .modelNotFound, 404, "not_found_error", nil),
      (ollamaPath, .modelNotFound, 404, "model 'test' not found", nil),
      (openAIPath, .contextExceeded, 400, "invalid_request_error", "context_length_exceeded"),
      (anthropicPath, .contextExceeded, 400, "invalid_request_error", nil),
      (ollamaPath, .contextExceeded, 400, "exceeds the context length", nil),
      (anthropicPath, .tooLarge, 413, "request_too_large", nil),
      (anthropicPath, .ownSpendLimit, 400, "invalid_request_error", nil),
      (openAIPath, .maxTokensUnsupported, 400, "invalid_request_error", "unsupported_parameter"),
      (openAIPath, .maxCompletionTokensUnsupported, 400, "invalid_request_error", nil),
      (openAIPath, .responseFormatUnsupported, 400, "invalid_request_error", nil),
      (anthropicPath, .responseFormatUnsupported, 400, "invalid_request_error", nil),
    ] as [(String, Reply, Int, String, String?)])
  func errors(_ path: String, _ reply: Reply, _ status: Int, _ type: String, _ code: String?) async throws {
    let (received, body, _) = try await Self.ask(path, reply)
    let error = try #require(body["error"])
    #expect(received == status)
    if path == ollamaPath {
      #expect(error.string?.contains(type) == true)
    } else {
      #expect(error["type"]?.string == type && error["code"]?.string == code)
      #expect(error["message"]?.string?.isEmpty == false)
      #expect(path == openAIPath || body["type"]?.string == "error")
    }
  }

  @Test func spentMoneyAtAnthropic() async throws {
    let details = try await Self.ask(anthropicPath, .quota()).body["error"]?["details"]
    #expect(details?["error_code"]?.string == "enforced_spend_limit_reached")
  }

  @Test func bodiesOfOtherShapes() async throws {
    #expect(try await Self.ask(openAIPath, .textError(500, "a \"text\"")).body["error"]?.string == "a \"text\"")
    let bare = try await Self.ask(openAIPath, .bareError(429, "m", code: "c")).body
    #expect(bare["message"]?.string == "m" && bare["code"]?.string == "c" && bare["error"] == nil)
    #expect(try await Self.ask(openAIPath, .vLLMContextExceeded).body["code"]?.number == 400)
    let llama = try await Self.ask(openAIPath, .llamaContextExceeded).body["error"]
    #expect(llama?["type"]?.string == "exceed_context_size_error" && llama?["n_ctx"]?.number == 4096)
    #expect(try await Self.ask(openAIPath, .llamaLoading).body["error"]?["code"]?.number == 503)
    #expect(try await Self.ask(openAIPath, .extraForbidden("seed")).body["detail"]?[0]?["loc"]?[1]?.string == "seed")
  }

  @Test func pagesAndRedirects() async throws {
    try await blocking {
      let replies: [Reply] = [.html(502), .htmlSuccess, .redirect(to: "http://127.0.0.1:1/x"), .emptyBody]
      let server = try TestServer { _, attempt in replies[attempt - 1] }
      let client = try #require(RawClient(server.port))
      let page = try #require(client.answer())
      #expect(page.status == 502 && page.text.contains("<html>"))
      #expect(page["content-type"] == "text/html; charset=utf-8")
      #expect(try #require(client.answer()).status == 200)
      let redirect = try #require(client.answer())
      #expect(redirect.status == 307 && redirect["location"] == "http://127.0.0.1:1/x")
      #expect(try #require(client.answer()).text.isEmpty)
    }
  }

  @Test func aHostileMessageRepeatsTheKey() async throws {
    try await blocking {
      let server = try TestServer { _, _ in .hostile() }
      let answer = try #require(RawClient(server.port)?.answer(headers: "Authorization: Bearer sk-secret\r\n"))
      let message = (try? ParsedJSON(parsing: answer.text))?["error"]?["message"]?.string
      #expect(message?.hasPrefix("bad key sk-secret\u{1B}]0;") == true)
      #expect(message?.unicodeScalars.contains("\u{9B}") == true)
    }
  }

  @Test func whoSaysWhatInARequest() async throws {
    let openAI = #"{"messages":[{"role":"system","content":"do"},{"role":"user","content":"\ud83d\ude00"}]}"#
    let anthropic = #"{"system":"do","messages":[{"role":"user","content":[{"type":"text","text":"a"}]}]}"#
    try await blocking {
      let server = try TestServer { _, _ in .summary() }
      let client = try #require(RawClient(server.port))
      for body in [openAI, anthropic] {
        client.send("POST / HTTP/1.1\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        #expect(client.response() != nil)
      }
      let requests = server.log.calls.map(\.request)
      #expect(requests.map { $0.instructions.split(separator: "\n") } == [["do"], ["do"]])
      #expect(requests.map { $0.userText.split(separator: "\n") } == [["😀"], ["a"]])
    }
  }
}
