import JSONLines
import Summarization

/// Anthropic's Messages API.
struct AnthropicMessages: ChatProtocol {
  let context: ChatContext

  var resource: String { "/v1/messages" }

  var headers: [RequestHeader] {
    let key = context.settings.key.map { [RequestHeader("x-api-key", $0.text, isHidden: true)] } ?? []
    return key + [RequestHeader("anthropic-version", "2023-06-01")]
  }

  var features: RequestFeatures {
    let names = context.settings.options.map(\.name)
    var features: RequestFeatures = names.contains("output_config") ? [] : [.jsonSchema]
    if !names.contains("system") { features.insert(.systemMessage) }
    if context.settings.temperature != nil, !names.contains("temperature") { features.insert(.temperature) }
    return features
  }

  func body(for article: Article, _ shape: RequestShape, correction: String?) -> ChatRequestBody {
    let features = features.subtracting(shape.without)
    let instructions = context.prompt.instructions(after: correction)
    let message = SummaryPrompt.message(for: article)
    var body = ChatRequestBody()
    body.set("model", context.settings.model)
    body.set("max_tokens", shape.maximumTokens ?? context.settings.maximumTokens)
    if shape.without.contains(.systemMessage) {
      body.setMessages(system: nil, user: instructions + "\n\n" + message)
    } else {
      body.set("system", instructions)
      body.setMessages(system: nil, user: message)
    }
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
    let content = reply["content"]
    let blocks = content?.elements
    let text = blocks.map { blocks in
      blocks.filter { $0["type"]?.string == "text" }.compactMap { $0["text"]?.string }.joined()
    }
    // Some gateways send the text without its block.
    var answer = ChatAnswer(
      text: text ?? content?.string, thoughts: blocks?.compactMap { $0["thinking"]?.string }.joined(),
      ending: .complete, usage: usage(in: reply))
    answer.hasOtherThoughts = blocks?.contains { $0["type"]?.string == "redacted_thinking" } ?? false
    let details = reply["stop_details"]
    answer.endingWord = reply["stop_reason"]?.string
    answer.ending = ChatAnswer.ReplyEnding(
      word: answer.endingWord, refusal: details?["explanation"]?.string ?? details?["category"]?.string)
    if reply["stop_reason"]?.string == "pause_turn" { answer.ending = .broken("is not finished") }
    if answer.ending == .complete, content == nil {
      answer.ending = .missing("content", in: reply, others: ["choices", "message"])
    }
    answer.toolCalls = blocks?.filter { $0["type"]?.string == "tool_use" }.map { $0["input"]?.text ?? "" } ?? []
    return answer
  }

  func add(_ piece: JSONValue, to stream: inout StreamedReply) {
    switch piece["type"]?.string {
    case "message": stream.whole = piece
    case "message_start": stream.firstUsage = piece["message"]?["usage"]
    case "content_block_start":
      stream.text += piece["content_block"]?["text"]?.string ?? ""
    case "content_block_delta":
      stream.text += piece["delta"]?["text"]?.string ?? ""
      stream.thoughts += piece["delta"]?["thinking"]?.string ?? ""
    case "message_delta":
      if let word = piece["delta"]?["stop_reason"]?.string { stream.ending = word }
      stream.usage = piece["usage"] ?? stream.usage
    default: return
    }
    stream.hasParts = true
  }

  func whole(_ stream: StreamedReply) -> JSONValue? {
    guard stream.hasParts else { return nil }
    if let whole = stream.whole { return whole }
    var writer = JSONWriter(capacity: stream.text.utf8.count + 256)
    writer.beginObject()
    writer.key("content")
    writer.beginArray()
    writer.object(["type": "thinking", "thinking": stream.thoughts])
    writer.object(["type": "text", "text": stream.text])
    writer.endArray()
    writer.key("stop_reason")
    writer.value(stream.ending ?? "error")
    // The last count of output tokens is the total.
    writer.key("usage")
    writer.beginObject()
    for name in ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens", "output_tokens"] {
      guard let count = stream.usage?[name] ?? stream.firstUsage?[name] else { continue }
      writer.key(of: name)
      writer.value(verbatim: count.bytes[...])
    }
    writer.endObject()
    writer.endObject()
    return try? JSONValue(scanning: writer.take())
  }

  /// Returns the token usage. Tokens read from or written to a cache count as input.
  private func usage(in reply: JSONValue) -> TokenUsage? {
    guard let usage = reply["usage"] else { return nil }
    let input = ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"].compactMap {
      TokenUsage(usage[$0]?.integer, nil)?.input
    }
    return TokenUsage(input.isEmpty ? nil : input.reduce(0, +), usage["output_tokens"]?.integer)
  }
}
