import LanguageModels

/// Suggests a model for an unknown one, and recognises a key in the place of a name.
enum ModelSuggestion {
  /// The kinds of model that have a name behind a colon.
  private static let kinds =
    LanguageModelProvider.allCases.map(\.rawValue) + ["simulated"]
    + Configuration.CommandKind.allCases.map(\.rawValue)

  /// The beginnings of model names, and the provider to suggest for them.
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

  /// Returns the model that was probably meant, in the form of `-m`; nil if none is likely.
  static func model(for typed: String) -> String? {
    let text = typed.lowercased()
    let parts = typed.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, !parts[1].isEmpty {
      // A name with a tag belongs to Ollama, unless only the kind was mistyped.
      if let kind = Suggestion.near(parts[0].lowercased(), in: kinds), !isFamily(text) { return "\(kind):\(parts[1])" }
      return "\(LanguageModelProvider.ollama.rawValue):\(typed)"
    }
    if text.hasPrefix("gpt-oss") { return "\(LanguageModelProvider.ollama.rawValue):\(typed)" }
    for family in families where family.beginnings.contains(where: text.hasPrefix) {
      return "\(family.kind.rawValue):\(typed)"
    }
    // Names such as meta-llama/Llama-3.1-8B-Instruct belong to servers of the user's own.
    if typed.contains("/") { return "\(LanguageModelProvider.openAI.rawValue):\(typed)" }
    return Suggestion.near(text, in: ["extractive", "simulated"])
  }

  private static func isFamily(_ text: String) -> Bool {
    families.contains { $0.beginnings.contains(where: text.hasPrefix) }
  }

  /// Returns whether a text looks like the key of an account, which a message must not repeat.
  static func isKey(_ text: String) -> Bool {
    let beginnings = ["sk-", "sk_", "gsk_", "xai-", "hf_", "r8_", "AIza", "pplx-", "csk-", "fw_", "nvapi-", "tgp_"]
    let name = text.split(separator: ":").last.map(String.init) ?? text
    return name.utf8.count >= 16 && beginnings.contains(where: name.hasPrefix)
      && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"/.".utf8.contains($0) }
  }
}
