import Summarization
import Testing

@testable import LanguageModels

/// Streams of servers that send nothing else, whatever they are asked for.
struct StreamedReplyTests {
  private static let object = #"{"summary":"It is so.","sentiment":"neutral","keywords":["a","b"]}"#

  private static func quoted(_ character: Character) -> String {
    character == "\"" ? #""\"""# : "\"\(character)\""
  }

  /// A piece for each character, the ending, and what the server says last.
  private static func stream(_ provider: LanguageModelProvider, ending: String?) -> String {
    let ending = ending.map { "\"\($0)\"" } ?? "null"
    return switch provider {
    case .openAI:
      object.map { "data: {\"choices\":[{\"delta\":{\"content\":\(quoted($0))},\"finish_reason\":null}]}\n\n" }.joined()
        + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\(ending)}]}\n\n"
        + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":9}}\n\n"
    case .anthropic:
      "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"content\":[],\"usage\":{\"input_tokens\":7,\"output_tokens\":1}}}\n\n"
        + "event: ping\ndata: {\"type\":\"ping\"}\n\n"
        + object.map {
          "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\(quoted($0))}}\n\n"
        }.joined()
        + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\(ending)},\"usage\":{\"output_tokens\":9}}\n\n"
    case .ollama:
      object.map { "{\"message\":{\"role\":\"assistant\",\"content\":\(quoted($0))},\"done\":false}\n" }.joined()
        + "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\(ending),\"prompt_eval_count\":7,\"eval_count\":9}\n"
    }
  }

  @Test(arguments: LanguageModelProvider.allCases) func piecesMakeAReply(_ provider: LanguageModelProvider) throws {
    let body = Self.stream(provider, ending: provider == .anthropic ? "end_turn" : "stop")
    for body in [body, body.replacing("\n", with: "\r\n"), ": keep-alive\n\n" + body] {
      let summary = try model(try settings(provider)).result(200, body).get()
      #expect(summary.summary == "It is so." && summary.keywords == ["a", "b"])
      #expect(summary.usage == TokenUsage(input: 7, output: 9))
    }
  }

  @Test(arguments: LanguageModelProvider.allCases) func endingsCountInStreams(_ provider: LanguageModelProvider) throws
  {
    let model = model(try settings(provider))
    #expect(model.code(200, Self.stream(provider, ending: "content_filter")) == .refused)
    #expect(model.code(200, Self.stream(provider, ending: "max_tokens")) == .truncated)
  }

  @Test func aStreamThatIsCutIsAFailureOfTheServer() throws {
    let body = "data: {\"choices\":[{\"delta\":{\"content\":\"{\"}}]}\n\n"
    #expect(model(try settings(.openAI)).code(200, body) == .serverError)
    #expect(model(try settings(.openAI)).code(200, body + "data: {\"choi") == .serverError)
    #expect(model(try settings(.anthropic)).code(200, Self.stream(.anthropic, ending: nil)) == .serverError)
  }

  @Test(arguments: ["data: \(whole)\n\ndata: [DONE]\n\n", "\(whole)\ndata: [DONE]\n\n"])
  func aWholeReplyMayBeAPiece(_ body: String) throws {
    #expect(try model(try settings(.openAI)).result(200, body).get().summary == "It is so.")
  }

  private static let whole = reply(.openAI, goodReply)

  @Test(arguments: [
    ("NaN", "a"), ("-Infinity", "a"), ("nan", "a"), ("-inf", "a"), ("None", "NaN"), ("[nan,1e5,-2.5E-3]", "inf -nan"),
  ]) func numbersThatJSONDoesNotHave(_ number: String, _ word: String) throws {
    let object = goodReply.replacing("It is so", with: word)
    let body = reply(.openAI, object, more: ",\"logprob\":\(number)")
    #expect(try model(try settings(.openAI)).result(200, body).get().summary == "\(word).")
    #expect(try model(try settings(.openAI)).result(200, "\u{FEFF}\(body)\0").get().summary == "\(word).")
    #expect(LenientJSON.value(Array("nan".utf8)) == nil && LenientJSON.value(Array("Hello {a}".utf8)) == nil)
  }
}
