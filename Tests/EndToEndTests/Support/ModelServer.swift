import TestServer

extension TestServer {
  /// The options that make this server the model, spoken to in one of the protocols.
  func options(_ dialect: Dialect = .openAI) -> [String] {
    switch dialect {
    case .openAI: ["-m", "openai:test", "--base-url", url + "/v1"]
    case .anthropic: ["-m", "anthropic:test", "--base-url", url]
    case .ollama: ["-m", "ollama:test", "--base-url", url]
    }
  }
}

/// What an article is known by at the server, of at least four digits: `article-0042`.
func marker(_ number: Int) -> String {
  let digits = String(number)
  return "article-" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
}

/// Articles whose content has the marker, so that the server's log tells one from another.
func markedArticles(_ numbers: some Sequence<Int>) -> String {
  numbers.map { article($0, content: "This is \(marker($0)). It has two sentences.") }.joined()
}
