import HTTPClient
import JSONLines
import Summarization

@testable import LanguageModels

func article(_ content: String = "The text.", title: String? = nil) -> Article {
  Article(line: 1, id: nil, title: title, content: content, raw: [])
}

func settings(
  _ provider: LanguageModelProvider, at address: String? = nil, key: String? = nil, model: String = "m",
  _ change: (inout LanguageModelSettings) throws -> Void = { _ in }
) throws -> LanguageModelSettings {
  var settings = LanguageModelSettings(
    provider: provider, model: model, endpoint: try provider.endpoint(at: address))
  settings.key = try key.map { try APIKey(parsing: $0) }
  try change(&settings)
  return settings
}

func model(_ settings: LanguageModelSettings, _ tasks: SummaryTasks = .all, keywords: Int = 5) -> ChatModel {
  ChatModel(settings, SummaryRequest(tasks: tasks, keywords: keywords))
}

func response(_ status: Int, _ body: String, _ headers: KeyValuePairs<String, String> = [:]) -> HTTPResponse {
  HTTPResponse(
    status: status, headers: HTTPHeaders(headers.map { (name: $0.key, value: $0.value) }), body: Array(body.utf8))
}

extension ChatModel {
  func result(
    _ status: Int, _ body: String, _ headers: KeyValuePairs<String, String> = [:], to given: Article = article()
  )
    -> Result<Summary, ArticleError>
  {
    result(of: response(status, body, headers), to: given, now: 784_111_777)
  }

  func failure(_ status: Int, _ body: String, _ headers: KeyValuePairs<String, String> = [:]) -> ArticleError? {
    result(status, body, headers).failure
  }

  func code(_ status: Int, _ body: String) -> ArticleError.Code? { failure(status, body)?.code }

  func body(of given: Article = article(), without refused: RequestFeatures = []) throws -> JSONValue {
    try JSONValue(scanning: request(for: given, without: refused).body)
  }

  func header(_ name: String) -> String? {
    let found = request(for: article()).headers.filter { $0.name.lowercased() == name.lowercased() }
    return found.count == 1 ? found[0].value : nil
  }
}

extension Result {
  var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
  var success: Success? { if case .success(let value) = self { value } else { nil } }
}

/// A reply of each protocol that holds this text.
func reply(_ provider: LanguageModelProvider, _ text: String, ending: String? = nil, more: String = "") -> String {
  var writer = JSONWriter()
  writer.beginArray()
  writer.value(text)
  writer.endArray()
  let quoted = String(decoding: writer.take().dropFirst().dropLast(), as: UTF8.self)
  let usual = ["openai": "stop", "anthropic": "end_turn", "ollama": "stop"][provider.rawValue]!
  let ending = ending ?? usual
  return switch provider {
  case .openAI:
    #"{"choices":[{"index":0,"finish_reason":"\#(ending)","message":{"role":"assistant","content":\#(quoted),"refusal":null}}],"#
      + #""usage":{"prompt_tokens":100,"completion_tokens":20}\#(more)}"#
  case .anthropic:
    #"{"type":"message","content":[{"type":"thinking","thinking":"…"},{"type":"text","text":\#(quoted)}],"#
      + #""stop_reason":"\#(ending)","usage":{"input_tokens":60,"cache_creation_input_tokens":30,"#
      + #""cache_read_input_tokens":10,"output_tokens":20}\#(more)}"#
  case .ollama:
    #"{"message":{"role":"assistant","content":\#(quoted),"thinking":"…"},"done":true,"done_reason":"\#(ending)","#
      + #""prompt_eval_count":100,"eval_count":20\#(more)}"#
  }
}

let goodReply = #"{"summary":" It is so. ","sentiment":"Positive","keywords":[" a ","b","","c"]}"#
