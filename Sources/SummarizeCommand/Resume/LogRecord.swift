import Articles
import Basics
import JSONLines
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
    guard let record = try? Record(scanning: bytes) else { return nil }
    let fields = Fields(of: record)
    guard let line = fields.line.flatMap({ record.integer(of: $0) }) else { return nil }
    self.line = line
    if let error = fields.error {
      guard let error = record.object(of: error), let code = error["code"], code.kind == .string else { return nil }
      content = .error(ArticleError.Code(rawValue: error.string(of: code)))
    } else {
      guard !fields.tasks.isEmpty else { return nil }
      content = .result(fields.tasks)
    }
    if let key = fields.key {
      guard key.kind == .string, let hash = Hash128(hexadecimal: record.bytes(of: key).dropFirst().dropLast()) else {
        return nil
      }
      article = hash
      isKey = true
    } else if let id = fields.id, id.kind != .null {
      article = Identity.id(id, of: record)
    }
  }

  /// The fields of ours, of several of a name the last, found in one pass: files of millions of records are read.
  private struct Fields {
    var id: Record.Field?
    var line: Record.Field?
    var key: Record.Field?
    var error: Record.Field?
    var tasks: SummaryTasks = []

    init(of record: Record) {
      for field in record.fields {
        // Names by their lengths first; with an escape in it a name may be any.
        switch field.keyHasEscapes ? 0 : field.key.count {
        case 2: if record.isNamed(field, "id") { id = field }
        case 3: if record.isNamed(field, "key") { key = field }
        case 4: if record.isNamed(field, "line") { line = field }
        case 5: if record.isNamed(field, "error") { error = field }
        case 7: if record.isNamed(field, "summary") { tasks.insert(.summary) }
        case 8: if record.isNamed(field, "keywords") { tasks.insert(.keywords) }
        case 9: if record.isNamed(field, "sentiment") { tasks.insert(.sentiment) }
        case 0: if record.isNamed(field, "id") { id = field }
        default: break
        }
      }
    }
  }

  var isError: Bool { if case .error = content { true } else { false } }
}
