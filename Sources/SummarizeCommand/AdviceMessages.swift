import Articles
import CommandSummarizer
import LanguageModels

extension CommandAdvice {
  /// As the end of a sentence.
  var words: String {
    switch self {
    case .allowMoreTime: "--timeout gives it longer"
    case .allowMoreTimeToStart: "--start-timeout gives it longer"
    case .allowLongerAnswers: "raise --max-line to take it"
    case .haveFewerInFlight: "lower --jobs, or raise the limits on processes and open files (ulimit -u, -n)"
    }
  }
}

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
    case .widenContext: return "shorten the article, or choose a model with a longer context"
    case .shorten: return "shorten the article, or raise the limit of the server or its proxy on the size of a request"
    case .checkModel where provider == .ollama:
      return "get the model with 'ollama pull \(settings.model)', or check the address \(settings.endpoint)"
    case .checkModel: return "check the model's name, '\(settings.model)', and the address \(settings.endpoint)"
    case .useAddress(let address):
      return "redirects are not followed; give the address itself with --base-url"
        + (address.map { " (it leads to \($0))" } ?? "")
    case .useTLS: return "give an address with https:// by --base-url"
    case .startServer where provider == .ollama: return "start it with 'ollama serve', or check OLLAMA_HOST"
    case .startServer: return "start the server, or check --base-url"
    case .checkAddress: return "check the address"
    case .checkProxy: return "check http_proxy, https_proxy and all_proxy"
    case .allowMoreTime: return "--timeout gives it longer"
    case .raiseReplyLimit(let field): return "raise \(field.map { "--option \($0)" } ?? "--max-tokens")"
    case .lowerReplyLimit(let field): return "lower \(field.map { "--option \($0)" } ?? "--max-tokens")"
    case .thinkLess(let field):
      return "turn thinking off (--option think=false, or as the server wants it) or "
        + words(for: .raiseReplyLimit(field: field))
    case .useLessMemory where provider == .ollama:
      return "free memory there, or choose a smaller model or a smaller --option num_ctx=TOKENS"
    case .useLessMemory: return "free memory there, or choose a smaller model"
    }
  }
}

extension ArticleFault {
  /// A description of the fault in a line, with advice.
  var message: String {
    switch self {
    case .tooLong(let length, let limit):
      "line of \(length) bytes is longer than \(limit); raise --max-line to take it"
    case .blank: "the text is empty; there is nothing to summarize"
    case .wrongKind(let field, let found): found.message(in: field)
    case .noText(let lookedFor, let has): Self.noText(lookedFor, has)
    }
  }

  private static func noText(_ lookedFor: [String], _ has: [FoundField]) -> String {
    let names = has.isEmpty ? "none" : has.map(\.name).joined(separator: ", ")
    let only = lookedFor.count == 1 ? lookedFor[0] : nil
    if let only, only.contains(".") {
      let path = only.hasPrefix(".") ? only : ".\(only)"
      return "only fields of the line itself are looked at (it has: \(names)); jq -c '.content=\(path)'"
    }
    let wanted = only.map { "no field '\($0)'" } ?? "no field " + lookedFor.map { "'\($0)'" }.joined(separator: ", ")
    let longest = has.max { $0.textLength < $1.textLength }
    let advice =
      if let longest, longest.textLength > 0 { "--content-field \(longest.name) takes the longest text" } else {
        "name the one that holds the text with --content-field"
      }
    return "\(wanted) (it has: \(names)); \(advice)"
  }
}

extension FoundValue {
  fileprivate func message(in field: String) -> String {
    let path = ".\(field)"
    return switch self {
    case .number: "'\(field)' is a number, not a string; jq -c '\(path)|=tostring'"
    case .truth: "'\(field)' is true or false, not a string"
    case .object(let key?): "'\(field)' is an object, not a string; jq -c '\(path)=\(path).\(key)'"
    case .object(nil): "'\(field)' is an object, not a string; jq -c '\(path)|=([..|strings]|join(\"\\n\"))'"
    case .array(let key?): "'\(field)' is an array of objects, not of strings; jq -c '\(path)|=map(.\(key)?//.)'"
    case .array(nil): "'\(field)' is an array of other things than strings; jq -c '\(path)|=map(tostring)'"
    }
  }
}
