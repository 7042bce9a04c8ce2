import JSONLines
import Summarization

/// A chat API: the form of its requests, and the places of the parts of its replies. Pure.
protocol ChatProtocol: Sendable {
  /// The path below the base URL.
  var resource: String { get }
  /// The headers in addition to those of every request.
  var headers: [RequestHeader] { get }
  /// The parts of a request that a server may refuse. Parts that the user sets with `options` are not among them.
  var features: RequestFeatures { get }
  /// Returns the features that a request contains. Of alternative features it contains one.
  func sent(_ features: RequestFeatures) -> RequestFeatures

  /// - Parameter correction: what was wrong with the previous reply.
  func body(for article: Article, _ shape: RequestShape, correction: String?) -> ChatRequestBody
  func answer(in reply: JSONValue, to article: Article) -> ChatAnswer

  /// Adds the content of one piece of a stream to the others.
  func add(_ piece: JSONValue, to stream: inout StreamedReply)
  /// Returns the reply that a stream would have been as a whole; nil if no piece is part of a reply.
  func whole(_ stream: StreamedReply) -> JSONValue?
}

extension ChatProtocol {
  func sent(_ features: RequestFeatures) -> RequestFeatures {
    features.contains(.jsonSchema) ? features.subtracting(.jsonObject) : features
  }
}

/// The parts of a reply.
struct ChatAnswer: Sendable, Equatable {
  /// The way in which a reply ended.
  enum ReplyEnding: Sendable, Equatable {
    case complete
    /// The reply was cut off at the token limit.
    case truncated
    /// The article fills the model's context.
    case contextFull
    /// The model or a filter refused, with its message if there is one.
    case refused(String?)
    /// The reply is unusable, as described by the end of a sentence that begins with "the reply".
    case broken(String)
    /// The finish reason says that the model calls a tool.
    case callsTool
    /// The reply has no place for an answer, as described by the end of such a sentence, and says nothing else.
    case empty(String)
    /// The server failed after it had sent the status.
    case failed
    /// The reply contains an error.
    case error(ServerErrorBody)
  }

  var text: String?
  /// The model's thoughts, if the server separates them from the answer in a text that may be the answer instead.
  var thoughts: String?
  /// Whether the reply has thoughts in any other form. They are never the answer.
  var hasOtherThoughts = false
  /// The number of tokens of thoughts, shown or not.
  var thoughtTokens = 0
  /// The arguments of the calls of tools. No tool is offered: a gateway has made one of the schema, or offers its own.
  var toolCalls: [String] = []
  var ending: ReplyEnding
  /// The server's finish reason.
  var endingWord: String?
  var usage: TokenUsage?

  /// Whether there is no answer, or white space only.
  var isBlank: Bool { text?.trimmed().isEmpty ?? true }

  /// Whether the model has thought. A text without a letter is no thought.
  var hasThoughts: Bool {
    hasOtherThoughts || thoughts?.unicodeScalars.contains(where: \.properties.isAlphabetic) == true
  }

  /// Whether the reply was cut off well before this limit of its tokens, because the model's context was full. Prompt
  /// and reply then have exactly its size, which is a multiple of 256.
  func endedWithContext(before limit: Int) -> Bool {
    guard ending == .truncated, !isBlank, let usage, usage.input > 0, usage.output > 0 else { return false }
    return usage.output < limit - limit / 10 && usage.total.isMultiple(of: 256)
  }

  /// Returns the arguments of the calls in a message of OpenAI's and Ollama's form. They are a string that contains JSON,
  /// or an object.
  static func toolCalls(in message: JSONValue?) -> [String] {
    let functions = message?["tool_calls"]?.elements?.map { $0["function"] } ?? []
    let calls = message?["function_call"].map { functions + [$0] } ?? functions
    return calls.filter { $0?.kind != .null }.map { $0?["arguments"]?.text ?? "" }
  }
}

extension JSONValue {
  /// A string as it is, and any other value as JSON.
  var text: String { string ?? String(decoding: bytes, as: UTF8.self) }
}

extension ChatAnswer.ReplyEnding {
  /// Creates an ending from a server's finish reason. Servers use different words; a word for a filter is recognised by
  /// a part of it.
  init(word: String?, refusal: String? = nil) {
    let word = (word ?? "").lowercased()
    let letters = word.filter(\.isLetter)
    self =
      switch letters {
      case "length", "maxtokens", "maxoutputtokens", "maxlength", "tokenlimit", "maxtokensreached": .truncated
      case "modellength", "modelcontextwindowexceeded", "contextlength", "contextwindowexceeded": .contextFull
      case "toolcalls", "functioncall", "tooluse", "malformedfunctioncall", "unexpectedtoolcall":
        .callsTool
      case "error", "networkerror", "abort", "aborted", "cancelled", "canceled", "timeout",
        "insufficientsystemresource":
        .failed
      case _ where Self.filters.contains { letters.contains($0) }: .refused(refusal)
      default: .complete
      }
  }

  /// Returns the ending of a reply without the field that has the answer.
  /// - Parameter others: the fields that have the answer in other protocols.
  static func missing(_ name: String, in reply: JSONValue, others: [String]) -> Self {
    if let other = others.first(where: { [.array, .object].contains(reply[$0]?.kind) }) {
      return .broken("has \(other) and no \(name), which is the form of another protocol")
    }
    let words = ServerErrorBody(reply).message
    return words.isEmpty ? .empty("has no \(name)") : .broken("has no \(name): \(words)")
  }

  /// Returns whether a finish reason is none of those for the natural end of a reply.
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

/// The data that requests of all protocols are made from.
struct ChatContext: Sendable {
  let settings: LanguageModelSettings
  let prompt: SummaryPrompt
  let schema: ReplySchema

  init(_ settings: LanguageModelSettings, _ request: SummaryRequest) {
    self.settings = settings
    prompt = SummaryPrompt(request, custom: settings.prompt, language: settings.language)
    schema = ReplySchema(request)
  }

  /// Returns whether Ollama has cut an article, judged by the number of prompt tokens. The prompt of a cut article has
  /// exactly the size of the context, which is a multiple of 1024, and the article is clearly longer.
  func wasCut(_ article: Article, promptTokens: Int) -> Bool {
    let estimate = TokenEstimate.tokens(article.content)
    return promptTokens > 0 && promptTokens.isMultiple(of: 1024) && estimate > promptTokens + promptTokens / 2
  }

  /// Sets the instructions and the article as two messages, or as one if the model takes no system message.
  func setMessages(
    of body: inout ChatRequestBody, for article: Article, features: RequestFeatures, _ correction: String?
  ) {
    let message = SummaryPrompt.message(for: article)
    let instructions = prompt.instructions(after: correction)
    if features.contains(.systemMessage) {
      body.setMessages(system: instructions, user: message)
    } else {
      body.setMessages(system: nil, user: instructions + "\n\n" + message)
    }
  }
}

extension TokenUsage {
  /// Creates a usage from two counts of a reply; nil if both are missing.
  init?(_ input: Int?, _ output: Int?) {
    if input == nil && output == nil { return nil }
    // A value that cannot be a number of tokens counts as 0, because counts are added up.
    let range = 0...1_000_000_000
    self.init(
      input: input.flatMap { range.contains($0) ? $0 : nil } ?? 0,
      output: output.flatMap { range.contains($0) ? $0 : nil } ?? 0)
  }
}
