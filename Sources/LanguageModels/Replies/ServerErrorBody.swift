import Basics
import HTTPClient
import JSONLines

/// The error in the body of a response, wherever it is: objects and strings under `error`, bodies without that wrapper,
/// lists, errors of an upstream server passed on by a gateway, web pages, and plain text.
struct ServerErrorBody: Sendable, Equatable {
  /// The message for people; empty if there is none. It may have many lines and any content.
  var message = ""
  /// The error codes, in lower case: types, codes, reasons and the like, from the outside in.
  private(set) var codes: [String] = []
  /// The codes that only stand within a text, which may be the article that the server repeats.
  private(set) var quotedCodes: Set<String> = []
  /// The field of the request that the error names, if any.
  var parameter: String?
  /// The status in the body, passed on by a gateway.
  private(set) var status: Int?
  /// Whether the status only stands within a text.
  private(set) var statusIsQuoted = false
  /// The delay that the server requests, in seconds.
  var retryDelay: Double?
  /// Whether the message is only the beginning of what the server said. A secret at its end may be cut in two.
  private(set) var isCut = false
  /// Whether the body is a web page.
  var isPage = false

  /// The maximum length of a document that is parsed. An error that repeats the request can have megabytes.
  private static let longestDocument = 1 << 20
  /// The maximum length of a text that is read.
  private static let longestText = 65_536
  /// The maximum depth of errors within errors.
  private static let deepest = 10

  /// The number of texts that the one being read is within.
  private var quotes = 0

  private init() {}

  init(_ body: [UInt8]) {
    self.init()
    let json = body.count <= Self.longestDocument ? LenientJSON.value(body) : nil
    if let json, json.kind == .object || json.kind == .array {
      self = ServerErrorBody(json)
      return
    }
    // The text of an error may stand in quotes.
    let text = json?.string ?? String(decoding: body.prefix(Self.longestText), as: UTF8.self)
    isCut = body.count > Self.longestText
    isPage = text.trimmed().hasPrefix("<")
    if isPage {
      message = Self.title(ofPage: text)
    } else {
      var texts: [String] = []
      read(text: text, depth: 0, &texts)
      message = Self.joined(texts)
    }
  }

  /// Creates the error of a response, whose headers may contain codes as well.
  init(_ response: HTTPResponse) {
    self.init(response.body)
    codes += Self.codes(in: response.headers)
  }

  init(_ json: JSONValue) {
    self.init()
    var texts: [String] = []
    read(json, depth: 0, &texts)
    message = Self.joined(texts)
  }

  /// Returns the texts as one.
  private static func joined(_ texts: [String]) -> String {
    // A text that an earlier text contains is left out. Texts from further inside explain the outer ones.
    var shown: [String] = []
    for text in texts where !text.isEmpty {
      // The search takes the product of both lengths.
      let beginning = Array(text.utf8.prefix(256))
      let isShown = shown.contains { Array($0.utf8.prefix(16_384)).contains(beginning) }
      if !isShown { shown.append(text) }
    }
    return shown.joined(separator: ": ")
  }

  // MARK: Fields of a body

  /// The names of fields with messages.
  private static let messageNames = [
    "message", "msg", "detail", "error_description", "error_message", "errorMessage", "error_msg", "status_msg",
    "title", "Message", "description",
  ]
  /// The names of fields with codes, as strings or numbers.
  private static let codeNames = [
    "type", "code", "status", "reason", "error_type", "error_code", "__type", "name", "quotaId", "status_code",
    "http_code", "blockReason", "block_reason", "Code", "statusCode", "errorCode",
  ]
  /// The names of fields with nested errors.
  private static let innerNames = [
    "error", "details", "innererror", "metadata", "errors", "violations", "raw", "data", "upstream", "provider_error",
    "response", "promptFeedback", "prompt_feedback", "Error",
  ]
  private static let delayNames = [
    ("retryDelay", 1.0), ("retry_delay", 1), ("retry_after", 1), ("retryAfter", 1), ("retry_after_seconds", 1),
    ("retry_after_ms", 0.001), ("estimated_time", 1),
  ]

