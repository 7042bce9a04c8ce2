import HTTPClient
import Summarization
import Testing

@testable import LanguageModels

struct ErrorTests {
  private static func openAI(_ message: String, type: String = "invalid_request_error", code: String? = nil) -> String {
    let code = code.map { "\"\($0)\"" } ?? "null"
    return #"{"error":{"message":"\#(message)","type":"\#(type)","param":null,"code":\#(code)}}"#
  }

  @Test(
    arguments: [
      (400, .badRequest), (401, .unauthorized), (402, .quota), (403, .forbidden), (404, .notFound), (301, .notFound),
      (308, .notFound), (408, .timeout), (409, .serverError), (413, .tooLong), (422, .badRequest), (425, .serverError),
      (429, .rateLimited), (500, .serverError), (502, .serverError), (503, .serverError), (529, .serverError),
    ] as [(Int, ArticleError.Code)])
  func statusAlone(_ status: Int, _ code: ArticleError.Code) throws {
    for body in ["", "oops", "{}", #"{"error":"oops"}"#, #"{"error":{"message":"oops"}}"#, "<html>oops</html>"] {
      for provider in LanguageModelProvider.allCases {
        let error = model(try settings(provider)).failure(status, body)
        #expect(error?.code == code && error?.status == status, "\(provider) \(body)")
        #expect(error?.message.contains("\(status)") == true)
      }
    }
  }

  @Test(arguments: [
    openAI("", code: "context_length_exceeded"),
    openAI("This model's maximum context length is 4096 tokens. However, you requested 5000 tokens"),
    #"{"object":"error","message":"This model's maximum context length is 10 tokens.","type":"BadRequestError","code":400}"#,
    #"{"error":{"code":400,"message":"request (9000 tokens) exceeds the available context size (4096 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":4096}}"#,
    #"{"error":"the input length exceeds the context length"}"#,
    #"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"}}"#,
    #"{"type":"error","error":{"type":"invalid_request_error","message":"input length and `max_tokens` exceed context limit: 1 + 2 > 3"}}"#,
    openAI("The decoder prompt (length 5000) is longer than the maximum model length of 4096."),
    openAI("Please reduce the length of the messages or completion."),
  ]) func waysToSayTooLong(_ body: String) throws {
    for provider in LanguageModelProvider.allCases {
      let model = model(try settings(provider))
      #expect(model.code(400, body) == .tooLong)
      #expect(model.refusals(in: response(400, body)).isEmpty)
    }
  }

  @Test func spentQuotasAreNoRateLimits() throws {
    let model = model(try settings(.openAI, key: "k-123"))
    for code in [
      "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
      "project_spend_limit_exceeded", "organization_usage_limit_exceeded",
    ] {
      #expect(
        model.code(429, Self.openAI("You exceeded your current quota", type: "insufficient_quota", code: code))
          == .quota)
      #expect(model.code(429, Self.openAI("…", type: "x", code: code)) == .quota)
    }
    for code in ["rate_limit_exceeded", "slow_down"] {
      #expect(model.code(429, Self.openAI("Rate limit reached", type: "requests", code: code)) == .rateLimited)
    }
    let large = "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40000."
    #expect(model.code(429, Self.openAI(large, type: "tokens", code: "rate_limit_exceeded")) == .tooLong)

