import JSONLines

/// The JSON object of a request, field by field. A field that is set again keeps its place and takes the new value.
struct RequestBody: Sendable {
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
  mutating func set(_ name: String, _ object: RequestBody) { set(name, json: object.json) }

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
