import HTTPClient
import JSONLines
import Summarization
import Testing

@testable import LanguageModels

/// Replies in other shapes than the usual one: what is in them is found, and what is missing is told.
struct ReplyShapeTests {
  private static let object = #"{\"summary\":\"It is so.\",\"sentiment\":\"neutral\",\"keywords\":[\"a\"]}"#

  private static let plain = object.replacing("\\", with: "")

  private static func openAI(_ message: String, ending: String = "stop", choice: String = "", usage: String = "{}")
    -> String
  {
    #"{"choices":[{"index":0,"finish_reason":"\#(ending)","message":{\#(message)}\#(choice)}],"usage":\#(usage)}"#
  }

  private func result(_ body: String) throws -> Result<Summary, ArticleError> {
    model(try settings(.openAI)).result(200, body)
  }

  // MARK: Filters

  private static let found = #"{"hate":{"filtered":false,"severity":"safe"},"self_harm":{"filtered":true}}"#

  /// Azure reports what was filtered beside any finish reason.
  @Test(arguments: [
    openAI(#""content":"""#, choice: #","content_filter_results":\#(found)"#),
    openAI(#""content":"\#(object)""#, choice: #","content_filter_results":\#(found)"#),
    openAI(#""content":"""#, choice: #","content_filter_result":\#(found)"#),
    openAI(#""content":"{""#, ending: "length", choice: #","content_filter_results":\#(found)"#),
    #"{"choices":[],"prompt_filter_results":[{"prompt_index":0,"content_filter_results":\#(found)}]}"#,
    openAI(#""content":"""#).dropLast() + #","prompt_filter_results":[{"content_filter_results":\#(found)}]}"#,
    "data: {\"choices\":[{\"delta\":{\"content\":\"{\"}}]}\n\n"
      + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\",\"content_filter_results\":\(found)}]}\n\n",
  ]) func filtersBesideAnyFinishReason(_ body: String) throws {
    let failure = try result(body).failure
    #expect(failure?.code == .refused && failure?.message == "refused: a content filter found self harm")
  }

  @Test(arguments: [
    #"{"custom_blocklists":{"filtered":true,"details":[{"filtered":true,"id":"x"}]}}"#,
    #"{"custom_blocklists":[{"filtered":false},{"filtered":true,"id":"x"}]}"#,
  ]) func blocklists(_ results: String) throws {
    let body = Self.openAI(#""content":"""#, choice: #","content_filter_results":\#(results)"#)
    #expect(try result(body).failure?.message == "refused: a content filter found custom blocklists")
  }

  @Test(arguments: [
    #"{"hate":{"filtered":false,"severity":"low"},"jailbreak":{"filtered":false,"detected":true}}"#, "{}", "[]",
    #"{"error":{"code":"content_filter_error","message":"The filter failed."}}"#, "true",
  ]) func whatAFilterOnlyRemarksIsNoRefusal(_ results: String) throws {
    let body = Self.openAI(#""content":"\#(Self.object)""#, choice: #","content_filter_results":\#(results)"#)
    #expect(try result(body).get().summary == "It is so.")
  }

  @Test(arguments: [
    #"{"error":{"message":"No.","innererror":{"content_filter_result":\#(found)}}}"#,
    #"{"error":{"message":"No.","prompt_filter_results":[{"content_filter_results":\#(found)}]}}"#,
    #"{"error":{"message":"No.","code":null},"content_filter_results":\#(found)}"#,
  ]) func filtersInErrors(_ body: String) throws {
    let failure = model(try settings(.openAI)).failure(400, body)
    #expect(failure?.code == .refused && failure?.message.contains("found self harm") == true)
  }

  // MARK: Thoughts

  /// Thoughts that are no text are never the answer, even if they contain one.
  @Test(arguments: [
    #""content":"","reasoning_details":[{"type":"reasoning.text","text":"\#(object)"}]"#,
    #""content":null,"reasoning":{"content":"\#(object)"}"#, #""content":"","reasoning_content":["\#(object)"]"#,
    #""content":"","thinking_blocks":[{"type":"thinking","thinking":"\#(object)"}]"#,
    #""content":[{"type":"thinking","thinking":[{"type":"text","text":"\#(object)"}]}]"#,
    #""content":[{"type":"reasoning","text":"\#(object)"}]"#,
    #""content":"","reasoning_content":"Hm.","reasoning":"\#(object)""#,
  ]) func thoughtsInOtherShapes(_ message: String) throws {
    let failure = try result(Self.openAI(message)).failure
    #expect(failure?.message == "the reply has thoughts and no answer; advice: thinkLess(field: nil)")
    #expect(failure?.code == .badReply && failure?.evidence == ArticleError.FailureEvidence.none)
  }

  @Test(arguments: [
    #""content":"","reasoning_content":"","reasoning":"\#(object)""#,
    #""content":" ","reasoning_details":[],"reasoning":"\#(object)""#,
    #""content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm"}]},{"type":"text","text":"\#(object)"}]"#,
    #""content":"\#(object)","reasoning":{"content":"Hm"}"#,
  ]) func answersBesideThoughts(_ message: String) throws {
    #expect(try result(Self.openAI(message)).get().summary == "It is so.")
  }

  @Test func thoughtsThatLeaveNoRoomForTheAnswer() throws {
    let thoughts = "the model's thoughts were cut off at 2048 tokens, before any answer; advice: thinkLess(field: nil)"
    for body in [
      Self.openAI(#""content":"","reasoning_content":"Hm""#, ending: "length"),
      Self.openAI(#""content":null,"reasoning_details":[{"text":"Hm"}]"#, ending: "length"),
      Self.openAI(#""content":"""#, ending: "length", usage: #"{"completion_tokens_details":{"reasoning_tokens":9}}"#),
      "data: {\"choices\":[{\"delta\":{\"reasoning_details\":[{\"text\":\"Hm\"}]}}]}\n\n"
        + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n\n",
    ] {
      let failure = try result(body).failure
      #expect(failure?.code == .truncated && failure?.message == thoughts)
    }
    for (provider, body) in [
      (
        LanguageModelProvider.anthropic,
        #"{"content":[{"type":"redacted_thinking","data":"x"}],"stop_reason":"max_tokens"}"#
      ), (.ollama, #"{"message":{"content":"","thinking":"Hm"},"done":true,"done_reason":"length"}"#),
    ] {
      #expect(model(try settings(provider)).failure(200, body)?.message == thoughts)
    }
    let own = model(
      try settings(.openAI) { $0.options = [try LanguageModelSettings.option(parsing: "max_tokens=5")] })
    let message = own.failure(200, Self.openAI(#""content":"","reasoning":"Hm""#, ending: "length"))?.message
    #expect(message?.contains("its limit of tokens, before any answer; advice: thinkLess(field: Optional(") == true)
  }

  @Test(arguments: [("", true), ("<think>Well", true), (#"{\"summary\":"#, false)])
  func whetherTheAnswerHadBegun(_ text: String, _ isBefore: Bool) throws {
    let failure = try result(Self.openAI(#""content":"\#(text)""#, ending: "length")).failure
    #expect(failure?.message.contains("2048 tokens, before the answer began (a model's") == isBefore)
    #expect(failure?.message.hasSuffix("advice: raiseReplyLimit(field: nil)") == true)
  }

  /// llama.cpp has no other word for it: 1351 + 185 tokens are a context of 1536, and the limit of the reply was 2048.
  @Test(arguments: [(185, ArticleError.Code.tooLong), (184, .truncated), (2048, .truncated)])
  func aReplyThatEndsWithTheContext(_ output: Int, _ code: ArticleError.Code) throws {
    let usage = #"{"prompt_tokens":1351,"completion_tokens":\#(output)}"#
    let failure = try result(Self.openAI(#""content":"{\"summary\":\"A bri""#, ending: "length", usage: usage)).failure
    #expect(failure?.code == code)
  }

  // MARK: Places of the answer

  @Test(arguments: [
    openAI(#""content":["\#(object)"]"#), openAI(#""content":{"type":"text","text":"\#(object)"}"#),
    openAI(#""content":{"summary":"It is so.","sentiment":"neutral","keywords":["a"]}"#),
    #"{"choices":[{"delta":{"content":"\#(object)"},"finish_reason":"stop"}]}"#,
    #"{"choices":[{"text":"\#(object)","finish_reason":"stop"}]}"#,
    openAI(#""content":"\"\#(object.replacing("\\", with: "\\\\\\"))\"""#),
  ]) func otherPlacesOfTheAnswer(_ body: String) throws {
    #expect(try result(body).get().summary == "It is so.")
  }

  @Test func contentOfAnthropicWithoutABlock() throws {
    let body = #"{"type":"message","content":"\#(Self.object)","stop_reason":"end_turn"}"#
    #expect(try model(try settings(.anthropic)).result(200, body).get().summary == "It is so.")
  }

  @Test func aPieceWithoutAnEndingIsCutOff() throws {
    #expect(try result(#"{"choices":[{"delta":{"content":"\#(Self.object)"}}]}"#).failure?.code == .serverError)
  }

  @Test func refusalsInParts() throws {
    let failure = try result(Self.openAI(#""content":[{"type":"refusal","refusal":"I can't."}]"#)).failure
    #expect(failure?.code == .refused && failure?.message == "refused: I can't.")
  }

  /// A model that calls a tool in place of an answer is not overloaded.
  @Test(
    arguments: [
      (.openAI, openAI(#""content":null,"tool_calls":[{"function":{"name":"json","arguments":"{}"}}]"#)),
      (.openAI, openAI(#""content":"","function_call":{"name":"json","arguments":"{}"}"#)),
      (.anthropic, #"{"content":[{"type":"tool_use","name":"x","input":{}}],"stop_reason":"end_turn"}"#),
      (
        .ollama,
        #"{"message":{"content":"","tool_calls":[{"function":{"name":"x"}}]},"done":true,"done_reason":"stop"}"#
      ),
    ] as [(LanguageModelProvider, String)])
  func toolsInPlaceOfAnAnswer(_ provider: LanguageModelProvider, _ body: String) throws {
    let failure = model(try settings(provider)).failure(200, body)
    #expect(failure?.code == .badReply && failure?.message == "the reply calls a tool")
    #expect(failure?.correction == "called a tool, and there are none")
    #expect(failure?.evidence == ArticleError.FailureEvidence.none)
  }

  /// A gateway that makes a tool of the schema may leave the answer in the call.
  @Test(
    arguments: [
      (.openAI, openAI(#""content":null,"tool_calls":[{"function":{"arguments":"\#(object)"}}]"#)),
      (
        .openAI, openAI(#""content":null,"tool_calls":[{"function":{"arguments":"\#(object)"}}]"#, ending: "tool_calls")
      ),
      (.openAI, openAI(#""content":"I call it.","tool_calls":[{"function":{"arguments":"\#(object)"}}]"#)),
      (.openAI, openAI(#""content":"","function_call":{"arguments":"\#(object)"}"#, ending: "function_call")),
      (
        .openAI, openAI(#""content":"\#(object)","tool_calls":[{"function":{"arguments":"{}"}}]"#, ending: "tool_calls")
      ),
      (
        .openAI,
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"x\",\"arguments\":\"\"}}]}}]}\n\n"
          + #"data: {"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"{\"summary\":\"It is so.\","}}]}}]}"#
          + "\n\n"
          + #"data: {"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"\"sentiment\":\"neutral\",\"keywords\":[\"a\"]}"}}]},"#
          + #""finish_reason":"tool_calls"}]}"# + "\n\ndata: [DONE]\n\n"
      ),
      (
        .anthropic,
        #"{"content":[{"type":"text","text":"So:"},{"type":"tool_use","input":\#(plain)}],"stop_reason":"tool_use"}"#
      ),
      (
        .ollama,
        #"{"message":{"content":"","tool_calls":[{"function":{"arguments":\#(plain)}}]},"done":true,"done_reason":"stop"}"#
      ),
    ] as [(LanguageModelProvider, String)])
  func theAnswerInACallOfATool(_ provider: LanguageModelProvider, _ body: String) throws {
    #expect(try model(try settings(provider)).result(200, body).get().summary == "It is so.")
  }

  @Test func severalCallsOfToolsWithDifferentAnswersAreNone() throws {
    let other = Self.object.replacing("so", with: "not")
    let calls = [Self.object, other].map { #"{"function":{"arguments":"\#($0)"}}"# }.joined(separator: ",")
    #expect(try result(Self.openAI(#""content":"","tool_calls":[\#(calls)]"#)).failure?.code == .badReply)
  }

  /// What a proxy writes after a reply does not belong to it. A second reply is another matter.
  @Test(arguments: [
    (" trailing words", true), ("\n<!-- served by x -->", true), ("0", true), (" {}", false), ("}", true),
  ]) func wordsAfterAReply(_ words: String, _ isTaken: Bool) throws {
    let failure = try result(Self.openAI(#""content":"\#(Self.object)""#) + words).failure
    #expect((failure == nil) == isTaken)
  }

  @Test func emptyListsOfToolsAreNoCalls() throws {
    #expect(try result(Self.openAI(#""content":"","tool_calls":[]"#)).failure?.evidence == .emptyReply)
  }

  // MARK: No answer

  /// A gateway that is refused by another server sends nothing in its place.
  @Test(arguments: [
    (LanguageModelProvider.openAI, #"{"id":null,"choices":null,"created":0}"#, "the reply has no choices"),
    (.openAI, #"{"choices":[],"usage":{"prompt_tokens":1}}"#, "the reply has no choices"),
    (.anthropic, #"{"id":null}"#, "the reply has no content"), (.openAI, "data: [DONE]\n\n", "the reply is empty"),
    (.openAI, ": keep-alive\n\n: keep-alive\n\n", "the reply is empty"),
    (.anthropic, "event: ping\ndata:\n\n", "the reply is empty"),
  ]) func nothingAtAllIsASignOfLoad(_ provider: LanguageModelProvider, _ body: String, _ message: String) throws {
    let failure = model(try settings(provider)).failure(200, body)
    #expect(failure?.code == .badReply && failure?.evidence == .emptyReply && failure?.message == message)
  }

  @Test func otherServersSayWhoTheyAre() throws {
    let model = model(try settings(.openAI, key: "sk-0123456789"))
    let failure = model.failure(200, #"{"message":"Hello sk-0123456789"}"#)
    #expect(failure?.message == "the reply has no choices: Hello ***" && failure?.code == .badReply)
    #expect(failure?.evidence == ArticleError.FailureEvidence.none)
  }

  @Test(
    arguments: [
      (.anthropic, reply(.openAI, goodReply), "has choices and no content"),
      (.openAI, reply(.anthropic, goodReply), "has content and no choices"),
      (.openAI, reply(.ollama, goodReply), "has message and no choices"),
    ] as [(LanguageModelProvider, String, String)])
  func repliesOfOtherProtocolsAreNamed(_ provider: LanguageModelProvider, _ body: String, _ what: String) throws {
    let failure = model(try settings(provider)).failure(200, body)
    #expect(failure?.message == "the reply \(what), which is the form of another protocol")
    #expect(failure?.code == .badReply && failure?.evidence == ArticleError.FailureEvidence.none)
  }

  @Test func compressionThatIsNotDeclaredIsNamed() throws {
    let message = model(try settings(.openAI)).failure(200, "\u{1F}")?.message
    #expect(message?.contains("gzip") == false)
    let body: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0]
    let response = HTTPResponse(status: 200, headers: HTTPHeaders([]), body: body)
    let failure = model(try settings(.openAI)).result(of: response, to: article(), now: 0).failure
    #expect(failure?.message == "the reply is compressed by gzip, and no Content-Encoding says so")
  }
}