    let anthropic = LanguageModelsTests.model(try settings(.anthropic, key: "k-123"))
    let spend =
      #"{"type":"error","error":{"type":"rate_limit_error","message":"…","details":{"error_code":"enforced_spend_limit_reached"}}}"#
    #expect(anthropic.code(429, spend) == .quota)
    let credit = "Your credit balance is too low to access the Anthropic API."
    #expect(
      anthropic.code(400, #"{"type":"error","error":{"type":"invalid_request_error","message":"\#(credit)"}}"#)
        == .quota)
    #expect(
      anthropic.code(529, #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#)
        == .serverError)
  }

  @Test func filtersOfTheRequest() throws {
    let model = model(try settings(.openAI))
    #expect(model.code(400, Self.openAI("The response was filtered", code: "content_filter")) == .refused)
    #expect(
      model.code(400, Self.openAI("Your prompt was flagged as potentially violating our usage policy.")) == .refused)
    #expect(model.code(403, Self.openAI("Your input was flagged")) == .refused)
    #expect(model.code(400, Self.openAI("bad")) == .badRequest)
  }

  @Test func failuresComeWithAdvice() throws {
    func message(
      _ provider: LanguageModelProvider, _ status: Int, _ body: String, key: String? = nil
    ) throws -> String {
      model(try settings(provider, key: key, model: "llama9")).failure(status, body)?.message ?? ""
    }
    #expect(
      try message(.ollama, 404, #"{"error":"model 'llama9' not found"}"#)
        == "the server answers 404: model 'llama9' not found; advice: checkModel")
    #expect(try message(.openAI, 401, "", key: "k-123").hasSuffix("; advice: checkKey"))
    #expect(try message(.anthropic, 401, "").hasSuffix("; advice: giveKey"))
    #expect(try message(.openAI, 402, "").hasSuffix("; advice: seeBilling"))
    #expect(try message(.openAI, 403, "no").hasSuffix("; advice: checkPermission"))
    #expect(try message(.openAI, 413, "").hasSuffix("; advice: shorten"))
    #expect(
      try message(.openAI, 502, "<html>\n<head><title>502 Bad Gateway</title></head></html>")
        == "the server answers 502: a web page, '502 Bad Gateway'")
    let redirect = model(try settings(.openAI)).failure(301, "", ["Location": "https://u:p@elsewhere.example/x?key=1"])
    #expect(redirect?.message.contains(#"useAddress(Optional("https://elsewhere.example"))"#) == true)
  }

  @Test func aServersFullStopDoesNotStandBeforeOurAdvice() throws {
    let message = model(try settings(.openAI)).failure(401, Self.openAI("Wrong key. See the docs."))?.message
    #expect(message?.hasPrefix("the server answers 401: Wrong key. See the docs; advice: giveKey") == true)
  }

  /// A server that repeats what it was sent does not say that itself.
  @Test(arguments: LanguageModelProvider.allCases)
  func anArticleAboutSpentMoneyIsNoSpentQuota(_ provider: LanguageModelProvider) throws {
    let model = model(try settings(provider))
    let poisoned = article("It said: Your credit balance is too low to access the API.")
    for status in [400, 422, 429] {
      let echo = Self.openAI("cannot parse: It said: Your credit balance is too low to access the API.")
      #expect(model.result(status, echo, to: poisoned).failure?.code != .quota)
      #expect(model.result(status, echo, to: article("Other.")).failure?.code == .quota)
    }
    let spent = Self.openAI("…", type: "insufficient_quota", code: "insufficient_quota")
    #expect(model.result(429, spent, to: poisoned).failure?.code == .quota)
  }

  @Test func whatAServerSaysIsOneShortLine() throws {
    let error = model(try settings(.openAI)).failure(500, "a\r\n\tb \u{1B}[2J" + String(repeating: "x", count: 9000))
    let message = try #require(error?.message)
    #expect(message.hasPrefix("the server answers 500: a b \u{1B}[2Jxxx") && message.hasSuffix("x…"))
    #expect(message.unicodeScalars.count < 350 && !message.contains("\n"))
    #expect("one two three".oneLine(atMost: 13) == "one two three")
    #expect("one two three".oneLine(atMost: 12) == "one two thre…")
    #expect("one two three".oneLine(atMost: 7) == "one two…" || "one two three".oneLine(atMost: 7) == "one two …")
  }

  /// Work on what a server says is bounded: texts of a megabyte are not searched for one another.
  @Test func longTextsTakeNoLongTime() {
    let long = String(repeating: "a", count: 300_000)
    let body = #"{"message":"\#(long)","detail":"\#(long.dropLast(100_000))b","error":{"message":"\#(long)"}}"#
    #expect(ServerErrorBody(Array(body.utf8)).message.hasPrefix("aaaa"))
  }

  @Test(arguments: [
    (#"{"detail":"nope"}"#, "nope"), (#"{"message":"nope"}"#, "nope"), (#"{"error":{"message":"nope"}}"#, "nope"),
    (#"{"error":"nope"}"#, "nope"), (#"[{"error":{"message":"nope"}}]"#, "nope"), ("nope", "nope"),
    (#""nope""#, "nope"), ("{}", ""),
    (#"{"code":"x","description":"nope","solution":"?"}"#, "nope"),
    (#"{"detail":[{"loc":["body","x"],"msg":"not permitted"}]}"#, "body.x: not permitted"),
    (#"{"object":"error","message":{"detail":[{"loc":["body"],"msg":"bad"}]}}"#, "body: bad"),
  ]) func formsOfErrors(_ body: String, _ message: String) {
    #expect(ServerErrorBody(Array(body.utf8)).message == message)
  }

  @Test(
    arguments: [
      (.nameNotResolved, .unreachable, .noSuchServer), (.connectionRefused, .unreachable, .nobodyThere),
      (.proxyUnreachable, .unreachable, .nobodyThere),
      (.connectionFailed, .unreachable, .none), (.connectionLost, .unreachable, .none),
      (.untrusted, .unreachable, .untrusted), (.tooLarge, .badReply, .none), (.cancelled, .interrupted, .none),
      (.invalidURL, .notFound, .none),
    ] as [(HTTPClientErrorKind, ArticleError.Code, ArticleError.FailureEvidence)])
  func callsWithoutAnswer(
    _ kind: HTTPClientErrorKind, _ code: ArticleError.Code, _ evidence: ArticleError.FailureEvidence
  )
    throws
  {
    let error = model(try settings(.openAI)).failure(HTTPClientError(kind, "why"))
    #expect(error.code == code && error.evidence == evidence && error.status == nil)
  }
}
