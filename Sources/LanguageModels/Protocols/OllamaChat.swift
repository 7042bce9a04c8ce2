import JSONLines
import Summarization

/// Ollama's own chat API.
struct OllamaChat: ChatProtocol {
  let context: ChatContext

  var resource: String { "/api/chat" }

  var headers: [Header] {
    context.settings.key.map { [Header("Authorization", "Bearer \($0.text)", isHidden: true)] } ?? []
  }

  var features: RequestFeatures {
    context.settings.options.contains { $0.name == "format" } ? [] : [.jsonSchema, .jsonObject]
  }

  /// Fields of the request itself; all other options are the model's, and stand under `options`.
  private static let requestFields: Set = [
    "model", "messages", "stream", "format", "options", "keep_alive", "think", "truncate", "shift", "tools", "logprobs",
    "top_logprobs",
  ]

  func body(for article: Article, features: RequestFeatures) -> RequestBody {
    let settings = context.settings
    var body = RequestBody()
    body.set("model", settings.model)
    body.setMessages(system: context.prompt.instructions, user: Prompt.message(for: article))
    body.set("stream", false)
    // Where the article does not fit, an error is wanted, not the rest of it: neither at the start nor on the way.
    body.set("truncate", false)
    body.set("shift", false)
    if features.contains(.jsonSchema) {
      body.set("format") { context.schema.write(to: &$0) }
    } else if features.contains(.jsonObject) {
      body.set("format", "json")
    }
    var options = RequestBody()
    options.set("num_predict", settings.maximumTokens)
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
    var answer = ChatAnswer(text: reply["message"]?["content"]?.string, ending: .complete, usage: usage)
    let reason = reply["done_reason"]?.string
    if let input, isCut(article, promptTokens: input) {
      answer.ending = .contextFull
    } else if reply["done"]?.kind != .true {
      answer.ending = .broken("is not finished")
    } else if reason == "length" {
      answer.ending = .truncated
    } else if reason == "load" || reason == "unload" {
      answer.ending = .broken("is empty: the model was only \(reason!)ed")
    } else if reason == "" {
      answer.ending = .broken("is not finished")
    }
    return answer
  }

  /// Whether an older server, which does not know `truncate`, has cut the article: the size of its context is known where
  /// `num_ctx` is set.
  private func isCut(_ article: Article, promptTokens: Int) -> Bool {
    if let size = context.settings.options.last(where: { $0.name == "num_ctx" }),
      let size = try? JSONValue(scanning: size.json).integer
    {
      return promptTokens >= size
    }
    return context.wasCut(article, promptTokens: promptTokens)
  }
}
