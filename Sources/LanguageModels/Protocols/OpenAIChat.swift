import JSONLines
import Summarization

/// OpenAI's Chat Completions API, which many servers implement.
struct OpenAIChat: ChatProtocol {
  let context: ChatContext

  var resource: String { "/chat/completions" }

  var headers: [RequestHeader] {
    context.settings.key.map { [RequestHeader("Authorization", "Bearer \($0.text)", isHidden: true)] } ?? []
  }

  var features: RequestFeatures {
    var features: RequestFeatures = [.jsonSchema, .jsonObject, .maxTokens, .maxCompletionTokens, .systemMessage]
    if context.settings.temperature != nil { features.insert(.temperature) }
    for option in context.settings.options {
      switch option.name {
      case "response_format": features.subtract([.jsonSchema, .jsonObject])
      // A request may contain only one of the two.
      case "max_tokens", "max_completion_tokens": features.subtract([.maxTokens, .maxCompletionTokens])
      case "temperature": features.remove(.temperature)
      default: break
      }
    }
    return features
  }

  func sent(_ features: RequestFeatures) -> RequestFeatures {
    var sent = features.subtracting([.maxTokens, .maxCompletionTokens])
    if sent.contains(.jsonSchema) { sent.remove(.jsonObject) }
    if let limit = limit(features) { sent.insert(limit) }
    return sent
  }

  /// Whether the server prefers `max_completion_tokens`. Newer models of OpenAI accept only this name; other servers
  /// may know only the old one, and ignore the new one without an error.
  private var prefersNewName: Bool {
    let host = context.settings.endpoint.host
    return host.hasSuffix("openai.com") || host.hasSuffix(".azure.com")
  }

  func body(for article: Article, _ shape: RequestShape, correction: String?) -> ChatRequestBody {
    let features = features.subtracting(shape.without)
    var body = ChatRequestBody()
    body.set("model", context.settings.model)
    context.setMessages(of: &body, for: article, features: features, correction)
    // Some gateways stream by default.
    body.set("stream", false)
    if let limit = limit(features) {
      body.set(
        limit == .maxTokens ? "max_tokens" : "max_completion_tokens",
        shape.maximumTokens ?? context.settings.maximumTokens)
    }
    if features.contains(.temperature), let temperature = context.settings.temperature {
      body.set("temperature", temperature)
    }
    if features.contains(.jsonSchema) {
      body.set("response_format") { writer in
        writer.beginObject()
        writer.key("type")
        writer.value("json_schema")
        writer.key("json_schema")
        writer.beginObject()
        writer.key("name")
        writer.value("article_summary")
        writer.key("strict")
        writer.value(true)
        writer.key("schema")
        context.schema.write(to: &writer)
        writer.endObject()
        writer.endObject()
      }
    } else if features.contains(.jsonObject) {
      body.set("response_format") { $0.object(["type": "json_object"]) }
    }
    for option in context.settings.options { body.set(option.name, json: option.json) }
    return body
  }

  /// Returns the name of the reply limit that a request uses; nil if it has no limit.
  private func limit(_ features: RequestFeatures) -> RequestFeatures? {
    let takesOld = features.contains(.maxTokens)
    if features.contains(.maxCompletionTokens) && (prefersNewName || !takesOld) { return .maxCompletionTokens }
    return takesOld ? .maxTokens : nil
  }

  func answer(in reply: JSONValue, to article: Article) -> ChatAnswer {
    let usage = TokenUsage(
      reply["usage"]?["prompt_tokens"]?.integer, reply["usage"]?["completion_tokens"]?.integer)
    guard let choice = reply["choices"]?.elements?.first else {
      // Google's prompt filter returns no choices, and Azure's may.
      let feedback = reply["prompt_feedback"] ?? reply["promptFeedback"]
      if let reason = feedback?["block_reason"] ?? feedback?["blockReason"] {
        return ChatAnswer(ending: .refused(reason.string), usage: usage)
      }
      if let refusal = FilterResults.refusal(in: reply) { return ChatAnswer(ending: .refused(refusal), usage: usage) }
      return ChatAnswer(ending: .missing("choices", in: reply, others: ["content", "message", "output"]), usage: usage)
    }
    // A server that streams may send the only piece as a whole.
    let message = choice["message"] ?? choice["delta"]
    let content = message?["content"] ?? choice["text"]
    let refusal = message?["refusal"]?.string ?? content?.elements?.lazy.compactMap { $0["refusal"]?.string }.first
    var answer = ChatAnswer(text: text(content), ending: .complete, usage: usage)
    answer.thoughts = thoughts(message)
    answer.hasOtherThoughts = hasOtherThoughts(message)
    answer.thoughtTokens = reply["usage"]?["completion_tokens_details"]?["reasoning_tokens"]?.integer ?? 0
    answer.endingWord = choice["finish_reason"]?.string
    answer.ending = ChatAnswer.ReplyEnding(word: answer.endingWord, refusal: refusal)
    if let error = choice["error"], error.kind == .object, error.saysSomething {
      answer.ending = .error(ServerErrorBody(error))
    }
    let isEmpty = answer.isBlank
    if answer.ending == .complete, let refusal, !refusal.trimmed().isEmpty { answer.ending = .refused(refusal) }
    if case .refused = answer.ending {
    } else if let refusal = FilterResults.refusal(in: choice) ?? (isEmpty ? FilterResults.refusal(in: reply) : nil) {
      answer.ending = .refused(refusal)
    }
    if answer.ending == .complete, choice["message"] == nil, choice["delta"] != nil, answer.endingWord == nil {
      answer.ending = .failed
    }
    if answer.ending == .complete, isEmpty {
      // Gateways may report the finish reason of the upstream server in a separate field.
      answer.ending = ChatAnswer.ReplyEnding(word: choice["native_finish_reason"]?.string)
    }
    answer.toolCalls = ChatAnswer.toolCalls(in: message)
    // On Ollama's default port, the prompt may be cut: this protocol has no field that prevents it.
    if context.settings.endpoint.port == 11434, let usage, context.wasCut(article, promptTokens: usage.input) {
      answer.ending = .contextFull
    }
    return answer
  }

