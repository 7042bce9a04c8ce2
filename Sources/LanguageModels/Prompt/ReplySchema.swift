import JSONLines
import Summarization

/// The form of a reply: an object with exactly the fields of the requested tasks.
struct ReplySchema: Sendable {
  let request: SummaryRequest

  init(_ request: SummaryRequest) {
    self.request = request
  }

  /// A description of the form, for servers without schemas. It contains no example: small models repeat examples.
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

  /// Writes the form as JSON Schema, in the subset that every server with "strict" schemas accepts: all fields are
  /// required, no others are allowed, and there are no limits on lengths or counts.
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
      key(of: name)
      value(text)
    }
    endObject()
  }
}

// MARK: Checking

/// A mismatch between a reply and the requested form.
struct ReplyMismatch: Error, Equatable {
  /// The description for the user: the end of a sentence that begins with "the reply". It may quote the model.
  var what: String
  /// The description for the model: the end of a sentence that begins with "Your previous reply could not be used: it".
  /// It quotes neither the model nor the article.
  var correction: String

  init(_ what: String, quoting words: String? = nil) {
    self.what = words.map { "\(what) '\($0)'" } ?? what
    correction = what
  }
}

extension ReplySchema {
  /// Returns the summary in the text of a reply. Fields that were not requested are ignored.
  func check(_ text: String) throws(ReplyMismatch) -> Summary {
    let reply = ReplyObject(in: unquoted(text))
    if reply.isEmpty { throw ReplyMismatch("is empty") }
    if let summary = try reply.last(where: check(object:)) { return summary }
    throw ReplyMismatch("is not the JSON object that was asked for")
  }

  /// Returns the text within a JSON string if the text is one: a gateway may encode the object twice.
  private func unquoted(_ text: String) -> String {
    let bytes = Array(text.trimmed().utf8)
    guard bytes.first == UInt8(ascii: "\"") else { return text }
    return (try? JSONValue(scanning: bytes))?.string ?? text
  }

  private func check(object reply: JSONValue) throws(ReplyMismatch) -> Summary {
    var summary = Summary()
    if request.tasks.contains(.summary) { summary.summary = try self.summary(in: reply) }
    if request.tasks.contains(.sentiment) { summary.sentiment = try sentiment(in: reply) }
    if request.tasks.contains(.keywords) { summary.keywords = try keywords(in: reply) }
    return summary
  }

  /// Values that name the field rather than fill it: small models repeat the form.
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

  /// Returns the sentiment. The text must contain exactly one of the four words, whatever surrounds it.
  private func sentiment(in reply: JSONValue) throws(ReplyMismatch) -> Sentiment {
    let text = try trimmedString(of: "sentiment", in: reply)
    let words = text.lowercased().split { !$0.isLetter }.compactMap { Sentiment(rawValue: String($0)) }
    guard Set(words).count == 1 else { throw ReplyMismatch("has the sentiment", quoting: text) }
    return words[0]
  }

  private func keywords(in reply: JSONValue) throws(ReplyMismatch) -> [String] {
    guard let value = reply["keywords"] else { throw ReplyMismatch("has no keywords") }
    guard let elements = value.elements else { throw ReplyMismatch("has keywords that are no array") }
    var list = KeywordList(request)
    for element in elements {
      guard let keyword = element.string?.trimmed() else { throw ReplyMismatch("has a keyword that is no string") }
      list.append(keyword)
    }
    return list.keywords
  }

  private func trimmedString(of name: String, in reply: JSONValue) throws(ReplyMismatch) -> String {
    guard let value = reply[name] else { throw ReplyMismatch("has no \(name)") }
    guard let text = value.string else { throw ReplyMismatch("has a \(name) that is no string") }
    return text.trimmed()
  }
}
