import Summarization

/// A row of the error table: the way in which a provider expresses one meaning.
struct ErrorMeaningRow: Sendable {
  /// The providers that use this wording. Others often use it as well.
  let provider: String
  let meaning: ErrorMeaning
  /// The statuses to which the row applies. With other statuses, the same words have another meaning.
  let statuses: MatchedStatuses
  /// The error codes, in lower case. One of them must match as a whole.
  var codes: Set<String> = []
  /// Parts of error codes, in lower case. One of them must occur in a code.
  var codeParts: [String] = []
  /// Phrases of the message, in lower case. One of them must occur.
  var words: [String] = []
  /// Further phrases, in lower case. Unless there are none, one of them must occur as well.
  var and: [String] = []
  /// Whether the words take precedence over the codes beside them, which with other words have another meaning.
  var overridesCodes = false
  /// The advice that helps, if it is not that of the meaning.
  var advice: LanguageModelAdvice?
  /// The place where this is documented or was seen.
  let source: String

  /// A set of statuses. Status 200 is that of an error in a successful response that names no other status.
  enum MatchedStatuses: Sendable {
    case any
    /// The statuses from 400 to 499 and from 200 to 299, except 401: an unknown key says nothing about an account.
    case client
    /// The same, including 401.
    case clientOrKey
    /// The statuses that blame the request: 400, 413, 415 and 422, and the less specific ones that servers use instead.
    case request
    /// The same for a rejected part of the request. It is rejected before a reply begins, so 200 is not included.
    case refusal
    case only(Set<Int>)

    func contains(_ status: Int) -> Bool {
      switch self {
      case .any: true
      case .client: (400..<500).contains(status) && status != 401 || (200..<300).contains(status)
      case .clientOrKey: (400..<500).contains(status) || (200..<300).contains(status)
      case .request: [200, 400, 413, 415, 422, 500, 501].contains(status)
      case .refusal: [400, 415, 422, 500, 501].contains(status)
      case .only(let statuses): statuses.contains(status)
      }
    }
  }
}

extension ErrorMeaningRow {
  /// The table of known errors. The first row with a matching code applies, or else the first with matching words; rows
  /// with `overridesCodes` precede both. An error without a row is classified by its status.
  static let table: [ErrorMeaningRow] = accounts + keysAndModels + paces + requests + filters + faults

  // MARK: Accounts: quota