  private static let thoughtNames = ["reasoning_content", "reasoning", "thinking"]

  /// Returns the first text of thoughts that is not blank: a server may send one of the fields for each client.
  private func thoughts(_ message: JSONValue?) -> String? {
    Self.thoughtNames.lazy.compactMap { message?[$0]?.string }.first { !$0.trimmed().isEmpty }
  }

  /// Returns whether there are thoughts in a form other than a text: lists of OpenRouter and LiteLLM, objects, and parts
  /// of the content as Mistral sends them.
  private func hasOtherThoughts(_ message: JSONValue?) -> Bool {
    for name in Self.thoughtNames + ["reasoning_details", "thinking_blocks"] {
      guard let value = message?[name], value.kind == .object || value.kind == .array else { continue }
      // More than the two brackets.
      if value.bytes.contains(where: { !$0.isSpace && !"{}[]".utf8.contains($0) }) { return true }
    }
    return message?["content"]?.elements?.contains { part in
      part["thinking"] != nil || part["reasoning"] != nil
        || part["type"]?.string.map { ["thinking", "reasoning"].contains($0) } == true
    } ?? false
  }

  func add(_ piece: JSONValue, to stream: inout StreamedReply) {
    if let usage = piece["usage"] { stream.usage = usage }
    guard let choice = piece["choices"]?.elements?.first else { return }
    stream.hasParts = true
    if choice["message"] != nil { stream.whole = piece }
    if let refusal = FilterResults.refusal(in: choice) { stream.filter = refusal }
    let delta = choice["delta"]
    stream.text += text(delta?["content"]) ?? ""
    stream.thoughts += thoughts(delta) ?? ""
    stream.refusal += delta?["refusal"]?.string ?? ""
    stream.toolArguments += ChatAnswer.toolCalls(in: delta).joined()
    if hasOtherThoughts(delta) { stream.hasOtherThoughts = true }
    if let word = choice["finish_reason"]?.string { stream.ending = word }
  }

  func whole(_ stream: StreamedReply) -> JSONValue? {
    guard stream.hasParts else { return nil }
    if let whole = stream.whole { return whole }
    var writer = JSONWriter(capacity: stream.text.utf8.count + 256)
    writer.beginObject()
    writer.key("choices")
    writer.beginArray()
    writer.beginObject()
    if let word = stream.endingWord {
      writer.key("finish_reason")
      writer.value(word)
    }
    writer.key("message")
    writer.beginObject()
    // An empty field counts as absent.
    let refusal = stream.refusal.isEmpty ? stream.filter : stream.refusal
    for (name, text) in [("content", stream.text), ("reasoning_content", stream.thoughts), ("refusal", refusal)] {
      writer.key(of: name)
      writer.value(text)
    }
    if !stream.toolArguments.isEmpty {
      writer.key("function_call")
      writer.object(["arguments": stream.toolArguments])
    }
    if stream.hasOtherThoughts {
      writer.key("thinking_blocks")
      writer.array(["…"])
    }
    writer.endObject()
    writer.endObject()
    writer.endArray()
    if let usage = stream.usage {
      writer.key("usage")
      writer.value(verbatim: usage.bytes[...])
    }
    writer.endObject()
    return try? JSONValue(scanning: writer.take())
  }

  /// Returns the content: a string, the joined text of the text parts in a list, or an object that a gateway has already
  /// parsed.
  private func text(_ content: JSONValue?) -> String? {
    guard let content else { return nil }
    switch content.kind {
    case .array:
      return content.elements?.compactMap { $0.string ?? text(ofPart: $0) }.joined()
    case .object: return text(ofPart: content) ?? String(decoding: content.bytes, as: UTF8.self)
    default: return content.string
    }
  }

  private func text(ofPart part: JSONValue) -> String? {
    ["text", "output_text", nil].contains(part["type"]?.string) ? part["text"]?.string : nil
  }
}