  private mutating func read(_ value: JSONValue, depth: Int, _ texts: inout [String]) {
    guard depth < Self.deepest else { return }
    for element in value.elements?.prefix(8) ?? [] {
      if let text = element.string {
        read(text: text, depth: depth + 1, &texts)
      } else {
        read(element, depth: depth + 1, &texts)
      }
    }
    guard value.kind == .object else { return }
    let fields = ObjectFields(value)
    for name in Self.codeNames { if let code = fields[name] { read(code: code) } }
    for (name, unit) in Self.delayNames where retryDelay == nil {
      retryDelay = fields[name].flatMap { Self.seconds($0, unit: unit) }
    }
    if parameter == nil { parameter = fields["param"]?.string }
    // MiniMax: 0 means no error.
    if let base = fields["base_resp"], let number = base["status_code"]?.integer, number != 0 {
      add(code: "base_resp.\(number)")
      add(base["status_msg"]?.string ?? "", &texts)
    }
    if let refusal = FilterResults.refusal(in: fields) {
      add(code: "content_filter")
      add(refusal, &texts)
    }
    if let error = fields["error"] {
      if let text = error.string { read(text: text, depth: depth, &texts) }
      if error.kind == .number { read(code: error) }
    }
    for name in Self.messageNames {
      guard let message = fields[name] else { continue }
      if let text = message.string {
        read(text: text, depth: depth, &texts)
      } else if let faults = Self.faults(message) {
        add(faults, &texts)
      } else {
        read(message, depth: depth + 1, &texts)
      }
    }
    for name in Self.innerNames {
      guard let inner = fields[name] else { continue }
      if name != "error", let text = inner.string {
        read(text: text, depth: depth, &texts)
      } else {
        read(inner, depth: depth + 1, &texts)
      }
    }
  }

  private mutating func add(_ text: String, _ texts: inout [String]) {
    if text.utf8.count > Self.longestText { isCut = true }
    texts.append(Self.beginning(of: text).trimmed())
  }

  private static func beginning(of text: String) -> String {
    text.utf8.count <= longestText ? text : String(decoding: text.utf8.prefix(longestText), as: UTF8.self)
  }

  private mutating func read(code: JSONValue) {
    if let text = code.string {
      if text.utf8.count <= 200 { add(code: Self.bare(text)) }
      // A status may also be a string, such as "429".
      if let number = Int(text) { add(status: number) }
    } else if let number = code.integer {
      if !add(status: number) { add(code: "\(number)") }
    }
  }

  private mutating func add(code: String) {
    if quotes == 0 {
      quotedCodes.remove(code)
    } else if !codes.contains(code) {
      quotedCodes.insert(code)
    }
    codes.append(code)
  }

  /// - Returns: whether the number is a status.
  @discardableResult private mutating func add(status number: Int) -> Bool {
    guard (400...599).contains(number) else { return false }
    if status == nil {
      status = number
      statusIsQuoted = quotes > 0
    }
    return true
  }

  /// Reads a text, which may itself be an error in JSON.
  private mutating func read(text: String, depth: Int, _ texts: inout [String]) {
    quotes += 1
    defer { quotes -= 1 }
    if text.utf8.count <= Self.longestDocument {
      for bracket in [UInt8(ascii: "{"), UInt8(ascii: "[")] {
        guard let start = text.utf8.firstIndex(of: bracket),
          let inner = try? JSONValue(scanning: Array(text[start...].utf8)), inner.kind == .object || inner.holdsObjects
        else { continue }
        let before = text[..<start].trimmed()
        if !before.isEmpty { add(String(before), &texts) }
        return read(inner, depth: depth + 1, &texts)
      }
    }
    if text.isEmpty { return }
    add(text, &texts)
    readPythonCodes(in: text)
    // Some servers send a code in place of a message.
    if text.utf8.count <= 64, !text.contains(" ") { add(code: text.lowercased()) }
  }

  /// Reads the codes in an error that a gateway in Python has printed: `{'type': 'insufficient_quota', 'code': None}`.
  private mutating func readPythonCodes(in text: String) {
    let text = text.prefix(4096)
    guard text.contains("{'") else { return }
    for name in Self.codeNames {
      var rest = text
      while let key = rest.firstRange(of: "'\(name)': '") {
        rest = rest[key.upperBound...]
        if let end = rest.firstIndex(of: "'") { add(code: Self.bare(String(rest[..<end]))) }
      }
    }
  }

  /// Returns a code in lower case, without the namespace before it or the address after it that some codes of Amazon
  /// have.
  private static func bare(_ code: String) -> String {
    let local = code.split(separator: "#").last ?? ""
    return (local.firstRange(of: ":http").map { local[..<$0.lowerBound] } ?? local).lowercased()
  }

