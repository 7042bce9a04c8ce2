/// The protocol that a request speaks, told by its path.
public enum Dialect: Sendable {
  case openAI, anthropic, ollama

  public init?(path: String) {
    if path.hasSuffix("/chat/completions") {
      self = .openAI
    } else if path.hasSuffix("/messages") {
      self = .anthropic
    } else if path.hasSuffix("/api/chat") || path.hasSuffix("/api/generate") {
      self = .ollama
    } else {
      return nil
    }
  }
}

/// Why a model stopped.
public enum Stop: Sendable {
  /// It was done.
  case finished
  /// The limit on output tokens.
  case length
  /// It would not.
  case refusal
  /// A filter behind the model, where there is one.
  case filter
}

/// What a model has said.
struct ModelOutput: Sendable {
  /// nil: no content at all, where the protocol can say so.
  var text: String?
  var stop = Stop.finished
  /// Tokens in and out; nil: the server does not tell.
  var usage: (input: Int, output: Int)?
}

/// An error in the words of a protocol.
struct ModelError: Sendable {
  var message: String
  var type = ""
  var code: String?
  var parameter: String?
  /// Further fields of the error object, as JSON: `"details":{}`.
  var extra: String?
}

extension Dialect {
  func response(_ output: ModelOutput, to request: Request) -> Response {
    switch self {
    case .openAI: openAIResponse(output, to: request)
    case .anthropic: anthropicResponse(output, to: request)
    case .ollama: ollamaResponse(output, to: request)
    }
  }

  /// The field of an error's body that holds the error object, or the text.
  func errorBody(_ error: ModelError) -> String {
    switch self {
    case .openAI: openAIErrorBody(error)
    case .anthropic: anthropicErrorBody(error)
    case .ollama: ollamaErrorBody(error)
    }
  }
}

/// A JSON string.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// A JSON string, or null.
func quotedOrNull(_ text: String?) -> String { text.map(quoted) ?? "null" }
