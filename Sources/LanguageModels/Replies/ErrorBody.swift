import JSONLines

/// What a server says when it has no answer, in whichever form it says it.
struct ErrorBody: Sendable, Equatable {
  /// Its words for people; empty where there are none. They may have many lines and hold anything.
  var message = ""
  /// Its words for programs: type, code and the code of details, in lower case.
  var codes: [String] = []
  /// The field of the request that is meant, where it says so.
  var parameter: String?
  /// A status that a gateway passes on in the body.
  var status: Int?

  /// What is longer is not taken apart: errors that repeat a request can have megabytes, and each look scans them.
  private static let longestDocument = 1 << 20

  private init() {}

  /// Reads objects and strings under `error`, bodies without that wrapper, lists of faults, web pages, and plain text.
  init(_ body: [UInt8]) {
    if body.count <= Self.longestDocument, let json = try? JSONValue(scanning: body),
      json.kind == .object || json.kind == .array
    {
      self.init(json.kind == .array ? json.elements?.first ?? json : json)
    } else {
      self.init()
      let text = String(decoding: body.prefix(65_536), as: UTF8.self)
      message = Self.title(ofPage: text) ?? text
    }
  }

  /// Reads the object of a body.
  init(_ json: JSONValue) {
    self.init()
    let error = json["error"]
    if let text = error?.string {
      message = text
    } else {
      read(error ?? json)
    }
    // Beside a short word under `error` some have the sentence.
    if let more = json["message"]?.string, error?.string != nil { message += ": \(more)" }
  }

  private mutating func read(_ object: JSONValue) {
    message = Self.text(object["message"] ?? object["detail"] ?? object["error_description"])
    for code in [object["type"], object["code"], object["details"]?["error_code"], object["status"]] {
      if let text = code?.string?.lowercased() { codes.append(text) }
    }
    status = [object["code"], object["status"]].lazy.compactMap { $0?.integer }.first { (400...599).contains($0) }
    parameter = object["param"]?.string
  }

  /// A text, or the list of faults that servers in Python send: where, and what.
  private static func text(_ value: JSONValue?) -> String {
    guard let value else { return "" }
    if let text = value.string { return text }
    if let detail = value["detail"] { return text(detail) }
    guard let faults = value.elements else { return "" }
    return faults.map { fault in
      let place = fault["loc"]?.elements?.compactMap(\.string).joined(separator: ".") ?? ""
      let what = fault["msg"]?.string ?? fault.string ?? ""
      return place.isEmpty ? what : "\(place): \(what)"
    }.joined(separator: "; ")
  }

  /// Of a web page, which proxies send, the title is all that a message needs.
  private static func title(ofPage text: String) -> String? {
    guard text.trimmed().hasPrefix("<") else { return nil }
    for (opening, closing) in [("<title>", "</title>"), ("<TITLE>", "</TITLE>")] {
      if let open = text.firstRange(of: opening), let close = text[open.upperBound...].firstRange(of: closing) {
        return "a web page, '\(text[open.upperBound..<close.lowerBound].trimmed())'"
      }
    }
    return "a web page instead of an answer"
  }

  /// All that may say what is wrong, for looking for words in it.
  var everything: String {
    (codes + [parameter ?? "", String(message.prefix(4096))]).joined(separator: " ")
  }
}
