import JSONLines
import Summarization

/// Ollama's own chat API.
struct OllamaChat: ChatProtocol {
  let context: ChatContext

  var resource: String { "/api/chat" }

  var headers: [RequestHeader] {
    context.settings.key.map { [RequestHeader("Authorization", "Bearer \($0.text)", isHidden: true)] } ?? []
  }

  var features: RequestFeatures {
    let names = context.settings.options.map(\.name)
    var features: RequestFeatures =
      names.contains("format") ? [.systemMessage] : [.jsonSchema, .jsonObject, .systemMessage]
    if !names.contains("num_predict") { features.insert(.maxTokens) }
    return features
  }

  /// The fields of the request itself. All other options belong to the model, under `options`.
  private static let requestFields: Set = [
    "model", "messages", "stream", "format", "options", "keep_alive", "think", "truncate", "shift", "tools", "logprobs",
    "top_logprobs",
  ]

  func body(for article: Article, _ shape: RequestShape, correction: String?) -> ChatRequestBody {
    let settings = context.settings
    let features = features.subtracting(shape.without)
    var body = ChatRequestBody()
    body.set("model", settings.model)
    context.setMessages(of: &body, for: article, features: features, correction)
    body.set("stream", false)
    // If the article does not fit, the server must report an error: it must neither truncate the prompt nor shift the
    // context later.
    body.set("truncate", false)
    body.set("shift", false)
    if features.contains(.jsonSchema) {
      body.set("format") { context.schema.write(to: &$0) }
    } else if features.contains(.jsonObject) {
      body.set("format", "json")
    }
    var options = ChatRequestBody()
    if features.contains(.maxTokens) { options.set("num_predict", shape.maximumTokens ?? settings.maximumTokens) }
    if let temperature = settings.temperature { options.set("temperature", temperature) }
    var replaced: [UInt8]?
    for option in settings.options {
      switch option.name {
      case "options": if !options.merge(option.json) { replaced = option.json }
      case let name where Self.requestFields.contains(name): body.set(name, json: option.json)
      case let name: options.set(name, json: option.json)
      }
    }
    body.set("options", json: replaced ?? options.json)
    return body
  }

  func answer(in reply: JSONValue, to article: Article) -> ChatAnswer {
    let input = reply["prompt_eval_count"]?.integer
    let usage = TokenUsage(input, reply["eval_count"]?.integer)
    let message = reply["message"]
    var answer = ChatAnswer(
      text: message?["content"]?.string, thoughts: message?["thinking"]?.string, ending: .complete, usage: usage)
    let reason = reply["done_reason"]?.string
    answer.endingWord = reason
    if input != nil, let usage, isCut(article, promptTokens: usage.input) {
      answer.ending = .contextFull
    } else if reply["done"]?.kind != .true || reason == "" {
      answer.ending = .broken("is not finished")
    } else if reason == "load" || reason == "unload" {
      answer.ending = .broken("is empty: the model was only \(reason!)ed")
    } else {
      answer.ending = ChatAnswer.ReplyEnding(word: reason)
    }
    answer.toolCalls = ChatAnswer.toolCalls(in: message)
    return answer
  }

  func add(_ piece: JSONValue, to stream: inout StreamedReply) {
    guard let message = piece["message"], message.kind == .object else { return }
    stream.hasParts = true
    stream.text += message["content"]?.string ?? ""
    stream.thoughts += message["thinking"]?.string ?? ""
    stream.whole = piece
  }

  func whole(_ stream: StreamedReply) -> JSONValue? {
    guard stream.hasParts, let last = stream.whole else { return nil }
    var writer = JSONWriter(capacity: stream.text.utf8.count + 256)
    writer.beginObject()
    writer.key("message")
    writer.object(["content": stream.text, "thinking": stream.thoughts])
    for name in ["done", "done_reason", "prompt_eval_count", "eval_count"] {
      guard let value = last[name] else { continue }
      writer.key(of: name)
      writer.value(verbatim: value.bytes[...])
    }
    writer.endObject()
    return try? JSONValue(scanning: writer.take())
  }

  /// Returns whether an older server, which does not know `truncate`, has cut the article. The size of the context is
  /// known if `num_ctx` is set; otherwise it is inferred.
  private func isCut(_ article: Article, promptTokens: Int) -> Bool {
    if let size = context.settings.options.last(where: { $0.name == "num_ctx" }),
      let size = try? JSONValue(scanning: size.json).integer
    {
      return promptTokens >= size
    }
    return context.wasCut(article, promptTokens: promptTokens)
  }
}
