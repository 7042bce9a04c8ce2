import NDJSON
import Summarization

/// A record of ours, read back from a file: `line`, and `error` or at least one task.
struct LogRecord {
  enum Content: Equatable {
    case result(SummaryTasks)
    /// The code is nil where this version does not know it.
    case error(ArticleError.Code?)
  }

  /// By what its article is known; nil where it has neither id nor key, as records of standard output may.
  var article: Hash128?
  /// Whether that is a key.
  var isKey = false
  /// The line of the input that it was made of.
  var line: Int
  var content: Content

  /// nil for anything else than a record of ours.
  init?(scanning bytes: [UInt8]) {
    guard let record = try? Record(scanning: bytes), let field = record["line"], let number = record.integer(of: field)
    else { return nil }
    line = number
    if let error = record["error"] {
      guard let error = record.object(of: error), let code = error["code"], code.kind == .string else { return nil }
      content = .error(ArticleError.Code(rawValue: error.string(of: code)))
    } else {
      var tasks: SummaryTasks = []
      if record["summary"] != nil { tasks.insert(.summary) }
      if record["sentiment"] != nil { tasks.insert(.sentiment) }
      if record["keywords"] != nil { tasks.insert(.keywords) }
      guard !tasks.isEmpty else { return nil }
      content = .result(tasks)
    }
    if let key = record["key"] {
      guard key.kind == .string, let hash = Hash128(hexadecimal: record.string(of: key).utf8) else { return nil }
      article = hash
      isKey = true
    } else if let id = record["id"], id.kind != .null {
      article = Identity.id(id, of: record)
    }
  }

  var isError: Bool { if case .error = content { true } else { false } }
}
