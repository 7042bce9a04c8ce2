import JSONLines
import Summarization

/// Anthropic's messages.
struct AnthropicMessages: ChatProtocol {
  let context: ChatContext

  var resource: String { "/v1/messages" }

  var headers: [Header] {
    let key = context.settings.key.map { [Header("x-api-key", $0.text, isHidden: true)] } ?? []
    return key + [Header("anthropic-version", "2023-06-01")]
  }

  var features: RequestFeatures {
    let names = context.settings.options.map(\.name)
    var features: RequestFeatures = names.contains("output_config") ? [] : [.jsonSchema]
    if context.settings.temperature != nil, !names.contains("temperature") { features.insert(.temperature) }
    return features
  }

  func body(for article: Article, features: RequestFeatures) -> RequestBody {
    var body = RequestBody()
    body.set("model", context.settings.model)
    body.set("max_tokens", context.settings.maximumTokens)
    body.set("system", context.prompt.instructions)
    body.setMessages(system: nil, user: Prompt.message(for: article))
    if features.contains(.temperature), let temperature = context.settings.temperature {
      body.set("temperature", temperature)
    }
    if features.contains(.jsonSchema) {
      body.set("output_config") { writer in
        writer.beginObject()
        writer.key("format")
        writer.beginObject()
        writer.key("type")
        writer.value("json_schema")
        writer.key("schema")
        context.schema.write(to: &writer)
        writer.endObject()
        writer.endObject()
      }
    }
    for option in context.settings.options { body.set(option.name, json: option.json) }
    return body
  }

  func answer(in reply: JSONValue, to article: Article) -> ChatAnswer {
    let text = reply["content"]?.elements.map { blocks in
      blocks.filter { $0["type"]?.string == "text" }.compactMap { $0["text"]?.string }.joined()
    }
    var answer = ChatAnswer(text: text, ending: .complete, usage: usage(in: reply))
    switch reply["stop_reason"]?.string {
    case "max_tokens": answer.ending = .truncated
    case "model_context_window_exceeded": answer.ending = .contextFull
    case "refusal":
      let details = reply["stop_details"]
      answer.ending = .refused(details?["explanation"]?.string ?? details?["category"]?.string)
    case "tool_use": answer.ending = .broken("calls a tool")
    case "pause_turn": answer.ending = .broken("is not finished")
    default: break
    }
    return answer
  }

  /// What was read from or written to a cache was sent as well.
  private func usage(in reply: JSONValue) -> TokenUsage? {
    guard let usage = reply["usage"] else { return nil }
    let input = ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"].compactMap {
      TokenUsage(usage[$0]?.integer, nil)?.input
    }
    return TokenUsage(input.isEmpty ? nil : input.reduce(0, +), usage["output_tokens"]?.integer)
  }
}
