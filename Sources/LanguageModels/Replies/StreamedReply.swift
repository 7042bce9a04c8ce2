import JSONLines

/// A reply that arrives in pieces although it was requested as a whole, because some gateways send nothing else: events
/// (`data: {…}`), or JSON on each line.
struct StreamedReply {
  /// The combined content of the pieces.
  var text = ""
  var thoughts = ""
  var refusal = ""
  var ending: String?
  /// The first and the last report of token usage.
  var firstUsage: JSONValue?
  var usage: JSONValue?
  /// A piece that is a whole reply by itself, or contains everything except the text.
  var whole: JSONValue?
  /// Whether any piece is part of a reply.
  var hasParts = false

  /// The first error in the pieces.
  private(set) var error: ServerErrorBody?
  /// Whether the stream contains an explicit end.
  private(set) var isDone = false

  /// - Parameters:
  ///   - body: the body of the response.
  ///   - add: adds the content of a piece to the reply.
  /// - Returns: nil if the body is not a stream.
  init?(_ body: [UInt8], _ add: (JSONValue, inout StreamedReply) -> Void) {
    guard let first = body.first(where: { !$0.isSpace }), first != UInt8(ascii: "<") else { return nil }
    var hasPieces = false
    var event: [UInt8] = []
    var rest = body[...]
    while !rest.isEmpty {
      let end = rest.firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? rest.endIndex
      let line = rest[..<end].trimmed()
      rest = rest[end...].dropFirst()
      // A comment only keeps the connection alive.
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
      // A stream that was cut off ends in the midst of a piece.
      guard data.first == UInt8(ascii: "{"), let piece = LenientJSON.value(Array(data)) else { continue }
      hasPieces = true
      if error == nil, event.elementsEqual("error".utf8) || Self.isError(piece) { error = ServerErrorBody(piece) }
      add(piece, &self)
    }
    if !hasPieces { return nil }
  }

  private static func isError(_ piece: JSONValue) -> Bool {
    piece["error"]?.saysSomething == true || piece["object"]?.string == "error" || piece["type"]?.string == "error"
  }

  /// The finish reason; "error" for a stream that ends without one or an explicit end, because it was cut off.
  var endingWord: String? { ending ?? (isDone ? nil : "error") }
}

extension JSONValue {
  /// Whether the value of an `error` field reports an error. Some servers send this field in every reply.
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
  /// Returns the bytes without white space at either end.
  fileprivate func trimmed() -> ArraySlice<UInt8> {
    let rest = drop(while: \.isSpace)
    return rest.lastIndex { !$0.isSpace }.map { rest[...$0] } ?? []
  }
}
