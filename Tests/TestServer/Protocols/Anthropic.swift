extension Dialect {
  /// A message. What it says comes in two blocks of text, which belong together.
  func anthropicResponse(_ output: ModelOutput, to request: Request) -> Response {
    let (reason, details) =
      switch output.stop {
      case .finished: ("end_turn", "null")
      case .length: ("max_tokens", "null")
      case .refusal, .filter: ("refusal", #"{"category":"policy","explanation":"declined"}"#)
      }
    var blocks: [String] = []
    if let text = output.text {
      let middle = text.index(text.startIndex, offsetBy: text.count / 2)
      blocks = [String(text[..<middle]), String(text[middle...])].filter { !$0.isEmpty || text.isEmpty }
    }
    let content = blocks.map { #"{"type":"text","text":\#(quoted($0))}"# }.joined(separator: ",")
    let usage = output.usage.map {
      // The input in three parts, as it is told when a cache is in use.
      """
      ,"usage":{"input_tokens":\($0.input - $0.input / 2),"cache_creation_input_tokens":0,\
      "cache_read_input_tokens":\($0.input / 2),"output_tokens":\($0.output)}
      """
    }
    return Response(
      200, headers: ["request-id": "req_\(request.attempt)"],
      json: """
        {"id":"msg_1","type":"message","role":"assistant","model":\(quoted(request.model ?? "model")),\
        "content":[\(content)],"stop_reason":"\(reason)","stop_sequence":null,"stop_details":\(details)\(usage ?? "")}
        """)
  }

  func anthropicErrorBody(_ error: ModelError) -> String {
    """
    {"type":"error","error":{"type":\(quoted(error.type)),"message":\(quoted(error.message))\
    \(error.extra.map { "," + $0 } ?? "")},"request_id":"req_1"}
    """
  }
}
