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
  ChatModel(settings, SummaryRequest(tasks: tasks, keywords: keywords), advise: advice)
}

/// Stands for the words of whoever has the options.
@Sendable func advice(_ advice: LanguageModelAdvice) -> String { "advice: \(advice)" }

extension LanguageModel {
  convenience init(
    _ settings: LanguageModelSettings, notice: @escaping @Sendable (String) -> Void = { _ in }, send: @escaping Send
  ) {
    self.init(settings, SummaryRequest(), wallClock: { 0 }, advise: advice, notice: notice, send: send)
  }
}

func response(_ status: Int, _ body: String, _ headers: KeyValuePairs<String, String> = [:]) -> HTTPResponse {
  HTTPResponse(
    status: status, headers: HTTPHeaders(headers.map { (name: $0.key, value: $0.value) }), body: Array(body.utf8))
}

func response(_ status: Int, headers: [(name: String, value: String)], _ body: String) -> HTTPResponse {
  HTTPResponse(status: status, headers: HTTPHeaders(headers), body: Array(body.utf8))
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

  /// How a call ends that no other request would help.
  func code(_ status: Int, _ body: String, _ headers: KeyValuePairs<String, String> = [:]) -> ArticleError.Code? {
    code(response(status, body, headers))
  }

  func code(_ response: HTTPResponse) -> ArticleError.Code? {
    switch verdict(on: response, to: article(), RequestShape(), hasLowered: true, now: 0) {
    case .taken(let result): result.failure?.code
    case .failed(let error), .refused(_, let error), .unclear(let error): error.code
    }
  }

  func body(of given: Article = article(), without refused: RequestFeatures = []) throws -> JSONValue {
    try JSONValue(scanning: request(for: given, RequestShape(without: refused)).body)
  }

  /// What a response says that the server does not take of a request.
  func refusals(in response: HTTPResponse, without refused: RequestFeatures = []) -> RequestFeatures {
    let verdict = verdict(on: response, to: article(), RequestShape(without: refused), now: 0)
    if case .refused(let shape, _) = verdict { return shape.without } else { return [] }
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
