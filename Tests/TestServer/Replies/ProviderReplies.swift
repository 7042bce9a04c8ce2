/// What a provider says of one failure: status, headers and body in its own shape, with names and numbers made up.
public struct ProviderReply: Sendable {
  public let provider: String
  /// What it means, as the code that an error record has.
  public let meaning: String
  public let status: Int
  public let headers: Headers
  public let body: String

  public var reply: Reply {
    Reply("\(provider): \(meaning)") { _ in Response(status, headers: headers, json: body) }
  }

  init(_ provider: String, _ meaning: String, _ status: Int, _ body: String, headers: Headers = [:]) {
    self.provider = provider
    self.meaning = meaning
    self.status = status
    self.headers = headers
    self.body = body
  }
}

extension ProviderReply {
  /// Of each provider the failures that it tells in a way of its own.
  public static let all: [ProviderReply] = quotas + unauthorized + notFound + rateLimits + tooLong + refused + faults

  public static let quotas = [
    ProviderReply(
      "Novita", "quota", 403,
      #"{"code":403,"reason":"NOT_ENOUGH_BALANCE","message":"not enough balance","metadata":{}}"#),
    ProviderReply(
      "Volcengine", "quota", 403,
      #"{"error":{"code":"AccountOverdueError","message":"Your account has an overdue balance.","param":"","type":"Forbidden"}}"#
    ),
    ProviderReply(
      "Cohere", "quota", 429,
      #"{"message":"You are using a Trial key, which is limited to 1000 API calls / month."}"#),
    ProviderReply(
      "LiteLLM for OpenAI", "quota", 429,
      #"{"error":{"message":"litellm.RateLimitError: Error code: 429 - {'error': {'message': 'no more', 'type': 'insufficient_quota', 'param': None, 'code': 'insufficient_quota'}}","type":"throttling_error","code":"429"}}"#
    ),
    ProviderReply(
      "OpenRouter for Gemini", "quota", 429,
      #"{"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"[{\"error\":{\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"violations\":[{\"quotaId\":\"RequestsPerDay-FreeTier\"}]}]}}]"}}}"#
    ),
    ProviderReply(
      "one-api", "quota", 403, #"{"error":{"message":"该令牌额度已用尽","type":"one_api_error"}}"#),
    ProviderReply(
      "Zhipu (locked)", "quota", 429, #"{"error":{"code":"1112","message":"您的账户已被锁定"}}"#),
    ProviderReply(
      "MiniMax (plan)", "quota", 200, #"{"base_resp":{"status_code":2056,"status_msg":"usage limit exceeded"}}"#),
    ProviderReply(
      "OpenAI", "quota", 429,
      #"{"error":{"message":"You exceeded your current quota.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#
    ),
    ProviderReply(
      "LiteLLM", "quota", 400,
      #"{"error":{"message":"Budget has been exceeded! Current cost: 10.2, Max budget: 10.0","type":"budget_exceeded","param":null,"code":"400"}}"#
    ),
    ProviderReply(
      "Azure", "quota", 403,
      #"{"statusCode":403,"message":"Out of call volume quota. Quota will be replenished in 12.23:59:59."}"#),
    ProviderReply(
      "Anthropic", "quota", 400,
      #"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API."}}"#
    ),
    ProviderReply(
      "Anthropic (spend limit)", "quota", 429,
      #"{"type":"error","error":{"type":"rate_limit_error","message":"no more","details":{"error_code":"enforced_spend_limit_reached"}}}"#
    ),
    ProviderReply(
      "Moonshot", "quota", 429,
      #"{"error":{"message":"Your account is suspended, please check your plan.","type":"exceeded_current_quota_error"}}"#
    ),
    ProviderReply(
      "Moonshot (day)", "quota", 429,
      #"{"error":{"message":"request reached organization TPD rate limit, current: 1526210, limit: 1500000","type":"rate_limit_reached_error"}}"#
    ),
    ProviderReply(
      "Fireworks", "quota", 412,
      #"{"error":{"message":"Account x is suspended, possibly due to reaching the monthly spending limit.","param":null,"code":"PRECONDITION_FAILED","type":"error"},"request_id":"1"}"#
    ),
    ProviderReply(
      "Lemonade for Fireworks", "quota", 200,
      #"{"error":{"details":{"status_code":412,"message":"Account x is suspended"},"message":"cloud request failed"}}"#
    ),
    ProviderReply(
      "SiliconFlow", "quota", 403,
      #"{"code":30001,"message":"Sorry, your account balance is insufficient","data":null}"#),
    ProviderReply(
      "SiliconFlow (paid)", "quota", 403,
      #"{"code":30011,"message":"The selected model requires paid balance.","data":null}"#),
    ProviderReply(
      "DashScope", "quota", 400,
      #"{"error":{"code":"Arrearage","param":null,"message":"Access denied, please make sure your account is in good standing.","type":"Arrearage"},"id":"1"}"#
    ),
    ProviderReply(
      "DashScope (free tier)", "quota", 403,
      #"{"error":{"code":"AllocationQuota.FreeTierOnly","message":"The free tier of the model has been exhausted.","type":"x"}}"#
    ),
    ProviderReply(
      "Gemini (day)", "quota", 429,
      #"[{"error":{"code":429,"message":"You exceeded your current quota","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaMetric":"m","quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"30s"}]}}]"#
    ),
    ProviderReply(
      "Vertex", "quota", 403,
      #"[{"error":{"code":403,"message":"This API method requires billing to be enabled.","status":"PERMISSION_DENIED","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"BILLING_DISABLED"}]}}]"#
    ),
    ProviderReply("Zhipu", "quota", 429, #"{"error":{"code":"1113","message":"余额不足或无可用资源包,请充值。"}}"#),
    ProviderReply(
      "Zhipu (Anthropic's protocol)", "quota", 429,
      #"{"type":"error","error":{"type":"1113","message":"Please recharge."},"request_id":"1"}"#),
    ProviderReply(
      "OpenRouter", "quota", 402,
      #"{"error":{"message":"This request requires more credits, or fewer max_tokens. You requested up to 2048 tokens, but can only afford 500.","code":402}}"#
    ),
    ProviderReply(
      "OpenRouter (free models)", "quota", 429,
      #"{"error":{"message":"Rate limit exceeded: free-models-per-day. Add 10 credits to unlock more.","code":429,"metadata":{"headers":{"X-RateLimit-Limit":"50"}}}}"#
    ),
    ProviderReply(
      "OpenRouter for Moonshot", "quota", 429,
      #"{"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"{\"error\":{\"message\":\"suspended\",\"type\":\"exceeded_current_quota_error\"}}","provider_name":"Moonshot AI"}}}"#
    ),
    ProviderReply(
      "xAI", "quota", 403,
      #"{"code":"The caller does not have permission to execute the specified operation","error":"Your team has either used all available credits or reached its monthly spending limit."}"#
    ),
    ProviderReply(
      "Together", "quota", 402,
      #"{"error":{"message":"Credit limit exceeded","type":"credit_limit","param":null,"code":null}}"#),
    ProviderReply(
      "Cerebras", "quota", 429,
      #"{"message":"Tokens per day limit exceeded - too many tokens processed.","type":"too_many_tokens_error","param":"quota","code":"token_quota_exceeded"}"#
    ),
    ProviderReply(
      "Cloudflare", "quota", 429,
      #"{"result":null,"success":false,"errors":[{"code":3036,"message":"you have used up your daily free allocation of 10,000 neurons"}],"messages":[]}"#
    ),
    ProviderReply(
      "Bedrock", "quota", 400,
      #"{"__type":"ServiceQuotaExceededException","message":"Your request exceeds the service quota for your account."}"#
    ),
    ProviderReply("Ollama", "quota", 429, #"{"error":"you have reached your weekly usage limit, please upgrade"}"#),
    ProviderReply(
      "new-api", "quota", 403,
      #"{"error":{"message":"用户额度不足, 剩余额度: ＄0.00","type":"new_api_error","param":"","code":"insufficient_user_quota"}}"#
    ),
    ProviderReply(
      "OpenCode", "quota", 401,
      #"{"error":{"message":"Manage your billing here","type":"CreditsError","param":"","code":null}}"#),
    ProviderReply(
      "MiniMax", "quota", 200,
      #"{"id":"1","choices":null,"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}}"#),
    ProviderReply(
      "DeepSeek", "quota", 402,
      #"{"error":{"message":"Insufficient Balance","type":"unknown_error","param":null,"code":"invalid_request_error"}}"#
    ),
  ]

  public static let unauthorized = [
    ProviderReply(
      "Gemini (leaked)", "unauthorized", 403,
      #"[{"error":{"code":403,"message":"Your API key was reported as leaked.","status":"PERMISSION_DENIED"}}]"#),
    ProviderReply(
      "LiteLLM (no database)", "unauthorized", 400,
      #"{"error":{"message":"No connected db.","type":"no_db_connection","param":null,"code":"400"}}"#),
    ProviderReply(
      "Bedrock (old)", "unauthorized", 403,
      #"{"__type":"com.amazon.coral.service#UnrecognizedClientException","Message":"no"}"#),
    ProviderReply(
      "MiniMax (key)", "unauthorized", 200,
      #"{"choices":null,"base_resp":{"status_code":2049,"status_msg":"invalid api key"}}"#),
    ProviderReply(
      "Gemini", "unauthorized", 400,
      #"[{"error":{"code":400,"message":"Please pass a valid one.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"}]}}]"#
    ),
    ProviderReply(
      "Gemini behind a gateway", "unauthorized", 400,
      #"{"error":{"message":"{\n \"error\": {\n \"code\": 400, \"message\": \"API key not valid.\", \"status\": \"INVALID_ARGUMENT\"}\n}\n","code":400,"status":"Bad Request"}}"#
    ),
    ProviderReply(
      "xAI", "unauthorized", 400,
      #"{"code":"Client specified an invalid argument","error":"Incorrect API key provided: x***. You can obtain one from the console."}"#
    ),
    ProviderReply(
      "LiteLLM", "unauthorized", 400,
      #"{"error":{"message":"Authentication Error, No api key passed in.","type":"auth_error","param":"None","code":"400"}}"#
    ),
    ProviderReply(
      "Bedrock", "unauthorized", 403,
      #"{"message":"The security token included in the request is invalid.","__type":"UnrecognizedClientException"}"#),
    ProviderReply(
      "Cloudflare", "unauthorized", 403,
      #"{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}"#),
    ProviderReply(
      "MiniMax", "unauthorized", 200, #"{"base_resp":{"status_code":1004,"status_msg":"login fail"}}"#),
    ProviderReply(
      "Groq", "unauthorized", 401,
      #"{"error":{"message":"Invalid API Key","type":"invalid_request_error","code":"invalid_api_key"}}"#),
  ]

  public static let notFound = [
    ProviderReply(
      "nginx (TLS)", "not_found", 400,
      "<html>\r\n<head><title>400 The plain HTTP request was sent to HTTPS port</title></head>\r\n<body></body></html>"),
    ProviderReply("Go (TLS)", "not_found", 400, "Client sent an HTTP request to an HTTPS server.\n"),
    ProviderReply(
      "Tomcat (TLS)", "not_found", 400,
      "Bad Request\nThis combination of host and port requires TLS.\n"),
    ProviderReply(
      "Ollama (memory)", "not_found", 500,
      #"{"error":"model requires more system memory (19.3 GiB) than is available (14.8 GiB)"}"#),
    ProviderReply(
      "LM Studio (memory)", "not_found", 400,
      #"{"error":{"message":"Failed to load model \"m\". Error: Model loading aborted due to insufficient system resources."}}"#
    ),
    ProviderReply(
      "Hugging Face", "not_found", 400,
      #"{"error":{"message":"The requested model 'x' is not supported by any provider you have enabled.","type":"invalid_request_error","param":"model","code":"model_not_supported"}}"#
    ),
    ProviderReply(
      "GitHub", "not_found", 400, #"{"error":{"code":"unknown_model","message":"Unknown model: x","details":"x"}}"#),
    ProviderReply(
      "LM Studio", "not_found", 200,
      #"{"error":"Unexpected endpoint or method. (POST /chat/completions). Returning 200 anyway"}"#),
    ProviderReply(
      "Groq", "not_found", 400,
      #"{"error":{"message":"The model `x` has been decommissioned.","type":"invalid_request_error","code":"model_decommissioned"}}"#
    ),
    ProviderReply(
      "Azure", "not_found", 404,
      #"{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}"#),
    ProviderReply(
      "Mistral", "not_found", 400,
      #"{"object":"error","message":"Invalid model: x","type":"invalid_model","param":null,"code":"1500"}"#),
    ProviderReply("Zhipu", "not_found", 400, #"{"error":{"code":"1211","message":"模型不存在"}}"#),
    ProviderReply("SiliconFlow", "not_found", 400, #"{"code":20012,"message":"Model does not exist.","data":null}"#),
    ProviderReply(
      "Cloudflare", "not_found", 400, #"{"success":false,"errors":[{"code":5007,"message":"No such model x or task"}]}"#
    ),
    ProviderReply(
      "DeepSeek", "not_found", 400,
      #"{"error":{"message":"Model Not Exist","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}"#
    ),
    ProviderReply(
      "OpenRouter", "not_found", 400, #"{"error":{"message":"x is not a valid model ID","code":400},"user_id":"u"}"#),
  ]

  public static let rateLimits = [
    ProviderReply(
      "LiteLLM (500)", "rate_limited", 500,
      #"{"error":{"message":"litellm.RateLimitError: upstream is busy","type":"None","param":"None","code":"429"}}"#),
    ProviderReply(
      "Bedrock (header)", "rate_limited", 400, #"{"message":"slower"}"#,
      headers: ["x-amzn-ErrorType": "ThrottlingException:http://internal.example/"]),
    ProviderReply(
      "MiniMax (connections)", "rate_limited", 200, #"{"base_resp":{"status_code":1041,"status_msg":"conn limit"}}"#),
    ProviderReply(
      "OpenAI", "rate_limited", 429,
      #"{"error":{"message":"Rate limit reached for m: Limit 3, Used 3, Requested 1. Please try again in 20ms.","type":"requests","param":null,"code":"rate_limit_exceeded"}}"#
    ),
    ProviderReply(
      "DashScope (minute)", "rate_limited", 429,
      #"{"error":{"code":"insufficient_quota","message":"You exceeded your current quota. For details, see: https://help.aliyun.com/zh/model-studio/error-code#token-limit"}}"#
    ),
    ProviderReply(
      "DashScope", "rate_limited", 400,
      #"{"code":"Throttling.RateQuota","message":"Requests rate limit exceeded, please try again later."}"#),
    ProviderReply(
      "Bedrock", "rate_limited", 400,
      #"{"__type":"ThrottlingException","message":"Too many tokens, please wait before trying again."}"#),
    ProviderReply(
      "Gemini", "rate_limited", 429,
      #"[{"error":{"code":429,"message":"Resource exhausted","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"0.1s"}]}}]"#
    ),
    ProviderReply(
      "Moonshot", "rate_limited", 429,
      #"{"error":{"message":"request reached max organization concurrency: 1","type":"rate_limit_reached_error"}}"#),
    ProviderReply(
      "OpenRouter", "rate_limited", 200,
      #"{"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"x is temporarily rate-limited upstream.","provider_name":"p"}}}"#
    ),
    ProviderReply(
      "xAI", "rate_limited", 429,
      #"{"code":"Some resource has been exhausted","error":"Too many tokens for team t and model m. Tokens per Minute (actual/limit): 65605/16000."}"#
    ),
    ProviderReply("MiniMax", "rate_limited", 200, #"{"base_resp":{"status_code":1002,"status_msg":"rate limit"}}"#),
  ]

  public static let tooLong = [
    ProviderReply(
      "TGI (inputs)", "too_long", 422,
      #"{"error":"Input validation error: `inputs` must have less than 1000 tokens. Given: 1500","error_type":"validation"}"#
    ),
    ProviderReply(
      "llama.cpp (batch)", "too_long", 500,
      #"{"error":{"code":500,"message":"input is too large to process. increase the physical batch size","type":"server_error"}}"#
    ),
    ProviderReply(
      "OpenAI", "too_long", 400,
      #"{"error":{"message":"This model's maximum context length is 8192 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#
    ),
    ProviderReply(
      "OpenAI (one request)", "too_long", 429,
      #"{"error":{"message":"Request too large for m on tokens per min (TPM): Limit 30000, Requested 40000.","type":"tokens","code":"rate_limit_exceeded"}}"#
    ),
    ProviderReply(
      "Groq", "too_long", 413,
      #"{"error":{"message":"Request too large for model `m` on tokens per minute (TPM): Limit 6000, Requested 14368, please reduce your message size and try again.","type":"tokens","code":"rate_limit_exceeded"}}"#
    ),
    ProviderReply(
      "Anthropic", "too_long", 400,
      #"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"}}"#
    ),
    ProviderReply(
      "Anthropic (with reply)", "too_long", 400,
      #"{"type":"error","error":{"type":"invalid_request_error","message":"input length and `max_tokens` exceed context limit: 199900 + 2048 > 200000, decrease input length or `max_tokens` and try again"}}"#
    ),
    ProviderReply(
      "vLLM", "too_long", 400,
      #"{"object":"error","message":"This model's maximum context length is 2048 tokens. However, you requested 9000 tokens in the messages.","type":"BadRequestError","param":null,"code":400}"#
    ),
    ProviderReply(
      "vLLM (full)", "too_long", 400,
      #"{"object":"error","message":"max_tokens must be at least 1, got -12.","type":"BadRequestError","param":null,"code":400}"#
    ),
    ProviderReply(
      "llama.cpp", "too_long", 400,
      #"{"error":{"code":400,"message":"the request exceeds the available tokens","type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":4096}}"#
    ),
    ProviderReply(
      "TGI", "too_long", 422,
      #"{"error":"Input validation error: `inputs` must have less than 4096 tokens: reduce the length, given 5000","error_type":"validation"}"#
    ),
    ProviderReply(
      "LM Studio", "too_long", 400,
      #"{"error":"Trying to keep the first 6547 tokens when context the overflows. However, the model is loaded with less."}"#
    ),
    ProviderReply("Ollama", "too_long", 400, #"{"error":"the input length exceeds the context length"}"#),
    ProviderReply(
      "Mistral", "too_long", 400,
      #"{"object":"error","message":"Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 of them","type":"invalid_request_prompt","code":"3051"}"#
    ),
    ProviderReply(
      "xAI", "too_long", 400,
      #"{"code":"Client specified an invalid argument","error":"This model's maximum prompt length is 131072 but the request contains 200000 tokens."}"#
    ),
    ProviderReply(
      "Moonshot", "too_long", 400,
      #"{"error":{"message":"Invalid request: Your request exceeded model token limit: 8192","type":"invalid_request_error"}}"#
    ),
    ProviderReply(
      "SiliconFlow", "too_long", 400,
      #"{"code":20015,"message":"length of prompt_tokens (9000) must be less than max_seq_len (8192).","data":null}"#),
    ProviderReply(
      "DashScope", "too_long", 400,
      #"{"error":{"code":"invalid_parameter_error","message":"Range of input length should be [1, 30720]","type":"invalid_request_error"}}"#
    ),
    ProviderReply("Zhipu", "too_long", 400, #"{"error":{"code":"1261","message":"Prompt 超长"}}"#),
    ProviderReply(
      "Bedrock", "too_long", 400,
      #"{"__type":"ValidationException","message":"Input is too long for requested model."}"#),
    ProviderReply(
      "Gemini", "too_long", 400,
      #"[{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}]"#
    ),
  ]

  public static let refused = [
    ProviderReply(
      "Azure (verdict)", "refused", 400,
      #"{"error":{"message":"No.","code":null,"innererror":{"content_filter_result":{"hate":{"filtered":false,"severity":"safe"},"violence":{"filtered":true,"severity":"medium"}}}}}"#
    ),
    ProviderReply(
      "Azure (reply)", "refused", 200,
      #"{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":""},"content_filter_results":{"violence":{"filtered":true,"severity":"high"}}}]}"#
    ),
    ProviderReply(
      "Volcengine", "refused", 400,
      #"{"error":{"code":"InputTextSensitiveContentDetected","message":"The request failed.","param":"","type":"BadRequest"}}"#
    ),
    ProviderReply(
      "MiniMax (reply)", "refused", 200,
      #"{"choices":[{"finish_reason":"stop","message":{"content":""}}],"base_resp":{"status_code":1027,"status_msg":"output new_sensitive"}}"#
    ),
    ProviderReply(
      "Azure", "refused", 400,
      #"{"error":{"message":"The prompt was stopped","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{}}}}"#
    ),
    ProviderReply(
      "OpenAI", "refused", 400,
      #"{"error":{"message":"Invalid prompt: your prompt was flagged as potentially violating our usage policy.","type":"invalid_request_error","param":null,"code":"invalid_prompt"}}"#
    ),
    ProviderReply(
      "OpenRouter", "refused", 403,
      #"{"error":{"code":403,"message":"Your input was flagged for \"violence\"","metadata":{"reasons":["violence"]}}}"#
    ),
    ProviderReply(
      "DashScope", "refused", 400,
      #"{"error":{"code":"data_inspection_failed","message":"Input data may contain inappropriate content.","type":"data_inspection_failed"}}"#
    ),
    ProviderReply(
      "DashScope (gateway)", "refused", 400,
      #"{"error":{"message":"<400> InternalError.Algo.DataInspectionFailed: Input text data may contain inappropriate content."}}"#
    ),
    ProviderReply(
      "Zhipu", "refused", 400,
      #"{"error":{"code":"1301","message":"系统检测到输入或生成内容可能包含不安全或敏感内容"},"contentFilter":[{"role":"user","level":1}]}"#),
    ProviderReply(
      "Gemini", "refused", 200,
      #"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"model":"m","object":"chat.completion","choices":[]}"#),
    ProviderReply(
      "Moonshot", "refused", 400,
      #"{"error":{"message":"The request was rejected because it was considered high risk","type":"content_filter"}}"#),
    ProviderReply(
      "DeepSeek", "refused", 400,
      #"{"error":{"message":"Content Exists Risk","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}"#
    ),
    ProviderReply(
      "xAI", "refused", 403,
      #"{"code":"The caller does not have permission","error":"Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_X"}"#
    ),
    ProviderReply(
      "LiteLLM", "refused", 400,
      #"{"error":{"message":"Violated guardrail policy","type":"None","param":"None","code":"400"}}"#),
    ProviderReply(
      "MiniMax", "refused", 200, #"{"base_resp":{"status_code":1026,"status_msg":"input new_sensitive"}}"#),
  ]

  public static let faults = [
    ProviderReply(
      "Cloudflare (header)", "server_error", 403, "<html><title>Un instant…</title>",
      headers: ["cf-mitigated": "challenge"]),
    ProviderReply(
      "Amazon (header)", "server_error", 202, "", headers: ["x-amzn-waf-action": "challenge"]),
    ProviderReply(
      "MiniMax", "bad_request", 200, #"{"base_resp":{"status_code":2013,"status_msg":"invalid params"}}"#),
    ProviderReply(
      "TGI", "server_error", 424, #"{"error":"Request failed during generation","error_type":"generation"}"#),
    ProviderReply("LM Studio", "server_error", 400, #"{"error":"Model unloaded."}"#),
    ProviderReply("LM Studio (crash)", "server_error", 400, #"{"error":"The model has crashed without more to say."}"#),
    ProviderReply(
      "llama.cpp", "server_error", 503,
      #"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#),
    ProviderReply(
      "Hugging Face", "server_error", 503, #"{"error":"Model x is currently loading","estimated_time":0.1}"#),
    ProviderReply("Groq", "server_error", 498, #"{"error":{"message":"flex tier capacity exceeded","type":"x"}}"#),
    ProviderReply(
      "Anthropic behind a gateway", "server_error", 400,
      #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#),
    ProviderReply(
      "new-api", "server_error", 400,
      #"{"error":{"message":"upstream is away","type":"new_api_error","code":"bad_response_status_code"}}"#),
    ProviderReply(
      "Cloudflare (challenge)", "server_error", 403,
      "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>"),
    ProviderReply("nginx", "server_error", 499, ""),
    ProviderReply(
      "OpenRouter", "server_error", 200,
      #"{"id":"1","choices":[{"index":0,"finish_reason":"error","message":{"role":"assistant","content":""},"error":{"code":502,"message":"Upstream is away"}}]}"#
    ),
    ProviderReply(
      "Groq (schema)", "bad_reply", 400,
      #"{"error":{"message":"Failed to generate JSON.","type":"invalid_request_error","code":"json_validate_failed","failed_generation":"{"}}"#
    ),
  ]
}
