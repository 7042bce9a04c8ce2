import JSONLines
import Summarization
import Testing

@testable import LanguageModels

/// Models that think before they answer, and small ones that nearly do what they are told.
struct ThinkingModelTests {
  private static let object = #"{"summary":"It is so.","sentiment":"neutral","keywords":["a","b"]}"#

  private static let draft = object.replacing("It is so.", with: "A draft.")

  @Test(arguments: [
    (SummaryTasks.summary, #"{"summary":{"type":"string"}},"required":["summary"]"#),
    (
      .sentiment,
      #"{"sentiment":{"type":"string","enum":["positive","negative","neutral","mixed"]}},"required":["sentiment"]"#
    ),
    (.keywords, #"{"keywords":{"type":"array","items":{"type":"string"}}},"required":["keywords"]"#),
  ]) func theSchemaHasTheFieldsOfTheTasks(_ tasks: SummaryTasks, _ fields: String) {
    var writer = JSONWriter(capacity: 256)
    ReplySchema(SummaryRequest(tasks: tasks)).write(to: &writer)
    let schema = String(decoding: writer.take(), as: UTF8.self)
    #expect(schema == #"{"type":"object","properties":\#(fields),"additionalProperties":false}"#)
  }

  @Test(arguments: [
    "An object with {\"summary\": …} is wanted.\n</think>\n\(object)",
    "[THINK]An object {\"summary\": …}.[/THINK]\(object)",
    "<thinking>first {a}, then {b}</thinking>\(object)", "Here it is [as asked]: \(object)",
    "<|channel|>analysis<|message|>{a}<|end|><|start|>assistant<|channel|>final<|message|>\(object)<|return|>",
    "<think>Perhaps \(object)? No.</think>\(object)", "◁think▷{a}◁/think▷\(object)",
    "<seed:think>x</seed:think>\(object)",
    "<reasoning>\(object)</reasoning>\n```json\n\(object)\n```", "<|START_THINKING|>x<|END_THINKING|>\(object)",
    "<thought>a { b</thought>\(object)<|im_end|>", "<think>\n\n</think>\n\n\(object)", "<think>\(object)</think>",
    "<|channel>thought\n\(draft)<channel|>\(object)", "<unused94>thought\n\(draft)<unused95>\(object)",
    "<details type=\"reasoning\">\n<summary>Thought for 3 seconds</summary>\n\(draft)\n</details>\n\(object)",
    "<inner_monologue>\(draft)</inner_monologue>\(object)", "<cot>\(draft)</cot>\(object)",
    "analysis\(draft)assistantfinal\(object)",
    "Steps:\n\(draft)\n[BEGIN FINAL RESPONSE]\n\(object)\n[END FINAL RESPONSE]",
    "\(object)\n\(object)", "```json\n\(object)\n```\n```json\n\(object)\n```",
    "Let me see: {\"a\": 1}. So: \(object)", "\(object)\nDone {or not}.", "<answer>\(object)</answer>",
  ]) func marksThatModelsUse(_ text: String) throws {
    let summary = try ReplySchema(SummaryRequest()).check(text)
    #expect(summary.summary == "It is so." && summary.keywords == ["a", "b"])
  }

  @Test(arguments: [
    "[\(object), \(object)]", "[ \(object),", "[\(draft), \(object)]", "[\(draft), \(object)", "[\(draft)\n\(object)]",
    "[\"a\", [\(object)]]", "[\(draft)] [\(object)]", "\(object) or \(object)", "", "\(draft)\n\(object)",
    "<answer>\(draft)</answer><answer>\(object)</answer>", "\(draft)<br>\(object)",
  ])
  func whatIsInDoubtIsNotTaken(_ text: String) {
    #expect(throws: ReplyMismatch.self) { try ReplySchema(SummaryRequest()).check(text) }
  }

  @Test func marksWithinTheObjectAreText() throws {
    let text = #"{"summary":"About </think> and <|end|> {.","sentiment":"mixed","keywords":[]}"#
    #expect(try ReplySchema(SummaryRequest()).check(text).summary == "About </think> and <|end|> {.")
  }

  @Test func muchNonsenseTakesNoLongTime() {
    for text in [
      "{", "[", "{\"a\":", "{}[]", "</think>", "{}</think>", "{}</", "{}<a>", "[{}", "[{},", "[{},]",
      Self.object + "<|",
    ] {
      let long = String(repeating: text, count: 160_000 / text.utf8.count)
      #expect(throws: ReplyMismatch.self) { try ReplySchema(SummaryRequest()).check(long) }
    }
  }

  @Test(arguments: [
    (LanguageModelProvider.openAI, "reasoning_content"), (.openAI, "reasoning"), (.openAI, "thinking"),
    (.ollama, "thinking"),
  ])
  func anAnswerAmongThoughts(_ provider: LanguageModelProvider, _ field: String) throws {
    func body(_ thoughts: String) -> String {
      let quoted = "\"" + thoughts.replacing("\"", with: "\\\"") + "\""
      return provider == .ollama
        ? #"{"message":{"role":"assistant","content":"","\#(field)":\#(quoted)},"done":true,"done_reason":"stop"}"#
        : #"{"choices":[{"finish_reason":"stop","message":{"content":"","\#(field)":\#(quoted)}}]}"#
    }
    let model = model(try settings(provider))
    #expect(try model.result(200, body(Self.object)).get().summary == "It is so.")
    let failure = model.failure(200, body("Hm, what to say?"))
    #expect(failure?.code == .badReply && failure?.evidence == ArticleError.FailureEvidence.none)
    #expect(failure?.message == "the reply has thoughts and no answer; advice: thinkLess(field: nil)")
  }

  @Test func theMessageShowsHowAReplyBegins() throws {
    let model = model(try settings(.openAI, key: "sk-0123456789"))
    let text = "Sure! sk-0123456789 Here is\\n the summary " + String(repeating: "x", count: 200)
    let message = model.failure(200, reply(.openAI, text))?.message ?? ""
    #expect(message.contains(#"; it begins "Sure! *** Here is"#) && message.contains("xxx…\""), "\(message)")
    #expect(message.contains("advice: thinkLess(field: nil)") && !message.contains("\n"))
  }

  @Test func anEmptyReplyIsASignOfLoad() throws {
    for provider in LanguageModelProvider.allCases {
      #expect(model(try settings(provider)).failure(200, reply(provider, ""))?.evidence == .emptyReply)
      #expect(model(try settings(provider)).failure(200, "")?.evidence == .emptyReply)
    }
  }

  @Test(arguments: [
    #"{"summary": "...", "sentiment": "neutral", "keywords": ["..."]}"#,
    #"{"summary":"string","sentiment":"neutral","keywords":[]}"#,
    #"{"summary":"<summary>","sentiment":"neutral","keywords":[]}"#,
    #"{"summary":"…","sentiment":"neutral","keywords":[]}"#,
  ]) func placeholdersAreNoSummary(_ text: String) {
    #expect(throws: ReplyMismatch.self) { try ReplySchema(SummaryRequest()).check(text) }
  }

  @Test(
    arguments: [
      ("positive.", .positive), ("**positive**", .positive), ("positive (0.8)", .positive),
      ("Sentiment: positive", .positive), ("Mixed, mixed", .mixed), ("positiv", nil), ("positive or negative", nil),
      ("", nil),
    ] as [(String, Sentiment?)])
  func exactlyOneOfTheFourWordsCounts(_ text: String, _ sentiment: Sentiment?) {
    let reply = #"{"sentiment":"\#(text)"}"#
    #expect((try? ReplySchema(SummaryRequest(tasks: .sentiment)).check(reply))?.sentiment == sentiment)
  }

  @Test func repeatedKeywordsAreOne() throws {
    let reply = #"{"keywords":["Prices","oil"," prices ","...","oil","C++","2024"]}"#
    let summary = try ReplySchema(SummaryRequest(tasks: .keywords, keywords: 4)).check(reply)
    #expect(summary.keywords == ["Prices", "oil", "C++", "2024"])
  }

  @Test(arguments: [
    "content_filter", "SAFETY", "RECITATION", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "sensitive",
    "content_filter: OTHER", "content-filtered", "guardrail_intervened", "refusal", "IMAGE_SAFETY", "MODEL_ARMOR",
  ]) func wordsForAFilter(_ word: String) throws {
    for provider in LanguageModelProvider.allCases {
      let failure = model(try settings(provider)).failure(200, reply(provider, "", ending: word))
      #expect(failure?.code == .refused, "\(provider) \(word)")
    }
  }

  /// A reply that is empty, and ends with a word of the server's own, is not asked for again.
  @Test(arguments: ["OTHER", "LANGUAGE", "ERROR_TOXIC", "risk_control"]) func otherEndingsOfEmptyReplies(
    _ word: String
  ) throws {
    for provider in LanguageModelProvider.allCases {
      let failure = model(try settings(provider)).failure(
        200, reply(provider, "", ending: word).replacing("…", with: ""))
      #expect(failure?.code == .refused, "\(provider) \(word)")
    }
    #expect(
      model(try settings(.openAI)).result(200, reply(.openAI, goodReply, ending: word)).failure?.code != .badReply)
  }

  @Test func endingsOfOtherServers() throws {
    let model = model(try settings(.openAI))
    for (word, code) in [
      ("MAX_TOKENS", ArticleError.Code.truncated), ("insufficient_system_resource", .serverError),
      ("network_error", .serverError), ("abort", .serverError),
    ] {
      #expect(model.code(200, reply(.openAI, goodReply, ending: word)) == code, "\(word)")
    }
    for word in ["eos", "end_turn", "STOP", "COMPLETE", "", "MALFORMED_FUNCTION_CALL"] {
      #expect(model.result(200, reply(.openAI, goodReply, ending: word)).success != nil, "\(word)")
    }
    let native = #"{"choices":[{"finish_reason":"stop","native_finish_reason":"SAFETY","message":{"content":""}}]}"#
    #expect(model.code(200, native) == .refused)
  }
}
