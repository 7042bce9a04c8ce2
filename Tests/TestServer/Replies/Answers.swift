// Replies with status 200: what a model says, good or not.

extension Reply {
  /// A good answer.
  /// - Parameters:
  ///   - text: the summary; without one, a sentence that names the article's marker.
  ///   - tokens: what the server says it has used; nil: it does not say.
  public static func summary(
    _ text: String? = nil, sentiment: String = "neutral", keywords: [String] = ["alpha", "beta", "gamma"],
    tokens: (input: Int, output: Int)? = (120, 40)
  ) -> Reply {
    Reply("summary") { request in
      let text = text ?? "Summary of \(request.marker ?? "the article")."
      return respond(
        to: request, ModelOutput(text: resultObject(text, sentiment, keywords), usage: tokens))
    }
  }

  /// Any text of the model.
  public static func text(
    _ text: String, stop: Stop = .finished, tokens: (input: Int, output: Int)? = (120, 40)
  ) -> Reply {
    Reply("text") { respond(to: $0, ModelOutput(text: text, stop: stop, usage: tokens)) }
  }

  /// The model will not, with its reason.
  public static var refusal: Reply {
    text("I can't help with that.", stop: .refusal).named("refusal")
  }

  /// A filter behind the model has kept the answer back. Anthropic refuses the request instead; Ollama has no such thing.
  public static var filtered: Reply {
    Reply("filtered") { request in
      if request.dialect == .anthropic {
        let error = ModelError(
          message: "Output blocked by content filtering policy", type: "invalid_request_error")
        return Response(400, json: Dialect.anthropic.errorBody(error))
      }
      return respond(to: request, ModelOutput(text: "", stop: .filter, usage: (120, 0)))
    }
  }

  /// The answer reached the limit on tokens.
  /// - Parameter looksWhole: whether what there is parses all the same.
  public static func truncated(looksWhole: Bool = false) -> Reply {
    let whole = resultObject("It began well.", "neutral", ["alpha"])
    return text(looksWhole ? whole : String(whole.prefix(30)), stop: .length, tokens: (120, 4096)).named("truncated")
  }

  public static var emptyContent: Reply { text("", tokens: (120, 0)).named("empty content") }

  /// Content that is null, or a list without blocks.
  public static var noContent: Reply {
    Reply("no content") { respond(to: $0, ModelOutput(text: nil, usage: (120, 0))) }
  }

  /// A success whose body has nothing of what belongs there: `{}`.
  public static var emptyObject: Reply { Reply("empty object") { _ in Response(200, json: "{}") } }
  /// A success without a body.
  public static var emptyBody: Reply { Reply("empty body") { _ in Response(200, json: "") } }
  /// A success that is a page: what a proxy or a portal says.
  public static var htmlSuccess: Reply {
    Reply("200 html") { _ in Response(200, html: "<!doctype html><title>Sign in</title><p>Please sign in.") }
  }

  public static var notJSON: Reply {
    text("Here is a summary: prices rose, and nobody knows why.").named("not json")
  }

  /// A good answer in a code fence, with words around it.
  public static var fencedJSON: Reply {
    Reply("fenced json") { request in
      let object = resultObject("Summary of \(request.marker ?? "the article").", "neutral", ["alpha"])
      return respond(
        to: request, ModelOutput(text: "Here you are:\n\n```json\n\(object)\n```\n", usage: (120, 50)))
    }
  }

  /// Keywords are missing.
  public static var missingField: Reply {
    text(#"{"summary":"It has no keywords.","sentiment":"neutral"}"#).named("missing field")
  }

  public static var wrongSentiment: Reply {
    text(resultObject("It has an odd mood.", "meh", ["alpha"])).named("wrong sentiment")
  }

  /// Blanks up to the limit on tokens, as grammars for JSON allow.
  public static var endlessBlanks: Reply {
    text("{" + String(repeating: " \n", count: 500), stop: .length, tokens: (120, 4096)).named("endless blanks")
  }

  // MARK: Ollama alone

  /// Status 200, a stream after all, and an error as its last line.
  public static var ollamaStreamedError: Reply {
    Reply("ollama streamed error") { request in
      let begun = Dialect.ollamaLine(ModelOutput(text: "{\"summ"), to: request, reason: "", isDone: false)
      let body = begun + "\n" + #"{"error":"an error was encountered while running the model"}"# + "\n"
      var response = Response(200, json: body)
      response.headers.set("Content-Type", "application/x-ndjson")
      return response
    }
  }

  /// The model was loaded, and nothing else was done.
  public static var ollamaLoaded: Reply {
    Reply("ollama loaded") { Response(200, json: Dialect.ollamaLine(ModelOutput(text: ""), to: $0, reason: "load")) }
  }

  // MARK: Parts

  private static func respond(to request: Request, _ output: ModelOutput) -> Response {
    (request.dialect ?? .openAI).response(output, to: request)
  }

  /// The object that the model is asked for.
  static func resultObject(_ summary: String, _ sentiment: String, _ keywords: [String]) -> String {
    let list = keywords.map(quoted).joined(separator: ",")
    return #"{"summary":\#(quoted(summary)),"sentiment":\#(quoted(sentiment)),"keywords":[\#(list)]}"#
  }
}
