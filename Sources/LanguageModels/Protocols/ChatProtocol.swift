import JSONLines
import Summarization

/// The language of a server: how a request is written and where the parts of a reply are. Pure.
protocol ChatProtocol: Sendable {
  /// Below the base URL.
  var resource: String { get }
  /// Beside those that every request has.
  var headers: [RequestHeader] { get }
  /// What may be refused of its requests: what we ask for by ourselves, not what the user does.
  var features: RequestFeatures { get }
  /// Of these, what a request holds: where one is in place of another, the one.
  func sent(_ features: RequestFeatures) -> RequestFeatures

  /// - Parameter correction: what was wrong with the reply before.
  func body(for article: Article, _ shape: RequestShape, correction: String?) -> ChatRequestBody
  func answer(in reply: JSONValue, to article: Article) -> ChatAnswer

  /// Puts what one piece of a stream says to the others.
  func add(_ piece: JSONValue, to stream: inout StreamedReply)
  /// The reply that a stream would have been if it had come whole; nil where none of its pieces is one of a reply.
  func whole(_ stream: StreamedReply) -> JSONValue?
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
    /// With an error inside of the reply.
    case error(ServerErrorBody)
  }

  var text: String?
  /// What a model that thinks has said to itself, where the server tells that apart.
  var thoughts: String?
  var ending: Ending
  /// The server's word for it.
  var endingWord: String?
  var usage: TokenUsage?
}

extension ChatAnswer.Ending {
  /// What a server's word for the ending of a reply means. Each has its own words; those for a filter are told by their
  /// parts.
  init(word: String?, refusal: String? = nil) {
    let word = (word ?? "").lowercased()
    let letters = word.filter(\.isLetter)
    self =
      switch letters {
      case "length", "maxtokens", "maxoutputtokens", "maxlength", "tokenlimit", "maxtokensreached": .truncated
      case "modellength", "modelcontextwindowexceeded", "contextlength", "contextwindowexceeded": .contextFull
      case "toolcalls", "functioncall", "tooluse", "malformedfunctioncall", "unexpectedtoolcall":
        .broken("calls a tool")
      case "error", "networkerror", "abort", "aborted", "cancelled", "canceled", "timeout",
        "insufficientsystemresource":
        .failed
      case _ where Self.filters.contains { letters.contains($0) }: .refused(refusal)
      default: .complete
      }
  }

  /// Whether a word is none of those for a reply that came to its natural end.
  static func isUnknown(_ word: String) -> Bool {
    let known: Set = [
      "", "stop", "finishreasonstop", "finishreasonunspecified", "endturn", "stopsequence", "eos", "eostoken",
      "complete",
      "completed", "finished", "done", "success", "normal", "unknown", "none", "null",
    ]
    return !known.contains(word.lowercased().filter(\.isLetter))
  }

  private static let filters = [
    "filter", "safety", "recitation", "prohibited", "blocklist", "blocked", "spii", "sensitive", "refusal", "guardrail",
    "moderat", "policy", "violation", "inspection", "modelarmor", "unsafe", "harm", "toxic",
  ]
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
  func setMessages(
    of body: inout ChatRequestBody, for article: Article, features: RequestFeatures, _ correction: String?
  ) {
    let message = Prompt.message(for: article)
    let instructions = prompt.instructions(after: correction)
    if features.contains(.systemMessage) {
      body.setMessages(system: instructions, user: message)
    } else {
      body.setMessages(system: nil, user: instructions + "\n\n" + message)
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
