// Errors that are about one request: too long an article, or a field that the server does not take.

extension Reply {
  /// The article is longer than the model takes.
  public static var contextExceeded: Reply {
    failure(
      "400 context", 400,
      openAI: ModelError(
        message: "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
        type: "invalid_request_error", code: "context_length_exceeded", parameter: "messages"),
      anthropic: ModelError(
        message: "prompt is too long: 201234 tokens > 200000 maximum", type: "invalid_request_error"),
      ollama: "the input length exceeds the context length")
  }

  /// As vLLM says it: no wrapper around the error, and a number for a code.
  public static var vLLMContextExceeded: Reply {
    let message =
      "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens in the messages."
    return Reply("400 context, vLLM") { _ in
      Response(
        400,
        json: """
          {"object":"error","message":\(quoted(message)),"type":"BadRequestError","param":null,"code":400}
          """)
    }
  }

  /// As llama.cpp says it.
  public static var llamaContextExceeded: Reply {
    Reply("400 context, llama.cpp") { _ in
      Response(
        400,
        json: """
          {"error":{"code":400,"message":"request (5000 tokens) exceeds the available context size (4096 tokens), \
          try increasing it","type":"exceed_context_size_error","n_prompt_tokens":5000,"n_ctx":4096}}
          """)
    }
  }

  public static var tooLarge: Reply {
    error(413, "Request exceeds the maximum size").named("413")
  }

  /// The request itself is against the rules of a filter (Azure's code).
  public static var promptFiltered: Reply {
    failure(
      "400 prompt filtered", 400,
      openAI: ModelError(
        message: "The response was filtered due to the prompt triggering the content management policy.",
        type: "invalid_request_error", code: "content_filter", parameter: "prompt"),
      anthropic: ModelError(
        message: "Output blocked by content filtering policy", type: "invalid_request_error"))
  }

  // MARK: Fields that the server does not take

  public static var maxTokensUnsupported: Reply {
    failure(
      "400 max_tokens", 400,
      openAI: ModelError(
        message: "Unsupported parameter: 'max_tokens' is not supported with this model. "
          + "Use 'max_completion_tokens' instead.",
        type: "invalid_request_error", code: "unsupported_parameter", parameter: "max_tokens"))
  }

  /// A server that knows the old name only.
  public static var maxCompletionTokensUnsupported: Reply {
    failure(
      "400 max_completion_tokens", 400,
      openAI: ModelError(
        message: "Unrecognized request argument supplied: max_completion_tokens", type: "invalid_request_error"))
  }

  public static var responseFormatUnsupported: Reply {
    failure(
      "400 response_format", 400,
      openAI: ModelError(
        message: "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
        type: "invalid_request_error", parameter: "response_format"),
      anthropic: ModelError(
        message: "output_config.format: Extra inputs are not permitted", type: "invalid_request_error"),
      ollama: "invalid format: expected \"json\" or a JSON schema")
  }

  /// A field that is not taken, as servers made with FastAPI say it: 422, and a list of details.
  public static func extraForbidden(_ field: String) -> Reply {
    Reply("422 \(field)") { _ in
      Response(
        422,
        json: """
          {"detail":[{"type":"extra_forbidden","loc":["body",\(quoted(field))],\
          "msg":"Extra inputs are not permitted","input":null}]}
          """)
    }
  }
}
