extension Dialect {
  /// A chat completion.
  func openAIResponse(_ output: ModelOutput, to request: Request) -> Response {
    let reason =
      switch output.stop {
      // A refusal says so in a field of its own, and stops as if all were well.
      case .finished, .refusal: "stop"
      case .length: "length"
      case .filter: "content_filter"
      }
    let isRefusal = output.stop == .refusal
    let usage = output.usage.map {
      """
      ,"usage":{"prompt_tokens":\($0.input),"completion_tokens":\($0.output),"total_tokens":\($0.input + $0.output),\
      "prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}
      """
    }
    return Response(
      200, headers: ["x-request-id": "req_\(request.attempt)"],
      json: """
        {"id":"chatcmpl-1","object":"chat.completion","created":1760000000,"model":\(quoted(request.model ?? "model")),\
        "choices":[{"index":0,"message":{"role":"assistant",\
        "content":\(quotedOrNull(isRefusal ? nil : output.text)),\
        "refusal":\(quotedOrNull(isRefusal ? output.text : nil))},"logprobs":null,"finish_reason":"\(reason)"}]\
        \(usage ?? "")}
        """)
  }

  func openAIErrorBody(_ error: ModelError) -> String {
    """
    {"error":{"message":\(quoted(error.message)),"type":\(quoted(error.type)),\
    "param":\(quotedOrNull(error.parameter)),"code":\(quotedOrNull(error.code))\(error.extra.map { "," + $0 } ?? "")}}
    """
  }
}
