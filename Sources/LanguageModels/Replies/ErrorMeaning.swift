import Summarization

extension ErrorBody {
  /// What an answer with this status means, where the words tell more than the status alone.
  /// - Parameter article: what was sent: a server that repeats its words does not say them.
  func code(status: Int, to article: Article? = nil) -> ArticleError.Code {
    let said = everything
    if (400..<500).contains(status) {
      // Ahead of 429: a spent account does not come back by waiting.
      if status != 401, codes.contains(where: Self.quotaCodes.contains) || saysQuota(to: article) {
        return .quota
      }
      if codes.contains("model_not_found") { return .notFound }
    }
    switch status {
    case 429:
      // A single request above the limit of a minute never passes.
      return said.mentions(["request too large"]) ? .tooLong : .rateLimited
    case 400, 413, 422, 500:
      if said.mentions(Self.lengthPhrases) { return .tooLong }
      if status < 500, isFiltered { return .refused }
    case 403:
      if isFiltered { return .refused }
    default: break
    }
    return ArticleError.Code(status: status)
  }

  private func saysQuota(to article: Article?) -> Bool {
    let said = Self.quotaPhrases.filter { everything.mentions([$0]) }
    return said.contains { article?.mentions($0) != true }
  }

  private var isFiltered: Bool { everything.mentions(Self.filterPhrases) }

  /// OpenAI's codes of accounts that are used up, old and new, and Anthropic's.
  private static let quotaCodes: Set = [
    "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
    "project_spend_limit_exceeded", "organization_usage_limit_exceeded", "billing_hard_limit_reached",
    "billing_not_active", "billing_error", "enforced_spend_limit_reached",
  ]

  private static let quotaPhrases = [
    "credit balance is too low", "specified api usage limits", "weekly usage limit", "monthly usage limit",
    "insufficient credits",
    "insufficient balance",
  ]

  /// How servers say that a request is longer than the model takes: OpenAI, llama.cpp, vLLM and SGLang, Anthropic,
  /// Ollama, LM Studio, TGI, and gateways.
  private static let lengthPhrases = [
    "context_length_exceeded", "exceed_context_size", "context length", "context size", "context window",
    "context limit", "model length", "prompt is too long", "prompt too long", "input is too long", "input token count",
    "too many tokens", "reduce the length", "inputs` tokens", "request_too_large", "string_above_max_length",
    "maximum number of tokens allowed", "max_tokens must be at least 1",
  ]

  private static let filterPhrases = [
    "content_filter", "content filter", "content_policy", "content policy", "content management policy", "flagged",
    "responsibleaipolicyviolation", "safety system",
  ]
}

extension Article {
  fileprivate func mentions(_ phrase: String) -> Bool {
    content.mentions([phrase]) || title?.mentions([phrase]) == true
  }
}
