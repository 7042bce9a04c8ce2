import JSONLines

/// The JSON object of a request, field by field. A field that is set again keeps its place and takes the new value.
struct ChatRequestBody: Sendable {
  private var fields: [(name: String, json: [UInt8])] = []

  mutating func set(_ name: String, json: [UInt8]) {
    if let place = fields.firstIndex(where: { $0.name == name }) {
      fields[place].json = json
    } else {
      fields.append((name, json))
    }
  }

  /// - Parameter write: writes one value.
  mutating func set(_ name: String, _ write: (inout JSONWriter) -> Void) {
    var writer = JSONWriter()
    write(&writer)
    set(name, json: writer.take())
  }

  mutating func set(_ name: String, _ text: String) { set(name) { $0.value(text) } }
  mutating func set(_ name: String, _ number: Int) { set(name) { $0.value(number) } }
  mutating func set(_ name: String, _ truth: Bool) { set(name) { $0.value(truth) } }
  /// In the shortest form that reads as the same number. It is finite.
  mutating func set(_ name: String, _ number: Double) { set(name, json: Array("\(number)".utf8)) }
  mutating func set(_ name: String, _ object: ChatRequestBody) { set(name, json: object.json) }

  /// The fields of an object, each set by itself; false where `json` is no object.
  mutating func merge(_ json: [UInt8]) -> Bool {
    guard let record = try? Record(scanning: json) else { return false }
    for field in record.fields { set(record.key(of: field), json: Array(record.bytes(of: field))) }
    return true
  }

  /// System and user message, as all three protocols write them; without `system` the user's alone.
  mutating func setMessages(system: String?, user: String) {
    set("messages") { writer in
      writer.beginArray()
      if let system { writer.object(["role": "system", "content": system]) }
      writer.object(["role": "user", "content": user])
      writer.endArray()
    }
  }

  var json: [UInt8] {
    var writer = JSONWriter(capacity: fields.reduce(2) { $0 + $1.name.utf8.count + $1.json.count + 4 })
    writer.beginObject()
    for field in fields {
      writer.key(field.name)
      writer.value(verbatim: field.json[...])
    }
    writer.endObject()
    return writer.take()
  }
}

/// Parts of a request that some servers do not take.
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

  static let replyForm: RequestFeatures = [.jsonSchema, .jsonObject]
  static let replyLimit: RequestFeatures = [.maxTokens, .maxCompletionTokens]
}

/// What of the usual request is changed for a server.
struct RequestShape: Sendable, Equatable {
  /// What the server does not take.
  var without: RequestFeatures = []
  /// A lower limit of the reply than the user's.
  var maximumTokens: Int?

  /// What holds for both: all that either leaves out, and the lower of the limits.
  func union(_ other: RequestShape) -> RequestShape {
    RequestShape(
      without: without.union(other.without),
      maximumTokens: [maximumTokens, other.maximumTokens].compactMap(\.self).min())
  }

  /// What a run is told where this is found out; only what changes the results.
  var notices: [String] {
    var notices: [String] = []
    if without.contains(.jsonObject) {
      notices.append("the server takes no form of reply; the model is only told to answer in JSON")
    } else if without.contains(.jsonSchema) {
      notices.append("the server takes no JSON schema; replies are checked all the same")
    }
    if without.contains(.temperature) { notices.append("the model takes no temperature; it is left out") }
    if without.contains(.systemMessage) {
      notices.append("the model takes no system message; instructions go before the article")
    }
    if without.isSuperset(of: .replyLimit) { notices.append("the server takes no limit of the reply; it is left out") }
    if let maximumTokens {
      notices.append("the server takes no replies of more tokens; their limit is lowered to \(maximumTokens)")
    }
    return notices
  }
}
