import JSONLines
import Summarization

/// OpenAI's chat completions, which many servers speak.
struct OpenAIChat: ChatProtocol {
  let context: ChatContext

  var resource: String { "/chat/completions" }

  var headers: [Header] {
    context.settings.key.map { [Header("Authorization", "Bearer \($0.text)", isHidden: true)] } ?? []
  }

  var features: RequestFeatures {
    var features: RequestFeatures = [.jsonSchema, .jsonObject, .maxTokens, .maxCompletionTokens, .systemMessage]
    if context.settings.temperature != nil { features.insert(.temperature) }
    for option in context.settings.options {
      switch option.name {
      case "response_format": features.subtract([.jsonSchema, .jsonObject])
      // A request may have one of the two.
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

  /// Newer models take the new name of the limit only; other servers may know the old one only, and not say so.
  private var prefersNewName: Bool {
    let host = context.settings.endpoint.host
    return host.hasSuffix("openai.com") || host.hasSuffix(".azure.com")
  }

  func body(for article: Article, features: RequestFeatures) -> RequestBody {
    var body = RequestBody()
    body.set("model", context.settings.model)
    context.setMessages(of: &body, for: article, features: features)
    if let limit = limit(features) {
      body.set(
        limit == .maxTokens ? "max_tokens" : "max_completion_tokens", context.settings.maximumTokens)
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

  /// Which of the two limits a request has.
  private func limit(_ features: RequestFeatures) -> RequestFeatures? {
    let takesOld = features.contains(.maxTokens)
    if features.contains(.maxCompletionTokens) && (prefersNewName || !takesOld) { return .maxCompletionTokens }
    return takesOld ? .maxTokens : nil
  }

  func answer(in reply: JSONValue, to article: Article) -> ChatAnswer {
    let usage = TokenUsage(
      reply["usage"]?["prompt_tokens"]?.integer, reply["usage"]?["completion_tokens"]?.integer)
    guard let choice = reply["choices"]?.elements?.first else {
      return ChatAnswer(ending: .broken("has no choices"), usage: usage)
    }
    let message = choice["message"]
    var answer = ChatAnswer(text: text(message?["content"]), ending: .complete, usage: usage)
    let reason = choice["finish_reason"]?.string?.lowercased()
    switch reason {
    case "length", "max_tokens": answer.ending = .truncated
    case "model_length": answer.ending = .contextFull
    case "content_filter", "safety", "refusal": answer.ending = .refused(message?["refusal"]?.string)
    case "tool_calls", "function_call": answer.ending = .broken("calls a tool")
    case "error": answer.ending = .failed
    default: break
    }
    if answer.ending == .complete, let refusal = message?["refusal"]?.string, !refusal.trimmed().isEmpty {
      answer.ending = .refused(refusal)
    }
    // Ollama's own port: in this protocol it cannot be asked not to cut.
    if context.settings.endpoint.port == 11434, let usage, context.wasCut(article, promptTokens: usage.input) {
      answer.ending = .contextFull
    }
    return answer
  }

  /// A string, or a list of parts of which those with text count.
  private func text(_ content: JSONValue?) -> String? {
    if let parts = content?.elements {
      return parts.filter { $0["type"]?.string == "text" }.compactMap { $0["text"]?.string }.joined()
    }
    return content?.string
  }
}