  private static let accounts: [ErrorMeaningRow] = [
    // The code is "insufficient_quota", although a limit per minute is meant.
    ErrorMeaningRow(
      provider: "DashScope", meaning: .failure(.rateLimited), statuses: .only([200, 403, 429]),
      words: ["error-code#token-limit"], overridesCodes: true, source: "github.com/anomalyco/opencode/issues/23722"),
    row(
      "OpenAI, Azure, LiteLLM", .quota, .client,
      codes: [
        "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
        "project_spend_limit_exceeded", "organization_usage_limit_exceeded", "billing_hard_limit_reached",
        "billing_not_active", "budget_exceeded",
      ], words: ["budget has been exceeded", "exceededbudget"],
      "platform.openai.com/docs/guides/error-codes; docs.litellm.ai/docs/proxy/users"),
    row(
      "Azure", .quota, .only([403, 429]), words: ["out of call volume quota"],
      "learn.microsoft.com/azure/api-management/quota-policy"),
    row(
      "Anthropic", .quota, .client, codes: ["billing_error", "enforced_spend_limit_reached"],
      words: ["credit balance is too low", "specified api usage limits"], "platform.claude.com/docs/en/api/errors"),
    row(
      "Moonshot", .quota, .client, codes: ["exceeded_current_quota_error"], words: ["tpd rate limit"],
      "github.com/MoonshotAI/kimi-code/pull/1857; github.com/MoonshotAI/kimi-cli/issues/1599"),
    row(
      "Fireworks", .quota, .only([412]), codes: ["precondition_failed"],
      words: ["monthly spending limit", "is suspended"], "github.com/amd/gaia/issues/3766"),
    row(
      "SiliconFlow", .quota, .only([200, 400, 402, 403]), codes: ["30001", "30011"],
      words: ["balance is insufficient"], "github.com/FoundationAgents/OpenManus/issues/438"),
    row(
      "DashScope", .quota, .client, codes: ["arrearage", "allocationquota.freetieronly"],
      "github.com/alibaba/spring-ai-alibaba/issues/1146"),
    row(
      "Gemini, Vertex", .quota, .client, codes: ["billing_disabled", "consumer_suspended"], codeParts: ["perday"],
      "ai.google.dev/gemini-api/docs/rate-limits"),
    row(
      "Zhipu", .quota, .only([200, 400, 403, 429]),
      codes: ["1110", "1111", "1112", "1113", "1304", "1308", "1309", "1310"],
      "github.com/langgenius/dify/issues/5850; docs.bigmodel.cn/cn/faq/api-code"),
    row(
      "OpenRouter", .quota, .client, words: ["free-models-per-day", "key limit exceeded", "fewer max_tokens"],
      "openrouter.ai/docs/api/reference/errors-and-debugging"),
    row(
      "xAI", .quota, .client,
      words: ["monthly spending limit", "used all available credits", "doesn't have any credits"],
      "docs.x.ai/docs/key-information/debugging"),
    row(
      "Together", .quota, .client, codes: ["credit_limit", "credit_limit_exceeded"], "docs.together.ai/docs/error-codes"
    ),
    row(
      "Cerebras", .quota, .client, codes: ["payment_required"], words: ["tokens per day limit exceeded"],
      "inference-docs.cerebras.ai/support/error"),
    row(
      "Cloudflare", .quota, .client, codes: ["3036", "4006"], words: ["daily free allocation"],
      "developers.cloudflare.com/workers-ai/platform/errors"),
    row(
      "Bedrock", .quota, .only([400, 402, 429, 500]), codes: ["servicequotaexceededexception"],
      words: ["too many tokens per day"],
      "docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html"),
    row(
      "Ollama", .quota, .client,
      words: ["session usage limit", "hourly usage limit", "weekly usage limit", "monthly usage limit"],
      "docs.ollama.com/cloud"),
    row(
      "Gateways (one-api, new-api)", .quota, .client,
      codes: ["insufficient_user_quota", "pre_consume_token_quota_failed"], words: ["额度不足", "额度已用尽"],
      "github.com/WEIFENG2333/VideoCaptioner/issues/843"),
    row(
      "Novita", .quota, .client, codes: ["not_enough_balance"],
      "github.com/langgenius/dify-official-plugins/issues/355"),
    row(
      "Volcengine", .quota, .client, codes: ["accountoverdueerror", "setlimitexceeded", "quotaexceeded"],
      "www.volcengine.com/docs/82379/1299023"),
    row("Cohere", .quota, .only([429]), words: ["api calls / month"], "docs.cohere.com/docs/rate-limits"),
    row("OpenCode", .quota, .clientOrKey, codes: ["creditserror"], "github.com/TiaraBasori/OpenCode2API/issues/5"),
    row(
      "MiniMax", .quota, .any, codes: ["base_resp.1008", "base_resp.2056"],
      "platform.minimax.io/docs/api-reference/errorcode"),
    row(
      "DeepSeek and others", .quota, .client,
      words: ["insufficient balance", "insufficient credits", "out of credits", "余额不足", "欠费"],
      "api-docs.deepseek.com/quick_start/error_codes"),
  ]

  // MARK: Keys and names of models: unauthorized, not_found

