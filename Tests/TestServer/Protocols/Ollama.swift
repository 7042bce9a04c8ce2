extension Dialect {
  /// A reply of the chat interface, or of the older one by its path. It has no refusal and no filter: a model that will
  /// not says so in its text.
  func ollamaResponse(_ output: ModelOutput, to request: Request) -> Response {
    Response(200, json: Self.ollamaLine(output, to: request, reason: output.stop == .length ? "length" : "stop"))
  }

  static func ollamaLine(_ output: ModelOutput, to request: Request, reason: String, isDone: Bool = true) -> String {
    let text = quoted(output.text ?? "")
    let isGenerate = request.path.hasSuffix("/generate")
    let content = isGenerate ? #""response":\#(text)"# : #""message":{"role":"assistant","content":\#(text)}"#
    let figures = output.usage.map {
      """
      ,"total_duration":5000000000,"load_duration":1000000,"prompt_eval_count":\($0.input),\
      "prompt_eval_duration":2000000000,"eval_count":\($0.output),"eval_duration":3000000000
      """
    }
    return """
      {"model":\(quoted(request.model ?? "model")),"created_at":"2026-01-01T00:00:00Z",\(content),"done":\(isDone)\
      \(isDone ? #","done_reason":"\#(reason)""# : "")\(figures ?? "")}
      """
  }

  func ollamaErrorBody(_ error: ModelError) -> String { #"{"error":\#(quoted(error.message))}"# }
}
