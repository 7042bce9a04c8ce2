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
      // Google's prompt filter returns no choices.
      let feedback = reply["prompt_feedback"] ?? reply["promptFeedback"]
      if let reason = feedback?["block_reason"] ?? feedback?["blockReason"] {
        return ChatAnswer(ending: .refused(reason.string), usage: usage)
      }
      return ChatAnswer(ending: .broken("has no choices"), usage: usage)
    }
    let message = choice["message"]
    let refusal = message?["refusal"]?.string
    var answer = ChatAnswer(text: text(message?["content"]), ending: .complete, usage: usage)
    answer.thoughts = thoughts(message)
    answer.endingWord = choice["finish_reason"]?.string
    answer.ending = ChatAnswer.Ending(word: answer.endingWord, refusal: refusal)
    if let error = choice["error"], error.kind == .object, error.saysSomething {
      answer.ending = .error(ServerErrorBody(error))
    }
    if answer.ending == .complete, let refusal, !refusal.trimmed().isEmpty { answer.ending = .refused(refusal) }
    // Gateways may report the finish reason of the upstream server in a separate field.
    if answer.ending == .complete, answer.text?.trimmed().isEmpty ?? true, let word = choice["native_finish_reason"] {
      answer.ending = ChatAnswer.Ending(word: word.string)
    }
    // On Ollama's default port, the prompt may be cut: this protocol has no field that prevents it.
    if context.settings.endpoint.port == 11434, let usage, context.wasCut(article, promptTokens: usage.input) {
      answer.ending = .contextFull
    }
    return answer
  }

  private func thoughts(_ message: JSONValue?) -> String? {
    for name in ["reasoning_content", "reasoning", "thinking"] {
      if let thoughts = message?[name]?.string { return thoughts }
    }
    return nil
  }

  func add(_ piece: JSONValue, to stream: inout StreamedReply) {
    if let usage = piece["usage"] { stream.usage = usage }
    guard let choice = piece["choices"]?.elements?.first else { return }
    stream.hasParts = true
    if choice["message"] != nil { stream.whole = piece }
    let delta = choice["delta"]
    stream.text += text(delta?["content"]) ?? ""
    stream.thoughts += thoughts(delta) ?? ""
    stream.refusal += delta?["refusal"]?.string ?? ""
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
    // An empty field counts as absent.
    writer.object(["content": stream.text, "reasoning_content": stream.thoughts, "refusal": stream.refusal])
    writer.endObject()
    writer.endArray()
    if let usage = stream.usage {
      writer.key("usage")
      writer.value(verbatim: usage.bytes[...])
    }
    writer.endObject()
    return try? JSONValue(scanning: writer.take())
  }

  /// Returns the content: a string, or the joined text of the text parts in a list.
  private func text(_ content: JSONValue?) -> String? {
    if let parts = content?.elements {
      let texts = parts.filter { ["text", "output_text", nil].contains($0["type"]?.string) }
      return texts.compactMap { $0["text"]?.string }.joined()
    }
    return content?.string
  }
}
