import LanguageModels

/// What may have been meant by a model that is none, and what is a key rather than a name.
enum ModelSuggestion {
  /// The kinds of model that have a name behind a colon.
  private static let kinds =
    LanguageModelProvider.allCases.map(\.rawValue) + ["simulated"]
    + Configuration.CommandKind.allCases.map(\.rawValue)

  /// How the names of models begin that one company serves.
  private static let families: [(beginnings: [String], kind: LanguageModelProvider)] = [
    (["gpt-", "chatgpt-", "o1", "o3", "o4-", "gemini-", "grok-", "deepseek-chat", "deepseek-reasoner"], .openAI),
    (["claude-"], .anthropic),
    (
      [
        "llama", "qwen", "gemma", "mistral", "mixtral", "phi", "deepseek", "smollm", "granite", "codellama",
        "command-r",
        "tinyllama", "gpt-oss",
      ], .ollama
    ),
  ]

  /// The model that was meant, as `-m` takes it; nil where that is anybody's guess.
  static func model(for typed: String) -> String? {
    let text = typed.lowercased()
    let parts = typed.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, !parts[1].isEmpty {
      // A name with a tag is Ollama's, unless the kind was only mistyped.
      if let kind = Suggestion.near(parts[0].lowercased(), in: kinds), !isFamily(text) { return "\(kind):\(parts[1])" }
      return "\(LanguageModelProvider.ollama.rawValue):\(typed)"
    }
    if text.hasPrefix("gpt-oss") { return "\(LanguageModelProvider.ollama.rawValue):\(typed)" }
    for family in families where family.beginnings.contains(where: text.hasPrefix) {
      return "\(family.kind.rawValue):\(typed)"
    }
    // Names such as meta-llama/Llama-3.1-8B-Instruct are those of servers of one's own.
    if typed.contains("/") { return "\(LanguageModelProvider.openAI.rawValue):\(typed)" }
    return Suggestion.near(text, in: ["extractive", "simulated"])
  }

  private static func isFamily(_ text: String) -> Bool {
    families.contains { $0.beginnings.contains(where: text.hasPrefix) }
  }

  /// Whether a text looks like the key of an account, which is not to be repeated in a message.
  static func isKey(_ text: String) -> Bool {
    let beginnings = ["sk-", "sk_", "gsk_", "xai-", "hf_", "r8_", "AIza", "pplx-", "csk-", "fw_", "nvapi-", "tgp_"]
    let name = text.split(separator: ":").last.map(String.init) ?? text
    return name.utf8.count >= 16 && beginnings.contains(where: name.hasPrefix)
      && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"/.".utf8.contains($0) }
  }
}
