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
