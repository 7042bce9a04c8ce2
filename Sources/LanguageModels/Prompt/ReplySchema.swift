import JSONLines
import Summarization

/// The form of a reply: an object with exactly the fields of the tasks asked for.
struct ReplySchema: Sendable {
  let request: SummaryRequest

  init(_ request: SummaryRequest) {
    self.request = request
  }

  /// The form in words, for servers that take no schema. It shows no example: small models give back what they are shown.
  var instruction: String {
    var fields: [String] = []
    if request.tasks.contains(.summary) { fields.append("\"summary\" (a string)") }
    if request.tasks.contains(.sentiment) {
      fields.append("\"sentiment\" (one of the strings \"positive\", \"negative\", \"neutral\" and \"mixed\")")
    }
    if request.tasks.contains(.keywords) { fields.append("\"keywords\" (an array of strings)") }
    let list = fields.count == 1 ? "this field: " : "these fields: "
    return "Reply with a single JSON object and nothing else: no code fence and no comment. It has exactly " + list
      + fields.joined(separator: ", ") + "."
  }

  /// Writes the form as JSON Schema, in the subset that every server with "strict" schemas takes: all fields required, no
  /// others, no limits of length or number.
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("type")
    writer.value("object")
    writer.key("properties")
    writer.beginObject()
    if request.tasks.contains(.summary) {
      writer.key("summary")
      writer.object(["type": "string"])
    }
    if request.tasks.contains(.sentiment) {
      writer.key("sentiment")
      writer.beginObject()
      writer.key("type")
      writer.value("string")
      writer.key("enum")
      writer.array(Sentiment.allCases.map(\.rawValue))
      writer.endObject()
    }
    if request.tasks.contains(.keywords) {
      writer.key("keywords")
      writer.beginObject()
      writer.key("type")
      writer.value("array")
      writer.key("items")
      writer.object(["type": "string"])
      writer.endObject()
    }
    writer.endObject()
    writer.key("required")
    writer.array(names)
    writer.key("additionalProperties")
    writer.value(false)
    writer.endObject()
  }

  private var names: [String] {
    var names: [String] = []
    if request.tasks.contains(.summary) { names.append("summary") }
    if request.tasks.contains(.sentiment) { names.append("sentiment") }
    if request.tasks.contains(.keywords) { names.append("keywords") }
    return names
  }
}

extension JSONWriter {
  mutating func array(_ strings: [String]) {
    beginArray()
    for string in strings { value(string) }
    endArray()
  }

  mutating func object(_ members: KeyValuePairs<String, String>) {
    beginObject()
    for (name, text) in members {
      key(name)
      value(text)
    }
    endObject()
  }
}

// MARK: Checking

/// What is wrong with a reply.
struct ReplyMismatch: Error, Equatable {
  /// For people, as the end of a sentence that begins with "the reply"; it may hold the model's words.
  var what: String
  /// For the model, as the end of a sentence that begins with "Your previous reply"; it holds nothing of the model's or
  /// the article's.
  var correction: String

  init(_ what: String, quoting words: String? = nil) {
    self.what = words.map { "\(what) '\($0)'" } ?? what
    correction = what
  }
}

extension ReplySchema {
  /// Makes a summary of the text of a reply, if it fits. Fields that were not asked for are passed over.
  func check(_ text: String) throws(ReplyMismatch) -> Summary {
    let reply = ReplyObject(in: text)
    if reply.isEmpty { throw ReplyMismatch("is empty") }
    if let summary = try reply.last(where: check(object:)) { return summary }
    throw ReplyMismatch("is not the JSON object that was asked for")
  }

  private func check(object reply: JSONValue) throws(ReplyMismatch) -> Summary {
    var summary = Summary()
    if request.tasks.contains(.summary) { summary.summary = try self.summary(in: reply) }
    if request.tasks.contains(.sentiment) { summary.sentiment = try sentiment(in: reply) }
    if request.tasks.contains(.keywords) { summary.keywords = try keywords(in: reply) }
    return summary
  }

  /// Words that say what the field is rather than what is in it: small models give back the form.
  private static let placeholders: Set = ["string", "a string", "summary", "the summary", "text", "null", "none"]

  private func summary(in reply: JSONValue) throws(ReplyMismatch) -> String {
    let text = try trimmedString(of: "summary", in: reply)
    if text.isEmpty { throw ReplyMismatch("has an empty summary") }
    guard text.unicodeScalars.contains(where: \.properties.isAlphabetic) else {
      throw ReplyMismatch("has a summary without a letter")
    }
    let bare = String(text.lowercased().drop { "<[\"'".contains($0) }.prefix { !">]\"'.".contains($0) })
    if Self.placeholders.contains(bare) { throw ReplyMismatch("has a placeholder in place of a summary") }
    return text
  }

  /// Exactly one of the four words counts, whatever stands around it.
  private func sentiment(in reply: JSONValue) throws(ReplyMismatch) -> Sentiment {
    let text = try trimmedString(of: "sentiment", in: reply)
    let words = text.lowercased().split { !$0.isLetter }.compactMap { Sentiment(rawValue: String($0)) }
    guard Set(words).count == 1 else { throw ReplyMismatch("has the sentiment", quoting: text) }
    return words[0]
  }

  /// At most as many as were asked for, each once; what has neither letter nor digit does not count.
  private func keywords(in reply: JSONValue) throws(ReplyMismatch) -> [String] {
    guard let value = reply["keywords"] else { throw ReplyMismatch("has no keywords") }
    guard let elements = value.elements else { throw ReplyMismatch("has keywords that are no array") }
    var keywords: [String] = []
    var seen: Set<String> = []
    for element in elements {
      guard let keyword = element.string?.trimmed() else { throw ReplyMismatch("has a keyword that is no string") }
      let hasText = keyword.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
      if hasText, keywords.count < request.keywords, seen.insert(keyword.lowercased()).inserted {
        keywords.append(keyword)
      }
    }
    return keywords
  }

  private func trimmedString(of name: String, in reply: JSONValue) throws(ReplyMismatch) -> String {
    guard let value = reply[name] else { throw ReplyMismatch("has no \(name)") }
    guard let text = value.string else { throw ReplyMismatch("has a \(name) that is no string") }
    return text.trimmed()
  }
}
