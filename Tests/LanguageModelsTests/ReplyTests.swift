import Summarization
import Testing

@testable import LanguageModels

struct ReplyTests {
  @Test(arguments: LanguageModelProvider.allCases) func goodReplies(_ provider: LanguageModelProvider) throws {
    let model = model(try settings(provider), keywords: 2)
    let summary = try model.result(200, reply(provider, goodReply)).get()
    #expect(summary.summary == "It is so." && summary.sentiment == .positive && summary.keywords == ["a", "b"])
    #expect(summary.usage == TokenUsage(input: 100, output: 20))
  }

  @Test(arguments: [
    "{\"summary\":\"s\"}", "\n {\"summary\":\"s\",\"other\":1} \n", "```json\n{\"summary\":\"s\"}\n```",
    "Here is the summary:\n{\"summary\":\"s\"}\nI hope it helps.", "<think>{ [ }</think>\n{\"summary\":\"s\"}",
    "\u{FEFF}{\"summary\":\"s\"}",
  ]) func whatMayStandAroundTheObject(_ text: String) throws {
    #expect(try ReplySchema(SummaryRequest(tasks: .summary)).check(text) == Summary(summary: "s"))
  }

  @Test(arguments: [
    ("", "is empty"), (" \n", "is empty"), ("<think>hm</think> ", "is empty"), ("no object", "is not the JSON object"),
    (#"{"summary":"s""#, "is not the JSON object"), (#"[{"summary":"s"},{"summary":"t"}]"#, "is not the JSON object"),
    (#"{"summary":"s"} {"summary":"t"}"#, "is not the JSON object"), (#"{"summary":"s",}"#, "is not the JSON object"),
    (#"{"Summary":"s"}"#, "has no summary"), (#"{"summary":null}"#, "has no summary"),
    (#"{"summary":7}"#, "has a summary that is no string"), (#"{"summary":" \n"}"#, "has an empty summary"),
  ]) func repliesThatDoNotFit(_ text: String, _ what: String) {
    #expect {
      try ReplySchema(SummaryRequest(tasks: .summary)).check(text)
    } throws: {
      ($0 as? ReplyMismatch)?.what.hasPrefix(what) == true
    }
  }

  @Test(arguments: [
    (#"{"sentiment":"good","keywords":[]}"#, "has the sentiment 'good'"), (#"{"keywords":[]}"#, "has no sentiment"),
    (#"{"sentiment":"mixed"}"#, "has no keywords"),
    (#"{"sentiment":"mixed","keywords":"a, b"}"#, "has keywords that are no array"),
    (#"{"sentiment":"mixed","keywords":["a",1]}"#, "has a keyword that is no string"),
  ]) func sentimentAndKeywordsAreChecked(_ text: String, _ what: String) {
    #expect {
      try ReplySchema(SummaryRequest(tasks: [.sentiment, .keywords])).check(text)
    } throws: {
      ($0 as? ReplyMismatch)?.what == what
    }
  }

  @Test func anEmptyListOfKeywordsFits() throws {
    #expect(try ReplySchema(SummaryRequest(tasks: .keywords)).check(#"{"keywords":[]}"#).keywords == [])
  }

  @Test(arguments: [
    (LanguageModelProvider.openAI, "length", ArticleError.Code.truncated), (.openAI, "content_filter", .refused),
    (.openAI, "model_length", .tooLong), (.openAI, "error", .serverError),
    (.anthropic, "max_tokens", .truncated), (.anthropic, "refusal", .refused),
    (.anthropic, "pause_turn", .badReply), (.anthropic, "model_context_window_exceeded", .tooLong),
    (.ollama, "length", .truncated), (.ollama, "load", .badReply), (.ollama, "unload", .badReply),
    (.ollama, "", .badReply),
  ]) func endingsOtherThanTheUsual(
    _ provider: LanguageModelProvider, _ ending: String, _ code: ArticleError.Code
  ) throws {
    // Even where the text fits: it may end by chance where it was cut.
    let error = model(try settings(provider)).result(200, reply(provider, goodReply, ending: ending)).failure
    #expect(error?.code == code)
    #expect(error?.usage == TokenUsage(input: 100, output: 20))
    #expect(error?.status == 200)
  }

  @Test func truncationNamesItsLimit() throws {
    let model = model(try settings(.openAI) { $0.maximumTokens = 77 })
    let error = model.result(200, reply(.openAI, "", ending: "length")).failure
    #expect(
      error?.message.contains("77 tokens") == true && error?.message.contains("raiseReplyLimit(field: nil)") == true)
    // A limit of the user's own is not ours.
    for (provider, name) in [
      (LanguageModelProvider.openAI, "max_completion_tokens"), (.anthropic, "max_tokens"), (.ollama, "num_predict"),
    ] {
      let model = LanguageModelsTests.model(
        try settings(provider) { $0.options = [try LanguageModelSettings.option(parsing: "\(name)=5")] })
      let ending = provider == .anthropic ? "max_tokens" : "length"
      let message = model.result(200, reply(provider, "", ending: ending)).failure?.message
      #expect(
        message?.contains("2048") == false
          && message?.hasSuffix("raiseReplyLimit(field: Optional(\"\(name)\"))") == true)
    }
  }

  @Test func refusalsInTheMessage() throws {
    let body =
      #"{"choices":[{"finish_reason":"stop","message":{"content":null,"refusal":"I can't\nhelp with that."}}]}"#
    let error = model(try settings(.openAI)).failure(200, body)
    #expect(error == ArticleError(.refused, "refused: I can't help with that.", status: 200))
    let anthropic = reply(
      .anthropic, "", ending: "refusal", more: #","stop_details":{"category":"bio","explanation":"Too risky."}"#)
    #expect(model(try settings(.anthropic)).failure(200, anthropic)?.message == "refused: Too risky.")
  }

  @Test func contentInParts() throws {
    let body =
      #"{"choices":[{"message":{"content":[{"type":"thinking","thinking":"x"},{"type":"text","text":"{\"summary\":"},"#
      + #"{"type":"text","text":"\"s\"}"}]}}]}"#
    let summary = try model(try settings(.openAI), .summary).result(200, body).get()
    #expect(summary == Summary(summary: "s"))
  }

  @Test(arguments: [
    (LanguageModelProvider.openAI, "{}"), (.openAI, #"{"choices":[]}"#), (.openAI, #"{"choices":[{}]}"#),
    (.openAI, #"{"choices":[{"message":{"content":null}}]}"#), (.anthropic, "{}"), (.anthropic, #"{"content":[]}"#),
    (.ollama, "{}"), (.ollama, #"{"message":{"content":"{}"},"done":false}"#), (.ollama, #"{"done":true}"#),
    (.openAI, ""), (.openAI, "null"), (.openAI, "[]"), (.openAI, "<html><title>Welcome</title>"), (.openAI, "data: {}"),
    (.ollama, "{\"message\":{}}\n{\"message\":{}}"), (.openAI, "{\"choices\""),
  ]) func repliesWithoutAnAnswer(_ provider: LanguageModelProvider, _ body: String) throws {
    #expect(model(try settings(provider)).code(200, body) == .badReply)
  }

  @Test(arguments: ["[]", "null", #"["x"]"#]) func whatIsJSONButNoObjectIsToldAsThat(_ body: String) throws {
    #expect(model(try settings(.openAI)).failure(200, body)?.message == "the reply is not a JSON object")
  }

  @Test func errorsAfterTheStatusWasSent() throws {
    let line = "{\"message\":{\"content\":\"{\"},\"done\":false}\n{\"error\":\"an error was encountered\"}\n"
    for body in [#"{"error":"an error was encountered"}"#, line] {
      let error = model(try settings(.ollama)).failure(200, body)
      #expect(error?.code == .serverError)
      #expect(error?.message == "the server failed in the middle of its reply: an error was encountered")
    }
    let gateway = #"{"error":{"code":429,"message":"slow down"}}"#
    let error = model(try settings(.openAI)).failure(200, gateway)
    #expect(error?.code == .rateLimited && error?.status == 200)
  }

  @Test(arguments: ["{}", "\"\"", "false", "null", "0"]) func anErrorThatSaysNothingIsNone(_ error: String) throws {
    let body = reply(.openAI, goodReply).dropLast() + #","error":\#(error)}"#
    #expect(model(try settings(.openAI)).result(200, String(body)).success != nil)
  }

  /// They are added up, and compared with estimates: an overflow would end the run.
  @Test(arguments: [
    ("-1", 0), ("1000000001", 0), ("1e18", 0), ("9223372036854775807", 0), ("9223372036854774784", 0),
    ("1000000000", 1_000_000_000), ("1e9", 1_000_000_000),
  ])
  func numbersOfTokensThatNoReplyHasCountAsNone(_ number: String, _ count: Int) throws {
    for provider in LanguageModelProvider.allCases {
      let names =
        switch provider {
        case .openAI: ["prompt_tokens", "completion_tokens"]
        case .anthropic: ["input_tokens", "cache_read_input_tokens", "output_tokens"]
        case .ollama: ["prompt_eval_count", "eval_count"]
        }
      var body = reply(provider, goodReply)
      for name in names { body = body.replacing(try Regex("\"\(name)\":[0-9]+"), with: "\"\(name)\":\(number)") }
      let usage = try model(try settings(provider), keywords: 2).result(200, body).get().usage
      #expect(usage?.output == count)
    }
  }

  @Test func usageIsOptional() throws {
    let body = #"{"message":{"content":"{\"summary\":\"s\"}"},"done":true}"#
    #expect(try model(try settings(.ollama), .summary).result(200, body).get().usage == nil)
  }

  @Test func articlesThatOldServersCutAreTooLong() throws {
    let long = article(String(repeating: "word ", count: 4000))
    func code(_ tokens: Int, _ given: Article, _ option: String? = nil) throws -> ArticleError.Code? {
      let model = model(
        try settings(.ollama) { $0.options = try option.map { [try LanguageModelSettings.option(parsing: $0)] } ?? [] })
      let body = reply(.ollama, goodReply, more: #","prompt_eval_count":\#(tokens)"#)
      return model.result(200, body, to: given).failure?.code
    }
    #expect(try code(2048, long) == .tooLong)
    #expect(try code(2049, long) == nil)
    #expect(try code(4096, article("short")) == nil)
    #expect(try code(8000, long, "num_ctx=8000") == .tooLong)
    #expect(try code(7999, long, "num_ctx=8000") == nil)
    // By its other protocol, told by the port.
    let other = reply(.openAI, goodReply).replacing("\"prompt_tokens\":100", with: "\"prompt_tokens\":2048")
    for (port, code) in [(11434, ArticleError.Code.tooLong), (8080, nil)] {
      let model = model(try settings(.openAI, at: "http://localhost:\(port)"))
      #expect(model.result(200, other, to: long).failure?.code == code)
    }
  }
}
