/// Parts of a request that some servers do not take. What a server has refused is left out of all later requests; the set
/// of it only grows in a run, so that it does not matter in what order concurrent calls find out.
struct RequestFeatures: OptionSet, Sendable {
  let rawValue: UInt8

  /// The reply held to a JSON schema, and where that is refused, to any JSON object.
  static let jsonSchema = RequestFeatures(rawValue: 1)
  static let jsonObject = RequestFeatures(rawValue: 2)
  /// The two names for the limit of a reply.
  static let maxCompletionTokens = RequestFeatures(rawValue: 4)
  static let maxTokens = RequestFeatures(rawValue: 8)
  static let temperature = RequestFeatures(rawValue: 16)
  /// Instructions in a message of their own rather than before the article.
  static let systemMessage = RequestFeatures(rawValue: 32)

  /// What a run is told when a server turns out not to take these; only what changes the results.
  var notices: [String] {
    var notices: [String] = []
    if contains(.jsonObject) {
      notices.append("the server takes no form of reply; the model is only told to answer in JSON")
    } else if contains(.jsonSchema) {
      notices.append("the server takes no JSON schema; replies are checked all the same")
    }
    if contains(.temperature) { notices.append("the model takes no temperature; it is left out") }
    if contains(.systemMessage) {
      notices.append("the model takes no system message; instructions go before the article")
    }
    return notices
  }

  /// How servers name each part, and what they say when they do not take it. All of `names` are in lower case.
  private static let parts: [(feature: RequestFeatures, names: [String], denialIsNeeded: Bool)] = [
    (
      // Whatever is wrong with the form asked for, the next simpler one is tried.
      [.jsonSchema, .jsonObject],
      [
        "response_format", "json_schema", "json_object", "json schema", "json mode", "structured output",
        "output_config", "output_format", "output format", "guided", "grammar", ".format of type", "invalid format",
        "format must be",
      ], false
    ),
    (.maxCompletionTokens, ["max_completion_tokens"], true),
    (.maxTokens, ["max_tokens"], true),
    (.temperature, ["temperature"], true),
    (.systemMessage, ["system role", "system message", "system prompt", "'system'", "roles must alternate"], true),
  ]

  private static let denials = [
    "unsupported", "not supported", "not support", "unrecognized", "unknown", "unexpected", "not permitted",
    "not allowed", "extra inputs", "extra fields", "extra_forbidden", "deprecated", "no longer", "unavailable",
    "must alternate", "only the default", "invalid parameter", "unsupported_parameter", "unsupported_value",
  ]

  /// Which of these parts, which a request had, are refused by an error.
  func refused(by error: ErrorBody) -> RequestFeatures {
    let said = error.everything
    let isDenial = said.mentions(Self.denials)
    var refused: RequestFeatures = []
    for part in Self.parts where isDenial || !part.denialIsNeeded {
      if said.mentions(part.names) { refused.formUnion(part.feature.intersection(self)) }
    }
    return refused
  }
}
