import JSONLines
import Summarization

/// The language of a server: how a request is written and where the parts of a reply are. Pure.
protocol ChatProtocol: Sendable {
  /// Below the base URL.
  var resource: String { get }
  /// Beside those that every request has.
  var headers: [Header] { get }
  /// What may be refused of its requests: what we ask for by ourselves, not what the user does.
  var features: RequestFeatures { get }
  /// Of these, what a request holds: where one is in place of another, the one.
  func sent(_ features: RequestFeatures) -> RequestFeatures

  func body(for article: Article, features: RequestFeatures) -> RequestBody
  func answer(in reply: JSONValue, to article: Article) -> ChatAnswer
}

extension ChatProtocol {
  func sent(_ features: RequestFeatures) -> RequestFeatures {
    features.contains(.jsonSchema) ? features.subtracting(.jsonObject) : features
  }
}

/// A reply, taken apart.
struct ChatAnswer: Sendable, Equatable {
  /// How a reply came to its end.
  enum Ending: Sendable, Equatable {
    case complete
    /// At the limit of tokens.
    case truncated
    /// The article fills the model's context.
    case contextFull
    /// By the model or a filter, with its words where it has some.
    case refused(String?)
    /// In a way that no reply of ours should, as the end of a sentence that begins with "the reply".
    case broken(String)
    /// The server failed after it had sent the status.
    case failed
  }

  var text: String?
  var ending: Ending
  var usage: TokenUsage?
}

/// What all protocols make their requests from.
struct ChatContext: Sendable {
  let settings: LanguageModelSettings
  let prompt: Prompt
  let schema: ReplySchema

  init(_ settings: LanguageModelSettings, _ request: SummaryRequest) {
    self.settings = settings
    prompt = Prompt(request, custom: settings.prompt, language: settings.language)
    schema = ReplySchema(request)
  }

  /// Whether Ollama has read less of an article than there is, to go by the tokens of the prompt: one that was cut has
  /// exactly the size of the context, some multiple of 1024, and the article is clearly longer.
  func wasCut(_ article: Article, promptTokens: Int) -> Bool {
    let estimate = TokenEstimate.tokens(article.content)
    return promptTokens > 0 && promptTokens.isMultiple(of: 1024) && estimate > promptTokens + promptTokens / 2
  }

  /// Instructions and article, together where the model takes no system message.
  func setMessages(of body: inout RequestBody, for article: Article, features: RequestFeatures) {
    let message = Prompt.message(for: article)
    if features.contains(.systemMessage) {
      body.setMessages(system: prompt.instructions, user: message)
    } else {
      body.setMessages(system: nil, user: prompt.instructions + "\n\n" + message)
    }
  }
}

extension TokenUsage {
  /// From two counts of a reply; nil where there is neither.
  init?(_ input: Int?, _ output: Int?) {
    if input == nil && output == nil { return nil }
    // A count is a number of tokens: what is none is not added up with others.
    let range = 0...1_000_000_000
    self.init(
      input: input.flatMap { range.contains($0) ? $0 : nil } ?? 0,
      output: output.flatMap { range.contains($0) ? $0 : nil } ?? 0)
  }
}
