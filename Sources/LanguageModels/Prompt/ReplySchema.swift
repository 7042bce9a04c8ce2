import JSONLines
import Summarization

/// The form of a reply: an object with exactly the fields of the tasks asked for.
struct ReplySchema: Sendable {
  let request: SummaryRequest

  init(_ request: SummaryRequest) {
    self.request = request
  }

  /// The form in words, for servers that take no schema.
  var instruction: String {
    "Reply with one JSON object and nothing else, no code fence and no comment, of this form: {"
      + fields.map { "\"\($0.name)\": \($0.form)" }.joined(separator: ", ") + "}"
  }

  private var fields: [(name: String, form: String)] {
    var fields: [(String, String)] = []
    if request.tasks.contains(.summary) { fields.append(("summary", "\"...\"")) }
    if request.tasks.contains(.sentiment) { fields.append(("sentiment", "\"positive|negative|neutral|mixed\"")) }
    if request.tasks.contains(.keywords) { fields.append(("keywords", "[\"...\"]")) }
    return fields
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
    writer.array(fields.map(\.name))
    writer.key("additionalProperties")
    writer.value(false)
    writer.endObject()
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
