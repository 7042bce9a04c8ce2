import JSONLines

/// A reply that arrives in pieces although it was requested as a whole, because some gateways send nothing else: events
/// (`data: {…}`), or JSON on each line.
struct StreamedReply {
  /// The combined content of the pieces.
  var text = ""
  var thoughts = ""
  /// Whether there are thoughts in a form other than a text.
  var hasOtherThoughts = false
  /// The arguments of tool calls.
  var toolArguments = ""
  var refusal = ""
  /// What a content filter found; empty if nothing.
  var filter = ""
  var ending: String?
  /// The first and the last report of token usage.
  var firstUsage: JSONValue?
  var usage: JSONValue?
  /// A piece that is a whole reply by itself, or contains everything except the text.
  var whole: JSONValue?
  /// Whether any piece is part of a reply.
  var hasParts = false

  /// The first error in the pieces.
  var error: ServerErrorBody? { meantError ?? (hasParts ? nil : perhapsError) }
  private var meantError: ServerErrorBody?
  /// The first piece that has a message and is part of no reply. It is an error only in a stream without a reply: a
  /// gateway may also tell how it gets on.
  private var perhapsError: ServerErrorBody?
  /// The maximum number of pieces that are searched for such a message.
  private static let mostExamined = 16
  /// The maximum number of pieces before the first part of a reply: a body of many more is none.
  private static let mostWithoutParts = 4096
  /// Whether the stream contains an explicit end.
  private(set) var isDone = false

  /// - Parameters:
  ///   - body: the body of the response.
  ///   - add: adds the content of a piece to the reply.
  /// - Returns: nil if the body is not a stream.
  init?(_ body: [UInt8], _ add: (JSONValue, inout StreamedReply) -> Void) {
    guard let first = body.first(where: { !$0.isSpace }), first != UInt8(ascii: "<") else { return nil }
    var pieces = 0
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
      let isErrorEvent = event.elementsEqual("error".utf8)
      guard data.first == UInt8(ascii: "{"), let piece = LenientJSON.value(Array(data)) else {
        // A stream that was cut off ends in the midst of a piece. An error may be plain text.
        if isErrorEvent, !data.isEmpty {
          pieces += 1
          if meantError == nil { meantError = ServerErrorBody(Array(data)) }
        }
        continue
      }
      pieces += 1
      if !hasParts, pieces > Self.mostWithoutParts { break }
      if meantError == nil { meantError = isErrorEvent ? ServerErrorBody(piece) : Self.error(in: piece) }
      if perhapsError == nil, meantError == nil, !hasParts, pieces <= Self.mostExamined {
        perhapsError = Self.message(in: piece)
      }
      add(piece, &self)
    }
    if pieces == 0 { return nil }
  }

  private static func error(in piece: JSONValue) -> ServerErrorBody? {
    let fields = ObjectFields(piece)
    if fields["error"]?.saysSomething == true || ["object", "type"].contains(where: { fields[$0]?.string == "error" }) {
      return ServerErrorBody(piece)
    }
    if let code = fields["base_resp"]?["status_code"]?.integer, code != 0 { return ServerErrorBody(piece) }
    let error = fields["choices"]?.elements?.first?["error"]
    return error?.kind == .object && error?.saysSomething == true ? error.map(ServerErrorBody.init) : nil
  }

  /// Returns what a piece says that has nothing of a reply.
  private static func message(in piece: JSONValue) -> ServerErrorBody? {
    guard ["choices", "type", "done"].allSatisfy({ piece[$0] == nil }), piece["message"]?.kind != .object else {
      return nil
    }
    let body = ServerErrorBody(piece)
    return body.message.isEmpty ? nil : body
  }

  /// Returns whether a body has nothing but white space and the parts of a stream that carry no data.
  static func isEmpty(_ body: [UInt8]) -> Bool {
    body.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.allSatisfy { line in
      let line = line.trimmed()
      if line.isEmpty || line.first == UInt8(ascii: ":") { return true }
      if ["event:", "id:", "retry:"].contains(where: { line.starts(with: $0.utf8) }) { return true }
      guard line.starts(with: "data:".utf8) else { return false }
      let data = line.dropFirst(5).trimmed()
      return data.isEmpty || data.elementsEqual("[DONE]".utf8)
    }
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
