public import TestSupport

extension Request {
  /// The body as JSON; nil where it is none.
  public var json: ParsedJSON? { try? ParsedJSON(parsing: body) }

  /// The model that is asked for.
  public var model: String? { json?["model"]?.string }

  /// What is said to the model as instructions: the messages of the system and of developers, and Anthropic's field.
  public var instructions: String {
    let messages = json?["messages"]?.items ?? []
    let said = messages.filter { ["system", "developer"].contains($0["role"]?.string) }
    return ([text(of: json?["system"])] + said.map { text(of: $0["content"]) }).joined(separator: "\n")
  }

  /// What is said to it as the user.
  public var userText: String {
    let messages = json?["messages"]?.items ?? []
    let said = messages.filter { $0["role"]?.string == "user" }
    return (said.map { text(of: $0["content"]) } + [text(of: json?["prompt"])]).joined(separator: "\n")
  }

  /// A text, or blocks of text.
  private func text(of content: ParsedJSON?) -> String {
    content?.string ?? content?.items.compactMap { $0["text"]?.string }.joined() ?? ""
  }
}