  private static let keysAndModels: [ErrorMeaningRow] = [
    row(
      "Gemini, Vertex", .unauthorized, .client, codes: ["api_key_invalid", "api_key_expired", "unauthenticated"],
      words: ["api key not valid", "api key expired", "reported as leaked"],
      "github.com/cequence-io/openai-scala-client/issues/109"),
    row(
      "OpenAI, xAI, LiteLLM", .unauthorized, .client,
      codes: ["invalid_api_key", "authentication_error", "auth_error", "invalidapikey"],
      words: ["incorrect api key provided", "no api key passed in"], "docs.x.ai/docs/key-information/debugging"),
    row(
      "Bedrock", .unauthorized, .only([400, 403]),
      codes: ["unrecognizedclientexception", "invalidsignatureexception", "expiredtokenexception"],
      words: ["security token included in the request is"],
      "docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html"),
    row(
      "LiteLLM", .unauthorized, .only([400]), codes: ["no_db_connection"], "github.com/BerriAI/litellm/pull/20837"),
    row(
      "Cloudflare", .unauthorized, .only([400, 403]), codes: ["10000", "9109"],
      "developers.cloudflare.com/fundamentals/api/troubleshooting"),
    row(
      "MiniMax", .unauthorized, .any, codes: ["base_resp.1004", "base_resp.2049"],
      "platform.minimax.io/docs/api-reference/errorcode"),
    row(
      "OpenAI, Groq, DashScope, Hugging Face, GitHub", .notFound, .client,
      codes: [
        "model_not_found", "model_decommissioned", "deploymentnotfound", "model_not_available", "model_not_supported",
        "unknown_model",
      ],
      "console.groq.com/docs/deprecations"),
    row(
      "Mistral, Perplexity", .notFound, .only([400, 404, 422]), codes: ["invalid_model"], words: ["invalid model"],
      "docs.perplexity.ai/guides/errors"),
    row(
      "Zhipu", .notFound, .only([200, 400, 404]), codes: ["1211"], "docs.bigmodel.cn/cn/faq/api-code"),
    row(
      "SiliconFlow", .notFound, .only([200, 400, 404]), codes: ["20012"],
      "docs.siliconflow.com/en/faqs/error-code"),
    row(
      "Cloudflare", .notFound, .only([200, 400, 404]), codes: ["5007"],
      "developers.cloudflare.com/workers-ai/platform/errors"),
    row(
      "DeepSeek, OpenRouter, LM Studio, Bedrock", .notFound, .only([200, 400, 404]),
      words: [
        "model not exist", "is not a valid model id", "no models loaded", "model identifier is invalid",
        "model does not exist", "unexpected endpoint or method",
      ], "openrouter.ai/docs/api/reference/errors-and-debugging"),
    // The address has http:// where the server expects TLS.
    ErrorMeaningRow(
      provider: "nginx, Go, Tomcat", meaning: .failure(.notFound), statuses: .only([400]),
      words: [
        "plain http request was sent to https port", "sent an http request to an https server",
        "combination of host and port requires tls",
      ], advice: .useTLS, source: "github.com/nginx/nginx/blob/master/src/http/ngx_http_special_response.c"),
    // The model is there, and cannot be loaded. LM Studio answers 404.
    ErrorMeaningRow(
      provider: "Ollama, LM Studio", meaning: .failure(.notFound), statuses: .only([200, 400, 404, 500]),
      words: ["requires more system memory", "insufficient system resources"], advice: .useLessMemory,
      source: "github.com/ollama/ollama/issues/10920; github.com/agent0ai/agent-zero/issues/215"),
  ]

  // MARK: Pace: rate_limited

  private static let paces: [ErrorMeaningRow] = [
    // A single request above the limit per minute never succeeds.
    row(
      "OpenAI, Groq", .tooLong, .only([413, 429]), words: ["request too large", "reduce your message size"],
      "github.com/assafelovic/gpt-researcher/issues/985; github.com/vanna-ai/vanna-flask/issues/11"),
    row(
      "Bedrock", .rateLimited, .only([200, 400, 403, 500]), codes: ["throttlingexception"],
      words: ["throttlingexception", "too many tokens, please wait"],
      "github.com/aws-samples/bedrock-access-gateway/pull/91"),
    row(
      "DashScope", .rateLimited, .only([200, 400, 403]), codes: ["limit_requests", "limitrequests"],
      codeParts: ["throttling"], "help.aliyun.com/zh/model-studio/error-code"),
    row(
      "Gemini, Moonshot, Anthropic, Cerebras", .rateLimited, .only([200, 400, 403, 500]),
      codes: [
        "resource_exhausted", "rate_limit_reached_error", "rate_limit_error", "rate_limit_exceeded", "slow_down",
        "too_many_requests", "too_many_requests_error", "token_quota_exceeded", "base_resp.1002",
        "base_resp.1041", "base_resp.2045",
      ], "ai.google.dev/gemini-api/docs/troubleshooting"),
  ]

  // MARK: Requests: reply limits, rejected parts, too_long

