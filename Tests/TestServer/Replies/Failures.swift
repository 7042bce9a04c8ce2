// Replies that are errors, each in the words and the shape of the protocol that the request speaks.

extension Reply {
  /// An error whose body is an object or a text, as the protocol has it.
  static func failure(
    _ name: String, _ status: Int, headers: Headers = [:], openAI: ModelError, anthropic: ModelError? = nil,
    ollama: String? = nil
  ) -> Reply {
    Reply(name) { request in
      let dialect = request.dialect ?? .openAI
      let error =
        switch dialect {
        case .openAI: openAI
        case .anthropic: anthropic ?? openAI
        case .ollama: ModelError(message: ollama ?? openAI.message)
        }
      return Response(status, headers: headers, json: dialect.errorBody(error))
    }
  }

  /// An error with any status, and the type that goes with it.
  public static func error(_ status: Int, _ message: String = "something went wrong") -> Reply {
    let anthropicType = anthropicTypes[status] ?? (status < 500 ? "invalid_request_error" : "api_error")
    return failure(
      "\(status)", status,
      openAI: ModelError(message: message, type: status < 500 ? "invalid_request_error" : "server_error"),
      anthropic: ModelError(message: message, type: anthropicType))
  }

  private static let anthropicTypes = [
    401: "authentication_error", 402: "billing_error", 403: "permission_error", 404: "not_found_error",
    409: "conflict_error", 413: "request_too_large", 429: "rate_limit_error", 504: "timeout_error",
    529: "overloaded_error",
  ]

  // MARK: For a while

  /// Too many calls.
  public static func rateLimited(_ retryAfter: RetryAfter = .none) -> Reply {
    failure(
      "429", 429,
      openAI: ModelError(
        message: "Rate limit reached for requests per min (RPM): Limit 60, Used 60.", type: "requests",
        code: "rate_limit_exceeded"),
      anthropic: ModelError(
        message: "This request would exceed your organization's rate limit of 50 requests per minute.",
        type: "rate_limit_error"),
      ollama: "too many requests"
    ).adding(retryAfter).named("429 \(retryAfter.name)")
  }

  /// Too many calls more than a moment ago.
  public static func slowDown(_ retryAfter: RetryAfter = .none) -> Reply {
    failure(
      "429 slow down", 429,
      openAI: ModelError(
        message: "Your traffic grew too fast. Please slow down.", type: "rate_limit_error", code: "slow_down"),
      anthropic: ModelError(message: "Acceleration limit exceeded.", type: "rate_limit_error")
    ).adding(retryAfter)
  }

  /// The service has more to do than it can: 503 of OpenAI and Ollama, 529 of Anthropic.
  public static func overloaded(_ retryAfter: RetryAfter = .none) -> Reply {
    Reply("overloaded") { request in
      let isAnthropic = request.dialect == .anthropic
      let reply = failure(
        "", isAnthropic ? 529 : 503,
        openAI: ModelError(
          message: "The server is overloaded.", type: "service_unavailable_error", code: "server_is_overloaded"),
        anthropic: ModelError(message: "Overloaded", type: "overloaded_error"),
        ollama: "server busy, please try again. maximum pending requests exceeded")
      return reply.response(request)
    }.adding(retryAfter)
  }

  /// A page of a proxy in front of the service.
  public static func html(_ status: Int) -> Reply {
    Reply("\(status) html") { _ in
      Response(
        status,
        html: """
          <!DOCTYPE html>
          <html><head><title>example.com | \(status): Bad gateway</title></head>
          <body><h1>Error \(status)</h1><p>The web server returned an unknown error.</p></body></html>

          """)
    }
  }

  /// llama.cpp while it loads a model. Its code is a number.
  public static var llamaLoading: Reply {
    Reply("llama.cpp loading") { _ in
      Response(503, json: #"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#)
    }
  }

  // MARK: For good

  /// The codes with which OpenAI says that money is the matter.
  public static let quotaCodes = [
    "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
    "project_spend_limit_exceeded", "organization_usage_limit_exceeded",
  ]

  /// The money is spent: 429 all the same. Anthropic tells it in the details.
  /// - Parameter retryAfter: some gateways add it, and it is not to be believed.
  public static func quota(_ code: String = "insufficient_quota", _ retryAfter: RetryAfter = .none) -> Reply {
    failure(
      "429 quota", 429,
      openAI: ModelError(
        message: "You exceeded your current quota, please check your plan and billing details.",
        type: "insufficient_quota", code: code),
      anthropic: ModelError(
        message: "You have reached your API usage limits: your organization has crossed its monthly threshold.",
        type: "rate_limit_error", extra: #""details":{"error_code":"enforced_spend_limit_reached"}"#),
      ollama: "you have reached your weekly usage limit"
    ).adding(retryAfter)
  }

  /// A spend limit that Anthropic's customer has set: 400.
  public static var ownSpendLimit: Reply {
    error(400, "You have reached your specified API usage limits. You will regain access on 2099-01-01 at 00:00 UTC.")
      .named("400 own spend limit")
  }

  public static var unauthorized: Reply {
    failure(
      "401", 401,
      openAI: ModelError(
        message: "Incorrect API key provided: sk-12***89.", type: "invalid_request_error", code: "invalid_api_key"),
      anthropic: ModelError(message: "invalid x-api-key", type: "authentication_error"),
      ollama: "unauthorized")
  }

  public static var modelNotFound: Reply {
    Reply("404 model") { request in
      let name = request.model ?? "model"
      let reply = failure(
        "", 404,
        openAI: ModelError(
          message: "The model `\(name)` does not exist or you do not have access to it.",
          type: "invalid_request_error", code: "model_not_found"),
        anthropic: ModelError(message: "model: \(name)", type: "not_found_error"),
        ollama: "model '\(name)' not found")
      return reply.response(request)
    }
  }

  public static func redirect(to location: String, _ status: Int = 307) -> Reply {
    Reply("\(status) redirect") { _ in
      Response(status, headers: ["Location": location], html: "<a href=\"\(location)\">Moved</a>")
    }
  }

  // MARK: Of this article alone

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

  // MARK: Bodies of other shapes

  /// The error as a text, whatever the protocol: `{"error":"…"}`.
  public static func textError(_ status: Int, _ message: String) -> Reply {
    Reply("\(status) text") { _ in Response(status, json: #"{"error":\#(quoted(message))}"#) }
  }

  /// The error object without the wrapper.
  public static func bareError(_ status: Int, _ message: String, code: String? = nil) -> Reply {
    Reply("\(status) bare") { _ in
      Response(
        status, json: #"{"message":\#(quoted(message)),"type":"error","param":null,"code":\#(quotedOrNull(code))}"#)
    }
  }

  /// Repeats the request's key, and has control characters that would change a terminal's title and colour and forge a
  /// line: nothing of it may get out as it is.
  public static func hostile(_ status: Int = 400) -> Reply {
    Reply("\(status) hostile") { request in
      let dialect = request.dialect ?? .openAI
      let message =
        "bad key \(request.key ?? "none")\u{1B}]0;owned\u{07}\u{1B}[31m\r\nsummarize: forged\u{9B}2J\u{202E}"
      return Response(status, json: dialect.errorBody(ModelError(message: message, type: "invalid_request_error")))
    }
  }
}

extension RetryAfter {
  /// What the log calls it.
  var name: String {
    switch self {
    case .none: "without retry-after"
    case .seconds: "retry-after seconds"
    case .fraction: "retry-after fraction"
    case .milliseconds: "retry-after-ms"
    case .date: "retry-after date"
    case .garbage: "retry-after garbage"
    }
  }
}
