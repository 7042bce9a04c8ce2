// Errors that pass: what a client should try again, after a while.

extension Reply {
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
    case .dateOfWrongClock: "retry-after date of a wrong clock"
    case .garbage: "retry-after garbage"
    }
  }
}
