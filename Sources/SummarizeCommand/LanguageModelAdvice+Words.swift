import LanguageModels

/// The wording of advice on failures of a language model, with the options that help.
struct LanguageModelAdviser: Sendable {
  let settings: LanguageModelSettings

  /// Returns the advice as the end of a sentence.
  func words(for advice: LanguageModelAdvice) -> String {
    let provider = settings.provider
    switch advice {
    case .giveKey: return "give a key with \(provider.keyVariable) or --key-file"
    case .checkKey: return "check the key in \(provider.keyVariable) or --key-file"
    case .checkPermission: return "check what the key may do"
    case .seeBilling: return "see the account's billing and limits"
    case .widenContext where provider == .ollama: return "give it room with --option num_ctx=TOKENS"
    case .widenContext: return "shorten it, or choose a model with a longer context"
    case .checkModel where provider == .ollama:
      return "get the model with 'ollama pull \(settings.model)', or check the address \(settings.endpoint)"
    case .checkModel: return "check the model's name, '\(settings.model)', and the address \(settings.endpoint)"
    case .useAddress(let address):
      return "redirects are not followed; give the address itself with --base-url"
        + (address.map { " (it leads to \($0))" } ?? "")
    case .startServer where provider == .ollama: return "start it with 'ollama serve', or check OLLAMA_HOST"
    case .startServer: return "start the server, or check --base-url"
    case .checkAddress: return "check the address"
    case .checkProxy: return "check http_proxy, https_proxy and all_proxy"
    case .allowMoreTime: return "--timeout gives it longer"
    case .raiseReplyLimit(let field): return "raise \(field.map { "--option \($0)" } ?? "--max-tokens")"
    case .lowerReplyLimit(let field): return "lower \(field.map { "--option \($0)" } ?? "--max-tokens")"
    case .thinkLess: return "turn thinking off (--option think=false, or as the server wants it) or raise --max-tokens"
    }
  }
}
