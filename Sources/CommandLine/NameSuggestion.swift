import LanguageModels

/// Finds the name that was probably meant.
enum NameSuggestion {
  /// The names of options in other programs, with the options of this one.
  static let namesElsewhere = [
    "workers": "--jobs", "concurrency": "--jobs", "threads": "--jobs", "parallel": "--jobs", "max-procs": "--jobs",
    "procs": "--jobs", "max-workers": "--jobs", "ordered": "--keep-order", "url": "--base-url", "host": "--base-url",
    "api-base": "--base-url", "system": "--prompt", "max-retries": "--retries", "silent": "--quiet", "out": "--output",
    "P": "-j", "n": "-j", "s": "-q", "e": "--errors",
  ]

  /// The names of options in other programs that take a key.
  static let namesOfKeys: Set<String> = ["api-key", "apikey", "key", "token", "api-token", "openai-api-key"]

  /// Returns the option, with its hyphens, that an unknown one may stand for; nil if none is near.
  static func option(for typed: String) -> String? {
    namesElsewhere[typed] ?? near(typed, in: OptionDefinition.table.map(\.long)).map { "--\($0)" }
  }

  /// Returns the only candidate that begins with the typed text or, without one, the nearest candidate. At most a third
  /// of its letters, but always one, may differ.
  static func near(_ typed: String, in candidates: [String]) -> String? {
    let beginning = candidates.filter { $0.hasPrefix(typed) }
    if !typed.isEmpty, beginning.count == 1 { return beginning[0] }
    let ranked = candidates.map { (distance: editDistance(typed, $0), name: $0) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, best.name.count / 3) ? best.name : nil
  }

  /// Returns the least number of letters to insert, remove, replace or swap with a neighbour (optimal string
  /// alignment).
  static func editDistance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a), Array(b))
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}

/// Suggests a model for an unknown one, and recognises a key in the place of a name.
enum ModelSuggestion {
  /// The kinds of model that have a name behind a colon.
  private static let kinds =
    LanguageModelProvider.allCases.map(\.rawValue) + ["simulated"]
    + RunConfiguration.CommandKind.allCases.map(\.rawValue)

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
      if let kind = NameSuggestion.near(parts[0].lowercased(), in: kinds), !isFamily(text) {
        return "\(kind):\(parts[1])"
      }
      return "\(LanguageModelProvider.ollama.rawValue):\(typed)"
    }
    if text.hasPrefix("gpt-oss") { return "\(LanguageModelProvider.ollama.rawValue):\(typed)" }
    for family in families where family.beginnings.contains(where: text.hasPrefix) {
      return "\(family.kind.rawValue):\(typed)"
    }
    // Names such as meta-llama/Llama-3.1-8B-Instruct belong to servers of the user's own.
    if typed.contains("/") { return "\(LanguageModelProvider.openAI.rawValue):\(typed)" }
    return NameSuggestion.near(text, in: ["extractive", "simulated"])
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