  private static let requests: [ErrorMeaningRow] = [
    row(
      "OpenAI", .refuses([.maxTokens, .maxCompletionTokens]), .refusal, words: ["max_tokens", "max_completion_tokens"],
      and: denials, "platform.openai.com/docs/guides/reasoning"),
    // The code is that of a prompt that is too long, although the count includes the reply limit.
    ErrorMeaningRow(
      provider: "OpenAI, llama-cpp-python", meaning: .replyLimitTooHigh, statuses: .request,
      words: ["in the completion", "for the completion"], and: ["you requested"], overridesCodes: true,
      source: "github.com/abetlen/llama-cpp-python/blob/main/llama_cpp/server/errors.py"),
    // vLLM's message for a prompt that fills the context.
    row(
      "vLLM", .tooLong, .request, words: ["max_tokens must be at least 1"], "github.com/vllm-project/vllm/issues/7929"),
    row(
      "OpenAI, Anthropic, vLLM, SGLang, TGI, Groq, DeepSeek", .replyLimitTooHigh, .request,
      words: [
        "max_tokens", "max_completion_tokens", "max_new_tokens", "max_output_tokens", "maxoutputtokens", "num_predict",
        "output tokens", "completion tokens", "in the completion", "tokens for the completion",
      ],
      and: [
        "too large", "must be", "maximum", "exceed", "at most", "valid range", "range of", "less than", "larger than",
        "greater than",
      ], "github.com/vllm-project/vllm/issues/16142; platform.claude.com/docs/en/build-with-claude/context-windows"),
    row(
      "OpenAI, Cerebras, llama.cpp, LiteLLM", .tooLong, .request,
      codes: [
        "context_length_exceeded", "string_above_max_length", "exceed_context_size_error", "request_too_large",
        "contextwindowexceedederror", "tokens_limit_reached", "base_resp.1039",
      ], "github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md"),
    row("Zhipu", .tooLong, .only([200, 400]), codes: ["1261"], "docs.bigmodel.cn/cn/faq/api-code"),
    row(
      "vLLM, SGLang, TGI, Ollama, OpenRouter", .tooLong, .request,
      words: [
        "context length", "context size", "context window", "context limit", "model length", "reduce the length",
        "inputs` tokens", "maximum number of tokens allowed", "inputs` must have less than",
        "input is too large to process",
      ], "github.com/vllm-project/vllm/issues/2289"),
    row(
      "Anthropic, Bedrock, Gemini", .tooLong, .request,
      words: ["prompt is too long", "prompt too long", "input is too long", "input token count", "too many tokens"],
      "platform.claude.com/docs/en/api/errors"),
    row(
      "xAI, Moonshot, Mistral, SiliconFlow", .tooLong, .request,
      words: [
        "maximum prompt length", "exceeded model token limit", "too large for model with", "less than max_seq_len",
      ], "docs.siliconflow.com/en/faqs/error-code"),
    row(
      "DashScope", .tooLong, .request, words: ["range of input length"], "help.aliyun.com/zh/model-studio/error-code"),
    row(
      "LM Studio", .tooLong, .request, words: ["tokens when context", "greater than the context"],
      "github.com/lmstudio-ai/lmstudio-bug-tracker/issues/546"),
    // Whatever the complaint about the form of the reply, the next simpler form is tried.
    row(
      "OpenAI, DeepSeek, Ollama, Anthropic, llama.cpp, SGLang", .refuses([.jsonSchema, .jsonObject]), .refusal,
      words: [
        "response_format", "json_schema", "json_object", "json schema", "json mode", "structured output",
        "output_config", "output_format", "output format", "guided", "grammar", ".format of type", "invalid format",
        "format must be",
      ], "github.com/ggml-org/llama.cpp/issues/23463"),
    row(
      "Gemini, Vertex", .refuses([.jsonSchema, .jsonObject]), .refusal, words: ["response_schema", "responseschema"],
      "github.com/BerriAI/litellm/issues/7830"),
    row(
      "OpenAI", .refuses(.temperature), .refusal, words: ["temperature"], and: denials,
      "platform.openai.com/docs/guides/reasoning"),
    row(
      "Gemma on Gemini, vLLM, llama.cpp", .refuses(.systemMessage), .refusal,
      words: [
        "system role", "system message", "system prompt", "'system'", "\"system\"", "roles must alternate",
        "developer instruction", "system instruction", "user and assistant roles", "must be from the user",
        "first message must be",
      ], "github.com/vllm-project/vllm/issues/2112"),
  ]

  /// Phrases for a field that is not supported, as opposed to a field with a bad value.
  private static let denials = [
    "unsupported", "not supported", "not support", "unrecognized", "unknown", "unexpected", "not permitted",
    "not allowed", "extra inputs", "extra fields", "extra_forbidden", "deprecated", "no longer", "unavailable",
    "must alternate", "only the default", "invalid parameter", "unsupported_parameter", "unsupported_value",
  ]

  // MARK: Filters: refused

