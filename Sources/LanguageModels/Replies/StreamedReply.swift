import JSONLines

/// A reply that comes in pieces although it was asked for whole, as some gateways send nothing else: events (`data: {…}`),
/// or JSON on each line.
struct StreamedReply {
  /// What the pieces say, put together.
  var text = ""
  var thoughts = ""
  var refusal = ""
  var ending: String?
  /// What was used, as it is told first and last.
  var firstUsage: JSONValue?
  var usage: JSONValue?
  /// A piece that is a whole reply by itself, or holds all but the text.
  var whole: JSONValue?
  /// Whether any piece is one of a reply.
  var hasParts = false

  /// The first error among the pieces.
  private(set) var error: ServerErrorBody?
  /// Whether the stream says itself that it is over.
  private(set) var isDone = false
  /// Whether there is anything else between the pieces.
  private(set) var isBroken = false

  /// - Parameter add: puts what a piece says into the reply.
  /// - Returns: nil where the body is no stream.
  init?(_ body: [UInt8], _ add: (JSONValue, inout StreamedReply) -> Void) {
    guard let first = body.first(where: { !$0.isSpace }), first != UInt8(ascii: "<") else { return nil }
    var hasPieces = false
    var event: [UInt8] = []
    var rest = body[...]
    while !rest.isEmpty {
      let end = rest.firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? rest.endIndex
      let line = rest[..<end].trimmed()
      rest = rest[end...].dropFirst()
      // A comment keeps the connection alive.
      if line.isEmpty || line.first == UInt8(ascii: ":") { continue }
      if line.starts(with: "event:".utf8) {
        event = Array(line.dropFirst(6).trimmed())
        continue
      }
      if line.starts(with: "id:".utf8) || line.starts(with: "retry:".utf8) { continue }
      let data = line.starts(with: "data:".utf8) ? line.dropFirst(5).trimmed() : line
      if data.elementsEqual("[DONE]".utf8) {
        isDone = true
        continue
      }
      guard data.first == UInt8(ascii: "{"), let piece = LenientJSON.value(Array(data)) else {
        isBroken = true
        continue
      }
      hasPieces = true
      if error == nil, event.elementsEqual("error".utf8) || Self.isError(piece) { error = ServerErrorBody(piece) }
      add(piece, &self)
    }
    if !hasPieces { return nil }
  }

  private static func isError(_ piece: JSONValue) -> Bool {
    piece["error"]?.saysSomething == true || piece["object"]?.string == "error" || piece["type"]?.string == "error"
  }

  /// The word for its ending: a stream that ends without one was cut off.
  var endingWord: String? { ending ?? (isDone ? nil : "error") }
}

extension JSONValue {
  /// Some servers have the field of an error in every reply.
  var saysSomething: Bool {
    switch kind {
    case .string: return string?.isEmpty == false
    case .number: return integer.map { (400...599).contains($0) } ?? false
    case .object, .array:
      let body = ServerErrorBody(self)
      return !body.message.isEmpty || !body.codes.isEmpty || body.status != nil
    default: return false
    }
  }
}

extension ArraySlice<UInt8> {
  /// Without white space at either end.
  fileprivate func trimmed() -> ArraySlice<UInt8> {
    let rest = drop(while: \.isSpace)
    return rest.lastIndex { !$0.isSpace }.map { rest[...$0] } ?? []
  }
}
