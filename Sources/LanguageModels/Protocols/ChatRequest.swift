import JSONLines

/// The JSON object of a request. A field that is set again keeps its place and takes the new value.
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
  /// Sets a number in the shortest form that reads as the same number.
  ///
  /// - Precondition: `number` is finite.
  mutating func set(_ name: String, _ number: Double) { set(name, json: Array("\(number)".utf8)) }
  mutating func set(_ name: String, _ object: ChatRequestBody) { set(name, json: object.json) }

  /// Sets each field of an object; returns false if `json` is not an object.
  mutating func merge(_ json: [UInt8]) -> Bool {
    guard let record = try? JSONRecord(scanning: json) else { return false }
    for field in record.fields { set(record.key(of: field), json: Array(record.bytes(of: field))) }
    return true
  }

  /// Sets the system and user messages, as all three protocols write them. Without `system`, only the user message is
  /// set.
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
      writer.key(of: field.name)
      writer.value(verbatim: field.json[...])
    }
    writer.endObject()
    return writer.take()
  }
}

/// The parts of a request that some servers reject.
struct RequestFeatures: OptionSet, Sendable {
  let rawValue: UInt8

  /// A reply that follows a JSON schema or, if the server refuses the schema, any JSON object.
  static let jsonSchema = RequestFeatures(rawValue: 1)
  static let jsonObject = RequestFeatures(rawValue: 2)
  /// The two names of the reply limit.
  static let maxCompletionTokens = RequestFeatures(rawValue: 4)
  static let maxTokens = RequestFeatures(rawValue: 8)
  static let temperature = RequestFeatures(rawValue: 16)
  /// The instructions in a separate message rather than before the article.
  static let systemMessage = RequestFeatures(rawValue: 32)

  static let replyForm: RequestFeatures = [.jsonSchema, .jsonObject]
  static let replyLimit: RequestFeatures = [.maxTokens, .maxCompletionTokens]
}

/// The changes to the usual request that a server needs.
struct RequestShape: Sendable, Equatable {
  /// The features that the server rejects.
  var without: RequestFeatures = []
  /// A lower reply limit than the configured one; nil for the configured one.
  var maximumTokens: Int?

  /// Returns the combined shape: it leaves out what either leaves out, and has the lower of the limits.
  func union(_ other: RequestShape) -> RequestShape {
    RequestShape(
      without: without.union(other.without),
      maximumTokens: [maximumTokens, other.maximumTokens].compactMap(\.self).min())
  }

  /// The messages for the user when this shape is found. They name only changes that affect the results.
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