  /// Returns the codes in headers: those of Amazon and Microsoft, and those of networks that check for a browser.
  private static func codes(in headers: HTTPHeaders) -> [String] {
    let types = ["x-amzn-errortype", "x-ms-error-code"].compactMap { headers[$0] }.map(bare)
    let checks = ["cf-mitigated", "x-amzn-waf-action", "x-vercel-mitigated"].compactMap { name in
      headers[name].map { "\(name)=\($0.lowercased())" }
    }
    return types + checks
  }

  /// Returns a description of the list of faults, each with its location and message, that servers in Python send.
  private static func faults(_ value: JSONValue) -> String? {
    guard let faults = value["detail"]?.elements ?? value.elements, !faults.isEmpty else { return nil }
    let texts = faults.map { fault in
      let place = fault["loc"]?.elements?.compactMap { $0.string ?? $0.integer.map(String.init) }.joined(separator: ".")
      let what = fault["msg"]?.string ?? fault["message"]?.string ?? fault.string ?? ""
      return place.map { "\($0): \(what)" } ?? what
    }
    return texts.joined(separator: "; ")
  }

  /// Returns the seconds in a number, or in a text such as `30s`.
  private static func seconds(_ value: JSONValue, unit: Double) -> Double? {
    if let number = value.number { return number >= 0 && number <= 1e12 ? number * unit : nil }
    guard let text = value.string else { return nil }
    return UnitDuration.seconds(text) ?? Double(text).flatMap { $0 >= 0 && $0 <= 1e12 ? $0 * unit : nil }
  }

  // MARK: Pages and words

  /// Returns a description of a web page, such as proxies send. A message needs no more than the title.
  private static func title(ofPage text: String) -> String {
    for (opening, closing) in [("<title>", "</title>"), ("<TITLE>", "</TITLE>")] {
      if let open = text.firstRange(of: opening), let close = text[open.upperBound...].firstRange(of: closing) {
        return "a web page, '\(text[open.upperBound..<close.lowerBound].trimmed())'"
      }
    }
    return "a web page instead of an answer"
  }

  /// The codes, the parameter and the beginning of the message, in lower case, for the search for phrases.
  var everything: String {
    (codes + [parameter ?? "", String(message.prefix(4096))]).joined(separator: " ").lowercased()
  }

  /// The delay, in seconds, that only the message names: "Please try again in 7m12s", "after 1 minute and 30 seconds".
  var spokenDelay: Double? {
    let words = message.prefix(4096).lowercased()
    for phrase in ["try again in ", "try again after ", "retry in ", "retry after ", "please wait "] {
      guard let range = words.firstRange(of: phrase) else { continue }
      let rest = words[range.upperBound...].prefix(80)
      if let seconds = Self.seconds(spokenIn: rest) ?? UnitDuration.seconds(atStartOf: rest)?.seconds { return seconds }
    }
    return nil
  }

  private static let units = [
    ("millisecond", 0.001), ("ms", 0.001), ("second", 1), ("sec", 1), ("minute", 60), ("min", 60), ("hour", 3600),
    ("day", 86_400),
  ]

  /// Returns the sum of the durations with which a text begins; nil if it begins with none. A part of them would be
  /// earlier than the server says.
  private static func seconds(spokenIn text: Substring) -> Double? {
    var total: Double?
    var words = text.split(whereSeparator: \.isWhitespace).map { $0.trimmedPunctuation() }[...]
    while let word = words.popFirst() {
      if word == "and", total != nil { continue }
      if let seconds = UnitDuration.seconds(word) {
        total = (total ?? 0) + seconds
      } else if let number = Double(word), (0...1e12).contains(number), let name = words.first,
        let unit = units.first(where: { name.hasPrefix($0.0) })
      {
        total = (total ?? 0) + number * unit.1
        words.removeFirst()
      } else {
        break
      }
    }
    return total
  }
}

extension JSONValue {
  /// Whether the value is a list that begins with an object.
  fileprivate var holdsObjects: Bool { elements?.first?.kind == .object }
}

extension Substring {
  fileprivate func trimmedPunctuation() -> Substring {
    var rest = self
    while let last = rest.last, ".,;:!)".contains(last) { rest = rest.dropLast() }
    return rest
  }
}
