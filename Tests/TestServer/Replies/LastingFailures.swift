// Errors that do not pass by waiting: of the account, of the model's name.

extension Reply {
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
}