  private static let filters: [ErrorMeaningRow] = [
    row(
      "OpenAI, Azure", .refused, .client,
      codes: ["content_filter", "content_policy_violation", "responsibleaipolicyviolation", "moderation_blocked"],
      words: [
        "content filter", "content policy", "content_policy", "content management policy", "flagged", "safety system",
      ], "learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter"),
    row(
      "DashScope", .refused, .any, codes: ["data_inspection_failed"], codeParts: ["datainspectionfailed"],
      words: ["datainspectionfailed"], "github.com/QwenLM/qwen-code/issues/3145"),
    row(
      "Volcengine", .refused, .client, codeParts: ["sensitivecontentdetected"], "www.volcengine.com/docs/82379/1299023"
    ),
    row("Zhipu", .refused, .only([200, 400, 403]), codes: ["1301"], "docs.bigmodel.cn/cn/faq/api-code"),
    row(
      "Gemini, Vertex", .refused, .any,
      codes: ["prohibited_content", "safety", "blocklist", "recitation", "spii", "image_safety", "model_armor"],
      "ai.google.dev/api/generate-content"),
    row(
      "Moonshot, DeepSeek, xAI", .refused, .client,
      words: ["considered high risk", "content exists risk", "violates usage guidelines", "safety_check"],
      "github.com/deepseek-ai/DeepSeek-V3/issues/599"),
    row(
      "LiteLLM, Bedrock", .refused, .client, codes: ["contentpolicyviolationerror"],
      words: ["guardrail", "content safety policy"], "docs.litellm.ai/docs/exception_mapping"),
    row(
      "MiniMax", .refused, .any, codes: ["base_resp.1026", "base_resp.1027"],
      "platform.minimax.io/docs/api-reference/errorcode"),
  ]

  // MARK: Transient faults, and replies: server_error, bad_reply

  private static let faults: [ErrorMeaningRow] = [
    row(
      "LM Studio, llama.cpp, Hugging Face", .serverError, .only([200, 400, 404, 422]),
      words: [
        "model has crashed", "model crashed", "model unloaded", "model is unloaded", "model is loading",
        "loading model", "currently loading", "model reloaded", "model was unloaded", "model is not ready",
      ], "github.com/lmstudio-ai/lmstudio-bug-tracker/issues/1492; github.com/ggml-org/llama.cpp/issues/4860"),
    row(
      "Gateways", .serverError, .only([200, 400]),
      codes: [
        "overloaded_error", "api_error", "server_error", "internal_server_error", "internalservererror",
        "service_unavailable", "serviceunavailableexception", "engine_overloaded_error", "timeout_error",
        "internal_error", "1234",
      ], "platform.claude.com/docs/en/api/errors; docs.bigmodel.cn/cn/faq/api-code"),
    row(
      "Gateways (one-api, new-api)", .serverError, .only([400]),
      codes: ["do_request_failed", "bad_response_status_code", "upstream_error"],
      "github.com/QuantumNous/new-api/issues/1214"),
    row(
      "CDNs (Cloudflare, Amazon, Vercel, Anubis)", .serverError, .only([200, 202, 403, 405, 429]),
      codes: ["cf-mitigated=challenge", "x-amzn-waf-action=challenge", "x-vercel-mitigated=challenge"],
      words: [
        "a web page, 'just a moment", "a web page, 'checking your browser", "a web page, 'one moment, please",
        "a web page, 'vercel security checkpoint", "a web page, 'making sure you", "a web page, 'ddos-guard",
        "a web page, 'please wait", "a web page, 'verifying you are human", "a web page, 'human verification",
        "a web page, 'security check",
      ], "developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages"),
    row(
      "MiniMax", .badRequest, .any, codes: ["base_resp.2013", "base_resp.1042"],
      "platform.minimax.io/docs/api-reference/errorcode"),
    row(
      "Groq", .badReply, .only([400, 422]), codes: ["json_validate_failed", "output_parse_failed", "tool_use_failed"],
      "console.groq.com/docs/structured-outputs"),
  ]

  // MARK: Parts

  private static func row(
    _ provider: String, _ code: ArticleError.Code, _ statuses: MatchedStatuses, codes: Set<String> = [],
    codeParts: [String] = [], words: [String] = [], _ source: String
  ) -> ErrorMeaningRow {
    ErrorMeaningRow(
      provider: provider, meaning: .failure(code), statuses: statuses, codes: codes, codeParts: codeParts, words: words,
      source: source)
  }

  private static func row(
    _ provider: String, _ meaning: ErrorMeaning, _ statuses: MatchedStatuses, words: [String], and: [String] = [],
    _ source: String
  ) -> ErrorMeaningRow {
    ErrorMeaningRow(
      provider: provider, meaning: meaning, statuses: statuses, words: words, and: and, source: source)
  }
}
